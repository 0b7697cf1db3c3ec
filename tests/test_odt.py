# ruff: noqa: E501 - tables as they are written
"""Forms that come back as an OpenDocument text are laid out as those of Word are."""

import io
from pathlib import Path

import docx
from office import convert, needs_office
from rawbooks import packed

from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.unreadable import Reason, Unreadable
from doingoai_cli.report.agency_texts import PictureBlock, TableBlock, TextBlock
from doingoai_cli.report.read_texts import read_texts

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style")
) + ' xmlns:fo="urn:fo"'  # fmt: skip


def _parts(body: str, styles: str = "") -> dict[str, bytes]:
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()}


def _odt(body: str, styles: str = "") -> Workbook | Unreadable:
    return read_workbook(packed(_parts(body, styles)), "a.odt")


def _cell(text: str, look: str = "", kind: str = "table-cell") -> str:
    return f"<table:{kind} {look}><text:p>{text}</text:p></table:{kind}>"


def _table(*rows: str) -> Grid:
    found = _odt(
        f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    )
    assert isinstance(found, Workbook), found
    return found.grids[0]


def test_cells_spans_and_what_they_cover() -> None:
    covered = "<table:covered-table-cell/>"
    grid = _table(
        _cell("TT", 'table:number-rows-spanned="2"') + _cell("Tên", 'table:number-columns-spanned="2"') + covered + _cell("Số"),
        covered + _cell("a") + _cell("b<text:line-break/>c") + _cell("d<text:s text:c='2'/>e<text:tab/>f"),
    )  # fmt: skip
    assert [(cell.row, cell.col, cell.value) for cell in grid.cells] == [
        (1, 1, "TT"), (1, 2, "Tên"), (1, 4, "Số"), (2, 2, "a"), (2, 3, "b\nc"), (2, 4, "d  e\tf"),
    ]  # fmt: skip
    assert sorted(map(tuple, grid.merges)) == [(1, 1, 2, 1), (1, 2, 1, 3)]


def test_a_table_within_a_cell_is_text_of_the_cell() -> None:
    inner = "<table:table><table:table-row>" + _cell("Lào") + _cell("3 ngày") + "</table:table-row></table:table>"
    grid = _table(_cell("1") + f"<table:table-cell><text:p>Đoàn A</text:p>{inner}</table:table-cell>" + _cell("5"))
    assert [cell.value for cell in grid.cells] == ["1", "Đoàn A\nLào 3 ngày", "5"]


def test_deleted_and_hidden_text_is_not_read() -> None:
    found = _odt(
        "<text:tracked-changes><text:p>xóa</text:p></text:tracked-changes><table:table><table:table-row>"
        + _cell('a<text:span text:display="none">ẩn</text:span>') + _cell("b") + _cell("c")
        + "</table:table-row></table:table>"
    )  # fmt: skip
    assert isinstance(found, Workbook)
    assert [cell.value for cell in found.grids[0].cells] == ["a", "b", "c"]


def test_a_text_without_a_table_is_no_form() -> None:
    found = _odt("<text:p>Kính gửi</text:p>")
    assert isinstance(found, Unreadable)
    assert found.reason is Reason.TEXT_ONLY


def test_a_text_is_read_as_it_is_shown() -> None:
    covered = "<table:covered-table-cell/>"
    rows = (
        _cell("Lào", 'table:number-rows-spanned="2"') + _cell("7"),
        covered + _cell('<text:span text:style-name="S">5</text:span>8'),
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>theo QĐ</text:p></text:note-body></text:note>"
    frame = '<draw:frame svg:width="3cm"><draw:text-box><text:p>trong hộp</text:p></draw:text-box></draw:frame>'
    frames = 'xmlns:draw="urn:draw" xmlns:svg="urn:svg" xmlns:xlink="urn:xlink"'
    picture = f'<text:p {frames}><draw:frame svg:width="3cm"><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p>'
    styles = (
        '<style:style style:name="H" style:family="paragraph" style:default-outline-level="2"/>'
        '<style:style style:name="H1" style:family="paragraph" style:parent-style-name="H"/>'
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="700"/></style:style>'
        '<style:style style:name="S" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    body = (
        f'<text:h text:style-name="H1" {frames}>{frame}1. Mục con</text:h>'
        f'<text:p><text:span text:style-name="B">Đậm</text:span></text:p><text:p>Đã đón{note} 04 đoàn</text:p>'
        "<text:list><text:list-item><text:p>một</text:p></text:list-item></text:list>" + picture
        + f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    )  # fmt: skip
    text = read_texts(packed({**_parts(body, styles), "Pictures/1.png": b"x"}), "a.odt")
    assert text.blocks == (
        TextBlock("1. Mục con", 2), TextBlock("trong hộp"), TextBlock("Đậm", None, True), TextBlock("Đã đón 04 đoàn"),
        TextBlock("- một"), PictureBlock(b"x", "1.png", 30.0), TableBlock((("Lào", "7"), ("", "8"))),
        TextBlock("Chú thích: theo QĐ"),
    )  # fmt: skip


def test_a_title_with_a_frame_in_it_is_read_whole() -> None:
    frame = (
        '<draw:frame xmlns:draw="urn:draw"><draw:text-box><text:p>Mẫu 02.A</text:p></draw:text-box></draw:frame>'
    )
    row = "".join(map(_cell, "abc"))
    found = _odt(
        f"<text:p>KẾ HOẠCH {frame}NĂM 2020</text:p><table:table><table:table-row>{row}</table:table-row></table:table>"
    )
    assert isinstance(found, Workbook)
    assert [cell.value for cell in found.grids[0].cells][:2] == ["Mẫu 02.A", "KẾ HOẠCH NĂM 2020"]


@needs_office
def test_what_word_and_libreoffice_write_is_the_same(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("SỞ Y TẾ")
    table = document.add_table(4, 5)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Ô {number}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    for cell in table.rows[3].cells:
        cell.paragraphs[0].runs[0].font.strike = True
    document.add_paragraph("Ký tên")
    document.save(str(tmp_path / "a.docx"))
    before = read_workbook((tmp_path / "a.docx").read_bytes(), "a.docx")
    after = read_workbook(convert(tmp_path / "a.docx", "odt", tmp_path / "out").read_bytes(), "a.odt")
    assert isinstance(before, Workbook)
    assert isinstance(after, Workbook)
    (word,), (odt,) = before.grids, after.grids
    assert [cell[:4] for cell in odt.cells] == [cell[:4] for cell in word.cells]
    assert set(odt.merges) == set(word.merges)
    assert (
        (odt.struck_rows, odt.lead, odt.addressing)
        == (word.struck_rows, word.lead, word.addressing)
        == ({5}, 1, word.addressing)
    )


def test_locked_texts_are_named() -> None:
    buffer = io.BytesIO(
        packed(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
                "content.xml": b"x",
            }
        )
    )
    found = read_workbook(buffer.getvalue(), "a.odt")
    assert isinstance(found, Unreadable)
    assert found.reason is Reason.ENCRYPTED


def test_damaged_named_styles_are_passed_over() -> None:
    body = (
        "<table:table><table:table-row>"
        + _cell("a")
        + _cell("b")
        + _cell("c")
        + "</table:table-row></table:table>"
    )
    content = f"<office:document-content {_NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    made = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.encode(),
        "styles.xml": b"<office:document-styles><style:style",
    }
    found = read_workbook(packed(made), "a.odt")
    assert isinstance(found, Workbook)
    assert len(found.grids[0].cells) == 3
