"""What lies over the cells of a binary workbook (.xls, BIFF 8) → `Overlay`s, from records that xlrd passes over.

MSODRAWING says where an object lies, OBJ what it is and shows, TXO with its CONTINUE what text it holds
([MS-XLS] 2.4.170, 2.4.181, 2.4.329; [MS-ODRAW] 2.2).
"""

from collections.abc import Iterator, Sequence
from struct import error as StructError  # noqa: N812 - it is named so
from struct import unpack_from
from typing import NamedTuple

from doingoai_cli.model.grid import column_letters, quoted
from doingoai_cli.readers.overlays import Overlay, Shows, is_large

_BOF, _EOF, _BOUNDSHEET, _CONTINUE = 0x809, 0x0A, 0x85, 0x3C
_LINKS, _BOOKS, _DRAWING, _OBJECT, _TEXT = 0x17, 0x1AE, 0xEC, 0x5D, 0x1B6
_ANCHOR = 0xF010
_BIFF_8 = 0x600
_KINDS = {0x0B: Shows.TICK, 0x0C: Shows.TICK, 0x14: Shows.CHOICE, 0x12: Shows.LIST, 0x08: Shows.PICTURE}
_KINDS |= dict.fromkeys((0x02, 0x03, 0x06, 0x09, 0x0D, 0x0E, 0x1E), Shows.TEXT)
"""Types of objects: the others are comments, charts, lines, buttons and the frames of groups."""
_COMMON, _LIST, _PICTURE = 0x15, 0x13, 0x08
_TICKS = (0x0A, 0x12)
"""The state of a tick box: LibreOffice writes the first alone, of Excel's two the second counts."""
_IS_CONTROL = 0x10
_FOR_CELLS = 0
"""Of drop-downs: a control of the sheet's own, no arrow of a filter or a validation."""

_CELL, _RANGE, _ON_A_SHEET = (0x04, 0x1A), (0x05, 0x1B), (0x1A, 0x1B)
"""Tokens of a formula, without their class: Ref and Ref3d, Area and Area3d."""


class _Object(NamedTuple):
    overlay: Overlay
    box: tuple[int, int, int, int]


def read_overlays(stream: bytes) -> list[list[Overlay]]:
    """The overlays of each worksheet of a workbook's stream, in the order of the sheets; none of older BIFF.

    Raises `ValueError` for a stream that contradicts itself.
    """
    try:
        if unpack_from("<HHH", stream)[::2] != (_BOF, _BIFF_8):
            return []
        globals_ = list(_substream(stream, 0))
        linked = _linked_sheets(globals_)
        sheets = [body for kind, body in globals_ if kind == _BOUNDSHEET]
        return [_of_sheet(stream, unpack_from("<I", body)[0], linked) for body in sheets if body[5] == 0]
    except (StructError, IndexError) as error:
        raise ValueError from error


def _substream(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream; those of charts within it are left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, body


def _linked_sheets(globals_: Sequence[tuple[int, bytes]]) -> list[str]:
    """The names of this workbook's sheets as formulas number them; "" for what lies in another one."""
    names = [
        body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1")
        for kind, body in globals_
        if kind == _BOUNDSHEET
    ]
    own = [body[2:4] == b"\x01\x04" for kind, body in globals_ if kind == _BOOKS]
    links = next((body for kind, body in globals_ if kind == _LINKS), b"\0\0")
    entries = (unpack_from("<HHH", links, 2 + 6 * number) for number in range(unpack_from("<H", links)[0]))
    known = ((own[book : book + 1] == [True] and first < len(names), first) for book, first, _ in entries)
    return [names[first] if is_known else "" for is_known, first in known]


def _of_sheet(stream: bytes, at: int, linked: Sequence[str]) -> list[Overlay]:
    found: list[_Object] = []
    box = (0, 0, 0, 0)
    last = left = 0
    for kind, body in _substream(stream, at):
        last = last if kind == _CONTINUE else kind
        if kind == _DRAWING or (kind == _CONTINUE and last in (_DRAWING, _OBJECT)):
            box = _anchor(body) or box
        elif kind == _OBJECT:
            found.append(_Object(_object(body, linked), box))
        elif kind == _TEXT and found:
            left = unpack_from("<H", body, 10)[0]
        elif kind == _CONTINUE and last == _TEXT and left and found:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", errors="replace")[:left]
            found[-1].overlay.text += text
            left -= len(text)
    return [overlay for one in found if (overlay := _finished(one)) is not None]


def _anchor(body: bytes) -> tuple[int, int, int, int] | None:
    """The cells that the last shape of some drawing data lies over: left, top, right, bottom, from 0."""
    at, found = 0, None
    while at + 8 <= len(body):
        head, kind, size = unpack_from("<HHI", body, at)
        at += 8
        if head & 0xF == 0xF:  # a container: what it holds comes next
            continue
        if kind == _ANCHOR and at + 18 <= len(body):
            _, left, _, top, _, right, _, bottom, _ = unpack_from("<9H", body, at)
            found = (left, top, right, bottom)
        at += size
    return found


def _object(body: bytes, linked: Sequence[str]) -> Overlay:
    overlay = Overlay()
    at = 0
    while at + 4 <= len(body):
        kind, size = unpack_from("<HH", body, at)
        if kind == _COMMON:
            overlay.shows = _KINDS.get(unpack_from("<H", body, at + 4)[0])
        elif kind in _TICKS and size >= 2:
            overlay.ticked = unpack_from("<H", body, at + 4)[0] == 1
        elif kind == _PICTURE and unpack_from("<H", body, at + 4)[0] & _IS_CONTROL:
            overlay.shows = Shows.ACTIVE_X
        elif kind == _LIST:
            _read_list(body, at + 4, overlay, linked)
            return overlay
        at += 4 + size
    return overlay


def _read_list(body: bytes, at: int, overlay: Overlay, linked: Sequence[str]) -> None:
    """The entries and the choice of a list or drop-down (FtLbsData, whose length is not what it says)."""
    (size,) = unpack_from("<H", body, at)
    if size:
        overlay.choices = _reference(body[at + 2 : at + 2 + size], linked)
    _, chosen, flags = unpack_from("<HHH", body, at + 2 + size)
    overlay.chosen = chosen
    if flags >> 8 != _FOR_CELLS:
        overlay.shows = None


def _reference(formula: bytes, linked: Sequence[str]) -> str:
    """The range of a formula that is nothing but one of this workbook; "" for any other."""
    token = formula[6] & 0x1F if len(formula) > 6 else 0
    at, sheet = 7, ""
    if token in _ON_A_SHEET:
        number = unpack_from("<H", formula, at)[0]
        if number >= len(linked) or not linked[number]:
            return ""
        at, sheet = at + 2, f"{quoted(linked[number])}!"
    if token in _CELL:
        top, left = bottom, right = unpack_from("<HH", formula, at)
    elif token in _RANGE:
        top, bottom, left, right = unpack_from("<HHHH", formula, at)
    else:
        return ""
    ends = ((left, top), (right, bottom))
    return sheet + ":".join(f"{column_letters((col & 0xFF) + 1)}{row + 1}" for col, row in ends)


def _finished(one: _Object) -> Overlay | None:
    overlay, box = one
    overlay.text = " ".join(overlay.text.split())
    if overlay.shows in (Shows.TEXT, Shows.PICTURE):
        overlay.row, overlay.col = box[1] + 1, box[0] + 1
        told = overlay.text if overlay.shows is Shows.TEXT else is_large(*box)
        return overlay if told else None
    overlay.place(*box)
    return overlay if overlay.shows is not None else None
