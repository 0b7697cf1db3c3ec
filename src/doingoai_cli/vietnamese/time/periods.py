"""Times of delegations and conferences (thời gian thực hiện): text, dates, serials in; first and last day out.

Figures and words become mentions (`tokens`, `numeric`, `mentions`), mentions are completed from one another
(`completion`), and here they become one period.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from doingoai_cli.vietnamese.text import clean, fold, without_remarks
from doingoai_cli.vietnamese.time.belongings import candidates
from doingoai_cli.vietnamese.time.completion import completed
from doingoai_cli.vietnamese.time.intervals import Interval, intervals, lasting, whole_time
from doingoai_cli.vietnamese.time.mentions import mentions
from doingoai_cli.vietnamese.time.parts import Precision, UnreadableError, calendar_day
from doingoai_cli.vietnamese.time.tokens import in_vietnamese

__all__ = ["Period", "Precision", "beginning", "ongoing", "overlaps", "read_period", "stretches", "touches"]


class Period(NamedTuple):
    """A time as read: the first and the last day it covers (start ≤ end; None where nothing can be read).

    `reversed`: as written it ends before it starts (TH03). `precision` is that of its least exact part.
    """

    text: str
    start: date | None
    end: date | None
    precision: Precision
    reversed: bool = False
    spans: tuple[tuple[date, date], ...] = ()
    """First and last day of each time that it names, in order, where days lie between them: "Quý I, Quý III"."""

    @property
    def days(self) -> tuple[date, date] | None:
        """Its first and its last day, whichever was written first; None where nothing can be read."""
        if self.start is None or self.end is None:
            return None
        return (self.start, self.end) if self.start <= self.end else (self.end, self.start)


@lru_cache(maxsize=32768)  # saves 0.06 s
def read_period(value: str | date | datetime | float | int | None, year: int) -> Period:
    """The time that a cell gives; where it names no year, that is `year`, the form's own.

    A missing year or month is taken from the other end first; a range crosses the year only from November or
    December to January or February. A range with an impossible or incomplete end is not half-read (DL03).
    """
    if isinstance(value, str):
        return _read_text(value, year)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        bare = (day - _SERIAL_ZERO).days
        if bare in _BARE_YEARS:  # 2020 typed into a cell with a date format: 12/07/1905 to Excel
            return _read_number(float(bare), year)
        return Period(day.isoformat(), day, day, Precision.DAY)
    if value is None:
        return _unreadable("")
    return _read_number(float(value), year)


def touches(period: Period, year: int) -> bool:
    """Whether any day of `period` lies in `year`; an unreadable period touches nothing."""
    return period.start is not None and period.end is not None and period.start.year <= year <= period.end.year


_TO = re.compile(r"\s*(?:[-–—÷→]|\bđến\b|\btới\b)\s*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:từ|kể từ|bắt đầu)\b(?:\s+ngày\b)?", re.IGNORECASE)


_ONLY_AN_END = re.compile(r"\W*(?:(?:thực hiện|kéo dài|kết thúc)\W+)?(?:đến|tới|trước)\b")


def beginning(period: Period) -> Period:
    """The day, month, quarter or year with which a time begins: "3/2019 - 12/2021" begins in March 2019.

    What states only its end ("đến 31/12/2020") has no first day.
    """
    if period.days is None:
        return period
    begins, ends = period.days
    if _ONLY_AN_END.match(fold(period.text)):
        return _unreadable(period.text)
    if period.precision is Precision.DAY:
        return period._replace(start=begins, end=begins, spans=())
    first = read_period(_FROM.sub(" ", _TO.split(clean(period.text), maxsplit=1)[0]).strip(), begins.year)
    if first.start == begins and first.end is not None and first.end <= ends:
        return first._replace(text=period.text)
    return period._replace(start=begins, end=ends)


_NO_END = re.compile(r"\W*(?:(?:dự kiến|khoảng|tính|kể) )?(?:bắt đầu )?từ\b(?!.*\b(?:đến|tới)\b)(?!.*[-–])")


def ongoing(period: Period, year: int) -> Period:
    """A time that began before `year` and names no end lasts in it: a project "từ năm 2017"."""
    if period.end is None or period.end.year >= year or not _NO_END.match(fold(period.text)):
        return period
    return period._replace(end=date(year, 12, 31))


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods share a day; an unreadable period shares none."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    if one.start > other.end or other.start > one.end:
        return False
    pairs = product(stretches(one), stretches(other)) if one.spans or other.spans else ()
    return not pairs or any(mine[0] <= theirs[1] and theirs[0] <= mine[1] for mine, theirs in pairs)


def stretches(period: Period) -> tuple[tuple[date, date], ...]:
    """First and last day of each time that a period names, those without days between them as one; () unread."""
    return period.spans or ((period.days,) if period.days else ())


def _unreadable(text: str) -> Period:
    return Period(text, None, None, Precision.NONE)


# Excel's day numbers of 1 January 2000 … 31 December 2069; a smaller number is a year or nothing.
_SERIALS = range(36526, 62094)
_BARE_YEARS = range(1990, 2101)
_SERIAL_ZERO = date(1899, 12, 30)


def _read_number(value: float, year: int) -> Period:
    if value != value or abs(value) > 1e6:
        return _unreadable(str(value))
    if int(value) in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=int(value))
        return Period(day.isoformat(), day, day, Precision.DAY)
    if value == int(value):
        return _read_text(str(int(value)), year)
    # 4.8 was typed for 4 August; 4.1 may be January or October.
    return _unreadable(str(value)) if str(value).endswith(".1") else _read_text(str(value), year)


_LIKE_FIGURES = frozenset("OolI")
_LETTER_IN_DATE = re.compile(
    r"(?<![^\W_])[OolI]\d(?=\s*[/.–-])|(?<!\w)\d[OolI](?=\s*[/.–-])|[/.–-]\s*[OolI]\d(?!\d)"
    r"|[/.–-]\s*\d[OolI](?!\w)|(?<!\w)2(?:[Oo]\d|\d?[OolI])[\dOolI]+(?!\w)"
)
"""A letter typed for a figure ("l2/3/2019", "12/O3/2019", "2O19"): never another day."""


_MARKS = ("-", "+", "*", "•", "–")
_BULLET = re.compile(r"^[-+*•–] ?(?=[^\W\d]|1[.)] )")


_FOOTNOTE = re.compile(r"(?:(?<=\d{4})|(?<=\d{4}\))) ?(?:\(\d\)|\[\d{1,2}\])$", re.ASCII)
# "1. 12-15/3/2019; 2. 20-22/5/2019": numbers of a list, and no days
_RANGE = (
    r"(?:(?:từ|ngày):? ){0,2}\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)?\s{0,2}(?:-|–|→|đến)\s{0,2}\d"
    r"|từ:? (?:ngày )?\d|(?:đợt|lần|đoàn) \d"
)
_FIRST_OF_TWO = re.compile(
    rf"\(?1[.)] (?:[^./]{{0,60}}(?:/|tháng)|{_RANGE}).*[\s;,]\(?2[.)] ", re.DOTALL | re.IGNORECASE
)
# "1. 19-26.3.2019", "Đợt 1 - 19-26/3/2019": which of several it is, and no day
_WHICH = re.compile(
    rf"(?:^1[.)]|(?P<before>^|[\n;,(+:)]\W{{0,3}}|\d\)? - )"
    rf"(?:đợt|lần|đoàn|chuyến|nhóm|lượt)(?: số| thứ)? \d\d? ?[-–]) (?={_RANGE}|\d\d? ngày \()",
    re.IGNORECASE,
)
# "- 7-12/10/2019⏎- 2-6/12/2019", "7-12/10/2019 - 2-6/12/2019": a mark between two times, and no range
_MARKED_LINES = re.compile(r"(?:^|\n)[-+*•–] ?(?=\d|từ\b)", re.IGNORECASE)
_BETWEEN_RANGES = re.compile(r"(?<=[/.]\d{4}) - (?=\d\d?(?:[/.]\d\d?)?[-–]\d\d?[/.])")
_NUMBER_OF_TIME = re.compile(r"(?:^|(?<![-–] )(?<=[\s;,]))\(?\d[.)] +")


def _read_text(text: str, year: int) -> Period:
    text = clean(text)
    if whole := _two_days(text):  # what is removed below stands around it in no such text
        return whole
    bare = _MARKED_LINES.sub("\n", text) if text[:1] in _MARKS else text
    bare = _FOOTNOTE.sub("", _BULLET.sub("", without_remarks(bare).lstrip("\n")).rstrip(" \n.;,"))
    if _FIRST_OF_TWO.match(bare):
        bare = _NUMBER_OF_TIME.sub("\n", bare)
    bare = _BETWEEN_RANGES.sub("; ", _WHICH.sub(lambda which: (which["before"] or "").replace(" - ", "; "), bare))
    if not _LIKE_FIGURES.isdisjoint(bare) and _LETTER_IN_DATE.search(bare):
        return _unreadable(text)
    found = _two_days(bare) or _read_any(bare, year)
    return found if bare == text else found._replace(text=text)


_DATE = r"(\d\d?)/(\d\d?)/((?:19|20)\d\d)"
_TWO_DAYS = re.compile(rf"(?:[Tt]ừ )?(?:ngày )?{_DATE}(?: ?- ?| đến (?:ngày )?){_DATE}", re.ASCII)


def _two_days(text: str) -> Period | None:
    """The commonest way of all, two whole dates in their order, told at one look; None for any other."""
    match = _TWO_DAYS.fullmatch(text)
    if match is None:
        return None
    day, month, year, last_day, last_month, last_year = map(int, match.groups())
    try:
        start, end = calendar_day(year, month, day), calendar_day(last_year, last_month, last_day)
    except ValueError:  # a day that no calendar has
        return None
    return Period(text, start, end, Precision.DAY) if start <= end else None


_MOVES = r"(?:chuyển|hoãn|lùi|dời|điều chỉnh)"
_MAY_MOVE = re.compile(rf"(?<=[\divx])[,;(]? ?\(?(?:có thể|nếu)\b[^()\n]{{0,40}}\b{_MOVES}\b[^\n]*")
# "Quý IV/2019 chuyển sang quý I/2020": what comes first is over.
_MOVED_ON = re.compile(
    rf"^[^()]{{0,40}}[\divx][^()]{{0,40}}?\(?\b{_MOVES}(?:\s(?:thời gian|lịch|lại))?\s(?:sang|đến|tới|thành)"
    r"(?= (?:(?:đầu|giữa|cuối) )?(?:tháng|ngày|quí|t|q)? ?[\divx])"
)


def _of_the_trip(folded: str) -> str:
    """`folded` text without the time from which a trip was moved, and without the one to which it may be."""
    folded = _FROM_AND_TO.sub(r"từ \g<first> đến ", _ASIDE.sub(" ", folded))
    return _MOVED_ON.sub("", _MAY_MOVE.sub("", folded))


_ASIDE = re.compile(r"\(?\b1/2 ?ngày\b(?! ?\d)\)?|\bcùng (?:tháng|năm)\b")
# "Đi: 12/3/2019; về: 15/3/2019": which day comes first is said
_FROM_AND_TO = re.compile(
    r"^\W{0,3}(?:ngày )?(?:đi|khởi hành|xuất phát|xuất cảnh)(?: ngày)?:? (?P<first>\d[\d/.-]{2,9})[\s,;.-]{1,3}"
    r"(?:ngày )?(?:về(?: nước)?|trở về|nhập cảnh)(?: ngày)?:? (?=\d)"
)


def _read_any(text: str, year: int) -> Period:
    lines = _of_the_trip(in_vietnamese("\n".join(map(fold, text.split("\n")))))
    found: Interval | None = None
    for candidate in candidates(lines):
        try:
            whole = whole_time(intervals(completed(mentions(" ".join(candidate.split()), year), year)))
        except (UnreadableError, ValueError):  # ValueError: a day that no calendar has
            if found is None:
                return _unreadable(text)
            break
        if whole is None:
            continue
        if found is not None and not (found.start <= whole.start and whole.end <= found.end):
            break
        found = whole  # what stands beside other words may only say a sure time more exactly
    return Period(text, *lasting(found, lines)) if found else _unreadable(text)
