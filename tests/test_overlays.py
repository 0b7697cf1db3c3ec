# ruff: noqa: E501 - records and elements on lines of their own
"""Controls, text boxes and pictures over cells: what they show is read or said, in .xlsx, .xls and .ods alike."""

import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from formsheets import CATALOGUE, form_sheet
from office import convert, needs_office
from openpyxl.drawing.image import Image
from rawbooks import packed, parts, relationships, sheet

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.grid import Cell, CellKind, Grid, NoteKind, Workbook
from doingoai_cli.readers.container import open_workbook, read_workbook
from doingoai_cli.readers.limits import DEFAULT_LIMITS, Meter
from doingoai_cli.readers.overlays import Overlay, SheetTexts, Shows, with_overlays
from doingoai_cli.readers.unreadable import GiveUp, Unreadable
from doingoai_cli.readers.xls_overlays import read_overlays


def _read(data: bytes) -> Workbook:
    found = read_workbook(data, "a")
    assert isinstance(found, Workbook), found
    return found


def _values(book: Workbook) -> dict[str, object]:
    return {book.grids[0].address(cell.row, cell.col): cell.value for cell in book.grids[0].cells}


def _said(book: Workbook) -> list[str]:
    assert all(note.kind is NoteKind.UNREAD for note in book.notes)
    return sorted(note.what for note in book.notes)


# --- .xlsx --------------------------------------------------------------------------------------------------------

_LISTS = {"S": ["Lào", "Pháp"], "Danh mục": ["Anh", "Nga", "Mỹ"]}


def _inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _with_drop_downs(*drops: str) -> bytes:
    rows = (
        '<row r="1"><c r="A1"><v>2</v></c>'
        + _inline("H1", "Lào")
        + '</row><row r="2">'
        + _inline("H2", "Pháp")
        + "</row>"
    )
    further = "".join(
        f'<row r="{n}">{_inline(f"A{n}", text)}</row>' for n, text in enumerate(("Anh", "Nga", "Mỹ"), 1)
    )
    shapes = "".join(
        f'<v:shape><x:ClientData ObjectType="Drop"><x:Anchor>{n}, 1, 0, 2, {n + 1}, 3, 1, 5</x:Anchor>{drop}</x:ClientData></v:shape>'
        for n, drop in enumerate(drops)
    )
    made = parts({"S": sheet(rows), "Danh mục": sheet(further)})
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", "vmlDrawing", "../drawings/v.vml")
    ).encode()
    made["xl/drawings/v.vml"] = f'<xml xmlns:v="v" xmlns:x="x">{shapes}</xml>'.encode()
    return packed(made)


def test_what_is_chosen_in_a_drop_down_is_read_from_its_list() -> None:
    data = _with_drop_downs(
        "<x:FmlaRange>$H$1:$H$2</x:FmlaRange><x:Sel>2</x:Sel>",
        "<x:FmlaRange>'Danh mục'!$A$1:$A$3</x:FmlaRange><x:Sel>3</x:Sel>",
        "<x:FmlaRange>$H$1:$H$2</x:FmlaRange><x:Sel>0</x:Sel>",
        "<x:FmlaRange>$H$1:$H$2</x:FmlaRange><x:Sel>9</x:Sel>",
        "<x:FmlaRange>Ten_vung</x:FmlaRange><x:Sel>1</x:Sel>",
    )
    book = _read(data)
    assert _values(book) == {
        "A1": "Pháp",
        "B1": "Mỹ",
        "H1": "Lào",
        "H2": "Pháp",
    }  # the entry's number lay under the first
    assert _said(book) == ["danh sách thả xuống đặt trên ô D1", "danh sách thả xuống đặt trên ô E1"]
    sheets = open_workbook(data)
    assert sheets is not None
    assert tuple(sheets.shown(grid) for grid in sheets.frame.grids) == book.grids  # one by one as all together


_PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 900, 500, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(901))), (b"IEND", b""),
    )
)  # fmt: skip


def _drawn() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("A")
    page.write("A1", "Mẫu 02.A")
    page.insert_textbox("C5", "Đoàn này\nđã hoãn")
    page.insert_textbox("G1", "Mẫu 02.A")  # what a cell says as well
    page.insert_textbox("H1", "")
    page.insert_image("B12", "bang.png", {"image_data": io.BytesIO(_PNG)})
    page.insert_image("Z1", "huy-hieu.png", {"image_data": io.BytesIO(_PNG), "x_scale": 0.1, "y_scale": 0.1})
    page.insert_button("J1", {"caption": "Bấm"})
    book.close()
    return buffer.getvalue()


_DRAWN = ["hộp chữ “Đoàn này đã hoãn” đặt trên ô C5", "ảnh lớn đặt trên ô B12"]


def test_text_boxes_and_pictures_of_tables_are_said() -> None:
    assert _said(_read(_drawn())) == _DRAWN


@pytest.mark.parametrize(("width", "height", "said"), [
    (900, 500, ["ảnh lớn đặt trên ô B12"]), (90, 500, []), (900, 90, []),
])  # fmt: skip
def test_a_picture_that_is_anchored_by_its_first_cell_alone_is_said(
    width: int, height: int, said: list[str]
) -> None:
    """Google Sheets and openpyxl state where it begins and its size."""
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    picture = Image(io.BytesIO(_PNG))
    picture.width, picture.height = width, height
    made.active["A1"] = "Mẫu 02.A"
    made.active.add_image(picture, "B12")
    made.save(buffer)
    assert _said(_read(buffer.getvalue())) == said


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods", "fods"])
def test_the_same_in_other_formats(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(_drawn())
    said = _said(_read(convert(source, kind, tmp_path / "out").read_bytes()))
    # LibreOffice may anchor a box at the cell before the one that it begins in.
    assert [what.replace("B5", "C5") for what in said] == _DRAWN


def test_a_drawing_that_is_no_xml_is_said_and_a_control_is_drawn_twice_but_said_once() -> None:
    hidden = (
        '<a><twoCellAnchor><from><col>1</col><row>1</row></from><sp><nvSpPr><cNvPr id="1" hidden="1"/></nvSpPr><t>Check Box 1</t></sp>'
        "</twoCellAnchor><Fallback><twoCellAnchor><sp><t>x</t></sp></twoCellAnchor></Fallback></a>"
    )
    for drawing, said in ((hidden, []), ("<a><b></a>", ["hình và hộp chữ đặt trên trang tính"])):
        made = parts({"S": sheet('<row r="1"><c r="A1"><v>1</v></c></row>')})
        made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
            ("rId1", "drawing", "../drawings/d.xml")
        ).encode()
        made["xl/drawings/d.xml"] = drawing.encode()
        assert _said(_read(packed(made))) == said
    made["xl/worksheets/_rels/sheet1.xml.rels"] = b"<Relationships"
    assert _said(_read(packed(made))) == ["hình và hộp chữ đặt trên trang tính"]


def test_many_overlays_are_counted_and_named_together() -> None:
    many = [Overlay(Shows.TEXT, row, 1, f"chữ {row}") for row in range(1, 121)]
    grid = Grid("S", 0, ())
    _, notes = with_overlays(grid, many, SheetTexts([grid]), Meter())
    assert (len(notes), notes[-1].what) == (51, "70 đối tượng khác đặt trên trang tính")
    with pytest.raises(GiveUp):
        with_overlays(grid, many, SheetTexts([grid]), Meter(replace(DEFAULT_LIMITS, cells=100)))


@pytest.mark.parametrize(("text", "said"), [
    ("Số: 12/BC-SDL", False), ("Mẫu số 02.A", False), ("Đồng Hới, ngày 10 tháng 9 năm 2019", False),
    ("Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc", False), ("GIÁM ĐỐC", False),
    ("Không phát sinh", True), ("Đoàn công tác đi Lào", True), ("Số: 05 đoàn", True), ("Sở Y tế báo cáo không có đoàn ra", True),
])  # fmt: skip
def test_a_letterhead_in_a_text_box_is_nothing_that_was_lost(text: str, said: bool) -> None:
    sheet = form_sheet("02.A", [1])
    _, notes = with_overlays(sheet, [Overlay(Shows.TEXT, 1, 9, text)], SheetTexts([sheet]), Meter())
    submission = read_grids(Workbook("xlsx", (sheet,), {}, notes), "a.xlsx", CATALOGUE, cycle=2020)
    assert bool([o for o in submission.observations if o.code == "CT09"]) is said


# --- .ods ---------------------------------------------------------------------------------------------------------

_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "draw", "form", "svg")
)


def _flat(forms: str, cells: str) -> bytes:
    return (
        f'<office:document {_ODF} office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="A"><office:forms><form:form>{forms}</form:form></office:forms><table:table-row>{cells}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document>"
    ).encode()


def test_controls_of_an_open_document_sheet() -> None:
    forms = (
        '<form:checkbox form:id="c1" form:label="Trong KH" form:current-state="checked"/><form:radio form:id="c2" form:selected="true"/>'
        '<form:checkbox form:id="c3"/><form:listbox form:id="c4"><form:option form:label="Lào"/>'
        '<form:option form:label="Pháp" form:current-selected="true"/></form:listbox><form:listbox form:id="c5" form:source-cell-range="A.A1:A.A3"/>'
    )
    cells = "".join(
        f'<table:table-cell><draw:control draw:control="c{n}"/></table:table-cell>' for n in range(1, 6)
    )
    book = _read(
        _flat(forms, '<table:table-cell office:value-type="string"><text:p>1</text:p></table:table-cell>' + cells)
    )
    assert _values(book) == {"A1": "1", "B1": "☒ Trong KH", "C1": "☒", "D1": "☐", "E1": "Pháp"}
    assert _said(book) == ["danh sách thả xuống đặt trên ô F1"]


# --- .docx --------------------------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(body: str, styles: str = "") -> bytes:
    return packed(
        {
            "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")).encode(),
            "word/_rels/document.xml.rels": relationships(("rId1", "styles", "styles.xml")).encode(),
            "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>".encode(),
            "word/document.xml": f'<w:document {_W} xmlns:o="o" xmlns:a="a" xmlns:wp="wp"><w:body>{body}</w:body></w:document>'.encode(),
        }
    )


_TABLE = "<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 5 + "</w:tr></w:tbl>"
_EMBEDDED = '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>'
_PICTURE = '<w:p><w:r><w:drawing><wp:extent cx="5000000" cy="3000000"/><a:blip/></w:drawing></w:r></w:p>'
_PROSE = "<w:p><w:r><w:t>" + "Trong năm đơn vị đã tổ chức nhiều hoạt động đối ngoại. " * 3 + "</w:t></w:r></w:p>"


def test_files_in_a_word_document_and_pictures_of_tables_are_said() -> None:
    assert _said(_read(_document(_TABLE + _EMBEDDED + "<w:altChunk/>" + _PICTURE))) == [
        "bảng tính Excel nhúng", "phần chèn từ một tệp khác", "ảnh lớn trong văn bản",
    ]  # fmt: skip
    for body, detail in (
        (_EMBEDDED, "tệp nhúng"),
        (_PROSE + _EMBEDDED, "tệp nhúng"),
        (_PICTURE, "chỉ có ảnh"),
        (_PROSE + _PICTURE, "chỉ có chữ"),
    ):
        found = read_workbook(_document(body), "a.docx")
        assert isinstance(found, Unreadable)
        assert detail in found.detail


def test_rows_are_struck_through_by_styles_of_letters_and_of_paragraphs() -> None:
    styles = (
        '<w:style w:styleId="A"><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="C"><w:rPr><w:dstrike w:val="0"/></w:rPr></w:style>'
    )

    def row(paragraph: str = "", run: str = "") -> str:
        look = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
        return (
            "<w:tr>" + f"<w:tc><w:p>{look}<w:r><w:rPr>{run}</w:rPr><w:t>x</w:t></w:r></w:p></w:tc>" * 5 + "</w:tr>"
        )

    rows = [
        row(),
        row("B"),
        row(run='<w:rStyle w:val="A"/>'),
        row("A", '<w:strike w:val="0"/>'),
        row("A", '<w:rStyle w:val="C"/>'),
    ]
    book = _read(_document(f"<w:tbl>{''.join(rows)}</w:tbl>", styles))
    assert book.grids[0].struck_rows == {2, 3}


# --- .xls ---------------------------------------------------------------------------------------------------------


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _shape(left: int, top: int) -> bytes:
    anchor = struct.pack("<9H", 0, left, 10, top, 10, left + 1, 5, top + 1, 5)
    return _record(0xEC, struct.pack("<HHI", 0xF, 0xF004, 99) + struct.pack("<HHI", 0, 0xF010, 18) + anchor)


def _obj(kind: int, *further: bytes) -> bytes:
    return _record(0x5D, struct.pack("<HHHH14x", 0x15, 18, kind, 1) + b"".join(further) + bytes(4))


def _tick(state: int) -> bytes:
    return struct.pack("<HHHHHH", 0x12, 8, state, 0, 0, 0)


def _list(rgce: bytes, chosen: int, kind: int = 0) -> bytes:
    formula = struct.pack("<HI", len(rgce), 0) + rgce
    return struct.pack("<HHH", 0x13, 99, len(formula)) + formula + struct.pack("<HHHH", 3, chosen, kind << 8, 0)


def _text(text: str) -> bytes:
    head = struct.pack("<HHHHHHHI", 0, 0, 0, 0, 0, len(text), 16, 0)
    pieces = (_record(0x3C, b"\x01" + piece.encode("utf-16-le")) for piece in (text[:3], text[3:]))
    return (
        _record(0xEC, struct.pack("<HHI", 0, 0xF00D, 0))
        + _record(0x1B6, head)
        + b"".join(pieces)
        + _record(0x3C, bytes(16))
    )


def _stream(objects: bytes, names: Sequence[str] = ("S", "Danh mục")) -> bytes:
    bof, eof = _record(0x809, struct.pack("<HH12x", 0x600, 5)), _record(0x0A)
    links = _record(0x1AE, struct.pack("<HH", 2, 0x0401)) + _record(0x17, struct.pack("<HHHH", 1, 0, 1, 1))
    spelt = [name.encode("utf-16-le") for name in names]
    size = len(bof + links + eof) + sum(12 + len(name) for name in spelt)
    bodies, at = [bof + objects + eof, bof + eof], size
    listed = b""
    for name, body in zip(spelt, bodies, strict=True):
        listed += _record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)
        at += len(body)
    return bof + listed + links + eof + b"".join(bodies)


def test_controls_and_text_boxes_of_a_binary_workbook() -> None:
    own, other = b"\x25" + struct.pack("<HHHH", 0, 1, 7, 7), b"\x3b" + struct.pack("<HHHHH", 0, 0, 2, 0, 0)
    objects = (
        _shape(1, 0) + _obj(0x0B, _tick(1)) + _text("Trong KH") + _shape(2, 0) + _obj(0x0C, _tick(0))
        + _shape(3, 0) + _obj(0x14, _list(own, 2)) + _shape(4, 0) + _obj(0x14, _list(other, 3))
        + _shape(5, 0) + _obj(0x14, _list(own, 1, kind=3))  # the arrow of a filter
        + _shape(6, 0) + _obj(0x08, struct.pack("<HHH", 0x08, 2, 0x10)) + _shape(7, 0) + _obj(0x06) + _text("Sở Y tế")
        + _shape(8, 0) + _obj(0x19) + _text("ghi chú của ô")
    )  # fmt: skip
    found, other_sheet = read_overlays(_stream(objects))
    assert other_sheet == []
    cells = (
        Cell(1, 1, CellKind.NUMBER, 1),
        *(Cell(n, 8, CellKind.TEXT, text) for n, text in enumerate(_LISTS["S"], 1)),
    )
    grids = [
        Grid("S", 0, cells),
        Grid(
            "Danh mục", 1, tuple(Cell(n, 1, CellKind.TEXT, text) for n, text in enumerate(_LISTS["Danh mục"], 1))
        ),
    ]
    shown, notes = with_overlays(grids[0], found, SheetTexts(grids), Meter())
    assert {cell.col: cell.value for cell in shown.cells if cell.row == 1} == {
        1: 1,
        2: "☒ Trong KH",
        3: "☐",
        4: "Pháp",
        5: "Mỹ",
        8: "Lào",
    }
    assert [note.what for note in notes] == [
        "nút điều khiển ActiveX đặt trên ô G1",
        "hộp chữ “Sở Y tế” đặt trên ô H1",
    ]


def test_a_stream_that_breaks_off_raises_nothing_else() -> None:
    stream = _stream(
        _shape(1, 0) + _obj(0x0B, _tick(1)) + _text("Trong KH") + _shape(3, 0) + _obj(0x14, _list(b"", 2))
    )
    for cut in range(len(stream)):
        for variant in (stream[:cut], stream[:cut] + bytes([stream[cut] ^ 0xFF]) + stream[cut + 1 :]):
            try:
                found = read_overlays(variant)
            except ValueError:
                continue
            assert all(isinstance(one, Overlay) for of_sheet in found for one in of_sheet)
