"""The boxes of comments (VML drawing): one shape a comment, added to and taken out of the text as it stands.

Office writes VML that is no well-formed XML, so it is never parsed here.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from doingoai_cli.feedback.marking.parts import PatchError
from doingoai_cli.feedback.marking.worksheet import MarkPlace, Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPE = re.compile(r"\s*<(\w+):shape\b(?:(?!<\1:shape\b).)*?</\1:shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(r"<\w+:Row>\s*(\d+)"), re.compile(r"<\w+:Column>\s*(\d+)")
_ID = re.compile(r"_x0000_s(\d+)")
_IDMAP = re.compile(r'<\w+:idmap\b[^>]*\bdata="([\d,\s]+)"')
_WIDTH, _LINE, _CHARACTERS = 340, 17, 52
"""A box's width, the height of a line, and the characters of one, in pixels and on the safe side."""
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
"""Declared on every shape: not every program declares them for the whole drawing, or by these letters."""
_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Box(NamedTuple):
    """A box to draw: its cell and how much text it holds."""

    at: MarkPlace
    text: str


def empty_drawing(number: int) -> str:
    """A drawing without shapes; `number` is that of its block of shape ids, its own in the workbook."""
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    return f"<xml {_SPACES}>{layout}</xml>"


def block(drawing: str) -> int:
    """The number of a drawing's (last) block of shape ids; 0 without one."""
    numbers = [int(n) for found in _IDMAP.findall(drawing) for n in found.split(",") if n.strip()]
    return max(numbers, default=0)


def without(drawing: str, places: Iterable[MarkPlace]) -> str:
    """The drawing without the comment boxes of those cells."""
    gone = {(place.row - 1, place.col - 1) for place in places}

    def keep(match: re.Match[str]) -> str:
        shape = match.group()
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        ours = 'ObjectType="Note"' in shape and row and column and (int(row[1]), int(column[1])) in gone
        return "" if ours else shape

    return _SHAPE.sub(keep, drawing) if gone else drawing


def has_shapes(drawing: str) -> bool:
    """Whether anything is drawn."""
    return bool(re.search(r"<\w+:(shape|group|rect|oval|line|roundrect|polyline|image)\b", drawing))


def with_boxes(drawing: str, boxes: Iterable[Box], sheet: Worksheet) -> str:
    """The drawing with a hidden box for each comment; PatchError where it is no drawing."""
    before, closing, after = drawing.rpartition("</xml>")
    if not closing:
        raise PatchError("VML")
    taken = [int(number) for number in _ID.findall(drawing)]
    number = max([*taken, block(drawing) * 1024])
    shapes = [] if "_x0000_t202" in drawing else [_TYPE]
    for index, box in enumerate(boxes, 1):
        shapes.append(_shape(box, number + index, sheet))
    return before + "".join(shapes) + closing + after


def _shape(box: Box, number: int, sheet: Worksheet) -> str:
    lines = sum(-(-max(len(line), 1) // _CHARACTERS) for line in box.text.split("\n"))
    height = min(lines * _LINE + 20, 600)
    right, right_rest = _walk(box.at.col + 1, 15 + _WIDTH, sheet.width)
    bottom, bottom_rest = _walk(box.at.row, 4 + height, sheet.height)
    anchor = f"{box.at.col}, 15, {box.at.row - 1}, 4, {right - 1}, {right_rest}, {bottom - 1}, {bottom_rest}"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;width:{_WIDTH * 3 // 4}pt;height:{height * 3 // 4}pt;z-index:{number % 1024};'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{box.at.row - 1}</x:Row>"
        f"<x:Column>{box.at.col - 1}</x:Column></x:ClientData></v:shape>"
    )


def _walk(start: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
    """The row or column (1-based) that many pixels after the beginning of `start`, and the pixels left over."""
    index = start
    while pixels > size(index) and index < start + 200:
        pixels -= size(index)
        index += 1
    return index, max(pixels, 0)
