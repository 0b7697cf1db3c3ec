# ruff: noqa: E501 - rows as they are printed
"""Tables that are wider than their paper: every delegation once, with all of its columns."""

import io
from pathlib import Path

import openpyxl
import pytest
from office import convert, needs_office
from openpyxl.styles import Alignment, Border, Side

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.readers.document_parts import Paragraph, WordCell, WordRow, WordTable
from doingoai_cli.readers.pdf_across import PrintedPage, put_side_by_side
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
COLUMNS = CATALOGUE.of_form("02.A").columns
TITLE, RIGHT = Paragraph("KẾ HOẠCH ĐOÀN RA", None), Paragraph("NĂM 2020", None)


def _page(*rows: str, top: float = 100, lines: tuple[Paragraph, ...] = ()) -> PrintedPage:
    made = (
        WordRow(tuple(WordCell(n, 1, text, None, False) for n, text in enumerate(row.split("|"), 1)), False)
        for row in rows
    )
    return PrintedPage(lines, WordTable(tuple(made)), (), tuple(top + 20 * at for at in range(len(rows))))


def _printed(*pages: PrintedPage) -> list[str]:
    return [
        "; ".join("|".join(cell.text for cell in row.cells) for row in block.rows)
        for page in put_side_by_side(pages)
        for block in page
        if isinstance(block, WordTable)
    ]


A, B = ("TT|Tên|Nước", "1|A|Lào", "2|B|Mỹ"), ("Số|Ngày", "5|3", "6|4")
C, D = ("3|C|Lào", "4|D|Mỹ", "5|E|Ý"), ("7|1", "8|2", "9|3")


@pytest.mark.parametrize(
    ("pages", "tables"),
    [
        ([_page(*A), _page(*B)], ["TT|Tên|Nước|Số|Ngày; 1|A|Lào|5|3; 2|B|Mỹ|6|4"]),
        # down, then across; across, then down
        (
            [_page(*A), _page(*C, top=50), _page(*B), _page(*D, top=50)],
            ["TT|Tên|Nước|Số|Ngày; 1|A|Lào|5|3; 2|B|Mỹ|6|4", "3|C|Lào|7|1; 4|D|Mỹ|8|2; 5|E|Ý|9|3"],
        ),
        (
            [_page(*A), _page(*B), _page(*C, top=50), _page(*D, top=50)],
            ["TT|Tên|Nước|Số|Ngày; 1|A|Lào|5|3; 2|B|Mỹ|6|4", "3|C|Lào|7|1; 4|D|Mỹ|8|2; 5|E|Ý|9|3"],
        ),
        # three pages wide, the last of one column
        (
            [_page(*A), _page(*B), _page("Ghi chú", "x", "y")],
            ["TT|Tên|Nước|Số|Ngày|Ghi chú; 1|A|Lào|5|3|x; 2|B|Mỹ|6|4|y"],
        ),
        # the first columns are printed again
        ([_page(*A), _page("TT|Tên|Số", "1|A|5", "2|B|6")], ["TT|Tên|Nước|Số; 1|A|Lào|5; 2|B|Mỹ|6"]),
        # near it: another form at the same heights, other heights, a table that goes on down
        (
            [_page(*A), _page("TT|Tên đoàn vào|Nước", "1|X|Lào", "2|Y|Mỹ")],
            ["TT|Tên|Nước; 1|A|Lào; 2|B|Mỹ", "TT|Tên đoàn vào|Nước; 1|X|Lào; 2|Y|Mỹ"],
        ),
        ([_page(*A), _page(*B, top=130)], ["TT|Tên|Nước; 1|A|Lào; 2|B|Mỹ", "Số|Ngày; 5|3; 6|4"]),
        ([_page(*A), _page(*C)], ["TT|Tên|Nước; 1|A|Lào; 2|B|Mỹ", "3|C|Lào; 4|D|Mỹ; 5|E|Ý"]),
        ([_page("TT|Tên", "1|A"), _page("Số|Ngày", "5|3")], ["TT|Tên; 1|A", "Số|Ngày; 5|3"]),
    ],
)
def test_pages_side_by_side(pages: list[PrintedPage], tables: list[str]) -> None:
    assert _printed(*pages) == tables


def test_lines_above_both_parts_stand_above_the_table() -> None:
    ((*above, table),) = put_side_by_side([_page(*A, lines=(TITLE,)), _page(*B, lines=(TITLE, RIGHT))])
    assert above == [TITLE, RIGHT]
    assert isinstance(table, WordTable)


@needs_office
@pytest.mark.parametrize(
    ("order", "titles", "count"),
    [
        ("downThenOver", None, 6),
        ("downThenOver", None, 30),
        ("overThenDown", None, 30),
        ("downThenOver", "3:3", 30),
        ("overThenDown", "3:3", 30),
    ],
)
def test_a_form_wider_than_its_paper(order: str, titles: str | None, count: int, tmp_path: Path) -> None:
    rows = [[str(n), f"Đoàn công tác {n}", "Thăm, làm việc", f"Trần Văn B{n}, Giám đốc Sở", str(n % 7 + 1), "Hàn Quốc", f"Bệnh viện số {n}",
             "Hội đàm", str(n % 3 + 2), "Quý II/2020", f"Ngân sách tỉnh {n} triệu đồng"] for n in range(1, count + 1)]  # fmt: skip
    made = openpyxl.Workbook()
    page = made.active
    for row in [
        ["SỞ Y TẾ"],
        ["BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020"],
        [column.label for column in COLUMNS],
        *rows,
    ]:
        page.append(row)
    side = Side(style="thin")
    for cells in page.iter_rows(min_row=3, max_col=11):
        page.row_dimensions[cells[0].row].height = 45
        for cell in cells:
            cell.border, cell.alignment = Border(side, side, side, side), Alignment(wrap_text=True, vertical="top")
    for letter in "ABCDEFGHIJK":
        page.column_dimensions[letter].width = 17
    page.page_setup.paperSize, page.page_setup.pageOrder = 9, order
    page.print_title_rows = titles
    buffer = io.BytesIO()
    made.save(buffer)
    (tmp_path / "a.xlsx").write_bytes(buffer.getvalue())
    found = read_submission(convert(tmp_path / "a.xlsx", "pdf", tmp_path / "out").read_bytes(), "a.pdf", CATALOGUE)
    assert [
        [" ".join(record.text(column.field).split()) for column in COLUMNS]
        for table in found.tables
        for record in table.records
    ] == rows
    assert {o.code for o in found.observations} == {"CT11"}
