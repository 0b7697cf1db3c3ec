"""Row heights for wrapped text."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor

from doingoai_cli.consolidate.workbook.book import Link, Value
from doingoai_cli.vietnamese.wrapping import wrapped_lines

_LINE = 13.8
_PADDING = 2.4
_MAX = 409.0
# Times New Roman 11 sets about so many characters on the width of one digit of the standard font.
_PER_WIDTH = 1.16


def height_of(values: Sequence[Value], widths: tuple[float, ...]) -> float | None:
    """The height in points that shows all of `values`; None where one line is enough."""
    lines = 1
    for value, (least, room) in zip(values, _limits(widths), strict=False):
        text = value.text if type(value) is Link else value
        if type(text) is str and (len(text) >= least or "\n" in text):
            lines = max(lines, _text_lines(text, room))
    return min(_MAX, lines * _LINE + _PADDING) if lines > 1 else None


_BOLD = 0.85
"""Bold text is wider than the widths are reckoned for."""
_LEAST_HEADING, _MOST_HEADING = 30.0, 90.0


def heading_height(headings: Sequence[str], widths: Sequence[float]) -> float:
    """The height that shows headings in bold, also in LibreOffice, which sets them wider than Excel."""
    narrow = tuple(width * _BOLD for width in widths[: len(headings)])
    return min(max(height_of(headings, narrow) or 0.0, _LEAST_HEADING), _MOST_HEADING)


@lru_cache(maxsize=64)  # saves 0.19 s
def _limits(widths: tuple[float, ...]) -> tuple[tuple[int, float], ...]:
    """For each column how many characters may need a second line, and how many fit into one."""
    rooms = [max(1.0, width * _PER_WIDTH - 1) for width in widths]
    return tuple((max(ceil(width), floor(room) + 1), room) for width, room in zip(widths, rooms, strict=True))


_text_lines = lru_cache(maxsize=32768)(wrapped_lines)  # saves 0.18 s
