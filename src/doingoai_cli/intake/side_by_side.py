"""Tables that stand side by side in one sheet (hai bảng cạnh nhau): each as a sheet of its own columns.

They are told by their heading (`HeadingTexts.starts`); where their headings stand on different rows, by a blank
column between them.
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
    starts = sorted({start for heading in headings for start in heading.texts.starts})
    gaps = () if starts or not headings else tuple(_behind_gaps(sheet, labels))
    if gaps:  # each with its own rows above its heading
        return tuple(_columns(sheet, left, right) for left, right in zip([1, *gaps], [*gaps, None], strict=True))
    if not starts:
        return (sheet,)
    first = min(heading.first for heading in headings)
    parts = [_columns(sheet, left, right) for left, right in zip([1, *starts], [*starts, None], strict=True)]
    top = sheet.rows[first].number
    return (parts[0], *(_with_head(part, parts[0], top) for part in parts[1:]))


def _behind_gaps(sheet: Sheet, labels: Labels) -> Iterator[int]:
    """The first column of each table behind a blank column whose heading stands on other rows."""
    used = sorted({col for row in sheet.rows for col in row.texts})
    left = 1
    for before, col in pairwise(used):
        if col - before == 1:
            continue
        blocks = (_columns(sheet, left, col), _columns(sheet, col, None))
        found = [find_headings(block, labels) for block in blocks]
        if all(found) and _are_apart(blocks, found[0][0], found[1][0]):
            yield col
            left = col


def _are_apart(blocks: tuple[Sheet, Sheet], one: TableHeading, other: TableHeading) -> bool:
    rows = [
        {row.number for row in block.rows[heading.first : heading.last + 1]}
        for block, heading in zip(blocks, (one, other), strict=True)
    ]
    return rows[0].isdisjoint(rows[1]) and named_again(one.cells, other.cells) >= FEWEST_FIELDS


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
