"""Tables that stand side by side in one sheet (hai bảng cạnh nhau): each as a sheet of its own columns.

They are told by their heading (`HeadingTexts.starts`).
"""

from collections.abc import Sequence
from dataclasses import replace

from doingoai_cli.intake.headings import TableHeading
from doingoai_cli.intake.sheet import Row, Sheet, sheet_of


def tables_apart(sheet: Sheet, headings: Sequence[TableHeading]) -> tuple[Sheet, ...]:
    """The tables of a sheet that stand side by side, from left to right; the sheet itself where none do."""
    starts = sorted({start for heading in headings for start in heading.texts.starts})
    if not starts:
        return (sheet,)
    first = min(heading.first for heading in headings)
    parts = [_columns(sheet, left, right) for left, right in zip([1, *starts], [*starts, None], strict=True)]
    top = sheet.rows[first].number
    return (parts[0], *(_with_head(part, parts[0], top) for part in parts[1:]))


def _columns(sheet: Sheet, left: int, right: int | None) -> Sheet:
    """The sheet of some columns: from `left` to before `right`."""
    grid = sheet.grid

    def within(col: int) -> bool:
        return left <= col and (right is None or col < right)

    cells = tuple(cell for cell in grid.cells if within(cell.col))
    merges = tuple(merge for merge in grid.merges if within(merge.left))
    return sheet_of(replace(grid, cells=cells, merges=merges))


def _with_head(part: Sheet, first: Sheet, top: int) -> Sheet:
    """A further table with what stands above the first one, where nothing stands above its own heading."""
    if any(row.number < top for row in part.rows):
        return part
    head = tuple(row for row in first.rows if row.number < top)
    rows: tuple[Row, ...] = (*head, *part.rows)
    return replace(part, rows=rows, by_number={row.number: row for row in rows})
