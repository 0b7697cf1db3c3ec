# ruff: noqa: E501 - rows as they are printed
"""Text that is too long or too high for its printed cell: it belongs to the cell in which it begins, and is said."""

import io
from pathlib import Path

import openpyxl
import pytest
from office import convert, needs_office
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.submissions import Submission
from doingoai_cli.readers.pdf_words import Box, PageWord, placed
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
HEADING = [column.label for column in CATALOGUE.of_form("02.A").columns]
ROWS = 30


def _book(*, wrap: bool, width: float, high: bool = False) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.append(["SỞ Y TẾ"])
    page.append(["BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020"])
    page.append(HEADING)
    for n in range(1, ROWS + 1):
        page.append([n, f"Đoàn {n} của Sở Y tế đi học tập", None, "Trần Văn B, Giám đốc Sở", n + 4, "Lào, Thái Lan", "Sở Y tế tỉnh Khăm Muồn",
                     "Hội đàm, ký kết biên bản", 3, "Quý II/2020", "Ngân sách tỉnh 200 triệu đồng"])  # fmt: skip
    side = Side(style="thin")
    for row in page.iter_rows(min_row=3, max_col=11):
        for cell in row:
            cell.border = Border(side, side, side, side)
            cell.font = Font(size=11)
            cell.alignment = Alignment(wrap_text=wrap or cell.row == 3, vertical="top")
        page.row_dimensions[row[0].row].height = 60 if high or row[0].row == 3 else 15
    for letter in "ABCDEFGHIJK":
        page.column_dimensions[letter].width = width
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _printed(data: bytes, folder: Path) -> Submission:
    source = folder / "a.xlsx"
    source.write_bytes(data)
    return read_submission(convert(source, "pdf", folder / "out").read_bytes(), "a.pdf", CATALOGUE)


def _said(found: Submission) -> set[str]:
    return {o.code for o in found.observations} - {"CT11"}


@needs_office
@pytest.mark.parametrize("wrap", [True, False])
def test_no_row_is_lost_and_what_the_page_cuts_is_said(wrap: bool, tmp_path: Path) -> None:
    found = _printed(_book(wrap=wrap, width=13), tmp_path)
    records = [record for table in found.tables for record in table.records]
    assert [record.text("ordinal") for record in records] == [str(n) for n in range(1, ROWS + 1)]
    for n, record in enumerate(records, 1):
        assert f"Đoàn {n} của Sở Y tế đi học tập".startswith(" ".join(record.text("name").split())), record.text(
            "name"
        )
        assert "Trần Văn B, Giám đốc Sở".startswith(" ".join(record.text("leader").split())[:12])
        assert (record.text("members"), record.text("days")) == (str(n + 4), "3")
        assert record.text("funding").startswith("Ngân sách")
    told = [o.place.row for o in found.observations if o.code == "CT09"]
    assert len(set(told)) >= ROWS
    assert _said(found) == {"CT09"}


@needs_office
def test_where_all_is_printed_nothing_is_said(tmp_path: Path) -> None:
    found = _printed(_book(wrap=True, width=15, high=True), tmp_path)
    assert (found.rows, _said(found)) == (ROWS, set())
    assert " ".join(found.tables[0].records[0].text("funding").split()) == "Ngân sách tỉnh 200 triệu đồng"


# --- by hand: two rows of two cells of 50 × 12 points, letters of 5 points ----------------------------------------------

CELLS: list[Box] = [(0, 0, 50, 12), (50, 0, 100, 12), (0, 12, 50, 24), (50, 12, 100, 24)]
EDGES = [0.0, 50.0, 100.0]


class _Pen:
    """Draws words as a program does that prints; `space`: whether it draws spaces."""

    def __init__(self) -> None:
        self.words: list[PageWord] = []
        self.at = 0

    def line(self, x: float, y: float, text: str) -> "_Pen":
        for part in text.split():
            end = x + 5 * len(part)
            self.words.append(PageWord(part, x, end, y - 4, y + 4, 8, ("F",), self.at, self.at + len(part) - 1))
            self.at += len(part) + 1  # the space behind it
            x = end + 2.5
        self.at += 3  # whatever else was drawn
        return self

    def by_cell(self) -> dict[int, str]:
        found = placed(self.words, CELLS, EDGES)
        return {CELLS.index(box): " ".join(word.text for word in words) for box, words in found.words.items()}

    def cut(self) -> set[int]:
        return {CELLS.index(box) for box in placed(self.words, CELLS, EDGES).cut}


def test_a_line_that_goes_on_over_the_next_cell_belongs_to_its_own() -> None:
    pen = _Pen().line(2, 6, "Đoàn công tác số").line(2, 18, "B").line(52, 18, "C")
    assert pen.by_cell() == {0: "Đoàn công tác số", 2: "B", 3: "C"}


def test_cells_side_by_side_are_no_line_of_text() -> None:
    pen = _Pen().line(35, 6, "123").line(52, 6, "Lào")
    assert pen.by_cell() == {0: "123", 1: "Lào"}


def test_a_line_over_the_row_below_belongs_to_the_one_above_and_is_said() -> None:
    pen = _Pen().line(2, 6, "Giám").line(2, 15, "đốc").line(52, 6, "x").line(2, 18, "Phó").line(52, 18, "y")
    assert pen.by_cell() == {0: "Giám đốc", 1: "x", 2: "Phó", 3: "y"}
    assert pen.cut() == {0}
    below = _Pen().line(2, 18, "Phó").line(2, 28, "Giám").line(52, 18, "y")  # past the last row
    assert below.by_cell() == {2: "Phó Giám", 3: "y"}


def test_a_text_higher_than_its_row_belongs_to_the_cell_in_whose_middle_it_stands() -> None:
    """Centred, it stands out above and below, over the rows there."""
    pen = _Pen().line(2, 8, "Báo cáo").line(2, 18, "số 12").line(2, 28, "năm 2019").line(52, 18, "y")
    assert pen.by_cell() == {2: "Báo cáo số 12 năm 2019", 3: "y"}
    assert pen.cut() == {2}
    near = _Pen().line(2, 6, "Một").line(2, 14, "Hai").line(2, 22, "Ba")  # from the top: the text of the row above
    assert near.by_cell() == {0: "Một Hai", 2: "Ba"}
    lines = _Pen().line(52, 16, "Lê").line(52, 22.5, "Vũ")  # over one another: of two cells
    assert lines.cut() == set()


def test_rows_of_one_cell_each_are_rows() -> None:
    pen = _Pen().line(2, 6, "Một").line(2, 18, "Hai")
    assert pen.by_cell() == {0: "Một", 2: "Hai"}
    assert pen.cut() == set()


def test_a_text_that_the_edge_cuts_is_said() -> None:
    assert _Pen().line(2, 6, "Ngân sách").line(52, 6, "Lào").cut() == set()
    assert _Pen().line(2, 6, "Trần Văn BC").line(52, 6, "Lào").cut() == {0}
