"""Times with what is missing filled in: a month or year written once counts for its neighbours too."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from doingoai_cli.vietnamese.time.parts import Day, Mention, PartPair, Precision, Span, UnreadableError

T = TypeVar("T")
Part = tuple[str, Day | Span]
"""A mention without missing parts; the string is its tie to the part before ("-", "đến" or "")."""


def completed(mentions: list[Mention], year: int) -> list[Part]:
    """The mentions with months and years completed from one another, the last year from the form (`year`).

    Raises `UnreadableError` where a day has no month.
    """
    return _with_years(_with_months(_with_own_years(_without_pairs(mentions))), year)


def _without_pairs(mentions: list[Mention]) -> list[Part]:
    """06-12 is a day and its month, unless the month stands beside it ("05-07, 12-14/3", "tháng 3: 05-07")."""
    plain: list[Part] = []
    following = _next_that(mentions, lambda mention: not isinstance(mention.what, PartPair))
    for at, (tie, what) in enumerate(mentions):
        if not isinstance(what, PartPair):
            plain.append((tie, what))
        elif what.two > 12 or _month_beside(mentions, at, following[at]):
            plain += [(tie, Day(what.one)), ("-", Day(what.two))]
        else:
            plain.append((tie, Day(what.one, what.two)))
    return plain


def _next_that(items: Sequence[T], tells: Callable[[T], bool]) -> list[T | None]:
    """For each of some parts, the first one behind it that `tells` something."""
    following: list[T | None] = []
    after: T | None = None
    for part in reversed(items):
        following.append(after)
        after = part if tells(part) else after
    return following[::-1]


def _month_beside(mentions: list[Mention], at: int, after: Mention | None) -> bool:
    if at and _is_month(mentions[at - 1].what):
        return True
    return after is not None and not after.tie and _names_month(after.what)


def _is_month(part: Day | Span | PartPair | None) -> bool:
    return isinstance(part, Span) and part.precision is Precision.MONTH


def _names_month(part: Day | Span | PartPair | None) -> bool:
    return isinstance(part, Day) or _is_month(part)


def _with_months(parts: list[Part]) -> list[Part]:
    """Days without a month take that of the date before them in a range, of the next date, or of any before."""
    filled = list(parts)
    following = _next_that([what for _, what in parts], lambda what: not isinstance(what, Day) or bool(what.month))
    for at, (tie, what) in enumerate(parts):
        if isinstance(what, Day) and what.month is None:
            before, after = filled[at - 1][1] if at else None, following[at]
            from_before = _names_month(before) and (tie or not _names_month(after))
            filled[at] = (tie, _day_in(what, before if from_before else after))
    return filled


def _day_in(day: Day, other: Day | Span | None) -> Day:
    if isinstance(other, Day):
        return day._replace(month=other.month, year=day.year or other.year)
    if isinstance(other, Span) and _is_month(other):
        return day._replace(month=other.first, year=day.year or other.year)
    raise UnreadableError


def _with_years(parts: list[Part], year: int) -> list[Part]:
    """Years from the next part, then from the one before (a year in front is a heading), then the form's."""
    if not parts:
        return []
    ties, whats = [tie for tie, _ in parts], [what for _, what in parts]
    if not _is_year(whats[0]):
        _hand_on(whats, towards_start=True)
    _hand_on(whats, towards_start=False)
    _hand_on(whats, towards_start=True)
    if whats[0].year is None:
        whats[0] = whats[0]._replace(year=year)
        _hand_on(whats, towards_start=False)
    return list(zip(ties, whats, strict=True))


def _is_year(part: Day | Span) -> bool:
    return isinstance(part, Span) and part.precision is Precision.YEAR and part.year is not None


def _with_own_years(parts: list[Part]) -> list[Part]:
    """Years put where they belong: "12/3 năm 2020", "Quý II - 2020" and "tháng 5, 2020" are one part each."""
    joined: list[Part] = []
    for tie, what in parts:
        if joined and tie != "đến" and _is_year(what) and joined[-1][1].year is None:
            before_tie, before = joined[-1]
            joined[-1] = (before_tie, before._replace(year=what.year))
        else:
            joined.append((tie, what))
    return joined


def _hand_on(whats: list[Day | Span], towards_start: bool) -> None:
    """Give parts without a year that of their neighbour, one less or more where the two cross a new year."""
    step = 1 if towards_start else -1
    order = range(len(whats) - 2, -1, -1) if towards_start else range(1, len(whats))
    for at in order:
        year = whats[at + step].year
        if whats[at].year is None and year is not None:
            first, second = (at, at + step) if towards_start else (at + step, at)
            change = -step if _crosses(whats[first], whats[second]) else 0
            whats[at] = whats[at]._replace(year=year + change)


def _crosses(one: Day | Span, other: Day | Span) -> bool:
    """Whether `other` lies in the year after `one`: only from November or December to January or February."""
    if any(isinstance(what, Span) and what.precision >= Precision.HALF for what in (one, other)):
        return False
    last = one.month if isinstance(one, Day) else one.last
    first = other.month if isinstance(other, Day) else other.first
    return last in (11, 12) and first in (1, 2)
