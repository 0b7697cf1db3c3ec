"""What the cells of a workbook that was read say (ô của sổ đọc lại), row by row."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from doingoai_cli.model.grid import Cell, CellKind, Grid, display
from doingoai_cli.vietnamese.text import clean


def by_row(grid: Grid) -> dict[int, dict[int, Cell]]:
    """The grid's cells by row, then column."""
    rows: dict[int, dict[int, Cell]] = {}
    at, line = -1, dict[int, Cell]()
    for cell in grid.cells:
        value = cell.value
        if isinstance(value, str) and not value.strip():
            continue
        if cell.row != at:
            at, line = cell.row, rows.setdefault(cell.row, {})
        line[cell.col] = cell
    return rows


def texts_of(rows: Mapping[int, Mapping[int, Cell]]) -> dict[int, dict[int, str]]:
    """What the cells of each row say, those apart that say nothing; what comes again is cleaned once."""
    known: dict[str, str] = {}
    texts: dict[int, dict[int, str]] = {}
    for number, cells in rows.items():
        line = texts[number] = {}
        for col, cell in cells.items():
            value = cell.value
            if type(value) is int:
                line[col] = str(value)
                continue
            text = known.get(value) if isinstance(value, str) else display(value)
            if text is None:
                text = known[value] = clean(value)  # type: ignore[arg-type, index]
            if text:
                line[col] = text
    return texts


def is_formula(cell: Cell) -> bool:
    """Whether a cell is calculated: nobody wrote what it says."""
    return cell.formula is not None or cell.kind is CellKind.UNCALCULATED


def text_of(cell: Cell | None) -> str:
    """What a cell says; "" where there is none."""
    if cell is None:
        return ""
    return clean(cell.value) if isinstance(cell.value, str) else display(cell.value)


_LONGEST_HEADING = 200
"""Characters. Of 100,000 rows the ledger's first row has 100 cells of 30,000, and folding them took 0.4 s."""


class ListLine(NamedTuple):
    """A line of one of our lists, below its headings."""

    number: int
    cells: Mapping[int, Cell]
    columns: Mapping[int, str]
    """Column → the field that its heading stands for."""
    fields: Mapping[str, str]
    """What it says of each field; those apart of which it says nothing."""
    others: Mapping[str, str]
    """The same of the columns that nobody knows, by their headings."""


def list_lines(
    grid: Grid | None, known: Mapping[str, str], comparable: Callable[[str], str], fewest: int = 3
) -> Iterator[ListLine]:
    """The lines of a list; none where the sheet or its headings are gone.

    `known`: headings in comparing form, with their fields; theirs is the first row that names `fewest` of them.
    """
    columns: dict[int, str] = {}
    others: dict[int, str] = {}
    for number, cells in sorted(by_row(grid).items()) if grid else ():
        texts = {col: text for col, cell in cells.items() if (text := text_of(cell))}
        if columns:
            fields = {columns[col]: text for col, text in texts.items() if col in columns}
            extras = {others[col]: text for col, text in texts.items() if col in others}
            yield ListLine(number, cells, columns, fields, extras)
            continue
        short = ((col, text) for col, text in texts.items() if len(text) <= _LONGEST_HEADING)
        found = {col: known[said] for col, text in short if (said := comparable(text)) in known}
        if len({*found.values()}) >= fewest:
            columns, others = found, {col: text for col, text in texts.items() if col not in found}
