"""Grids as an OpenDocument spreadsheet, with the parts and attributes that LibreOffice writes."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from rawbooks import packed

from doingoai_cli.model.grid import Cell, CellKind, Grid

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "manifest", "meta")
)
_MANIFEST = "".join(
    f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
    for path, kind in (
        ("/", KIND),
        ("content.xml", "text/xml"),
        ("styles.xml", "text/xml"),
        ("meta.xml", "text/xml"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_STYLE = (
    '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Default"/>'
    '<style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
)


def as_ods(grids: Iterable[Grid]) -> bytes:
    """The bytes of an .ods with these sheets: values, merged cells."""
    tables = "".join(map(_table, grids))
    parts = {
        "mimetype": KIND,
        "content.xml": f"{_HEAD}<office:document-content {_NAMES}><office:automatic-styles>{_STYLE}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
        "styles.xml": f'{_HEAD}<office:document-styles {_NAMES}><office:styles><style:style style:name="Default" '
        'style:family="table-cell"/></office:styles></office:document-styles>',
        "meta.xml": f"{_HEAD}<office:document-meta {_NAMES}><office:meta/></office:document-meta>",
        "META-INF/manifest.xml": f"{_HEAD}<manifest:manifest {_NAMES}>{_MANIFEST}</manifest:manifest>",
    }
    return packed({name: text.encode() for name, text in parts.items()})


def _table(grid: Grid) -> str:
    spans = {(m.top, m.left): (m.bottom - m.top + 1, m.right - m.left + 1) for m in grid.merges}
    rows, at = [], 1
    for number, cells in groupby(grid.cells, key=lambda cell: cell.row):
        if number > at:
            blank = f'table:number-rows-repeated="{number - at}"><table:table-cell/>'
            rows.append(f"<table:table-row {blank}</table:table-row>")
        rows.append(f"<table:table-row>{_cells(list(cells), spans)}</table:table-row>")
        at = number + 1
    return f'<table:table table:name="{escape(grid.name)}" table:style-name="ta1">{"".join(rows)}</table:table>'


def _cells(cells: list[Cell], spans: dict[tuple[int, int], tuple[int, int]]) -> str:
    made, at = [], 1
    for cell in cells:
        if cell.col > at:
            made.append(f'<table:table-cell table:number-columns-repeated="{cell.col - at}"/>')
        rows, columns = spans.get((cell.row, cell.col), (1, 1))
        span = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
        value = (
            f' office:value-type="float" office:value="{cell.value}"'
            if cell.kind is CellKind.NUMBER
            else ' office:value-type="string"'
        )
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell.value).split("\n"))
        spanned = span if rows * columns > 1 else ""
        made.append(f'<table:table-cell table:style-name="ce1"{spanned}{value}>{lines}</table:table-cell>')
        at = cell.col + 1
    return "".join(made)
