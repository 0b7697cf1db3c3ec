"""A grid as the layout stage sees it: its non-empty rows with cleaned Unicode text, and its merged cells."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, display
from doingoai_cli.readers.symbol_fonts import drawn, is_symbol_font
from doingoai_cli.vietnamese.legacy import (
    Habit,
    convert,
    convert_by_habit,
    habit_of,
    is_legacy_font,
    looks_legacy,
    may_be_legacy,
)
from doingoai_cli.vietnamese.text import clean, is_blank

_TALLEST_MERGE = 500
"""Rows; a merged range taller than this is formatting, not one value of so many rows."""

FEW = 2
"""The most cells of a row that is no record: a label, a title, "Không có"."""

_ROW_OF, _FONT_OF = itemgetter(0), itemgetter(5)


class Row(NamedTuple):
    """A row with something in it. `cells` and `texts` are by column, left to right, blanks left out."""

    number: int
    cells: Mapping[int, Cell]
    texts: Mapping[int, str]
    hidden: bool


class LegacyText(NamedTuple):
    """The first cell of a sheet whose text was converted from a legacy encoding ("TCVN3", "VNI")."""

    cell: Cell
    encoding: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid, by rows."""

    grid: Grid
    rows: tuple[Row, ...]
    by_number: Mapping[int, Row]
    merges: Mapping[int, tuple[Range, ...]]
    """The merged ranges that hold a value, by the number of each non-empty row that they cover."""
    legacy: LegacyText | None = None
    covered: tuple[tuple[Cell, Range], ...] = ()
    """Cells with text that lie under a merged range, where nobody sees them: not read, with what covers them."""

    def text(self, row: int, col: int) -> str:
        """The text of a cell; "" for a blank one."""
        found = self.by_number.get(row)
        return found.texts.get(col, "") if found else ""

    def merge_at(self, row: int, col: int) -> Range | None:
        """The merged range with a value that covers a cell; None where it stands alone."""
        for merge in self.merges.get(row, ()):
            if merge.left <= col <= merge.right:
                return merge
        return None


def sparse(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """The rows with so few cells as a line that heads others has (a label, a title), with their indices."""
    return [(at, row) for at, row in enumerate(rows) if len(row.texts) <= FEW]


def sheet_of(grid: Grid) -> Sheet:
    """`grid` by rows; cells without any visible text and cells under a merged range are left out."""
    grid, covered = _uncovered(grid)
    rows, legacy = _rows_of(grid, None)
    if legacy is not None:
        texts = ((cell.value, cell.font) for cell in grid.cells if isinstance(cell.value, str))
        rows, legacy = _rows_of(grid, habit_of(texts))
    return Sheet(grid, tuple(rows), {row.number: row for row in rows}, _merges_by_row(grid, rows), legacy, covered)


def _uncovered(grid: Grid) -> tuple[Grid, tuple[tuple[Cell, Range], ...]]:
    """A grid without the cells under merged ranges, which LibreOffice keeps, and those of them that hold text."""
    if not grid.merges:
        return grid, ()
    numbers = sorted({cell.row for cell in grid.cells})
    over = _by_row(grid.merges, numbers)
    covered: list[tuple[Cell, Range]] = []
    for cell in grid.cells:
        if cell.row in over:  # the heading, in most sheets
            above = next((m for m in over[cell.row] if m.left <= cell.col <= m.right), None)
            if above is not None and (cell.row, cell.col) != (above.top, above.left):
                covered.append((cell, above))
    if not covered:
        return grid, ()
    places = {(cell.row, cell.col) for cell, _ in covered}
    seen = tuple(cell for cell in grid.cells if (cell.row, cell.col) not in places)
    return replace(grid, cells=seen), tuple(one for one in covered if not is_blank(display(one[0].value)))


def _rows_of(grid: Grid, habit: Habit | None) -> tuple[list[Row], LegacyText | None]:
    rows: list[Row] = []
    legacy: LegacyText | None = None
    make = tuple.__new__  # for each row, in half the time that a named tuple's own constructor takes
    fonts = set(map(_FONT_OF, grid.cells))
    ordinary = habit is None and not any(is_legacy_font(font) or is_symbol_font(font) for font in fonts)
    for number, run in groupby(grid.cells, _ROW_OF):
        cells: dict[int, Cell] = {}
        texts: dict[int, str] = {}
        for cell in run:  # a quarter less than two comprehensions take
            col, value = cell[1], cell[3]
            cells[col] = cell
            texts[col] = _ordinary(value) if isinstance(value, str) else display(value)
        if not ordinary or not all(texts.values()):
            cells, texts, first = _doubtful(cells.values(), habit)
            legacy = legacy or first
        if cells:
            rows.append(make(Row, (number, cells, texts, number in grid.hidden_rows)))
    return rows, legacy


def _doubtful(
    found: Iterable[Cell], habit: Habit | None
) -> tuple[dict[int, Cell], dict[int, str], LegacyText | None]:
    """The cells of a row with some text, their texts, and the first that was converted."""
    cells, texts = dict[int, Cell](), dict[int, str]()
    legacy: LegacyText | None = None
    for cell in found:
        value = drawn(cell.value, cell.font) if isinstance(cell.value, str) else cell.value
        spelt = _text_of(value, cell.kind, cell.font, habit) if isinstance(value, str) else (display(value), None)
        text, encoding = spelt
        if not text:
            continue
        if encoding or value is not cell.value:
            cell = cell._replace(value=text)
        if encoding:
            legacy = legacy or LegacyText(cell, encoding)
        cells[cell.col] = cell
        texts[cell.col] = text
    return cells, texts, legacy


@lru_cache(maxsize=65536)  # saves 0.1 s
def _ordinary(value: str) -> str:
    """A text in no legacy font as it is compared; "" where its letters prove a legacy encoding all the same."""
    return clean(value) if not may_be_legacy(value) or looks_legacy(value) is None else ""


def _text_of(value: str, kind: CellKind, font: str | None, habit: Habit | None) -> tuple[str, str | None]:
    """A text as it is compared, and the legacy encoding that it was in."""
    if kind is CellKind.TEXT and (font is not None or not value.isascii()):
        converted = convert_by_habit(value, font, habit) if habit else convert(value, font)
        if converted is not None:
            return clean(converted[0]), converted[1]
    return clean(value), None


def _merges_by_row(grid: Grid, rows: list[Row]) -> dict[int, tuple[Range, ...]]:
    if not grid.merges:
        return {}
    filled = {(row.number, col) for row in rows for col in row.texts}
    numbers = [row.number for row in rows]
    low = (m for m in grid.merges if (m.top, m.left) in filled and m.bottom - m.top < _TALLEST_MERGE)
    return {number: tuple(merges) for number, merges in _by_row(low, numbers).items()}


def _by_row(merges: Iterable[Range], numbers: Sequence[int]) -> dict[int, list[Range]]:
    """The merged ranges over each of some rows (rising numbers)."""
    return grouped(
        (number, merge)
        for merge in merges
        for number in numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
    )
