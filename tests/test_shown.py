# ruff: noqa: E501 - each control on a line of its own
"""What a person sees in a cell is what counts: formats, strikes, controls, hidden text."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import convert, needs_office
from openpyxl.styles import Font
from rawbooks import MAIN, OFFICE, packed, parts, relationships, sheet

from doingoai_cli.intake.sheet import sheet_of
from doingoai_cli.model.grid import Cell, CellKind, Grid, NoteKind, Workbook
from doingoai_cli.readers.container import read_workbook

DAY = datetime(2019, 5, 1)
FORMATS: list[tuple[Any, str, object]] = [
    (DAY, "mmm-yy", "05/2019"),
    (DAY, "mm/yyyy", "05/2019"),
    (DAY, '"Tháng "m" năm "yyyy', "05/2019"),
    (DAY, "yyyy", "2019"),
    (DAY, "dd/mm/yyyy", DAY),
    (DAY, "d-mmm", DAY),
    (2, '"Quý "0"/2020"', "Quý 2/2020"),
    (7, '00" người"', "07 người"),
    (5, "00", 5),
    (1234567, "#,##0", 1234567),
    (DAY, "[$-42A]mmmm\\ yyyy;@", "05/2019"),
    (DAY, "mm/yyyy;@", "05/2019"),
    (DAY, 'yyyy"năm"', "2019"),
    (DAY, '"Quý II năm "yyyy', "Quý II năm 2019"),
    (2, '0"/2020"', "2/2020"),
    (2, '"Quý "0"/2020";@', "Quý 2/2020"),
]


def _book() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    for row, (value, code, _) in enumerate(FORMATS, start=1):
        page.cell(row, 1, value).number_format = code
    page = book.create_sheet("Gạch")
    for row in range(1, 5):
        for col in range(1, 5):
            page.cell(row, col, f"Ô {row}.{col}").font = Font(strike=row == 2 or (row == 3 and col == 2))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _read(data: bytes, name: str = "a.xlsx") -> Workbook:
    found = read_workbook(data, name)
    assert isinstance(found, Workbook), found
    return found


@needs_office
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_values_are_what_their_formats_show_and_struck_rows_are_known(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(_book())
    data = _book() if kind == "xlsx" else convert(path, kind, tmp_path / kind).read_bytes()
    formats, struck = _read(data, f"a.{kind}").grids
    assert [cell.value for cell in formats.cells] == [shown for _, _, shown in FORMATS]
    assert struck.struck_rows == {2}


WORDED_NUMBERS: list[tuple[float, str, object]] = [
    (150_000_000, '"Ngân sách tỉnh: "#,##0" đồng"', "Ngân sách tỉnh: 150.000.000 đồng"),
    (150_000_000, "#,##0\\ [$₫-42A]", "150.000.000 ₫"),
    (150_000_000, '_-* #,##0\\ "₫"_-;\\-* #,##0\\ "₫"_-', "150.000.000 ₫"),
    (150_000_000, '#,##0,,\\ "triệu"', "150 triệu"),
    (1.5, '0.0" tỷ đồng"', "1,5 tỷ đồng"),
    (5000, "[$$-409]#,##0.00", "$5.000"),
    (2.5, 'General" ngày"', "2,5 ngày"),
    (7, '000" người"', "007 người"),
    (1e20, '0" đồng"', 10**20),
    (1500, "#,##0.00_);[Red](#,##0.00)", 1500),
    (0.25, "0%", 0.25),
]


@needs_office
def test_words_and_currencies_around_a_number_are_read_with_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, (value, code, _) in enumerate(WORDED_NUMBERS, start=1):
        book.active.cell(row, 1, value).number_format = code
    path = tmp_path / "so.xlsx"
    book.save(path)
    shown = [shown for _, _, shown in WORDED_NUMBERS]
    assert [cell.value for cell in _read(path.read_bytes()).grids[0].cells] == shown
    old = _read(convert(path, "xls", tmp_path).read_bytes(), "so.xls")
    assert [cell.value for cell in old.grids[0].cells] == shown
    # LibreOffice stores what it shows, in the language it ran in.
    open_document = _read(convert(path, "ods", tmp_path).read_bytes(), "so.ods").grids[0]
    in_english = [str(cell.value).strip().translate(str.maketrans(".,", ",.")) for cell in open_document.cells]
    assert in_english[:4] + in_english[6:8] == [*shown[:4], *shown[6:8]]


def test_strikes_on_a_condition_are_said() -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><dxfs><dxf><font><b/></font></dxf><dxf><font><strike/></font></dxf></dxfs></styleSheet>'
    rules = "".join(
        f'<conditionalFormatting sqref="{where}"><cfRule type="expression" dxfId="{index}" priority="1"><formula>1</formula></cfRule>'
        "</conditionalFormatting>"
        for where, index in (("A1:A9", 0), ("A4:K7 M1", 1))
    )
    book = _read(packed(parts({"S": sheet('<row r="1"><c r="A1"><v>1</v></c></row>', tail=rules)}, styles=styles)))
    assert [note.what for note in book.notes] == [
        "chữ gạch ngang theo định dạng có điều kiện (vùng A4:K7, M1), nếu có dòng nào đang bị gạch"
    ]


def test_both_passes_see_strikes_of_runs() -> None:
    run = "<r><rPr><strike/></rPr><t>Đoàn A</t></r>"
    strings = f'<sst xmlns="{MAIN}"><si>{run}</si><si><r><t>B</t></r>{run}</si></sst>'
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
        f'<row r="3"><c r="A3" t="inlineStr"><is>{run}</is></c></row>'
    )
    quick = _read(packed(parts({"S": sheet(rows.split('<row r="3"')[0])}, strings=strings)))
    assert quick.grids[0].struck_rows == {1}
    assert _read(packed(parts({"S": sheet(rows)}, strings=strings))).grids[0].struck_rows == {1, 3}


def test_both_passes_leave_out_what_is_struck_through_in_a_cell() -> None:
    run = "<r><rPr><strike/></rPr><t>9</t></r><r><t>5</t></r>"
    strings = f'<sst xmlns="{MAIN}"><si>{run}</si><si><t>B</t></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    inline = f'<row r="2"><c r="A2" t="inlineStr"><is>{run}</is></c></row>'
    for body, places in ((rows, {(1, 1)}), (rows + inline, {(1, 1), (2, 1)})):
        grid = _read(packed(parts({"S": sheet(body)}, strings=strings))).grids[0]
        assert [cell.value for cell in grid.cells][:2] == ["5", "B"]
        assert (grid.struck_parts, grid.struck_rows) == (places, frozenset())


def _control(kind: str, anchor: str, extra: str = "", label: str = "") -> str:
    box = f"<v:textbox><div><font>{label}</font></div></v:textbox>" if label else ""
    return (
        f'<v:shape id="s" type="#t">{box}<x:ClientData ObjectType="{kind}"><x:Anchor>{anchor}</x:Anchor>{extra}'
        "</x:ClientData></v:shape>"
    )


def test_a_tick_box_over_a_cell_is_read_and_a_drop_down_is_said() -> None:
    shapes = "".join(
        (
            _control("Checkbox", "1, 15, 0, 2, 2, 31, 1, 5", "<x:Checked>1</x:Checked>"),
            _control("Checkbox", "2, 15, 0, 2, 3, 31, 1, 5"),
            _control("Radio", "1, 0, 1, 2, 2, 31, 2, 0", "<x:Checked>1</x:Checked>", "Trong KH"),
            _control("Checkbox", "1, 15, 8, 2, 2, 31, 9, 5"),
            _control("Drop", "3, 15, 0, 2, 4, 31, 1, 5", "<x:Sel>2</x:Sel>"),
            _control("Note", "3, 15, 0, 2, 4, 31, 1, 5"),
        )
    )
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"{shapes}</xml>"
    )
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    made = parts({"S": sheet(rows)})
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", "vmlDrawing", "../drawings/v.vml")
    ).encode()
    made["xl/drawings/v.vml"] = vml.encode()
    book = _read(packed(made))
    assert [(cell.row, cell.col, cell.value) for cell in book.grids[0].cells] == [
        (1, 1, 1),
        (1, 2, "☒"),
        (1, 3, "☐"),
        (2, 1, 2),
        (2, 2, "☒ Trong KH"),
    ]
    ((kind, what, grid, row, col, _),) = book.notes
    assert (kind, grid, row, col) == (NoteKind.UNREAD, 0, 1, 4)
    assert "danh sách thả xuống" in what


@pytest.mark.parametrize(
    ("text", "font", "seen"),
    [
        ("ü", "Wingdings", "✓"),
        ("\uf0fc", "Wingdings", "✓"),
        (" þ ", "wingdings", "☑"),
        ("¨", "Wingdings", "☐"),
        ("x", "Wingdings", "☒"),
        ("P", "Wingdings 2", "✓"),
        ("a", "Webdings", "✓"),
        ("\uf0d6", "Symbol", "√"),
        ("Phần", "Wingdings 2", "Phần"),
        ("P", "Arial", "P"),
        ("5", "Wingdings", "5"),
    ],
)
def test_signs_of_symbol_fonts_are_read_as_they_are_drawn(text: str, font: str, seen: str) -> None:
    sheet = sheet_of(Grid("S", 0, (Cell(1, 1, CellKind.TEXT, text, None, font),)))
    assert (sheet.text(1, 1), sheet.rows[0].cells[1].value.strip()) == (seen, seen)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _word(*cells: str) -> Grid:
    row = "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in cells)
    body = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    made = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")).encode(),
        "word/document.xml": f'<w:document {_W} xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>'.encode(),
    }
    return _read(packed(made), "a.docx").grids[0]


def _run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def _old_field(inner: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'


CONTROLS = {
    "chosen": ("<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>" + _run("Lào") + "</w:sdtContent></w:sdt>", "Lào"),
    "prompt": (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + _run("Chọn một mục") + "</w:sdtContent></w:sdt>",
        None,
    ),
    "old list": (_old_field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Lào"/><w:listEntry w:val="Pháp"/></w:ddList>'), "Pháp"),
    "old list untouched": (_old_field('<w:ddList><w:listEntry w:val="Lào"/><w:listEntry w:val="Pháp"/></w:ddList>'), "Lào"),
    "old tick": (_old_field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + _run(" Trong KH"), "☒ Trong KH"),
    "old box": (_old_field('<w:checkBox><w:default w:val="0"/></w:checkBox>'), "☐"),
    "hidden": (_run("Lào") + _run(" ẩn", "<w:vanish/>"), "Lào"),
    "shown": (_run("Lào") + _run(" hiện", '<w:vanish w:val="0"/>'), "Lào hiện"),
    "reading aid": ("<w:r><w:ruby><w:rt><w:r><w:t>aid</w:t></w:r></w:rt><w:rubyBase>" + _run("Lào") + "</w:rubyBase></w:ruby></w:r>", "Lào"),
    "soft hyphen": ("<w:r><w:t>Th</w:t><w:softHyphen/><w:t>¬ng</w:t></w:r>", "Th\u00ad¬ng"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "shown"), CONTROLS.values(), ids=CONTROLS)
def test_word_says_what_it_shows(content: str, shown: str | None) -> None:
    grid = _word("TT", content, "x")
    assert next((cell.value for cell in grid.cells if cell.col == 2), None) == shown


def test_rows_struck_through_in_word() -> None:
    struck = _run("Đoàn A", "<w:strike/>")
    assert _word(_run("1", "<w:dstrike/>"), struck, _run("5")).struck_rows == {1}
    assert _word(_run("1"), struck + _run(" B"), _run("5")).struck_rows == frozenset()


def test_what_is_struck_through_in_a_cell_is_no_part_of_its_text() -> None:
    struck = _run("Pháp, ", "<w:strike/>")
    grid = _word(_run("1"), struck + _run("Đức"), _run("5"), struck)
    assert [cell.value for cell in grid.cells] == ["1", "Đức", "5", "Pháp, "]
    assert (grid.struck_parts, grid.struck_cells) == ({(1, 2)}, {(1, 4)})


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p>{_run(text)}</w:p></w:tc>' for text in row)}</w:tr>"
        for row in (("Lào", "3 ngày"), ("Thái Lan", "2 ngày"))
    )
    grid = _word(_run("1"), f"{_run('Đoàn A')}</w:p><w:tbl>{inner}</w:tbl><w:p>", _run("5"))
    assert [cell.value for cell in grid.cells] == ["1", "Đoàn A\nLào 3 ngày\nThái Lan 2 ngày", "5"]


def test_cells_are_what_they_are_where_no_format_says_more() -> None:
    (formats, _) = _read(_book()).grids
    assert {cell.row: cell.kind for cell in formats.cells}[9] is CellKind.NUMBER
