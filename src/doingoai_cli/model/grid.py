"""What a reader gives of a file, before any meaning: grids of cells (lưới ô).

A reader behind this interface loses nothing in silence: error values, formulas without a stored value, hidden
rows and fonts are all here, and rows and columns are the file's own (1-based).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

CellValue = str | int | float | bool | datetime | date | time


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    DATE = "date"
    ERROR = "error"
    """An Excel error value; `value` is its text ("#REF!")."""
    UNCALCULATED = "uncalculated"
    """A formula without a stored value; `value` is the formula's text ("=A1+1")."""
    BLANK = "blank"
    """No value; only ever made for the place where a value is missing."""


class Cell(NamedTuple):
    """One non-empty cell. `value` is raw: not cleaned, not trimmed."""

    row: int
    col: int
    kind: CellKind
    value: CellValue
    formula: str | None = None
    font: str | None = None
    """The name of the cell's font, where the format tells it: legacy encodings are known by it."""


class Range(NamedTuple):
    """A merged range (ô gộp), all ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, place: object) -> bool:
        match place:
            case (int() as row, int() as col):
                return self.top <= row <= self.bottom and self.left <= col <= self.right
        return False


class Addressing(StrEnum):
    """How a cell is named to a person."""

    A1 = "a1"
    WORD = "word"
    """A Word table: "hàng 5, cột 3"; the grid's name says which table."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one table of a Word document."""

    name: str
    index: int
    """0-based, in the workbook's order."""
    cells: tuple[Cell, ...]
    """The non-empty cells, by row, then column."""
    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    hidden: bool = False
    addressing: Addressing = Addressing.A1
    struck_rows: frozenset[int] = frozenset()
    """Rows whose text is all struck through (gạch bỏ)."""
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    """Cells of other rows whose text is all struck through: (row, column)."""
    struck_parts: frozenset[tuple[int, int]] = frozenset()
    """Cells a part of whose text is struck through: that part is not in their value."""
    lead: int = 0
    """Rows of text that stand before a Word table's own first row (title, letterhead)."""

    def address(self, row: int, col: int) -> str:
        """The name of a cell: "F12", or "hàng 12, cột 6" in a Word table."""
        if self.addressing is Addressing.WORD:
            own = self.own_row(row)
            return f"hàng {own}, cột {col}" if own > 0 else "phần chữ phía trên bảng"
        return f"{column_letters(col)}{row}"

    def own_row(self, row: int) -> int:
        """The row as a person counts it: in a Word table from the table's first one (0 and less: above it)."""
        return row - self.lead


class NoteKind(StrEnum):
    """What a reader has to say of a file besides its cells."""

    CONVERTED = "converted"
    """The content came through a conversion, or a reader that cannot tell everything: compare it with the file."""
    UNREAD = "unread"
    """Something that a person sees at a place could not be read."""


class ReaderNote(NamedTuple):
    """What a person must be told of how a file was read (lưu ý của trình đọc)."""

    kind: NoteKind
    what: str
    """Vietnamese, without a final full stop: "đọc từ PDF"."""
    grid: int | None = None
    """The grid's index, where the note belongs to one; row and column then are the grid's."""
    row: int = 0
    col: int = 0
    text: str = ""
    """The text of a text box, which belongs to no cell."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as its reader saw it."""

    format: str
    """What the file was: "xlsx", "xlsm", "xls", "xlsb", "ods", "docx", "doc", "pdf", "html", …"""
    grids: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    """Custom document properties and, prefixed with "name:", defined names: what our own files are known by."""
    notes: tuple[ReaderNote, ...] = ()
    is_prose: bool = False
    """A text document, mostly running text: no table is as wide as a form, and less is said in tables than beside
    them (an agency's report with its letterhead and a small table)."""


ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
"""The letters and the row of a cell's address: "F12", "$F$12"."""
SHEET = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))"
"""A pattern for the name of a sheet in a reference; `sheet_in` gives the name."""


def sheet_in(reference: re.Match[str]) -> str:
    """The sheet that a match of a pattern with `SHEET` names; "" where it names none."""
    return (reference["quoted"] or reference["plain"] or "").replace("''", "'")


def quoted(sheet: str) -> str:
    """A sheet's name as references write it: 'Tổng quan'."""
    return "'" + sheet.replace("'", "''") + "'"


_LETTERS: dict[int, str] = {}


def column_letters(col: int) -> str:
    """Excel's letters of a 1-based column: 1 → "A", 27 → "AA"."""
    known = _LETTERS.get(col)
    if known is None:
        rest, letters = col, ""
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        known = _LETTERS[col] = letters
    return known


def column_number(letters: str) -> int:
    """The 1-based number of Excel's column letters (upper case): "AA" → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_LIKE_THOUSANDS = re.compile(r"-?\d+\.\d{3}")


@lru_cache(maxsize=4096, typed=True)  # saves 0.01 s
def display(value: CellValue) -> str:
    """A value as a Vietnamese reader would write it: 7.0 → "7", a date → "05/03/2019".

    90.125 → "90.1250": with three decimals it would be read as ninety thousand.
    """
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            text = format(value, ".15g")
            return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.strftime("%d/%m/%Y")
        case datetime():
            return value.strftime("%H:%M %d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case time():
            return value.strftime("%H:%M")
    return str(value)
