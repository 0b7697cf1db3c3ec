"""Styled words in lines of a width, laid out as rich does it, without waiting for its import."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

_ANSI = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_NARROW = re.compile("[ -~\N{NO-BREAK SPACE}-¬®-\u02ff\u1e00-\u1eff‐-‧→]*")
"""Text of which each character is one cell wide; any other is measured by rich."""
_WORD = re.compile(r"\s*\S+\s*")
_UNSHOWN = {7: None, 8: None, 9: " ", 11: None, 12: None, 13: None}


class Piece(NamedTuple):
    """Words of one style ("bold red"); "" for none."""

    text: str
    style: str = ""


class Line(NamedTuple):
    """A line's text, with its colours where they are wanted, and how many cells wide it is."""

    text: str
    width: int


Long = Literal["fold", "words", "line"]
"""What is too long: goes on in the next line; a word ends with "…"; the line ends with "…" and is never broken."""


def lines(pieces: Sequence[Piece], width: int, *, colour: bool, long: Long = "fold") -> list[Line]:
    """The pieces as lines at most `width` cells wide."""
    pieces = [Piece(piece.text.translate(_UNSHOWN), piece.style) for piece in pieces]
    plain = "".join(piece.text for piece in pieces)
    found, at = [], 0
    for text in plain.split("\n"):
        breaks = [] if long == "line" else list(_breaks(text, width, fold=long == "fold"))
        for start, end in zip((0, *breaks), (*breaks, len(text)), strict=True):
            found.append(_line(pieces, at + start, at + start + len(text[start:end].rstrip()), width, colour))
        at += len(text) + 1
    return found


def _breaks(text: str, width: int, *, fold: bool) -> Iterator[int]:
    """Where new lines begin."""
    used = 0
    for word in _WORD.finditer(text):
        start, length = word.start(), cells(word[0].rstrip())
        if length <= width - used:
            used += cells(word[0])
        elif length > width and fold:
            for part in _parts(word[0], width):
                if start:
                    yield start
                start, used = start + len(part), cells(part)
        elif start and (used or length > width):
            yield start
            used = cells(word[0])
        else:
            used = cells(word[0])


def _line(pieces: Sequence[Piece], start: int, end: int, width: int, colour: bool) -> Line:
    cut = list(_cut(pieces, start, end))
    used = cells("".join(piece.text for piece in cut))
    if used > width:
        cut, used = list(_cropped(cut, width - 1)), width
    return Line("".join(_painted(piece) if colour else piece.text for piece in cut), used)


def _cropped(pieces: Sequence[Piece], room: int) -> Iterator[Piece]:
    """What has room, and "…"."""
    for text, style in pieces:
        shown = _first(text, room) if room else ""
        room -= cells(shown)
        yield Piece(shown, style)
        if shown != text:
            # Half of a wide character has no place.
            yield Piece(" " * room + "…", style)
            return


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if text:
            yield Piece(text, piece.style)


def _painted(piece: Piece) -> str:
    codes = ";".join(_ANSI[name] for name in piece.style.split())
    return f"\x1b[{codes}m{piece.text}\x1b[0m" if codes else piece.text


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _first(text: str, width: int) -> str:
    """As much of the text as has room."""
    return next(iter(_parts(text, width)), "")


def _parts(text: str, width: int) -> Sequence[str]:
    """The text in parts that have room."""
    if _NARROW.fullmatch(text):
        return [text[at : at + width] for at in range(0, len(text), width)]
    from rich.cells import chop_cells

    return chop_cells(text, width)
