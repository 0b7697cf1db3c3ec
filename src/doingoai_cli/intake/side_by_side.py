"""Tables that stand side by side in one sheet (hai bảng cạnh nhau): each as a sheet of its own columns.

They are told by a heading in which a field, or the column of running numbers, begins anew while enough fields of a
form stand on both sides.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from doingoai_cli.intake.heading_cells import HeadingCell, HeadingTexts, known_fields
from doingoai_cli.intake.headings import FEWEST_FIELDS, TableHeading
from doingoai_cli.intake.labels import Closeness
from doingoai_cli.intake.sheet import Row, Sheet, sheet_of


def tables_apart(sheet: Sheet, headings: Sequence[TableHeading]) -> tuple[Sheet, ...]:
    """The tables of a sheet that stand side by side, from left to right; the sheet itself where none do."""
    starts = sorted({start for heading in headings for start in _starts_in(heading.texts)})
    if not starts:
        return (sheet,)
    first = min(heading.first for heading in headings)
    parts = [_columns(sheet, left, right) for left, right in zip([1, *starts], [*starts, None], strict=True)]
    top = sheet.rows[first].number
    return (parts[0], *(_with_head(part, parts[0], top) for part in parts[1:]))


@lru_cache(maxsize=1024)  # saves 0.03 s
def _starts_in(texts: HeadingTexts) -> tuple[int, ...]:
    return tuple(_later_starts(texts.cells))


def _later_starts(cells: Sequence[HeadingCell]) -> Iterator[int]:
    """The first columns of the second, third … table of a heading."""
    named = [name for cell in cells for name in _named(cell)]
    if len(set(named)) == len(named):  # nothing begins anew: nearly all
        return
    cut = next((i for i in range(1, len(cells)) if _begins_anew(cells[:i], cells[i:])), None)
    if cut is not None:
        yield cells[cut].col
        yield from _later_starts(cells[cut:])


def _begins_anew(before: Sequence[HeadingCell], rest: Sequence[HeadingCell]) -> bool:
    if known_fields(before) < FEWEST_FIELDS or known_fields(rest) < FEWEST_FIELDS:
        return False
    earlier = {named for cell in before for named in _named(cell)}
    again = {named for cell in rest for named in _named(cell)} & earlier
    if not again.intersection(_named(rest[0])):
        return False
    # One label twice may be a slip; a table that begins anew names more of what the first one does.
    by_layout = Counter(spec_id for spec_id, _ in again)
    return max(by_layout.values()) >= FEWEST_FIELDS


def _named(cell: HeadingCell) -> Iterator[tuple[str, str]]:
    """The fields that a heading names in full, by layout."""
    for spec_id, hit in cell.hits.items():
        if hit.closeness <= Closeness.SYNONYM and not hit.within:
            yield spec_id, hit.field


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
