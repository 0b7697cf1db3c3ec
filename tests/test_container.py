"""What stands in a file comes out of it: kinds, values, places, fonts, formulas, merges, hidden things."""

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from rawbooks import MAIN, STRICT, book, packed, parts, relationships, sheet

from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.readers.container import read_properties, read_workbook
from doingoai_cli.readers.unreadable import Unreadable


def read(data: bytes) -> Workbook:
    result = read_workbook(data, "thử.xlsx")
    assert isinstance(result, Workbook), result
    return result


def cells(data: bytes) -> dict[str, Cell]:
    grid = read(data).grids[0]
    return {grid.address(cell.row, cell.col): cell for cell in grid.cells}


def saved(workbook: Any) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


_STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>Sở Y tế</t></si>'
    "<si><r><t>Đoàn </t></r><r><rPr><rFont val='.VnTime'/></rPr><t>công tác dài</t></r>"
    "<rPh sb='0' eb='1'><t>đọc</t></rPh></si>"
    "<si><t>A &amp; B&#10;dòng 2_x000D__x005F_</t></si><si><t/></si></sst>"
)
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts><font><name val="Times New Roman"/></font><font><name val=".VnTimeH"/></font></fonts>'
    '<cellStyleXfs><xf numFmtId="14" fontId="1"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/><xf numFmtId="46" fontId="0"/></cellXfs>'
    "</styleSheet>"
)


@pytest.mark.parametrize(
    ("stored", "kind", "value", "formula"),
    [
        ('<c r="A1"><v>7</v></c>', CellKind.NUMBER, 7, None),
        ('<c r="A1"><v>7.5</v></c>', CellKind.NUMBER, 7.5, None),
        ('<c r="A1" t="n"><v>-2</v></c>', CellKind.NUMBER, -2, None),
        ('<c r="A1"><v>1,5</v></c>', CellKind.TEXT, "1,5", None),
        ('<c r="A1"><v>NaN</v></c>', CellKind.TEXT, "NaN", None),
        ('<c r="A1"><v>1e999</v></c>', CellKind.TEXT, "1e999", None),
        ('<c r="A1" t="s"><v>0</v></c>', CellKind.TEXT, "Sở Y tế", None),
        ('<c r="A1" t="s"><v>1</v></c>', CellKind.TEXT, "Đoàn công tác dài", None),
        ('<c r="A1" t="s"><v>2</v></c>', CellKind.TEXT, "A & B\ndòng 2\r_", None),
        ('<c r="A1" t="inlineStr"><is><t> 05 người </t></is></c>', CellKind.TEXT, " 05 người ", None),
        ('<c r="A1" t="inlineStr"><is><r><t>Quý </t></r><r><t>II</t></r></is></c>', CellKind.TEXT, "Quý II", None),
        ('<c r="A1" t="inlineStr"><v>thẳng</v></c>', CellKind.TEXT, "thẳng", None),
        ('<c r="A1" t="b"><v>1</v></c>', CellKind.BOOL, True, None),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', CellKind.ERROR, "#SPILL!", None),
        ('<c r="A1" t="d"><v>2019-05-03</v></c>', CellKind.DATE, datetime(2019, 5, 3), None),
        ('<c r="A1" t="d"><v>mai</v></c>', CellKind.TEXT, "mai", None),
        ('<c r="A1" s="1"><v>43588</v></c>', CellKind.DATE, datetime(2019, 5, 3), None),
        ('<c r="A1" s="1"><v>0.75</v></c>', CellKind.DATE, time(18), None),
        ('<c r="A1" s="1"><v>-1</v></c>', CellKind.NUMBER, -1, None),
        ('<c r="A1" s="2"><v>1.5</v></c>', CellKind.NUMBER, 1.5, None),
        ('<c r="A1"><f>SUM(B1:B9)</f><v>12</v></c>', CellKind.NUMBER, 12, "=SUM(B1:B9)"),
        ('<c r="A1"><f>B1&amp;"x"</f></c>', CellKind.UNCALCULATED, '=B1&"x"', '=B1&"x"'),
        ('<c r="A1"><f>B1+1</f><v></v></c>', CellKind.UNCALCULATED, "=B1+1", "=B1+1"),
        ('<c r="A1" t="str"><f>B1</f><v>Lào</v></c>', CellKind.TEXT, "Lào", "=B1"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellKind.ERROR, "#DIV/0!", "=1/0"),
        ("<c><v>7</v></c>", CellKind.NUMBER, 7, None),
        ('<c r="A1" cm="1" t="str"><v><![CDATA[<b>]]></v></c>', CellKind.TEXT, "<b>", None),
    ],
)
def test_each_way_of_storing_a_value(stored: str, kind: CellKind, value: object, formula: str | None) -> None:
    cell = cells(book(f'<row r="1">{stored}</row>', strings=_STRINGS, styles=_STYLES))["A1"]
    assert (cell.kind, cell.value, cell.formula) == (kind, value, formula)
    assert type(cell.value) is type(value)


@pytest.mark.parametrize(
    "stored",
    [
        '<c r="A1"/>',
        '<c r="A1" s="1"></c>',
        '<c r="A1" t="s"><v>3</v></c>',
        '<c r="A1" t="s"><v/></c>',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="str"><f>""</f><v></v></c>',
    ],
)
def test_what_holds_nothing_is_no_cell(stored: str) -> None:
    assert cells(book(f'<row r="1">{stored}</row>', strings=_STRINGS, styles=_STYLES)) == {}


def test_fonts_come_from_the_style_or_from_most_of_a_rich_text() -> None:
    rows = '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>1</v></c></row>'
    found = cells(book(rows, strings=_STRINGS, styles=_STYLES))
    assert [found[place].font for place in ("A1", "B1", "C1")] == [".VnTimeH", ".VnTime", "Times New Roman"]


def test_shared_formulas_are_moved_to_their_cells() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A3">B1+$C$1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>'
    )
    found = cells(book(rows))
    assert [cell.formula for cell in found.values()] == ["=B1+$C$1", "=B2+$C$1", "=B3+$C$1"]
    assert found["A3"].kind is CellKind.UNCALCULATED


def test_a_placeholder_of_a_file_never_calculated_is_no_result() -> None:
    rows = '<row r="1"><c r="A1"><f>B1</f><v>0</v></c><c r="B1"><v>0</v></c></row>'
    calculated = cells(book(rows))
    pending = cells(packed(parts({"S": sheet(rows)}, workbook_extra='<calcPr fullCalcOnLoad="1"/>')))
    assert calculated["A1"].kind is CellKind.NUMBER
    assert pending["A1"].kind is CellKind.UNCALCULATED
    assert pending["B1"].kind is CellKind.NUMBER


def test_merges_hidden_rows_columns_and_sheets() -> None:
    first = sheet(
        '<row r="2" hidden="1"><c r="B2"><v>1</v></c></row><row r="3" ht="0" customHeight="1"/><row r="4"/>',
        head='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>',
        tail='<mergeCells><mergeCell ref="A1:C2"/></mergeCells>',
    )
    made = parts({"Trang 1": first, "Ẩn": sheet('<row r="1"><c r="A1"><v>1</v></c></row>')})
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b'sheetId="2"', b'sheetId="2" state="veryHidden"')
    shown, hidden = read(packed(made)).grids
    assert shown.merges == (Range(1, 1, 2, 3),)
    assert (shown.hidden_rows, shown.hidden_cols, shown.hidden) == ({2, 3}, {2, 3, 5}, False)
    assert (hidden.name, hidden.index, hidden.hidden) == ("Ẩn", 1, True)


def test_dates_since_1904() -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>42126</v></c></row>'
    made = packed(parts({"S": sheet(rows)}, styles=_STYLES, workbook_extra='<workbookPr date1904="1"/>'))
    assert cells(made)["A1"].value == datetime(2019, 5, 3)


@pytest.mark.parametrize(
    "part",
    [
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>",
        f'<worksheet xmlns="{STRICT}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>',
        f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1">'
        "<v>7</v></c></row></sheetData></worksheet>",
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row><c><v>7</v></c></row>'
        "</sheetData></worksheet>",
        f'<worksheet xmlns="{MAIN}"><!-- ghi chú --><sheetData>\n<row r="1">\n<c r="A1" >\n<v>7</v></c></row>'
        "</sheetData></worksheet>",
    ],
    ids=["prefixes", "strict", "utf-16", "no references", "comments and spaces"],
)
def test_unusual_but_lawful_xml(part: str) -> None:
    encoded = part.encode("utf-16" if "UTF-16" in part else "utf-8")
    assert cells(packed(parts({"S": encoded})))["A1"].value == 7


def test_part_names_in_any_case_with_either_slash_and_absolute_targets() -> None:
    made = parts({"S": sheet('<row r="1"><c r="A1"><v>7</v></c></row>')})
    made["XL\\Worksheets\\SHEET1.XML"] = made.pop("xl/worksheets/sheet1.xml")
    made["xl/_rels/workbook.xml.rels"] = relationships(("rId1", "worksheet", "/xl/worksheets/sheet1.xml")).encode()
    assert cells(packed(made))["A1"].value == 7


def test_broken_properties_never_matter_and_sound_ones_are_given() -> None:
    custom = "<Properties><property name='doingoai'><lpwstr>02.A</lpwstr></property></Properties>"
    names = "<definedNames><definedName name='Mau_02A'>'S'!$A$1</definedName></definedNames>"
    sound = packed(parts({"S": sheet("")}, custom=custom, workbook_extra=names))
    assert read(sound).properties == {"doingoai": "02.A", "name:Mau_02A": "'S'!$A$1"} == read_properties(sound)
    assert read(packed(parts({"S": sheet("")}, custom="<Properties"))).properties == {}


def test_cells_out_of_order_are_put_in_order() -> None:
    rows = '<row r="2"><c r="B2"><v>3</v></c><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    assert list(cells(book(rows))) == ["A1", "A2", "B2"]


# --- The same as openpyxl, over workbooks that other libraries write


_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\tđĐ&<>_x"),
    max_size=12,
).filter(lambda text: not text.startswith("=") and "_x" not in text and "\r" not in text)
_VALUES = st.one_of(
    _TEXT,
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6)),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda when: when.replace(microsecond=0)),
    st.sampled_from(["#REF!", "#N/A", "#VALUE!", "#DIV/0!"]),
)
_PLACES = st.tuples(st.integers(1, 60), st.integers(1, 40))


@st.composite
def _workbooks(draw: st.DrawFn) -> Any:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number in range(draw(st.integers(1, 3))):
        page = workbook.create_sheet(f"Mẫu {number}")
        for place, value in draw(st.dictionaries(_PLACES, _VALUES, max_size=25)).items():
            page.cell(*place, value).font = Font(name=draw(st.sampled_from([".VnTime", "Arial"])))
        for row in draw(st.sets(st.integers(1, 60), max_size=3)):
            page.row_dimensions[row].hidden = True
        for col in draw(st.sets(st.integers(1, 40), max_size=3)):
            page.column_dimensions[get_column_letter(col)].hidden = True
        if draw(st.booleans()):
            page.merge_cells(start_row=70, start_column=2, end_row=71, end_column=draw(st.integers(3, 9)))
        page.sheet_state = draw(st.sampled_from(["visible", "hidden"])) if number else "visible"
    return workbook


def _as_openpyxl_sees(data: bytes) -> list[Any]:
    workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [
        (
            page.title,
            {
                (c.row, c.column): (c.data_type, c.value)
                for row in page.iter_rows()
                for c in row
                if c.value not in (None, "")
            },
            {str(merge) for merge in page.merged_cells.ranges},
            {row for row, dimension in page.row_dimensions.items() if dimension.hidden},
            page.sheet_state != "visible",
        )
        for page in workbook
    ]


_TYPES = {CellKind.TEXT: "s", CellKind.NUMBER: "n", CellKind.BOOL: "b", CellKind.DATE: "d", CellKind.ERROR: "e"}


def _as_we_see(grid: Grid) -> Any:
    def merged(merge: Range) -> str:
        return f"{grid.address(merge.top, merge.left)}:{grid.address(merge.bottom, merge.right)}"

    return (
        grid.name,
        {(cell.row, cell.col): (_TYPES[cell.kind], cell.value) for cell in grid.cells},
        {merged(merge) for merge in grid.merges},
        set(grid.hidden_rows),
        grid.hidden,
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_workbooks())
def test_agrees_with_openpyxl(workbook: Any) -> None:
    data = saved(workbook)
    ours = read(data)
    assert [_as_we_see(grid) for grid in ours.grids] == _as_openpyxl_sees(data)
    for grid, page in zip(ours.grids, workbook, strict=True):
        assert all(cell.font == page.cell(cell.row, cell.col).font.name for cell in grid.cells)
        hidden = {page[f"{letter}1"].column for letter, at in page.column_dimensions.items() if at.hidden}
        assert grid.hidden_cols == hidden


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_PLACES, _VALUES.filter(lambda value: not isinstance(value, datetime)), max_size=40))
def test_agrees_with_openpyxl_on_shared_strings(values: dict[tuple[int, int], object]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "strings_to_urls": False}) as workbook:
        page = workbook.add_worksheet("Mẫu 0")
        for (row, col), value in values.items():
            if isinstance(value, str):
                page.write_string(row - 1, col - 1, value)
            else:
                page.write(row - 1, col - 1, value)
    data = buffer.getvalue()
    # openpyxl takes a text "#N/A" for the error.
    expected = {
        place: ("s" if kind == "e" else kind, value)
        for place, (kind, value) in _as_openpyxl_sees(data)[0][1].items()
    }
    assert _as_we_see(read(data).grids[0])[1] == expected


# --- Other formats say the same


@pytest.fixture(scope="module")
def odd_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = "Mẫu 02.A"
    rows = [["TT", "Tên đoàn", "Số ngày"], [1, "Đoàn “A & B” \n dòng hai", 7.5], ["02", True, date(2020, 5, 3)]]
    for row in rows:
        page.append(row)
    page["B5"], page["C5"], page["D5"] = "=1/0", "=A2+1", time(14, 30)
    page["A7"].value, page["A7"].font = "TiÕng ViÖt", Font(name=".VnTimeH")
    page.merge_cells("A9:C10")
    page["A9"] = "ô gộp"
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    workbook.create_sheet("Ẩn")["XFD1048576"] = "xa"
    workbook["Ẩn"].sheet_state = "hidden"
    workbook.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="dau", value="mẫu số 2"))
    path = tmp_path_factory.mktemp("odd") / "odd.xlsx"
    workbook.save(path)
    return convert(path, "xlsx:Calc MS Excel 2007 XML", path.parent / "calculated")


@needs_office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_other_formats_say_the_same(kind: str, odd_book: Path, tmp_path: Path) -> None:
    original = read(odd_book.read_bytes())
    other = read(convert(odd_book, kind, tmp_path).read_bytes())
    assert other.format == kind
    assert other.properties["dau"] == original.properties["dau"] == "mẫu số 2"
    first, same = original.grids[0], other.grids[0]
    assert [cell[:4] for cell in same.cells] == [cell[:4] for cell in first.cells]
    assert [cell.font for cell in same.cells] == [cell.font for cell in first.cells]
    assert (same.merges, same.hidden, same.name) == (first.merges, first.hidden, first.name)
    assert (same.hidden_rows & set(range(1, 20)), same.hidden_cols) == (first.hidden_rows, first.hidden_cols)
    assert other.grids[1].hidden


@needs_office
def test_calculated_errors_and_far_cells_survive(odd_book: Path) -> None:
    first, hidden = read(odd_book.read_bytes()).grids
    by_place = {first.address(cell.row, cell.col): cell for cell in first.cells}
    assert (by_place["B5"].kind, by_place["B5"].value, by_place["B5"].formula) == (
        CellKind.ERROR,
        "#DIV/0!",
        "=1/0",
    )
    assert (by_place["C5"].value, by_place["A7"].font) == (2, ".VnTimeH")
    assert [(cell.row, cell.col) for cell in hidden.cells] == [(1048576, 16384)]


def test_a_workbook_of_300_sheets() -> None:
    workbook = openpyxl.Workbook()
    for number in range(299):
        workbook.create_sheet(f"Trang {number}")["A1"] = number
    assert len(read(saved(workbook)).grids) == 300


def test_a_macro_workbook_says_so() -> None:
    made = parts({"S": sheet("")})
    made["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "vbaProject", "vbaProject.bin")
    ).encode()
    assert read(packed(made)).format == "xlsm"


def test_the_name_of_a_file_says_nothing() -> None:
    data = book('<row r="1"><c r="A1"><v>7</v></c></row>')
    results = [read_workbook(data, name) for name in ("a.xls", "a.docx", "a", "a.pdf")]
    assert all(not isinstance(result, Unreadable) and result.format == "xlsx" for result in results)


def test_the_rulers_that_google_sheets_prints_around_a_sheet_are_not_read() -> None:
    heads = "".join(f"<th>{letter}</th>" for letter in ("", *"ABCD"))
    rows = "".join(f"<tr><th>{n}</th><td>a{n}</td><td></td><td>c</td><td>d</td></tr>" for n in (1, 2))
    page = f"<table class='waffle'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    workbook = read_workbook(page.encode(), "trang.html")
    assert isinstance(workbook, Workbook)
    cells = [(cell.row, cell.col, cell.value) for grid in workbook.grids for cell in grid.cells]
    assert cells == [(1, 1, "a1"), (1, 3, "c"), (1, 4, "d"), (2, 1, "a2"), (2, 3, "c"), (2, 4, "d")]
