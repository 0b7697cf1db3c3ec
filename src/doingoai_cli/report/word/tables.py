"""Tables of figures and records, each as one string of XML: a thousand rows cost milliseconds."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from doingoai_cli.report.word.decree30 import LANDSCAPE, PORTRAIT
from doingoai_cli.report.word.markup import PLACEHOLDER_STYLE, Align, attribute, run, twips


class TableColumn(NamedTuple):
    """A column: its heading, its share of the width, and how its cells are set."""

    label: str
    width: float
    align: Align = Align.LEFT
    group: str = ""
    """The heading above it that it shares with its neighbours."""
    number: str = ""
    """The printed column number, "(4)"."""


class CellStyles(NamedTuple):
    """The paragraph styles of a table's cells, and how wide the page is that it fills."""

    text: str
    centred: str
    head: str
    room_mm: float

    def aligned(self, align: Align) -> str:
        """The style of a cell."""
        return self.text if align is Align.LEFT else self.centred


FIGURES = CellStyles("TableText", "TableNumber", "TableHead", PORTRAIT.room)
ANNEX = CellStyles("AnnexText", "AnnexNumberCell", "AnnexHead", LANDSCAPE.room)


class TableCell(NamedTuple):
    """A cell that is not plain text: over several columns, bold, or the mark of missing data."""

    text: str
    span: int = 1
    bold: bool = False
    missing: bool = False
    align: Align | None = None
    """Against the column's own."""


def table(
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[str | TableCell]],
    styles: CellStyles = FIGURES,
    description: str = "",
    *,
    headed: bool = True,
    together: bool = False,
) -> str:
    """A table as wide as the text; its header rows are repeated on every page and no row is split.

    `together`: small enough to stay on one page.
    """
    scale = styles.room_mm / sum(column.width for column in columns)
    widths = [twips(column.width * scale) for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    alt = f'<w:tblDescription w:val="{attribute(description)}"/>' if description else ""
    openings = [_opening(w, styles.aligned(c.align)) for c, w in zip(columns, widths, strict=True)]
    body = [_row(columns, widths, openings, row, styles) for row in rows]
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DataTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{alt}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>',
        *(_header(columns, widths, styles) if headed else ()),
        *body[:-1],
    ]
    before = "".join(parts)
    return (_kept(before) if together else before) + "".join(body[-1:]) + "</w:tbl>"


def _kept(rows: str) -> str:
    """Rows that stay on one page with what follows them."""
    return rows.replace('"/></w:pPr>', '"/><w:keepNext/></w:pPr>')


def _header(columns: Sequence[TableColumn], widths: Sequence[int], styles: CellStyles) -> list[str]:
    grouped = any(column.group for column in columns)
    rows = [_header_row(_top_cells(columns, widths, styles, grouped))]
    if grouped:
        rows.append(_header_row(_lower_cells(columns, widths, styles)))
    if any(column.number for column in columns):
        cells = (_tc(w, styles.centred, run(c.number)) for c, w in zip(columns, widths, strict=True))
        rows.append(_header_row("".join(cells)))
    return rows


def _header_row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _top_cells(columns: Sequence[TableColumn], widths: Sequence[int], styles: CellStyles, grouped: bool) -> str:
    cells, at = [], 0
    while at < len(columns):
        column, end = columns[at], at + 1
        while column.group and end < len(columns) and columns[end].group == column.group:
            end += 1
        properties = f'<w:gridSpan w:val="{end - at}"/>' if end - at > 1 else ""
        if grouped and not column.group:
            properties += '<w:vMerge w:val="restart"/>'
        cells.append(_tc(sum(widths[at:end]), styles.head, run(column.group or column.label), properties, True))
        at = end
    return "".join(cells)


def _lower_cells(columns: Sequence[TableColumn], widths: Sequence[int], styles: CellStyles) -> str:
    return "".join(
        _tc(w, styles.head, run(c.label), "", True) if c.group else _tc(w, styles.head, "", "<w:vMerge/>")
        for c, w in zip(columns, widths, strict=True)
    )


def _tc(width: int, style: str, content: str, properties: str = "", middle: bool = False) -> str:
    return f"{_opening(width, style, properties, middle)}{content}{_CLOSING}"


def _opening(width: int, style: str, properties: str = "", middle: bool = False) -> str:
    """What stands before the runs of a cell."""
    centred = '<w:vAlign w:val="center"/>' if middle else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}{centred}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    )


_CLOSING = "</w:p></w:tc>"


def _row(
    columns: Sequence[TableColumn],
    widths: Sequence[int],
    openings: Sequence[str],
    cells: Sequence[str | TableCell],
    styles: CellStyles,
) -> str:
    """`openings`: what stands before the runs of each column's cells."""
    parts, at = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"], 0
    for cell in cells:
        if isinstance(cell, str):
            parts += openings[at], run(cell) if cell else "", _CLOSING
            at += 1
            continue
        style = styles.aligned(cell.align or columns[at].align)
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        content = run(cell.text, PLACEHOLDER_STYLE if cell.missing else "", bold=cell.bold)
        parts.append(_tc(sum(widths[at : at + cell.span]), style, content, span))
        at += cell.span
    parts.append("</w:tr>")
    heads = len(cells) == 1 and isinstance(cells[0], TableCell) and cells[0].bold  # what its rows are, above them
    return _kept("".join(parts)) if heads else "".join(parts)
