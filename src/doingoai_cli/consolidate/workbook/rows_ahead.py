"""The rows of form sheets, written while the rest of the workbook is still described (ghi dòng trước).

They need nothing of it but the numbers of styles, which the first sheet alone decides.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.frame import frame_of
from doingoai_cli.consolidate.workbook.package_parts import JOINED_CRC, Deflated, deflated
from doingoai_cli.consolidate.workbook.row_xml import RowStream, Stored
from doingoai_cli.consolidate.workbook.styles import STYLES
from doingoai_cli.model.packed import Each
from doingoai_cli.scratch import written_in

SHEET_DATA_END = b"</sheetData>"


class Ahead(NamedTuple):
    """How rows are written ahead."""

    begin: Callable[[Callable[[], Any]], Callable[[], Any]]
    """Begins a piece of work; gives what gives its result."""
    processes: int
    """In how many pieces."""
    inherit: Callable[[Callable[[], Any]], Callable[[], Any]] = cache
    """The same for work that needs all of the merge, which only a forked process has without being sent it."""
    each: Each = map
    """Maps over the forms, likewise."""


class SheetRows(NamedTuple):
    """The rows of one sheet."""

    styles: Mapping[str, int]
    """By these they were written."""
    rows: Deflated
    links: Sequence[tuple[str, str]]
    """See `RowStream.links`."""


ONE_AFTER_THE_OTHER = Ahead(cache, 1)
"""In this process, when the rows are first asked for."""
RowsOfSheet = Callable[[BookSheet], SheetRows | None]
"""Gives the rows of a sheet where they are written ahead, once; waits for them."""


def nothing_known() -> None:
    """No block of rows is; a function, since it goes to other processes."""


def nothing_ahead(_sheet: BookSheet) -> None:
    """No sheet's rows are."""


def write_ahead(
    sheets: Sequence[BookSheet],
    first: BookSheet,
    known: Callable[[], Mapping[bytes, Stored] | None],
    folder: Path,
    how: Ahead,
) -> RowsOfSheet:
    """Begin to write the rows of the sheets into `folder`. `first`: the workbook's first sheet, or its head.

    `known`: gives the blocks that need not be made again.
    """
    if not JOINED_CRC:
        return nothing_ahead
    styles = style_numbers(frame_part(first, folder), first)
    longest = sorted(sheets, key=lambda sheet: len(sheet.rows), reverse=True)
    shares = [longest[at :: how.processes] for at in range(how.processes)]
    begun = [(share, how.begin(partial(_write, share, styles, known, folder))) for share in shares if share]
    places = {sheet.name: (result, at) for share, result in begun for at, sheet in enumerate(share)}

    def rows_of(sheet: BookSheet) -> SheetRows | None:
        result, at = places.get(sheet.name, (None, 0))
        rows: SheetRows | None = result()[at] if result else None
        return rows

    return rows_of


def _write(
    sheets: Sequence[BookSheet],
    styles: Mapping[str, int],
    known: Callable[[], Mapping[bytes, Stored] | None],
    folder: Path,
) -> list[SheetRows]:
    blocks, written = known(), []
    for sheet in sheets:
        stream = RowStream(sheet, styles)
        rows = deflated(stream.blocks(blocks), folder / f"rows of {sheet.name}", whole=False)
        written.append(SheetRows(styles, rows, stream.links))
    return written


def frame_part(sheet: BookSheet, folder: Path) -> bytes:
    """The frame of a sheet that begins a workbook."""
    book = Book((sheet,), {}, {}, 2000)
    with written_in(folder), zipfile.ZipFile(io.BytesIO(frame_of(book, folder))) as frame:
        return frame.read("xl/worksheets/sheet1.xml")


def style_numbers(frame: bytes, sheet: BookSheet) -> dict[str, int]:
    """The numbers of the styles, from the frame of a workbook's first sheet."""
    numbers = re.findall(rb'<c r="[A-Z]+\d+" s="(\d+)"/>', probe_row(frame, sheet))
    return {name: int(number) for name, number in zip(STYLES, numbers, strict=True)}


def probe_row(frame: bytes, sheet: BookSheet) -> bytes:
    """The row in which the frame of the first sheet has a blank cell of each style."""
    start = frame.index(b'<row r="%d"' % (sheet.first_row + 1))
    return frame[start : frame.index(SHEET_DATA_END, start)]
