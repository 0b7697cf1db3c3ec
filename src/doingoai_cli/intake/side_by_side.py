"""Tables that stand side by side in one sheet (hai bảng cạnh nhau): each as a sheet of its own columns.

They are told by a blank column between them, or by their common heading (`HeadingTexts.starts`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from doingoai_cli.intake.heading_cells import FEWEST_FIELDS, named_again
from doingoai_cli.intake.headings import TableHeading, find_headings
from doingoai_cli.intake.labels import Labels
from doingoai_cli.intake.sheet import Row, Sheet, sheet_of


def tables_apart(sheet: Sheet, headings: Sequence[TableHeading], labels: Labels) -> tuple[Sheet, ...]:
    """The tables of a sheet that stand side by side, from left to right; the sheet itself where none do."""
    starts = sorted(_behind_gaps(sheet, labels)) if headings else []
    starts = starts or sorted({start for heading in headings for start in heading.texts.starts})
    if not starts:
        return (sheet,)
    parts = [_columns(sheet, left, right) for left, right in zip([1, *starts], [*starts, None], strict=True)]
    return (parts[0], *(_with_head(part, parts[0], labels) for part in parts[1:]))


def _behind_gaps(sheet: Sheet, labels: Labels) -> Iterator[int]:
    """The first column of each table behind a blank column, whatever the rows of its heading.

    A table whose own columns have a gap names no field again behind it.
    """
    used = sorted(set[int]().union(*(row.texts for row in sheet.rows)))
    blocks = [col for before, col in pairwise(used) if col - before > 1]
    if not blocks:
        return
    left = _heading_of(_columns(sheet, 1, blocks[0]), labels)
    for start, end in zip(blocks, [*blocks[1:], None], strict=True):
        own = _heading_of(_columns(sheet, start, end), labels)
        if own is not None and (left is None or named_again(left.cells, own.cells) >= FEWEST_FIELDS):
            if left is not None:
                yield start
            left = own


def _heading_of(part: Sheet, labels: Labels) -> TableHeading | None:
    return next(iter(find_headings(part, labels)), None) if part.rows else None


def _columns(sheet: Sheet, left: int, right: int | None) -> Sheet:
    """The sheet of some columns: from `left` to before `right`."""
    grid = sheet.grid

    def within(col: int) -> bool:
        return left <= col and (right is None or col < right)

    cells = tuple(cell for cell in grid.cells if within(cell.col))
    merges = tuple(merge for merge in grid.merges if within(merge.left))
    return sheet_of(replace(grid, cells=cells, merges=merges))


def _with_head(part: Sheet, first: Sheet, labels: Labels) -> Sheet:
    """A further table with what stands above the first one, where nothing stands above its own heading."""
    own, of_first = _heading_of(part, labels), _heading_of(first, labels)
    if own is None or own.first > 0 or of_first is None:
        return part
    head = first.rows[: of_first.first]
    rows: tuple[Row, ...] = (*head, *part.rows)
    return replace(part, rows=rows, by_number={row.number: row for row in rows})
