"""Sheets that officers added to the consolidated workbook: kept as they read, without formulas or formats."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.book import BookRow, BookSheet
from doingoai_cli.consolidate.workbook.read_cells import by_row, text_of
from doingoai_cli.model.excel_limits import free_name
from doingoai_cli.model.grid import Cell, CellKind, Grid, Workbook
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.vietnamese.text import ascii_slug

_OURS = {ascii_slug(name) for name in ListSheet}
_NARROWEST, _WIDEST = 9.0, 60.0


class OwnSheet(NamedTuple):
    """A sheet of an officer's: the values of its cells, by row and column (0-based)."""

    name: str
    cells: tuple[tuple[int, int, str | int | float], ...]


def own_sheets(workbook: Workbook, forms: Iterable[Grid]) -> tuple[OwnSheet, ...]:
    """The sheets that are neither ours nor one of the forms (`forms`), empty ones included."""
    known = {grid.index for grid in forms}
    return tuple(
        OwnSheet(grid.name, tuple(_values(grid)))
        for grid in workbook.grids
        if grid.index not in known and ascii_slug(grid.name) not in _OURS
    )


def dump_of(grid: Grid, ids: re.Pattern[str]) -> OwnSheet:
    """A form's sheet as it stands, to be kept as an officer's: without ids, so that it is no copy of the sheet."""
    cells = [(row, col, value) for row, col, value in _values(grid) if not ids.fullmatch(str(value))]
    return OwnSheet(f"{grid.name[:20]} (bản cũ)", tuple(cells))


def _values(grid: Grid) -> Iterator[tuple[int, int, str | int | float]]:
    for cells in by_row(grid).values():
        for cell in cells.values():
            yield cell.row - 1, cell.col - 1, _value(cell)


def _value(cell: Cell) -> str | int | float:
    if cell.kind is CellKind.NUMBER and isinstance(cell.value, int | float):
        return cell.value
    return cell.value if isinstance(cell.value, str) else text_of(cell)


def with_names(sheets: Iterable[OwnSheet], names_taken: Iterable[str]) -> Iterator[OwnSheet]:
    """The sheets, each under a name that Excel takes and no other sheet of the workbook has."""
    names = list(names_taken)
    for sheet in sheets:
        names.append(free_name(sheet.name, names))
        yield sheet._replace(name=names[-1])


def own_sheet(own: OwnSheet) -> BookSheet:
    """An officer's own sheet as it is written again, cell by cell."""
    right = max((col for _, col, _ in own.cells), default=0)
    widths = [_NARROWEST] * (right + 1)
    rows: dict[int, dict[int, str | int | float]] = {}
    for row, col, value in own.cells:
        rows.setdefault(row, {})[col] = value
        longest = max(map(len, str(value).split("\n")), default=0)
        widths[col] = min(max(widths[col], longest + 2.0), _WIDEST)
    return BookSheet(
        own.name, tuple(widths), [_row(rows.get(n, {}), right) for n in range(max(rows, default=-1) + 1)], 0
    )


def _row(values: dict[int, str | int | float], right: int) -> BookRow:
    columns = range(right + 1)
    return BookRow(tuple(values.get(c) for c in columns), tuple("text" if c in values else "" for c in columns))
