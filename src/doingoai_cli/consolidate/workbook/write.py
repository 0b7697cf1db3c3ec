"""A `Book` as the bytes of an .xlsx: XlsxWriter prepares the package, the rows are streamed into it.

XlsxWriter knows styles, charts, validations and print set-up, but takes thirty times as long for the rows; so it
writes everything else, and each sheet's rows are put in place as they are made. ISA-L deflates them in a quarter
of zlib's time.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.frame import frame_of
from doingoai_cli.consolidate.workbook.package_parts import Deflated, deflated, take_over
from doingoai_cli.consolidate.workbook.row_xml import RowBlock, RowStream, Stored
from doingoai_cli.consolidate.workbook.rows_ahead import (
    SHEET_DATA_END,
    RowsOfSheets,
    SheetRows,
    probe_row,
    style_numbers,
)
from doingoai_cli.model import own_files
from doingoai_cli.model.seals import CUSTOM, append, with_seal
from doingoai_cli.scratch import scratch_folder, written_in

# Excel refuses a sheet with more links; the texts of further ones lead nowhere.
_MAX_LINKS = 65_000
_PIECE = 1 << 20
_STRINGS = "xl/sharedStrings.xml"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_AFTER_LINKS = re.compile(rb"<(?:printOptions|pageMargins)\b")


class BlockLocation(NamedTuple):
    """Where a block of rows lies in a package."""

    part: str
    at: int
    length: int
    stored: Stored
    """What the archive says of the part; its bytes lie in the workbook."""


class Rendered(NamedTuple):
    """What is known of a workbook that was written."""

    blocks: Mapping[bytes, BlockLocation]
    """Where its blocks of rows lie, by their keys."""
    told: Mapping[str, Sequence[bytes]]
    """What is told of the rows of each sheet that were written ahead, block by block."""
    frame: bytes
    """The package without its rows."""


def render(book: Book) -> bytes:
    """The workbook's bytes; the same book gives the same bytes."""
    buffer = io.BytesIO()
    with scratch_folder() as scratch:
        render_into(buffer, book, Path(scratch))
    return buffer.getvalue()


def render_into(
    target: BinaryIO, book: Book, folder: Path, ahead: RowsOfSheets = MappingProxyType({}), *, seal: bool = False
) -> Rendered:
    """Write the same bytes into a file, by way of temporary files in `folder`.

    `ahead`: gives the rows that are written already. `seal`: with the seal of what is written. DoingoaiError where
    the disk of the temporary files is full; OSError where that of `target` is.
    """
    places: dict[bytes, BlockLocation] = {}
    of_rows: dict[str, Sequence[bytes]] = {}
    with zipfile.ZipFile(target, "w") as package:
        with written_in(folder):
            bare = frame_of(book, folder)
        frame = zipfile.ZipFile(io.BytesIO(bare))
        styles = style_numbers(frame.read(_part(0)), book.sheets[0])
        sheets = set(map(_part, range(len(book.sheets))))
        for name in frame.namelist():
            if name not in sheets and not (seal and name == CUSTOM):
                pieces = _filled(frame, book.texts) if name == _STRINGS else _pieces(frame, name)
                _append(package, name, deflated(pieces, folder / "part"))

        def part_of(number: int, sheet: BookSheet) -> Deflated:
            rows = ahead[sheet.name]() if sheet.name in ahead else None
            if rows is not None:
                of_rows[sheet.name] = [told for part in rows.parts for told in part.told]
            return deflated(_sheet_part(frame.read(_part(number)), sheet, styles, rows), folder / f"{number}")

        # The others first: rows are still being written.
        own = {n: part_of(n, sheet) for n, sheet in enumerate(book.sheets) if sheet.name not in ahead}
        for number, sheet in enumerate(book.sheets):
            part = own.get(number) or part_of(number, sheet)
            _append(package, _part(number), part)
            places |= {key: BlockLocation(_part(number), *block) for key, block in part.blocks.items()}
        if seal:
            told = with_seal(frame.read(CUSTOM), package.infolist())
            _append(package, CUSTOM, deflated((told,), folder / "part"))
    return Rendered(places, of_rows, bare)


def _pieces(frame: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with frame.open(name) as part:
        while piece := part.read(_PIECE):
            yield piece


def _filled(frame: zipfile.ZipFile, texts: Mapping[str, str]) -> Iterator[bytes]:
    """The texts of cells, long ones put in the place of what stands for them."""
    part, at, held = frame.read(_STRINGS), 0, list[bytes]()
    for placeholder, text in texts.items():
        begin = part.index(f">{placeholder}<".encode(), at) + 1
        held += part[at:begin], text.encode()
        at = begin + len(placeholder.encode())
        if len(held) * len(held[-1]) > _PIECE:
            yield b"".join(held)
            held.clear()
    yield b"".join((*held, part[at:]))


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number + 1}.xml"


def _append(package: zipfile.ZipFile, name: str, part: Deflated) -> None:
    """Take over a part that was made elsewhere."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = part.crc, part.size, part.stored_size
    append(package, info, partial(take_over, part))


def _sheet_part(
    frame: bytes, sheet: BookSheet, styles: Mapping[str, int], ahead: SheetRows | None
) -> Iterator[bytes | RowBlock | Deflated]:
    """A sheet's XML: the frame's beginning, the rows as they come, the frame's end with their links."""
    if b'<row r="%d"' % (sheet.first_row + 1) in frame:
        frame = frame.replace(probe_row(frame, sheet), b"")
    frame = frame.replace(b"<sheetData/>", b"<sheetData>" + SHEET_DATA_END)  # a frame without headings
    start, end = frame.split(SHEET_DATA_END)
    # The size of the table would stand before its rows, which nobody has counted yet; it may be left out.
    yield _DIMENSION.sub(b"", start, count=1)
    if ahead is not None and ahead.styles == styles:
        yield from ahead.parts
        links = ahead.links
    else:
        stream = RowStream(sheet, styles)
        yield from stream.blocks(None)
        links = stream.links
    yield SHEET_DATA_END
    yield _with_links(end, links)


def _with_links(end: bytes, found: Sequence[tuple[str, str]]) -> bytes:
    if not found:
        return end
    targets = ((at, escape(target, quote=False).replace('"', "&quot;")) for at, target in found[:_MAX_LINKS])
    links = "".join(f'<hyperlink ref="{at}" location="{target}"/>' for at, target in targets)
    place = _AFTER_LINKS.search(end)
    assert place is not None  # every sheet has its margins set
    return end[: place.start()] + f"<hyperlinks>{links}</hyperlinks>".encode() + end[place.start() :]


def list_book(
    sheets: Sequence[BookSheet], title: str, year: int, cycle: int | None = None, agency: str = ""
) -> bytes:
    """The workbook (.xlsx). `year` dates it, `cycle` is the plan year that it speaks of, `agency` whose it is."""
    more = {own_files.AGENCY: agency} if agency else {}
    custom = own_files.own_properties(own_files.KIND_REPORT, cycle, more)
    return render(Book(tuple(sheets), {"title": title, "category": "Công tác đối ngoại"}, custom, year))
