"""Times of delegations and conferences (thời gian thực hiện): text, dates and serials in, first and last day out."""

from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple

from doingoai_cli.vietnamese.text import clean


class Precision(IntEnum):
    """How exactly a time is given; a smaller value is finer. NONE: it cannot be read."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    HALF = 4
    YEAR = 5
    NONE = 6


class Period(NamedTuple):
    """A time as read: the first and the last day it covers, in the order in which they are written.

    `reversed`: it ends before it starts, so `start > end`. Both are None where `precision` is NONE.
    """

    text: str
    start: date | None
    end: date | None
    precision: Precision
    reversed: bool = False


def read_period(value: str | date | datetime | float | int | None, year: int) -> Period:
    """The time that `value` gives; a missing year is `year`, the form's own."""
    if isinstance(value, date):
        return Period(str(value), value, value, Precision.DAY)
    return Period(clean(str(value or "")), None, None, Precision.NONE)


def touches(period: Period, year: int) -> bool:
    """Whether any day of `period` lies in `year`; an unreadable period touches nothing."""
    if period.start is None or period.end is None:
        return False
    first, last = sorted((period.start, period.end))
    return first.year <= year <= last.year


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods share a day; an unreadable period shares none."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return min(other.start, other.end) <= max(one.start, one.end) and min(one.start, one.end) <= max(
        other.start, other.end
    )
