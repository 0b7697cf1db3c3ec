"""Tables laid out sideways (bảng kẻ dọc): labels below one another, each delegation in a column of its own."""

from dataclasses import replace
from itertools import islice

from doingoai_cli.intake.headings import find_headings
from doingoai_cli.intake.known_forms import KnownForms
from doingoai_cli.intake.sheet import sheet_of
from doingoai_cli.model.grid import Grid, Range

_ENOUGH = 4
"""Labels in one column."""
_LOWEST, _WIDEST = 100, 30
"""Rows and columns in which they are looked for."""


def is_sideways(grid: Grid, forms: KnownForms) -> bool:
    """Whether a form's labels stand in one column of a grid that holds no known form."""
    near = (cell for cell in grid.cells if cell.row <= _LOWEST and cell.col <= _WIDEST)
    cells = sorted((cell._replace(row=cell.col, col=cell.row) for cell in near), key=lambda cell: cell[:2])
    merges = tuple(Range(m.left, m.top, m.right, m.bottom) for m in grid.merges)
    turned = sheet_of(replace(grid, cells=tuple(cells), merges=merges, hidden_rows=grid.hidden_cols))
    return any(len(heading.cells) >= _ENOUGH for heading in islice(find_headings(turned, forms.labels), 3))
