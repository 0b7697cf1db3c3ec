"""The letters of a printed page in the order in which they are read, as far as the order of drawing hides it.

A program whose font lacks some letters ("ư", "ế") draws a line without them first, then these from another font,
each into the gap that was left for it. They are put back there. What lies over other letters, or touches none,
stays where it was drawn: it is another text.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

Letters = list[Any]
"""pdfplumber's characters, as they were drawn."""

_TOUCH = 0.12
"""Of the font's size: how far letters of one word may stand apart, or over one another."""
_LONGEST_LINE = 2_000


def in_reading_order(drawn: Sequence[Any]) -> Letters:
    """The letters with those that were drawn later put into the gaps of their line."""
    ordered: Letters = []
    line: Letters = []
    for piece in _pieces(drawn):
        at = _place(line, piece)
        if at is None:
            ordered += line
            line = piece
        else:
            line[at:at] = piece
    return ordered + line


def _pieces(drawn: Sequence[Any]) -> Iterator[Letters]:
    """Letters that were drawn one behind the other, each touching the last one."""
    piece: Letters = []
    for letter in drawn:
        if piece and not (_on_one_line(piece[-1], letter) and _touches(piece[-1], letter)):
            yield piece
            piece = []
        piece.append(letter)
    if piece:
        yield piece


def _place(line: Letters, piece: Letters) -> int | None:
    """Where in its line a piece was left out, or goes on behind it; None: of another line, or drawn over it."""
    if not line or len(line) > _LONGEST_LINE or not _on_one_line(line[0], piece[0]):
        return None
    reach = _TOUCH * piece[0]["size"]
    at = bisect_left(line, piece[0]["x0"], key=_left)
    before, behind = line[at - 1] if at else None, line[at] if at < len(line) else None
    if (before and piece[0]["x0"] < before["x1"] - reach) or (behind and piece[-1]["x1"] > behind["x0"] + reach):
        return None
    if behind is None:
        return at
    fits = (before is not None and _touches(before, piece[0])) or _touches(piece[-1], behind)
    return at if fits else None


def _left(letter: Any) -> float:
    return float(letter["x0"])


def _on_one_line(letter: Any, other: Any) -> bool:
    """Whether two letters stand upright on one base line (the last number of their matrices)."""
    return bool(
        letter["upright"]
        and other["upright"]
        and abs(letter["matrix"][5] - other["matrix"][5]) <= _TOUCH * letter["size"]
    )


def _touches(letter: Any, following: Any) -> bool:
    return bool(abs(following["x0"] - letter["x1"]) <= _TOUCH * letter["size"])
