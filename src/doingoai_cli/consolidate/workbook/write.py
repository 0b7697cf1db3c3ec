"""A `Book` as the bytes of an .xlsx: XlsxWriter prepares the package, the rows are streamed into it.

XlsxWriter knows styles, charts, validations and print set-up, but takes thirty times as long for the rows; so it
writes everything else, and each sheet's rows are put in place as they are made. ISA-L deflates them in a quarter
of zlib's time.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, NamedTuple

from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.frame import frame_of
from doingoai_cli.consolidate.workbook.row_xml import RowBlock, RowStream, Stored
from doingoai_cli.consolidate.workbook.styles import STYLES
from doingoai_cli.deflate import deflate
from doingoai_cli.model import own_files
from doingoai_cli.model.seals import CUSTOM, with_seal
from doingoai_cli.scratch import scratch_file, scratch_folder, written_in

_JOINED_CRC = hasattr(deflate, "crc32_combine")
_END = b"\x03\x00"
"""The last, empty block of what is deflated."""

# Excel refuses a sheet with more links; the texts of further ones lead nowhere.
_MAX_LINKS = 65_000
_LEVEL = 2
_PIECE = 1 << 20
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SHEET_DATA_END = b"</sheetData>"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_AFTER_LINKS = re.compile(rb"<(?:printOptions|pageMargins)\b")


class BlockLocation(NamedTuple):
    """Where a block of rows lies in a package."""

    part: str
    at: int
    length: int
    stored: Stored
    """Without its bytes."""


class Packed(NamedTuple):
    """A part of the package as it is stored."""

    crc: int
    size: int
    stored_size: int
    file: Path
    """Where it lies, deflated."""
    blocks: Mapping[bytes, tuple[int, int, Stored]] = {}
    """Where its blocks of rows begin, how long they are, and what they are but their bytes: by their keys."""


class Rendered(NamedTuple):
    """What is known of a workbook that was written."""

    blocks: Mapping[bytes, BlockLocation]
    """Where its blocks of rows lie, by their keys."""
    frame: bytes
    """The package without its rows."""


Each = Callable[[Callable[[int], Packed], Sequence[int]], Iterable[Packed]]
"""A map in order: `map` itself, or one over several processes."""


def render(book: Book, each: Each = map) -> bytes:
    """The workbook's bytes; the same book gives the same bytes, whatever maps over its sheets (`each`)."""
    buffer = io.BytesIO()
    render_into(buffer, book, None, each)
    return buffer.getvalue()


def render_into(
    target: BinaryIO, book: Book, known: Mapping[bytes, Stored] | None, each: Each = map, *, seal: bool = False
) -> Rendered:
    """Write the same bytes into a file.

    Blocks that are `known` are not made again; None: where blocks lie is not told. `seal`: with the seal of what
    is written. DoingoaiError where the disk of the temporary files is full; OSError where that of `target` is.
    """
    known = known if _JOINED_CRC else None
    places: dict[bytes, BlockLocation] = {}
    with zipfile.ZipFile(target, "w") as package, scratch_folder() as scratch:
        folder = Path(scratch)
        with written_in(folder):
            bare = frame_of(book, folder)
        frame = zipfile.ZipFile(io.BytesIO(bare))
        styles = _style_numbers(frame.read(_part(0)), book.sheets[0])
        sheets = set(map(_part, range(len(book.sheets))))

        def part(number: int) -> Packed:
            pieces = _sheet_part(frame.read(_part(number)), book.sheets[number], styles, known)
            return _packed(pieces, folder / f"{number}")

        for name in frame.namelist():
            if name not in sheets and not (seal and name == CUSTOM):
                _append(package, name, _packed(_pieces(frame, name), folder / "part"))
        for number, packed in enumerate(each(part, range(len(book.sheets)))):
            _append(package, _part(number), packed)
            places |= {key: BlockLocation(_part(number), *block) for key, block in packed.blocks.items()}
        if seal:
            told = with_seal(frame.read(CUSTOM), package.infolist())
            _append(package, CUSTOM, _packed((told,), folder / "part"))
    return Rendered(places, bare)


def _pieces(frame: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with frame.open(name) as part:
        while piece := part.read(_PIECE):
            yield piece


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number + 1}.xml"


def _packed(pieces: Iterable[bytes | RowBlock], path: Path) -> Packed:
    """The pieces of a part, each deflated by itself, as they come, in a temporary file."""
    crc = size = at = 0
    blocks: dict[bytes, tuple[int, int, Stored]] = {}
    with scratch_file(path) as file:
        for piece in pieces:
            block = piece if isinstance(piece, RowBlock) else RowBlock(piece)
            stored = block.stored or _stored(block)
            crc = (
                deflate.crc32_combine(crc, stored.crc, stored.size)
                if _JOINED_CRC
                else deflate.crc32(block.xml, crc)
            )
            size += stored.size
            if block.key:
                blocks[block.key] = (at, len(stored.data), stored._replace(data=b""))
            at += file.write(stored.data)
        at += file.write(_END)
    return Packed(crc, size, at, path, blocks)


def _stored(block: RowBlock) -> Stored:
    deflater = deflate.compressobj(_LEVEL, deflate.DEFLATED, -deflate.MAX_WBITS)
    data = deflater.compress(block.xml) + deflater.flush(deflate.Z_FULL_FLUSH)
    return Stored(data, deflate.crc32(block.xml), len(block.xml), block.groups, block.reach)


def _append(package: zipfile.ZipFile, name: str, packed: Packed) -> None:
    """Take over a part that was made elsewhere, compressed as it is: `zipfile` itself would compress it again."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = packed.crc, packed.size, packed.stored_size
    info.header_offset = package.start_dir
    assert package.fp is not None  # it is open
    package.fp.write(info.FileHeader())
    with packed.file.open("rb") as file:
        copyfileobj(file, package.fp)
    packed.file.unlink()
    package.start_dir = package.fp.tell()
    package.filelist.append(info)
    package.NameToInfo[name] = info


def _style_numbers(sheet_xml: bytes, sheet: BookSheet) -> dict[str, int]:
    probe = _probe_row(sheet_xml, sheet)
    numbers = re.findall(rb'<c r="[A-Z]+\d+" s="(\d+)"/>', probe)
    return {name: int(number) for name, number in zip(STYLES, numbers, strict=True)}


def _probe_row(sheet_xml: bytes, sheet: BookSheet) -> bytes:
    start = sheet_xml.index(b'<row r="%d"' % (sheet.first_row + 1))
    return sheet_xml[start : sheet_xml.index(_SHEET_DATA_END, start)]


def _sheet_part(
    frame: bytes, sheet: BookSheet, styles: Mapping[str, int], known: Mapping[bytes, Stored] | None
) -> Iterator[bytes | RowBlock]:
    """A sheet's XML: the frame's beginning, the rows as they come, the frame's end with their links."""
    if b'<row r="%d"' % (sheet.first_row + 1) in frame:
        frame = frame.replace(_probe_row(frame, sheet), b"")
    frame = frame.replace(b"<sheetData/>", b"<sheetData>" + _SHEET_DATA_END)  # a frame without headings
    start, end = frame.split(_SHEET_DATA_END)
    stream = RowStream(sheet, styles)
    # The size of the table would stand before its rows, which nobody has counted yet; it may be left out.
    yield _DIMENSION.sub(b"", start, count=1)
    yield from stream.blocks(known)
    yield _SHEET_DATA_END
    yield _with_links(end, stream.links)


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
