"""Forms that come back in Word: tables with the text around them, as grids with addresses that mean something."""

import io
from typing import Any

import docx
import pytest
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from rawbooks import packed, relationships

from doingoai_cli.model.grid import Addressing, Grid, NoteKind, Range
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.unreadable import Reason, Unreadable

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _grids(document: Any) -> tuple[Grid, ...]:
    buffer = io.BytesIO()
    document.save(buffer)
    result = read_workbook(buffer.getvalue(), "a.docx")
    assert not isinstance(result, Unreadable), result
    assert result.format == "docx"
    return result.grids


def _raw(body: str) -> bytes:
    return packed(
        {
            "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")).encode(),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
        }
    )


def _table(document: Any, rows: list[list[str]]) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def _texts(grid: Grid) -> list[tuple[int, int, object]]:
    return [(cell.row, cell.col, cell.value) for cell in grid.cells]


def test_letterhead_title_table_and_signature_make_one_grid() -> None:
    document = docx.Document()
    _table(document, [["SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]])
    document.add_paragraph("Mẫu 02.A")
    document.add_paragraph("  ")
    document.add_paragraph("BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020")
    _table(document, [["TT", "Tên đoàn", "Số ngày"], ["1", "Đoàn A", "05"]])
    document.add_paragraph("(1): ghi rõ tên đoàn")
    _table(document, [["Nơi nhận", "GIÁM ĐỐC"]])
    (grid,) = _grids(document)
    assert (grid.name, grid.addressing, grid.lead) == ("Bảng 1", Addressing.WORD, 3)
    assert _texts(grid) == [
        (1, 1, "SỞ Y TẾ"),
        (1, 2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (2, 1, "Mẫu 02.A"),
        (3, 1, "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020"),
        (4, 1, "TT"),
        (4, 2, "Tên đoàn"),
        (4, 3, "Số ngày"),
        (5, 1, "1"),
        (5, 2, "Đoàn A"),
        (5, 3, "05"),
        (6, 1, "(1): ghi rõ tên đoàn"),
        (7, 1, "Nơi nhận"),
        (7, 2, "GIÁM ĐỐC"),
    ]
    assert grid.address(5, 3) == "hàng 2, cột 3"
    assert grid.address(2, 1) == "phần chữ phía trên bảng"


def test_text_between_tables_belongs_to_the_one_that_follows() -> None:
    document = docx.Document()
    for number in (1, 2):
        document.add_paragraph(f"Mẫu 0{number}.A")
        _table(document, [["a", "b", f"c{number}"]])
    first, second = _grids(document)
    assert [grid.name for grid in (first, second)] == ["Bảng 1", "Bảng 2"]
    assert [grid.cells[0].value for grid in (first, second)] == ["Mẫu 01.A", "Mẫu 02.A"]
    assert len(first.cells) == 4


def test_a_long_text_before_a_table_keeps_its_headings_near_the_top() -> None:
    document = docx.Document()
    for number in range(100):
        document.add_paragraph(f"đoạn {number}")
    _table(document, [["TT", "Tên đoàn", "Số ngày"]])
    (grid,) = _grids(document)
    assert grid.lead == 20
    texts = [str(cell.value) for cell in grid.cells[:20]]
    assert "\n".join(texts).split("\n") == [f"đoạn {number}" for number in range(100)]


def test_merged_cells() -> None:
    document = docx.Document()
    table = _table(document, [["a", "b", "c", "d"], ["", "", "e", "f"], ["g", "h", "i", "j"]])
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 2).merge(table.cell(0, 3))
    (grid,) = _grids(document)
    assert set(grid.merges) == {Range(1, 1, 2, 1), Range(1, 3, 1, 4)}
    assert (2, 3, "e") in _texts(grid)


def test_lines_fonts_and_ticks() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    table = _table(document, [["", "", ""]])
    first = table.cell(0, 0).paragraphs[0]
    first.add_run("Tr­ëng ®oµn").font.name = ".VnTime"
    first.add_run(" A").font.size = Pt(9)
    table.cell(0, 1).text = "dòng 1\ndòng 2"
    table.cell(0, 1).add_paragraph("đoạn 2")
    tick = parse_xml(f'<w:r {_W}><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    table.cell(0, 2).paragraphs[0]._p.append(tick)
    (grid,) = _grids(document)
    assert [cell.value for cell in grid.cells] == ["Tr­ëng ®oµn A", "dòng 1\ndòng 2\nđoạn 2", "✓"]
    assert [cell.font for cell in grid.cells][:2] == [".VnTime", "Times New Roman"]


def test_a_form_within_a_layout_table() -> None:
    document = docx.Document()
    outer = document.add_table(1, 1)
    outer.cell(0, 0).text = "Mẫu 02.A"
    inner = outer.cell(0, 0).add_table(1, 3)
    for cell, text in zip(inner.rows[0].cells, ("TT", "Tên đoàn", "Số ngày"), strict=True):
        cell.text = text
    (grid,) = _grids(document)
    assert [cell.value for cell in grid.cells] == ["Mẫu 02.A", "TT", "Tên đoàn", "Số ngày"]
    assert grid.lead == 1


def test_tracked_changes_hidden_rows_and_alternatives() -> None:
    def cell(content: str) -> str:
        return f"<w:tc><w:p>{content}</w:p></w:tc>"

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    changed = f"<w:del>{run('cũ')}</w:del><w:ins>{run('mới')}</w:ins>"
    choices = f"<m:Choice>{run('một')}</m:Choice><m:Fallback>{run('hai')}</m:Fallback>"
    rows = (
        f"<w:tr>{cell(run('a'))}{cell(changed)}{cell(run('c'))}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell(run('bỏ')) * 3}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell(run('ẩn')) * 3}</w:tr>"
        f"<w:tr>{cell(f'<m:AlternateContent>{choices}</m:AlternateContent>')}</w:tr>"
    )
    result = read_workbook(_raw(f"<w:tbl>{rows}</w:tbl>"), "a.docx")
    assert not isinstance(result, Unreadable)
    (grid,) = result.grids
    assert [cell.value for cell in grid.cells] == ["a", "mới", "c", "ẩn", "ẩn", "ẩn", "một"]
    assert grid.hidden_rows == {2}
    assert [(note.kind, "Track Changes" in note.what) for note in result.notes] == [(NoteKind.CONVERTED, True)]


@pytest.mark.parametrize(("text", "is_told"), [("ẩn", True), (" ", False)])
def test_hidden_text_of_a_table_is_told(text: str, is_told: bool) -> None:
    def cell(content: str, look: str = "") -> str:
        return f'<w:tc><w:p><w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{content}</w:t></w:r></w:p></w:tc>'

    rows = f"<w:tr>{cell('a') * 3}</w:tr><w:tr>{cell(text, '<w:vanish/>') * 3}</w:tr>"
    result = read_workbook(_raw(f"<w:tbl>{rows}</w:tbl>"), "a.docx")
    assert not isinstance(result, Unreadable)
    assert [cell.value for cell in result.grids[0].cells] == ["a", "a", "a"]
    assert ["chữ ẩn" in note.what for note in result.notes] == [True] * is_told


def test_text_boxes_are_text_too() -> None:
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>Mẫu 02.A</w:t></w:r></w:p></w:txbxContent></w:pict>"
    body = f"<w:p><w:r>{box}<w:t>Tiêu </w:t></w:r><w:r><w:t>đề</w:t></w:r></w:p>"
    cells = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 3
    result = read_workbook(_raw(f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "a.docx")
    assert not isinstance(result, Unreadable)
    assert [cell.value for cell in result.grids[0].cells][:2] == ["Mẫu 02.A", "Tiêu đề"]


def test_a_document_without_tables_is_no_spreadsheet() -> None:
    result = read_workbook(_raw("<w:p><w:r><w:t>Kính gửi</w:t></w:r></w:p>"), "a.xlsx")
    assert isinstance(result, Unreadable)
    assert (result.reason, "không có bảng" in result.detail) == (Reason.TEXT_ONLY, True)


@pytest.mark.parametrize("columns", [1, 2])
def test_narrow_tables_are_grids_where_there_are_no_others(columns: int) -> None:
    document = docx.Document()
    _table(document, [["x"] * columns])
    (grid,) = _grids(document)
    assert len(grid.cells) == columns


def test_damaged_styles_cost_the_fonts_alone() -> None:
    row = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in "abc")
    made = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")).encode(),
        "word/_rels/document.xml.rels": relationships(("rId1", "styles", "styles.xml")).encode(),
        "word/styles.xml": b"<w:styles><w:style",
        "word/document.xml": f"<w:document {_W}><w:body><w:tbl><w:tr>{row}</w:tr></w:tbl></w:body></w:document>"
        .encode(),
    }  # fmt: skip
    found = read_workbook(packed(made), "a.docx")
    assert not isinstance(found, Unreadable)
    assert len(found.grids[0].cells) == 3
