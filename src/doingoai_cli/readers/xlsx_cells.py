"""What the two passes over a sheet's XML share: what they are given, and how a stored cell becomes a `Cell`."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.model.grid import Cell, CellKind, Range, column_letters, column_number
from doingoai_cli.readers.grids import MAX_COL, MAX_ROW
from doingoai_cli.readers.number_formats import Valued, as_shown
from doingoai_cli.readers.unreadable import corrupt
from doingoai_cli.readers.values import boolean, formatted, iso_date, number, unescape_x
from doingoai_cli.readers.xlsx_strings import SharedStrings
from doingoai_cli.readers.xlsx_styles import NO_STYLES, PLAIN, CellStyle, Styles

# --- moving a formula from one cell to another, as filling down does (công thức dùng chung) -------

# Text and sheet names in quotes come first, so that nothing inside them is taken for a reference. A name that
# only looks like a reference goes on with a letter, a digit, a dot, a bracket or "!" (LOG10(…), A1B, T1.x, X1!A1).
_TOKEN = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*')"""
    r"""|(?<![\w.$\[])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w.(!\[])"""
    r"""|(?<![\w.$:\[])(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\w.(!:\[$])"""
    r"""|(?<![\w.$:\[])(\$?)([1-9]\d{0,6}):(\$?)([1-9]\d{0,6})(?![\w.(!:\[$])"""
)


def shifted(formula: str, rows: int, cols: int) -> str:
    """`formula` (without "=") as it reads `rows` further down and `cols` further right; "$" holds a reference.

    A reference that would leave the sheet becomes "#REF!".
    """
    template, numbers = _template(formula)
    moved = tuple([number + rows for number in numbers])
    if cols or (moved and not 1 <= min(moved) <= max(moved) <= MAX_ROW):
        return _moved(formula, rows, cols)
    return template % moved


@lru_cache(maxsize=256)  # a shared formula is moved once a row: a column of 20,000 costs 0.06 s instead of 0.6
def _template(formula: str) -> tuple[str, tuple[int, ...]]:
    """The formula with "%d" for each row number that moves along, and these numbers."""
    numbers: list[int] = []

    def row(fix: str, digits: str) -> str:
        if fix:
            return fix + digits
        numbers.append(int(digits))
        return "%d"

    def mark(match: re.Match[str]) -> str:
        _, col_fix, col, row_fix, digits, *_, top_fix, top, bottom_fix, bottom = match.groups()
        if col is not None:
            return f"{col_fix}{col}{row(row_fix, digits)}"
        if top is not None:
            return f"{row(top_fix, top)}:{row(bottom_fix, bottom)}"
        return str(match[0])

    # "%" stands in no reference; in a name or a text it is doubled before and undone by the template.
    return _TOKEN.sub(mark, formula.replace("%", "%%")), tuple(numbers)


def _moved(formula: str, rows: int, cols: int) -> str:
    def move(match: re.Match[str]) -> str:
        quoted, col_fix, col, row_fix, row, *whole = match.groups()
        if quoted is not None:
            return quoted
        if col is not None:
            return _joined(_moved_col(col_fix, col, cols), _moved_row(row_fix, row, rows), "")
        left_fix, left, right_fix, right, top_fix, top, bottom_fix, bottom = whole
        if left is not None:
            return _joined(_moved_col(left_fix, left, cols), _moved_col(right_fix, right, cols), ":")
        return _joined(_moved_row(top_fix, top, rows), _moved_row(bottom_fix, bottom, rows), ":")

    return _TOKEN.sub(move, formula)


def _joined(first: str | None, second: str | None, between: str) -> str:
    return "#REF!" if first is None or second is None else first + between + second


def _moved_col(fix: str, letters: str, by: int) -> str | None:
    col = column_number(letters) + (0 if fix else by)
    return fix + column_letters(col) if 1 <= col <= MAX_COL else None


def _moved_row(fix: str, digits: str, by: int) -> str | None:
    row = int(digits) + (0 if fix else by)
    return f"{fix}{row}" if 1 <= row <= MAX_ROW else None


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a sheet needs of its workbook."""

    strings: SharedStrings = field(default_factory=lambda: SharedStrings([], {}))
    styles: Styles = NO_STYLES
    epoch_1904: bool = False
    recalculated: bool = False
    """The writer asks for a full calculation on load: a formula's stored 0 is a placeholder, not a result."""

    formula_texts: bool = True
    """Whether somebody wants the texts of formulas that have a stored value; else "=" will do for them."""

    @property
    def strikes(self) -> bool:
        """Whether anything in the workbook may be struck through."""
        return bool(self.styles.struck or self.strings.struck or self.strings.struck_parts)

    def style(self, index: int) -> CellStyle:
        """A style by index; the plain one where the file has none."""
        styles = self.styles.by_index
        return styles[index] if index < len(styles) else PLAIN


class SheetData(NamedTuple):
    """One sheet as a pass saw it, still without name and place."""

    cells: tuple[Cell, ...]
    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    struck_parts: frozenset[tuple[int, int]] = frozenset()


class CellFormula(NamedTuple):
    """A cell's formula as stored: a shared one names its group and, in one cell of it only, the text."""

    text: str = ""
    shared: str | None = None


class SharedFormulas:
    """The masters of a sheet's shared formulas, for the cells that only name their group."""

    def __init__(self) -> None:
        self._masters: dict[str, tuple[int, int, str]] = {}

    def text(self, row: int, col: int, formula: CellFormula) -> str:
        """The formula as a person sees it in that cell ("=A1+1")."""
        if formula.shared is None:
            return "=" + formula.text
        if formula.text:
            self._masters.setdefault(formula.shared, (row, col, formula.text))
            return "=" + formula.text
        master = self._masters.get(formula.shared)
        if master is None:
            return "="
        master_row, master_col, text = master
        return "=" + shifted(text, row - master_row, col - master_col)


class RawCell(NamedTuple):
    """A `c` element: its type, style and what is stored in it; `value` None where there is no `v`."""

    row: int
    col: int
    kind: str = ""
    style: int = 0
    value: str | None = None
    formula: str | None = None
    """With its leading "="."""
    font: str | None = None
    """Of the runs of an inline rich text."""


def make_cell(raw: RawCell, context: CellContext) -> Cell | None:
    """The cell, or None where nothing is stored. Raises `GiveUp` for a string that is not there."""
    style = context.style(raw.style)
    font = raw.font or style.font
    valued = None if _uncalculated(raw, context) else _valued(raw, style, context)
    if valued is None:
        if raw.formula is None:
            return None
        return Cell(raw.row, raw.col, CellKind.UNCALCULATED, raw.formula, raw.formula, font)
    kind, value = valued
    if value == "" and kind is CellKind.TEXT:
        return None
    if raw.kind == "s" and raw.value is not None and context.strings.fonts:
        font = context.strings.fonts.get(int(raw.value), font)
    return Cell(raw.row, raw.col, kind, value, raw.formula, font)


def _uncalculated(raw: RawCell, context: CellContext) -> bool:
    if raw.formula is None:
        return False
    if not raw.value:
        return raw.kind != "str" or raw.value is None
    return context.recalculated and raw.value == "0" and raw.kind in ("", "n")


def _valued(raw: RawCell, style: CellStyle, context: CellContext) -> Valued | None:
    if raw.value is None:
        return None
    if raw.kind in ("str", "inlineStr"):
        return CellKind.TEXT, unescape_x(raw.value)
    if not raw.value.strip():
        return None
    match raw.kind:
        case "s":
            return CellKind.TEXT, shared_string(raw.value, context.strings)
        case "b":
            return boolean(raw.value)
        case "e":
            return CellKind.ERROR, raw.value
        case "d":
            return as_shown(style.shown, iso_date(raw.value)) if style.shown else iso_date(raw.value)
    return formatted(raw.value, style.shown, context.epoch_1904) if style.shown else number(raw.value)


def shared_string(index: str, strings: SharedStrings) -> str:
    """The text that a cell points to by its index. Raises `GiveUp` where the table has no such text."""
    try:
        at = int(index)
        if at >= 0:
            return strings.texts[at]
    except (ValueError, IndexError):
        pass
    raise corrupt("ô trỏ tới chuỗi không có trong bảng chuỗi dùng chung")
