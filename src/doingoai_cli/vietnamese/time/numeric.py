"""Times in figures alone: 28/2-2/3, 15-20/5/2019, 12-3-2019, 2019-03-12, 5/2020."""

import re

from doingoai_cli.vietnamese.time.parts import (
    Day,
    PartPair,
    Span,
    UnreadableError,
    month,
    plausible,
    quarter,
    whole_year,
)

Tied = tuple[str, Day | Span | PartPair]


def _is_year(figures: str) -> bool:
    return len(figures) == 4


def read_figures(run: str, unit: str, by_day: bool) -> list[Tied]:
    """The mentions in figures that only / . and - hold together, each with its tie to the one before.

    `unit` is what a bare number means here; `by_day`: the text speaks of days. Raises `UnreadableError`.
    """
    if any(len(figures) > 4 or len(figures) == 3 for figures in re.split("[/.-]", run)):
        raise UnreadableError
    if "/" not in run and "." not in run:
        return _with_dashes(run.split("-"), unit)
    pieces = _joined([re.split("[/.]", piece) for piece in _without_days_between(run.split("-"))])
    if any(len(piece) > 1 and not _is_month_of_year(piece) for piece in pieces):
        unit = "day"
    found: list[Tied] = []
    for piece in pieces:
        what = _piece(piece, unit)
        before = found[-1][1] if found else None
        if isinstance(what, Span) and what.terse and isinstance(before, Day) and before.month is None:
            # "3-4/2020" is March and April, "25-3/2020" a day with two kinds of separators
            if by_day or before.day > what.first:
                tie, _ = found.pop()
                found.append((tie, Day(before.day, what.first, what.year)))
                continue
            found[-1] = (found[-1][0], month(before.day))
        found.append(("-" if found else "", what))
    return found


def _without_days_between(pieces: list[str]) -> list[str]:
    """The first and the last of days that follow one another: "15-16-17/6/2019" is "15-17/6/2019"."""
    if len(pieces) < 3 or not all(map(str.isdigit, pieces[:-1])) or pieces[-1].isdigit():
        return pieces
    days = [int(re.split("[/.]", piece)[0]) for piece in pieces]
    return [pieces[0], pieces[-1]] if days == [*range(days[0], days[0] + len(days))] else pieces


def _is_month_of_year(piece: list[str]) -> bool:
    return len(piece) == 2 and any(map(_is_year, piece))


def _joined(pieces: list[list[str]]) -> list[list[str]]:
    """The pieces with those made one that are a date with dashes among others: 1/3 - 12-03-2019."""
    joined: list[list[str]] = []
    at = 0
    while at < len(pieces):
        shape = [_is_year(piece[0]) if len(piece) == 1 else None for piece in pieces[at : at + 3]]
        if shape in ([False, False, True], [True, False, False]):
            length = 3
        else:
            length = 2 if shape[:2] == [False, False] else 1
        joined.append([figures for piece in pieces[at : at + length] for figures in piece])
        at += length
    return joined


def _with_dashes(figures: list[str], unit: str) -> list[Tied]:
    """Figures with dashes alone, which may part dates as well as days, months and years."""
    numbers = [int(f) for f in figures]
    match tuple(map(_is_year, figures)):
        case (False, False) if unit not in ("month", "quarter"):
            return [("", PartPair(*numbers))]
        case (False, False, False) if len(figures[2]) == 2 and numbers[2] > 12:
            return [("", Day(numbers[0], numbers[1], 2000 + numbers[2]))]
        case (False, False, False, True):
            return [("", Day(numbers[0])), ("-", Day(*numbers[1:]))]
        case (False, False, False, False):
            return [("", Day(*numbers[:2])), ("-", Day(*numbers[2:]))]
        case (False, False, False, False, True):
            return [("", Day(*numbers[:2])), ("-", Day(*numbers[2:]))]
        case (_, _, _, _, _, _):
            return [("", _piece(figures[:3], unit)), ("-", _piece(figures[3:], unit))]
        case (False, True) | (True, False) | (False, False, True) | (True, False, False):
            return [("", _piece(figures, unit))]
        case _ if len(figures) <= 2:
            return [("-" if at else "", _piece([f], unit)) for at, f in enumerate(figures)]
    raise UnreadableError


def _piece(figures: list[str], unit: str) -> Day | Span:
    """Figures between dashes: 12, 12/3, 12/3/2019, 2019/3/12, 5/2020, 2020."""
    numbers = [int(f) for f in figures]
    match tuple(map(_is_year, figures)):
        case (True,):
            return whole_year(plausible(numbers[0]), terse=True)
        case (False,):
            return _unit(numbers[0], unit)
        case (False, True) if unit == "quarter":
            return quarter(numbers[0], plausible(numbers[1]))
        case (False, True):
            return month(numbers[0], plausible(numbers[1]), terse=unit != "month")
        case (True, False):
            return month(numbers[1], plausible(numbers[0]), terse=True)
        case (False, False):
            return Day(numbers[0], numbers[1])
        case (False, False, True):
            return Day(numbers[0], numbers[1], plausible(numbers[2]))
        case (True, False, False):
            return Day(numbers[2], numbers[1], plausible(numbers[0]))
        case (False, False, False) if len(figures[2]) == 2:
            return Day(numbers[0], numbers[1], 2000 + numbers[2])
    raise UnreadableError


def _unit(number: int, unit: str) -> Day | Span:
    if unit == "month":
        return month(number)
    return quarter(number) if unit == "quarter" else Day(number)
