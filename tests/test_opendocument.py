"""What only OpenDocument spreadsheets do: repetitions, spans, styles by name, values beside their text."""

import re
from datetime import datetime, time

import pytest
from rawbooks import packed

from doingoai_cli.model.grid import CellKind, Grid, Range, Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable
from doingoai_cli.readers.values import duration

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style", "draw")
    )
    + ' xmlns:calcext="urn:calcext" xmlns:fo="urn:fo" xmlns:svg="urn:svg" xmlns:manifest="urn:manifest"'
)
_STYLES = (
    '<office:font-face-decls><style:font-face style:name="F1" svg:font-family="&apos;VNI-Times&apos;"/>'
    "</office:font-face-decls><office:automatic-styles>"
    '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="cha"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="F1"/></style:style>'
    '<style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles>"
)
_NAMED = (
    f"<office:document-styles {_NAMES}>"
    '<style:style style:name="cha" style:family="table-cell">'
    '<style:text-properties fo:font-family=".VnTime"/></style:style>'
    '<style:default-style style:family="table-cell">'
    '<style:text-properties fo:font-family="Arial"/></style:default-style></office:document-styles>'
)


def _ods(tables: str) -> bytes:
    content = (
        f"<office:document-content {_NAMES}>{_STYLES}<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _KIND, "content.xml": content.encode(), "styles.xml": _NAMED.encode()})


def _grid(rows: str) -> Grid:
    result = read_workbook(_ods(f'<table:table table:name="S">{rows}</table:table>'), "a.ods")
    assert isinstance(result, Workbook), result
    return result.grids[0]


@pytest.mark.parametrize(
    ("attributes", "content", "kind", "value"),
    [
        ('type="float" value="7"', "<text:p>7,0</text:p>", CellKind.NUMBER, 7),
        ('type="percentage" value="0.5"', "<text:p>50%</text:p>", CellKind.NUMBER, 0.5),
        ('type="date" date="2019-05-03"', "<text:p>3/5</text:p>", CellKind.DATE, datetime(2019, 5, 3)),
        ('type="time" time="PT14H30M00S"', "<text:p>14:30</text:p>", CellKind.DATE, time(14, 30)),
        ('type="time" time="PT36H00M00S"', "<text:p>36:00</text:p>", CellKind.NUMBER, 1.5),
        ('type="boolean" boolean="true"', "<text:p>ĐÚNG</text:p>", CellKind.BOOL, True),
        ('type="string" calcext:value-type="error"', "<text:p>#REF!</text:p>", CellKind.ERROR, "#REF!"),
        ('formula="of:=1/0" type="string"', "<text:p>#DIV/0!</text:p>", CellKind.ERROR, "#DIV/0!"),
        ('formula="of:=[.A2]+1"', "", CellKind.UNCALCULATED, "=A2+1"),
        ('type="string"', '<text:p>a<text:s text:c="2"/>b\n  c</text:p>', CellKind.TEXT, "a  b c"),
        (
            'type="string"',
            "<text:p>d<text:line-break/>e</text:p><text:p/><text:p>f</text:p>",
            CellKind.TEXT,
            "d\ne\n\nf",
        ),
        (
            'type="string"',
            "<office:annotation><text:p>x</text:p></office:annotation><text:p>y</text:p>",
            CellKind.TEXT,
            "y",
        ),
        ('type="string"', "<text:p>y<draw:frame><text:p>x</text:p></draw:frame></text:p>", CellKind.TEXT, "y"),
    ],
)
def test_values(attributes: str, content: str, kind: CellKind, value: object) -> None:
    (found,) = _grid(f"<table:table-row>{_cell(attributes, content)}</table:table-row>").cells
    assert (found.kind, found.value) == (kind, value)


def _cell(attributes: str, content: str) -> str:
    """A cell by the short names of its attributes."""
    for short, full in _ATTRIBUTES.items():
        attributes = re.sub(rf"(?<![\w-]){short}=", f"{full}=", attributes)
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


_ATTRIBUTES = {
    "value": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
    "type": "office:value-type",
    "formula": "table:formula",
}


_X = 'office:value-type="string"><text:p>x</text:p></table:table-cell>'


def test_repeated_cells_and_rows_stand_where_they_are_shown() -> None:
    grid = _grid(
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/>'
        f'<table:table-cell table:number-columns-repeated="2" {_X}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        f"<table:table-row><table:table-cell {_X}</table:table-row>"
    )
    assert [(cell.row, cell.col) for cell in grid.cells] == [
        *((r, c) for r in (1, 2, 3) for c in (3, 4)),
        (1048004, 1),
    ]


def test_spans_hidden_rows_and_columns() -> None:
    grid = _grid(
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"'
        f" {_X}</table:table-row>"
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2"/>'
        '<table:table-row table:visibility="filter"/>'
    )
    assert grid.merges == (Range(1, 1, 3, 2),)
    assert (grid.hidden_rows, grid.hidden_cols) == ({2, 3, 4}, {3})


def test_fonts_by_style_its_parent_its_column_and_its_text() -> None:
    span = '<text:p><text:span text:style-name="T1">dài dài</text:span> a</text:p>'
    grid = _grid(
        '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/><table:table-column/>'
        f'<table:table-row><table:table-cell table:style-name="ce1" {_X}'
        f"<table:table-cell {_X}<table:table-cell {_X}"
        f'<table:table-cell office:value-type="string">{span}</table:table-cell></table:table-row>'
    )
    assert [cell.font for cell in grid.cells] == [".VnTime", ".VnTime", None, "VNI-Times"]


def test_hidden_sheets() -> None:
    tables = '<table:table table:name="A"/><table:table table:name="B" table:style-name="ta2"/>'
    result = read_workbook(_ods(tables), "a.ods")
    assert isinstance(result, Workbook)
    assert [(grid.name, grid.hidden) for grid in result.grids] == [("A", False), ("B", True)]


def test_a_cell_repeated_over_the_whole_sheet_is_too_much() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1048576">'
        f'<table:table-cell table:number-columns-repeated="16384" {_X}</table:table-row>'
    )
    result = read_workbook(_ods(f'<table:table table:name="S">{rows}</table:table>'), "a.ods", Limits())
    assert isinstance(result, Unreadable)
    assert result.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(("written", "value"), [
    ("PT08H30M00S", time(8, 30)), ("PT30H", 1.25), ("PT1046328H00M00S", 43597.0), ("PT999999999999H", 1e8 / 24),
])  # fmt: skip
def test_a_time_of_more_than_a_day_is_a_number_of_days(written: str, value: time | float) -> None:
    """A date that is shown by "hh:mm": 12/05/2019 was 27/01/2014."""
    assert duration(written)[1] == value
