"""The pieces a time is made of: days, months, quarters and years, as they are named."""

from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple


class Precision(IntEnum):
    """How exactly a time is given; a smaller value is finer. NONE: it cannot be read."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    HALF = 4
    YEAR = 5
    NONE = 6


class Day(NamedTuple):
    """A day; month and year are None where they are not written beside it."""

    day: int
    month: int | None = None
    year: int | None = None


class Span(NamedTuple):
    """The months `first` … `last` of a year. `terse`: written in figures alone ("5/2020", "2020")."""

    first: int
    last: int
    precision: Precision
    year: int | None = None
    terse: bool = False


class PartPair(NamedTuple):
    """Two numbers with a dash: a day and its month (06-12), or two days whose month stands elsewhere."""

    one: int
    two: int


class Mention(NamedTuple):
    """What is named, and how it is tied to the mention before it: "-" and "đến" make a range, "" does not."""

    tie: str
    what: Day | Span | PartPair


@lru_cache(maxsize=4096)  # what comes again is pickled once: 0.1 ms a file
def calendar_day(year: int, month: int, day: int) -> date:
    """A day, the same object whenever it is asked for. Raises ValueError for one that no calendar has."""
    return date(year, month, day)


class UnreadableError(Exception):
    """A number of the text can be no part of a time."""


def month(number: int, year: int | None = None, terse: bool = False) -> Span:
    """One month as a span. Raises `UnreadableError` for none of a calendar."""
    if not 1 <= number <= 12:
        raise UnreadableError
    return Span(number, number, Precision.MONTH, year, terse)


def quarter(number: int, year: int | None = None) -> Span:
    """One quarter (quý) as a span. Raises `UnreadableError` for none of a year."""
    if not 1 <= number <= 4:
        raise UnreadableError
    return Span(3 * number - 2, 3 * number, Precision.QUARTER, year)


def whole_year(year: int | None, terse: bool = False) -> Span:
    """A year as a span."""
    return Span(1, 12, Precision.YEAR, year, terse)


def plausible(year: int) -> int:
    """`year` itself. Raises `UnreadableError` where nobody plans a trip in it."""
    if not 1900 <= year <= 2199:
        raise UnreadableError
    return year
