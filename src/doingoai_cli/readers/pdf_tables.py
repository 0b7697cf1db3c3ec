"""The ruled tables of a printed page (bảng kẻ ô): their sides, their rows, and which parts are one."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from doingoai_cli.readers.document_parts import LAYOUT_COLUMNS
from doingoai_cli.readers.pdf_across import Tops, on_one_height
from doingoai_cli.readers.pdf_words import Box

NEAR = 3.0
"""Points: lines and edges that are no further apart are one."""


class Ruled(NamedTuple):
    """A table as it is ruled."""

    cells: tuple[Box, ...]
    bbox: Box


def ruled_tables(page: Any, heights: Sequence[Tops]) -> list[Ruled]:
    """The page's ruled tables from top to bottom; parts of one below one another with nothing between are one.

    Rows without lines stand there: those that a form keeps ready.
    """
    tables: list[Ruled] = []
    for found in sorted(page.find_tables(), key=lambda table: float(table.bbox[1])):
        table = Ruled(tuple(found.cells), found.bbox)
        if not (_is_table(table) or _is_right_edge(table, heights)):
            continue
        if tables and _is_below(tables[-1], table, page.chars):
            (left, top, right, _), cells = tables[-1].bbox, tables[-1].cells
            tables[-1] = Ruled((*cells, *table.cells), (left, top, right, table.bbox[3]))
        else:
            tables.append(table)
    return tables


def _is_below(above: Ruled, table: Ruled, letters: Sequence[Any]) -> bool:
    """Whether a table has the sides of the one above it, no other columns, and no text stands between."""
    sides, own = sides_of(above), sides_of(table)
    if abs(sides[0] - own[0]) > NEAR or abs(sides[-1] - own[-1]) > NEAR:
        return False
    if not all(any(abs(side - x) <= NEAR for side in sides) for x in own):
        return False
    top, bottom = above.bbox[3], table.bbox[1]
    return not any(c["text"].strip() and top < (c["top"] + c["bottom"]) / 2 < bottom for c in letters)


def sides_of(table: Ruled) -> list[float]:
    """Where the columns of a table begin and end."""
    return edges_of(x for cell in table.cells for x in (cell[0], cell[2]))


def tops_of(table: Ruled) -> Tops:
    """Where its rows begin."""
    return tuple(edges_of(cell[1] for cell in table.cells))


def _is_right_edge(table: Ruled, heights: Sequence[Tops]) -> bool:
    """Whether a table of one or two columns may be the last ones of a wide table on an earlier page."""
    return any(on_one_height(tops_of(table), tops) for tops in heights)


def _is_table(table: Ruled) -> bool:
    return len({round(cell[0] / NEAR) for cell in table.cells}) > LAYOUT_COLUMNS


def edges_of(values: Iterable[float]) -> list[float]:
    """Values without those that are near one another."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges
