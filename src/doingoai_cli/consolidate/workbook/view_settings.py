"""What officers set up in the consolidated workbook and the cells do not tell: column widths and list filters."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from doingoai_cli.model.grid import column_number
from doingoai_cli.readers.limits import OWN_LIMITS, Meter
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.readers.xlsx import sheet_parts

_WORKBOOK = "xl/workbook.xml"
_COLS = re.compile(rb"<(?:\w+:)?cols>.*?</(?:\w+:)?cols>", re.DOTALL)
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b[^>]*(?:/>|(?<!/)>.*?</(?:\w+:)?autoFilter>)", re.DOTALL)
_LETTERS = re.compile(r"[A-Z]+")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData\s*(/?)>")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_PIECE = 1 << 20
_OVERLAP = 64
"""Bytes of one piece that the end of the rows may begin in."""
_MAX_WIDTH_COLUMN = 400


class RawLayout(NamedTuple):
    """Widths and filters by 1-based column."""

    widths: Mapping[int, float]
    filters: Mapping[int, tuple[str, ...]]


def read_layouts(data: bytes) -> dict[str, RawLayout]:
    """Sheet name → layout of an .xlsx; empty for any other file, or a package that is not as expected."""
    try:
        package, sheets = sheets_of(data)
        return {name: _layout(_around_rows(package.chunks(part, _PIECE))) for name, part in sheets.items()}
    except (KeyError, ValueError, SyntaxError, GiveUp):
        return {}


def sheets_of(data: bytes) -> tuple[Package, Mapping[str, str]]:
    """A workbook's package, and its sheets' parts by their names. Raises `GiveUp`."""
    meter = Meter(OWN_LIMITS)
    package = Package(data, meter)
    return package, sheet_parts(package, _WORKBOOK, meter)


def _around_rows(pieces: Iterator[bytes]) -> bytes:
    """What stands before and behind the rows of a sheet part, which may be larger than memory."""
    before, rest = b"", b""
    for piece in pieces:
        rest += piece
        if not before and (begin := _ROWS.search(rest)):
            if begin[1]:  # it has none
                return rest + b"".join(pieces)
            before, rest = rest[: begin.start()], rest[begin.end() :]
        if before:
            # A tenth of the expression's time.
            if rest.rfind(b"sheetData") >= 0 and (end := _ROWS_END.search(rest)):
                return before + rest[end.end() :] + b"".join(pieces)
            rest = rest[-_OVERLAP:]
    return before + rest


def xml_of(data: bytes) -> Element:
    """A part of a package, defused."""
    root: Element = fromstring(data)
    return root


def _layout(sheet: bytes) -> RawLayout:
    widths: dict[int, float] = {}
    cols = _COLS.search(sheet)
    if cols:
        for col in _fragment(cols.group()):
            if col.get("width") is None or col.get("hidden") in ("1", "true"):
                continue
            first, last = int(col.get("min", "1")), int(col.get("max", "1"))
            for number in range(first, min(last, _MAX_WIDTH_COLUMN) + 1):
                widths[number] = _shown_width(float(col.get("width", "0")))
    filters: dict[int, tuple[str, ...]] = {}
    found = _FILTER.search(sheet)
    if found:
        root = _fragment(found.group())
        letters = _LETTERS.match(root.get("ref", "A1"))
        first = column_number(letters.group()) if letters else 1
        for column in root:
            shown = tuple(v.get("val", "") for v in column.iter() if v.tag.rpartition("}")[2] == "filter")
            if shown:
                filters[first + int(column.get("colId", "0"))] = shown
    return RawLayout(widths, filters)


def _shown_width(stored: float) -> float:
    """The width that Excel shows, in whole pixels of 1/7 character: the file's own counts 5 pixels of padding."""
    return max(0, round(stored * 7) - 5) / 7


def _fragment(data: bytes) -> Element:
    """A piece of a sheet, whose namespace prefixes were declared above it."""
    return xml_of(re.sub(rb"(</?)\w+:", rb"\1", data))
