"""A `Book` as the bytes of an .xlsx: XlsxWriter prepares the package, the rows are streamed into it.

XlsxWriter knows styles, charts, validations and print set-up, but takes thirty times as long for the rows; so it
writes everything else, and each sheet's rows are put in place as they are made. ISA-L deflates them in a quarter
of zlib's time.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.frame import frame_of
from doingoai_cli.consolidate.workbook.row_xml import RowBlock, RowStream, Stored
from doingoai_cli.consolidate.workbook.styles import STYLES

try:
    from isal import isal_zlib as deflate
except ImportError:  # no wheel for this machine
    import zlib as deflate  # type: ignore[no-redef]
_JOINED_CRC = hasattr(deflate, "crc32_combine")
_END = b"\x03\x00"
"""The last, empty block of what is deflated."""

# Excel refuses a sheet with more links; the texts of further ones lead nowhere.
_MAX_LINKS = 65_000
_LEVEL = 2
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
    data: bytes
    """Deflated."""
    blocks: Mapping[bytes, tuple[int, int, Stored]] = {}
    """Where its blocks of rows begin, how long they are, and what they are but their bytes: by their keys."""


class Rendered(NamedTuple):
    """A workbook's bytes, and where its blocks of rows lie in them."""

    data: bytes
    blocks: Mapping[bytes, BlockLocation]


Each = Callable[[Callable[[int], Packed], Sequence[int]], Iterable[Packed]]
"""A map in order: `map` itself, or one over several processes."""


def render(book: Book, each: Each = map) -> bytes:
    """The workbook's bytes; the same book gives the same bytes, whatever maps over its sheets (`each`)."""
    return render_knowing(book, {}, each).data


def render_knowing(book: Book, known: Mapping[bytes, Stored], each: Each = map) -> Rendered:
    """The same bytes; blocks of rows that are `known` are not made again."""
    known = known if _JOINED_CRC else {}
    places: dict[bytes, BlockLocation] = {}
    frame = zipfile.ZipFile(io.BytesIO(frame_of(book)))
    styles = _style_numbers(frame.read(_part(0)), book.sheets[0])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        sheets = set(map(_part, range(len(book.sheets))))
        for name in frame.namelist():
            if name not in sheets:
                _append(package, name, _packed((frame.read(name),)))

        def part(number: int) -> Packed:
            return _packed(_sheet_part(frame.read(_part(number)), book.sheets[number], styles, known))

        for number, packed in enumerate(each(part, range(len(book.sheets)))):
            _append(package, _part(number), packed)
            places |= {key: BlockLocation(_part(number), *block) for key, block in packed.blocks.items()}
    return Rendered(buffer.getvalue(), places)


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number + 1}.xml"


def _packed(pieces: Iterable[bytes | RowBlock]) -> Packed:
    """The pieces of a part, each deflated by itself, as they come."""
    crc = size = at = 0
    packed: list[bytes] = []
    blocks: dict[bytes, tuple[int, int, Stored]] = {}
    for piece in pieces:
        block = piece if isinstance(piece, RowBlock) else RowBlock(piece)
        stored = block.stored or _stored(block)
        crc = deflate.crc32_combine(crc, stored.crc, stored.size) if _JOINED_CRC else deflate.crc32(block.xml, crc)
        size += stored.size
        if block.key:
            blocks[block.key] = (at, len(stored.data), stored._replace(data=b""))
        at += len(stored.data)
        packed.append(stored.data)
    return Packed(crc, size, b"".join((*packed, _END)), blocks)


def _stored(block: RowBlock) -> Stored:
    deflater = deflate.compressobj(_LEVEL, deflate.DEFLATED, -deflate.MAX_WBITS)
    data = deflater.compress(block.xml) + deflater.flush(deflate.Z_FULL_FLUSH)
    return Stored(data, deflate.crc32(block.xml), len(block.xml), block.groups, block.reach)


def _append(package: zipfile.ZipFile, name: str, packed: Packed) -> None:
    """Take over a part that was made elsewhere, compressed as it is: `zipfile` itself would compress it again."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = packed.crc, packed.size, len(packed.data)
    info.header_offset = package.start_dir
    assert package.fp is not None  # it is open
    package.fp.write(info.FileHeader())
    package.fp.write(packed.data)
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
    frame: bytes, sheet: BookSheet, styles: Mapping[str, int], known: Mapping[bytes, Stored]
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
    links = "".join(f'<hyperlink ref="{at}" location={quoteattr(target)}/>' for at, target in found[:_MAX_LINKS])
    place = _AFTER_LINKS.search(end)
    assert place is not None  # every sheet has its margins set
    return end[: place.start()] + f"<hyperlinks>{links}</hyperlinks>".encode() + end[place.start() :]
