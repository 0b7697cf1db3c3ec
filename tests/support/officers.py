"""A consolidated workbook in the hands of officers: twenty plans reviewed, and what people do to it in Excel."""

import io
import pickle
from collections.abc import Callable
from functools import lru_cache

import openpyxl
from consolidation import CATALOGUE, CONFERENCE, DAY, PLANNED, REALISED, merged, submission, written
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.consolidate.workbook.reading.read_back import Reading, read_back
from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.container import read_workbook

FIRST, LAST = 8, 27
"""The rows of the twenty plans on sheet 02.A."""
_COUNTRIES = ("Lào", "Thái Lan", "Trung Quốc", "Nhật Bản", "Hàn Quốc", "Đức", "Pháp", "Hoa Kỳ")
_QUARTERS = ("I", "II", "III", "IV")
Edit = Callable[[openpyxl.Workbook], None]


def plans(count: int, what: str) -> list[dict[str, object]]:
    """Plans that share most of what they say, as plans do."""
    return [
        {
            **PLANNED,
            "name": f"Đoàn {what} số {number} sang {_COUNTRIES[number % 8]}",
            "countries": _COUNTRIES[number % 8],
            "period": f"Quý {_QUARTERS[number % 4]}/2020",
            "members": 3 + number % 5,
            "leader": f"Nguyễn Văn {chr(65 + number)}",
            "partners": f"Đối tác {what} {number}",
        }
        for number in range(count)
    ]


INBOX = [
    submission("y-te.xlsx", "Sở Y tế", {
        "02.A": plans(12, "y tế"),
        "01.A": [{**REALISED, "name": f"Đoàn đã đi {n}", "leader": f"Lê {n}"} for n in range(4)],
    }),
    submission("du-lich.xlsx", "Sở Du lịch", {"02.A": plans(8, "du lịch"), "03": [CONFERENCE]}),
]  # fmt: skip


def column(sheet: Worksheet, heading: str) -> int:
    """The 1-based column of a heading."""
    found = (c.column for row in sheet.iter_rows(max_row=80) for c in row if c.value == heading)
    return next(found)


@lru_cache(maxsize=8)
def _opened(data: bytes) -> bytes:
    """The workbook as openpyxl opened it, pickled: taking it out again takes a tenth of opening it."""
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(data)))


def edited(data: bytes, *edits: Edit) -> bytes:
    """The workbook after officers did something to it."""
    book = pickle.loads(_opened(data))
    for edit in edits:
        edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def on_plans(edit: Callable[[Worksheet], object]) -> Edit:
    """An edit of sheet 02.A."""

    def done(book: openpyxl.Workbook) -> None:
        edit(book["02.A"])

    return done


def review(sheet: Worksheet) -> None:
    """Every third plan refused, and a remark that names its row."""
    opinion = column(sheet, "Ý kiến thẩm định")
    for number, row in enumerate(range(FIRST, LAST + 1)):
        sheet.cell(row, opinion).value = "Đồng ý" if number % 3 else "Không đồng ý"
        sheet.cell(row, column(sheet, "Ghi chú thẩm định")).value = remark(str(sheet.cell(row, 2).value))


def remark(name: str) -> str:
    return f"đã xem {name}"


def unmerge(sheet: Worksheet) -> None:
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))


def sort_columns(sheet: Worksheet, first: int, last: int, by: int = 6) -> None:
    """Sort the plans' cells of some columns, and leave the others where they are."""
    order = sorted(range(FIRST, LAST + 1), key=lambda row: (str(sheet.cell(row, by).value), -row))
    moved = [[sheet.cell(row, col).value for col in range(first, last + 1)] for row in order]
    for row, values in zip(range(FIRST, LAST + 1), moved, strict=True):
        for col, value in zip(range(first, last + 1), values, strict=True):
            sheet.cell(row, col).value = value


def shift_up(sheet: Worksheet, first: int, last: int, row: int = 12) -> None:
    """Delete the cells of a row in some columns and move those below up."""
    for number in range(row, LAST + 1):
        for col in range(first, last + 1):
            sheet.cell(number, col).value = sheet.cell(number + 1, col).value


def read(data: bytes, *, accept_loss: bool = False) -> Previous:
    """The workbook read back as the pipeline does it."""
    workbook = read_workbook(data, "tonghop.xlsx")
    assert isinstance(workbook, Workbook)
    how = Reading("tonghop.xlsx", data, day=DAY, accept_loss=accept_loss)
    return read_back(workbook, CATALOGUE, how)


def merged_again(data: bytes, *, accept_loss: bool = False) -> Consolidation:
    """The same inbox merged into it."""
    return merged(INBOX, read(data, accept_loss=accept_loss))


WRITTEN = written(merged(INBOX))
REVIEWED = edited(WRITTEN, on_plans(review))
