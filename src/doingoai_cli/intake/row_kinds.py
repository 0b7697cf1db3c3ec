"""The kinds of rows below a heading (loại dòng) as values, and what the rows above tell of the next one."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.intake import other_rows, sums
from doingoai_cli.intake.sections import RowSection
from doingoai_cli.intake.sheet import Row
from doingoai_cli.model.grid import CellKind
from doingoai_cli.vietnamese.text import is_blank
from doingoai_cli.vietnamese.ticks import is_ditto

_TEXT = CellKind.TEXT  # by a name of its own, as `RECORD`
_CROSSES = 2
_LONGEST_NUMBER = 4
_WORDS = 20
"""Characters from which a text that begins with a letter is no number, count or sign."""


class BodyRowKind(StrEnum):
    """What a row below a heading is."""

    RECORD = "record"
    HEADING = "heading"
    """The heading again, or the printed column numbers."""
    SECTION = "section"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    """Sums of a page, a unit, a quarter, and what is carried over: they close no section."""
    NIL = "nil"
    FILLER = "filler"
    NOTE = "note"
    SIGNATURE = "signature"
    UNKNOWN = "unknown"
    """Neither a record nor known to be none: CT09."""


RECORD = BodyRowKind.RECORD
"""By a name of its own: Python 3.11 finds a member in its enumeration in 0.12 µs, and each row asks ten times."""


class Past(NamedTuple):
    """What the rows above tell of the next one."""

    section: RowSection
    ended: bool = False
    """Whether notes or a signature block have begun."""
    notes: bool = False
    """Whether the row above was a note that may go on."""
    summed: bool = False
    """Whether the row above stated sums, of which a list may follow."""
    signed: bool = False
    foreign: bool = False
    """Whether the heading of another table, that is no known form, has come."""
    numbered: bool = False
    """Whether the table's records have running numbers."""
    levels: frozenset[sums.SumLevel] = frozenset()
    """How the running numbers of its records are written."""
    headed: frozenset[sums.SumLevel] = frozenset()
    """How the running numbers of the sections above them are written."""
    restarts: frozenset[int] = frozenset()
    """Rows that head records of their own though they are numbered as records are (`RowReader.restarts`)."""


def values_of(rows: Sequence[Row]) -> list[str]:
    """The texts of some rows, row by row."""
    return [text for row in rows for text in row.texts.values()]


def text_at(rows: Sequence[Row], col: int) -> str:
    """What stands in a column of some rows, first."""
    if len(rows) == 1:
        return rows[0].texts.get(col, "")
    return next((row.texts[col] for row in rows if col in row.texts), "")


def says_nothing(text: str) -> bool:
    """Whether a text is blank, or dots and dashes; "//" stands for the cell above."""
    return is_blank(text) and not is_ditto(text)


def are_crosses(values: Sequence[str]) -> bool:
    """Whether a row is crossed out with the same sign in every cell ("x | x | x")."""
    if len(values[0]) != 1 or len(values) <= _CROSSES:
        return False
    return len({value.casefold() for value in values}) == 1


def say_nothing_in(rows: Sequence[Row], cols: Collection[int]) -> bool:
    """Whether some rows say nothing in these columns, and so are crossed out."""
    return all(says_nothing(text) for row in rows for col, text in row.texts.items() if col in cols)


def restarts(
    groups: Sequence[tuple[Sequence[Row], BodyRowKind | None]], ordinal: int, name: int
) -> frozenset[int]:
    """The sparse rows with a unit's name alone, whose number is not between those of the records around it."""
    if not any(kind is None and len(rows[0].texts) == 2 for rows, kind in groups):
        return frozenset()  # most tables
    found, waiting, last = set[int](), list[tuple[int, int]](), 0
    for rows, kind in groups:
        own = text_at(rows, ordinal)
        if not (own.isdecimal() and len(own) <= _LONGEST_NUMBER):
            continue
        number = int(own)
        if kind is BodyRowKind.RECORD:
            found |= {row for row, above in waiting if number <= above or above <= last}
            waiting, last = [], number
        elif kind is None and len(rows[0].texts) == 2:
            label = text_at(rows, name)
            if other_rows.is_unit(label) and not other_rows.is_one_trip(label):
                waiting.append((rows[0].number, number))
    return frozenset(found)


def has_formula_in(rows: Sequence[Row], col: int) -> bool:
    """Whether a cell of some rows in this column is computed."""
    cells = (row.cells[col] for row in rows if col in row.cells)
    return any(cell.kind is CellKind.UNCALCULATED or cell.formula is not None for cell in cells)


def is_plain_record(row: Row, ordinal: int) -> bool:
    """Whether a full row is a running number, words, and further words: only a record is (most rows).

    What a row reader asks further is answered by that: no sum, no column numbers, nothing crossed out.
    """
    texts = iter(row.texts.items())
    _, first = next(texts)
    if not (first.isdecimal() and len(first) <= _LONGEST_NUMBER):
        return False
    told = False
    for col, text in texts:
        if len(text) > _WORDS and text[0].isalpha() and col != ordinal and row.cells[col].kind is _TEXT:
            if told:
                return not other_rows.says_nothing_to_declare(text)
            told = True
        elif not told:
            return False
    return False
