"""How wide text runs in Times New Roman Bold: rules get their length, letterheads break where they should.

Widths are in em, of the letter without its diacritics; metric-compatible fonts have the same.
"""

import unicodedata
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


def width_mm(text: str, size: float) -> float:
    """The width of one line of bold text at `size` points."""
    letters = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return sum(_EM.get(c, _OTHER) for c in letters) * size * _MM_PER_POINT


class Setting(NamedTuple):
    """How a centred text is set: its lines, the widest of them, and the room to leave on each side."""

    lines: int
    widest_mm: float
    side_mm: float


def balanced(text: str, size: float, room_mm: float) -> Setting:
    """`text` broken into lines of like width: narrower margins on both sides keep the breaks where they belong."""
    whole = width_mm(text, size)
    if whole <= room_mm:
        return Setting(1, whole, 0)
    lines = _even_lines(text.split(), size, room_mm)
    widest = max(width_mm(line, size) for line in lines)
    slack = widest * 1.02 + 1
    return Setting(len(lines), widest, max(0.0, (room_mm - slack) / 2))


def _even_lines(words: list[str], size: float, room_mm: float) -> list[str]:
    """The fewest lines that fit, then the narrowest room in which as few fit."""
    fewest = len(_wrap(words, size, room_mm))
    best = _wrap(words, size, room_mm)
    room = room_mm
    while room > room_mm / 3:
        room -= 1
        lines = _wrap(words, size, room)
        if len(lines) > fewest or max(width_mm(line, size) for line in lines) > room:
            break
        best = lines
    return best


def _wrap(words: list[str], size: float, room_mm: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width_mm(longer, size) <= room_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
