"""Row heights for wrapped text."""

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import NamedTuple

from doingoai_cli.vietnamese.wrapping import wrapped_lines

_LINE = 13.8
_PADDING = 2.4
_MAX = 409.0
# About how many characters of Times New Roman 11 are as wide as one digit of the standard font.
_PER_WIDTH = 1.16


class ColumnRoom(NamedTuple):
    """How many characters a column takes on one line."""

    least: int
    """From how many characters on a text may need a second line."""
    line: float
    """How many fit into one."""


def rooms_of(widths: Iterable[float]) -> list[ColumnRoom]:
    """The room in columns of these widths."""
    rooms = [(width, max(1.0, width * _PER_WIDTH - 1)) for width in widths]
    return [ColumnRoom(max(ceil(width), floor(room) + 1), room) for width, room in rooms]


def lines_of(text: str, room: ColumnRoom) -> int:
    """The lines that a text takes."""
    return 1 if len(text) < room.least and "\n" not in text else wrapped_lines(text, room.line)


def height_for(lines: int) -> float | None:
    """The height in points that shows that many lines; None for one line."""
    return min(_MAX, lines * _LINE + _PADDING) if lines > 1 else None


def height_of(texts: Iterable[str], widths: Iterable[float]) -> float | None:
    """The height that shows all of `texts`; None where one line is enough."""
    return height_for(max(map(lines_of, texts, rooms_of(widths)), default=1))


_BOLD = 0.85
"""Bold text is wider than the widths are reckoned for."""
_LEAST_HEADING, _MOST_HEADING = 30.0, 90.0


def heading_height(headings: Sequence[str], widths: Sequence[float]) -> float:
    """The height that shows headings in bold, also in LibreOffice, which sets them wider than Excel."""
    narrow = tuple(width * _BOLD for width in widths[: len(headings)])
    return min(max(height_of(headings, narrow) or 0.0, _LEAST_HEADING), _MOST_HEADING)
