# ruff: noqa: E501 - rows as they are printed
"""Printed pages whose letters were not drawn in the order in which they are read, and tables that go on over pages."""

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import _Cell
from office import convert, needs_office

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.readers.document_parts import Block, Paragraph, WordCell, WordRow, WordTable
from doingoai_cli.readers.pdf_letters import in_reading_order
from doingoai_cli.readers.pdf_pages import is_torn, with_page
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
HEADING = [column.label for column in CATALOGUE.of_form("02.A").columns]
ROWS = [[str(n), "Đoàn công tác phòng chống dịch bệnh", "Thăm, làm việc", "Trần Thị Hường, Giám đốc Sở", str(n + 1), "Hàn Quốc",
         "Bệnh viện tỉnh Khăm Muộn", "Hội đàm, ký kết về dịch bệnh", "2", "Quý II/2020", "Ngân sách tỉnh 100 triệu đồng"]
        for n in range(1, 13)]  # fmt: skip


def _drawn(*pieces: tuple[float, float, str]) -> list[dict[str, object]]:
    """Letters of five points each, by where a piece begins and the height of its line."""
    return [
        {
            "text": text[at],
            "x0": x + 5 * at,
            "x1": x + 5 * at + 5,
            "size": 10,
            "upright": True,
            "matrix": (1, 0, 0, 1, x, y),
        }
        for x, y, text in pieces
        for at in range(len(text))
    ]


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        ([(0, 0, "Trưởng đoàn")], "Trưởng đoàn"),
        ([(0, 0, "Tr"), (20, 0, "ng đoàn"), (10, 0, "ưở")], "Trưởng đoàn"),
        ([(5, 0, "y ban"), (0, 0, "Ủ"), (0, -12, "Sở")], "Ủy banSở"),
        ([(0, 0, "m"), (10, 0, "t n"), (35, 0, "c"), (5, 0, "ộ"), (25, 0, "ướ")], "một nước"),
        # near it: a text over another one, one of another line, one that touches nothing, all as drawn
        ([(0, 0, "Thái Lan"), (10, 0, "Lào")], "Thái LanLào"),
        ([(0, 0, "Tr"), (20, 0, "ng"), (10, -12, "ưở")], "Trngưở"),
        ([(0, 0, "Lào"), (90, 0, "3"), (50, 0, "Huế")], "Lào3Huế"),
        ([(50, 0, "Lào"), (0, 0, "Huế")], "LàoHuế"),
    ],
)
def test_letters_of_another_font_are_put_back_into_their_gap(
    pieces: list[tuple[float, float, str]], read: str
) -> None:
    assert "".join(letter["text"] for letter in in_reading_order(_drawn(*pieces))) == read


def _table(*rows: str) -> WordTable:
    return WordTable(
        tuple(
            WordRow(tuple(WordCell(n, 1, t, None, False) for n, t in enumerate(row.split("|"), 1)), False)
            for row in rows
        )
    )


HEAD, FIRST, SECOND = "TT|Tên|Nước|Số|Ghi chú", "1|A|Lào|3|x", "2|B|Mỹ|4|y"


@pytest.mark.parametrize(
    ("above", "page", "rows"),
    [
        ([_table(HEAD, FIRST)], [_table(SECOND)], [3]),
        ([_table(HEAD, FIRST)], [_table(HEAD, SECOND)], [3]),
        ([_table(HEAD, FIRST), Paragraph("Biểu 02", None)], [Paragraph("Sở Y tế", None), _table(SECOND)], [3]),
        ([_table(HEAD, FIRST)], [Paragraph("Sở Y tế", None), _table("||Thái Lan||")], [2]),
        (
            [_table(HEAD, FIRST), Paragraph("Biểu 03", None)],
            [_table("TỔNG CỘNG|||7|", "II. NĂM 2020||||", SECOND)],
            [5],
        ),
        ([_table(HEAD, FIRST), Paragraph("Biểu 03", None)], [_table("TỔNG CỘNG|||7|", "||||")], [4]),
        # without running numbers: the rest of a row begins in small letters
        ([_table("Tên|Nước|Số|Ngày", "Đoàn A|Lào|3|2")], [_table("tại Lào|||", "Đoàn B|Mỹ|4|3")], [3]),
        ([_table("Tên|Nước|Số|Ngày", "Đoàn A|Lào|3|2")], [_table("Đoàn C|||", "Đoàn B|Mỹ|4|3")], [4]),
        ([_table("Tên|Nước|Số|Ngày", "a)|Lào|3|2")], [_table("b)|Mỹ||", "c)|Ý|4|3")], [4]),
        ([_table(HEAD, FIRST), Paragraph("Biểu 03", None)], [_table("ĐOÀN VÀO||||", HEAD, SECOND)], [2, 3]),
        # another table: a heading of its own below a line, other columns, far below
        ([_table(HEAD, FIRST), Paragraph("Biểu 02", None)], [_table(HEAD, SECOND)], [2, 2]),
        ([_table(HEAD, FIRST)], [_table("1|A|Lào|3|x|z")], [2, 1]),
        ([_table(HEAD, FIRST), *[Paragraph("x", None)] * 7], [_table(SECOND)], [2, 1]),
    ],
)
def test_a_table_goes_on_over_a_page(above: list[Block], page: list[Block], rows: list[int]) -> None:
    found = with_page(above, page)
    assert [len(block.rows) for block in found if isinstance(block, WordTable)] == rows
    assert sum(isinstance(block, Paragraph) for block in found) == sum(
        isinstance(block, Paragraph) for block in above + page
    )


@pytest.mark.parametrize(
    ("before", "after", "torn"),
    [
        ("Thăm", ", làm", True),
        ("201", "9", True),
        ("phòn", "g", True),
        ("Nam", "(Lào)", False),
        ("Trần", "Văn", False),
    ],
)
def test_what_closes_a_clause_stands_behind_its_word(before: str, after: str, torn: bool) -> None:
    assert is_torn(before, after) is torn


def _form_written_into(made: Document) -> list[_Cell]:
    """The cells of a plan in Word, below the agency's name and the form's title."""
    made.add_paragraph("SỞ Y TẾ")
    made.add_paragraph("BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020")
    table = made.add_table(len(ROWS) + 1, len(HEADING), style="Table Grid")
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, text in zip(cells, [text for row in (HEADING, *ROWS) for text in row], strict=True):
        cell.text = text
    return cells


@needs_office
@pytest.mark.parametrize(("size", "width"), [(12, 297), (9, 297), (8, 210), (12, 210)])
def test_every_row_of_a_form_printed_in_narrow_columns(size: int, width: int, tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].page_width, made.sections[0].page_height = Mm(width), Mm(507 - width)
    made.sections[0].left_margin = made.sections[0].right_margin = Mm(15)
    made.sections[0].header.paragraphs[0].text = "Sở Y tế, năm 2019"
    for cell in _form_written_into(made):
        font = cell.paragraphs[0].runs[0].font
        font.size, font.name = Pt(size), "Times New Roman"
    made.save(str(tmp_path / "a.docx"))
    printed = convert(tmp_path / "a.docx", "pdf", tmp_path / "out").read_bytes()
    found = read_submission(printed, "a.pdf", CATALOGUE)
    fields = [column.field for column in CATALOGUE.of_form("02.A").columns]
    rows = [
        [" ".join(record.text(field).split()) for field in fields]
        for table in found.tables
        for record in table.records
    ]
    assert rows == ROWS
    assert {o.code for o in found.observations} == {"CT11"}


@needs_office
@pytest.mark.parametrize(
    ("footer", "below", "said"),
    [
        ("Mẫu số 02.A\tTrang 1/1", [], set()),
        ("1/1\thttp://10.0.0.1/bieu", [], {"CT09"}),
        ("Sở Y tế\tBiểu 02", [], {"CT09"}),
        ("", ["\tĐồng Hới, ngày 10 tháng 9 năm 2019", "NGƯỜI LẬP BIỂU\tGIÁM ĐỐC", "Lê Thị C\tTrần Văn B"], set()),
        ("2", ["Tổng số đoàn:\t12 đoàn"], set()),
    ],
)
def test_lines_around_a_printed_table_are_no_delegations(
    footer: str, below: list[str], said: set[str], tmp_path: Path
) -> None:
    made = docx.Document()
    made.sections[0].page_width, made.sections[0].page_height = Mm(420), Mm(297)
    made.sections[0].footer.paragraphs[0].text = footer
    _form_written_into(made)
    for line in below:
        made.add_paragraph(line).paragraph_format.tab_stops.add_tab_stop(Mm(250))
    made.save(str(tmp_path / "a.docx"))
    printed = convert(tmp_path / "a.docx", "pdf", tmp_path / "out").read_bytes()
    found = read_submission(printed, "a.pdf", CATALOGUE)
    assert found.rows == len(ROWS)
    assert {o.code for o in found.observations} == {"CT11", *said}
