"""How wide text runs in Times New Roman Bold: rules get their length, letterheads break where they should.

Widths are in em, of the letter without its diacritics; metric-compatible fonts have the same.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from operator import truediv
from typing import NamedTuple

_EM = {
    **dict.fromkeys("jft-();:", 0.333), **dict.fromkeys("il/", 0.278), **dict.fromkeys(" .,", 0.25),
    **dict.fromkeys("cerz", 0.444), **dict.fromkeys("bdhknpquđ", 0.556), "s": 0.389, "m": 0.833,
    "w": 0.722, "I": 0.389,
    **dict.fromkeys("ACDNRUVXYĐ", 0.722), **dict.fromkeys("BELTZ", 0.667), **dict.fromkeys("GHKOQ", 0.778),
    **dict.fromkeys("FP", 0.611), **dict.fromkeys("JS", 0.528), "M": 0.944, "W": 1.0,
}  # fmt: skip
_OTHER = 0.5
_MM_PER_POINT = 25.4 / 72
_NEARLY_FULL = 1.06
_WIDER = (1, 1.015, 1.03, 1.045, _NEARLY_FULL)
"""How much wider than here a font may set a text."""
_LOST_MM = 7.0
"""What a line of a column loses to its margins and to the word that does not fit."""
_SLACK = 1.1
"""Fonts that stand in for letters with two marks are wider: no last word may fall onto a line of its own."""


class _Widths(dict[str, float]):
    """Letter, with its diacritics → em; each is taken apart once."""

    def __missing__(self, letter: str) -> float:
        bare = (c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        width = self[letter] = sum(_EM.get(c, _OTHER) for c in bare)
        return width


_WIDTHS = _Widths()


def width_mm(text: str, size: float) -> float:
    """The width of one line of bold text at `size` points."""
    return sum(map(_WIDTHS.__getitem__, text)) * size * _MM_PER_POINT


def shared(room: float, shares: Sequence[float], needed: Sequence[float]) -> list[float]:
    """`room` shared out by `shares`, but none below what it needs while there is room for that."""
    if sum(needed) >= room:
        return [room * need / sum(needed) for need in needed]
    wishes = [room * share / sum(shares) for share in shares]
    spare = [max(0.0, wish - need) for wish, need in zip(wishes, needed, strict=True)]
    left = room - sum(needed)
    return [need + left * extra / sum(spare) for need, extra in zip(needed, spare, strict=True)]


def levelled(room: float, needed: Sequence[float], texts: Sequence[Sequence[float]]) -> list[float]:
    """`room` shared out so that rows stay low: each millimetre goes to the column whose texts make most lines.

    `needed` is what no column gets less than, `texts` how wide each cell of each row would run in one line.
    """
    widths = list(needed)
    rooms = [max(1.0, width - _LOST_MM) for width in widths]
    columns = range(len(widths))

    def tallest(lines: Sequence[float]) -> tuple[int, float]:
        """The column in which a row runs to most lines, and how many."""
        most = max(lines)
        return lines.index(most), most

    told = [list(map(truediv, row, rooms)) for row in texts]
    found = [tallest(lines) for lines in told]
    for _ in range(int(room - sum(needed))):
        lines = [0.0] * len(widths)
        for column, most in found:
            lines[column] += most
        widest = max(columns, key=lines.__getitem__)
        widths[widest] += 1
        room_there = max(1.0, widths[widest] - _LOST_MM)
        for row, of_row in zip(texts, told, strict=True):
            of_row[widest] = row[widest] / room_there
        # The other rows have their tallest column elsewhere, and it is as it was.
        found = [tallest(of_row) if at[0] == widest else at for at, of_row in zip(found, told, strict=True)]
    return [width * room / sum(widths) for width in widths]


class TextSetting(NamedTuple):
    """How a centred text is set: its lines, the widest of them, and the room to leave on each side."""

    lines: int
    widest_mm: float
    side_mm: float


def balanced(text: str, size: float, room_mm: float) -> TextSetting:
    """`text` broken into lines of like width: narrower margins on both sides keep the breaks where they belong."""
    widths = [width_mm(word, size) for word in text.split()]
    space = width_mm(" ", size)
    # A line that just fits overflows in a font that is a little wider.
    lines = _lines(widths, space, room_mm / _NEARLY_FULL)
    if len(lines) <= 1:
        return TextSetting(1, sum(lines), 0)
    fitting = (room for room in _rooms(room_mm, lines) if len(_lines(widths, space, room)) == len(lines))
    narrowest = next(fitting, room_mm / _NEARLY_FULL)
    widest = max(_lines(widths, space, narrowest))
    return TextSetting(len(lines), widest, max(0.0, (room_mm - widest * _SLACK - 1) / 2))


def narrowing(text: str, size: float, room_mm: float, first_mm: float) -> float:
    """By how many mm a text must be set narrower so that its last line is no single word; mostly 0.

    `first_mm` is the indent of its first line.
    """
    widths = [width_mm(word, size) for word in text.split()]
    if not widths:
        return 0
    space = width_mm(" ", size)
    widths[0] += first_mm

    def stands_alone(room: float) -> bool:
        lines = _lines(widths, space, room)
        return len(lines) > 1 and lines[-1] <= widths[-1]

    def is_bad(room: float) -> bool:
        return any(stands_alone(room / wider) for wider in _WIDER)

    if not is_bad(room_mm):
        return 0
    return next((less for less in range(2, int(room_mm / 3), 2) if not is_bad(room_mm - less)), 0)


def _rooms(room_mm: float, lines: list[float]) -> Iterator[float]:
    """Rooms to try, from an even share of the text up to all there is."""
    room = max(sum(lines) / len(lines), 1)
    while room < room_mm:
        yield room
        room += 1
    yield room_mm


def _lines(widths: list[float], space: float, room_mm: float) -> list[float]:
    """The widths of the lines into which words of these widths fall."""
    lines: list[float] = []
    for width in widths:
        if lines and lines[-1] + space + width <= room_mm:
            lines[-1] += space + width
        else:
            lines.append(width)
    return lines
