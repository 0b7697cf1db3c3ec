"""The times that mentions cover: days, months and quarters with their first and last day, joined into one."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from doingoai_cli.vietnamese.time.completion import Part
from doingoai_cli.vietnamese.time.durations import last_day_of, lasting_months
from doingoai_cli.vietnamese.time.parts import Day, Precision, Span, UnreadableError, calendar_day


class Interval(NamedTuple):
    """One time or one range out of several ("12-15/3 và 20-22/5")."""

    start: date
    end: date
    precision: Precision
    reversed: bool = False
    spans: tuple[tuple[date, date], ...] = ()
    """The times it was put together from, in order, where days between them belong to none."""


_LISTED = re.compile(r"[,;&+\n]|\b(?:và|hoặc|hay|đợt|lần)\b")
_BEGINS_AND_ENDS = re.compile(
    r"\b(?:bắt đầu|kết thúc|khởi hành|xuất phát|hoàn thành|(?:xuất|nhập) cảnh|khởi công|khai mạc|bế mạc|đi|về)\b"
)
"""Two times that such words stand beside are the ends of one."""


def lasting(interval: Interval, folded: str) -> Interval:
    """A beginning with what it lasts: "36 tháng từ tháng 1/2018" ends in December 2020; a range has its end."""
    if interval.spans and (_BEGINS_AND_ENDS.search(folded) or not _LISTED.search(folded)):
        interval = interval._replace(spans=())
    months = None if interval.reversed or not _is_one_unit(interval) else lasting_months(" ".join(folded.split()))
    end = last_day_of(interval.start, months) if months else None
    return interval._replace(end=end) if end and end > interval.end else interval


def _is_one_unit(time: Interval) -> bool:
    return time.start == time.end or _months(time) == 1 or (_months(time) == 12 and _is_year_wide(time))


def intervals(parts: list[Part]) -> list[Interval]:
    """Each time or range for itself. Raises `UnreadableError` for a range with half an end."""
    groups: list[Interval] = []
    before: Day | Span | None = None
    for tie, what in parts:
        start, end, precision = _bounds(what)
        if tie and before is not None:
            if _lost_its_day(before, what) or _lost_its_day(what, before):
                raise UnreadableError
            last = groups.pop()
            backwards = last.reversed or end < _bounds(before)[0]
            precision = max(precision, last.precision)
            span = (min(start, last.start), max(end, last.end)) if backwards else (last.start, end)
            groups.append(Interval(*span, precision, backwards))
        else:
            groups.append(Interval(start, end, precision))
        before = what
    return groups


def _lost_its_day(one: Day | Span, other: Day | Span) -> bool:
    """ "20/4/2018 đến 2018": one end of a range is a day, the other figures that cannot be one."""
    return isinstance(one, Day) and isinstance(other, Span) and other.terse and other.precision is Precision.YEAR


def _bounds(part: Day | Span) -> tuple[date, date, Precision]:
    year = part.year or 0  # filled in by now; 0 is refused by date()
    if isinstance(part, Day):
        day = calendar_day(year, part.month or 0, part.day)
        return day, day, Precision.DAY
    end = calendar_day(year, part.last, monthrange(year, part.last)[1])
    return calendar_day(year, part.first, 1), end, part.precision


def whole_time(groups: list[Interval]) -> Interval | None:
    """The groups as one time; what only frames a finer one is left out ("Quý II (12-15/5)")."""
    finest = min((g.precision for g in groups), default=Precision.NONE)
    telling = [g for g in groups if g.precision is finest or not (_is_year_wide(g) or _frames(g, groups))]
    if not telling:
        return None
    start, end = min(g.start for g in telling), max(g.end for g in telling)
    precision = Precision.YEAR if _too_wide(telling) else max(g.precision for g in telling)
    return Interval(start, end, precision, any(g.reversed for g in telling), _spans(telling))


def _spans(groups: list[Interval]) -> tuple[tuple[date, date], ...]:
    """() for single days too: two of them may be the day of departure and that of return."""
    if all(group.start == group.end for group in groups):
        return ()
    spans: list[tuple[date, date]] = []
    for start, end in sorted((g.start, g.end) for g in groups):
        if spans and start <= spans[-1][1] + timedelta(days=1):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans) if len(spans) > 1 else ()


_MOST_MONTHS = 6
"""A range of months, or the quarters named, may be two quarters long; more says no quarter."""


def _too_wide(groups: list[Interval]) -> bool:
    wide = [g for g in groups if g.precision in (Precision.MONTH, Precision.QUARTER)]
    quarters = sum(_months(g) for g in wide if g.precision is Precision.QUARTER)
    return quarters > _MOST_MONTHS or any(_months(g) > _MOST_MONTHS for g in wide)


def _months(group: Interval) -> int:
    return 12 * (group.end.year - group.start.year) + group.end.month - group.start.month + 1


def _is_year_wide(group: Interval) -> bool:
    return (group.start.month, group.start.day, group.end.month, group.end.day) == (1, 1, 12, 31)


def _frames(group: Interval, others: list[Interval]) -> bool:
    return any(o.precision < group.precision and group.start <= o.start and o.end <= group.end for o in others)
