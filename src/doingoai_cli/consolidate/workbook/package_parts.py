"""Parts of a package, deflated in temporary files as their pieces come (phần của gói)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple

from doingoai_cli.consolidate.workbook.row_xml import RowBlock, Stored
from doingoai_cli.deflate import deflate
from doingoai_cli.scratch import scratch_file

JOINED_CRC = hasattr(deflate, "crc32_combine")
"""Whether the check sum of pieces is known without their bytes, so that deflated ones can be taken over."""
_END = b"\x03\x00"
"""The last, empty block of what is deflated."""
_LEVEL = 2

Blocks = Mapping[bytes, tuple[int, int, Stored]]
"""Where blocks of rows begin, how long they are, and what they are but their bytes: by their keys."""


class Deflated(NamedTuple):
    """Pieces in a temporary file, each deflated by itself."""

    crc: int
    size: int
    stored_size: int
    file: Path
    blocks: Blocks
    told: Sequence[bytes]
    """What is told of its rows, block by block."""


def deflated(pieces: Iterable[bytes | RowBlock | Deflated], path: Path, *, whole: bool = True) -> Deflated:
    """The pieces, in a file at `path`. `whole`: nothing follows them.

    Of pieces that lie in a file already its content is taken over, and the file goes. DoingoaiError where the disk
    is full.
    """
    crc = size = at = 0
    blocks: dict[bytes, tuple[int, int, Stored]] = {}
    told: list[bytes] = []
    with scratch_file(path) as file:
        for piece in pieces:
            if isinstance(piece, Deflated):
                crc = deflate.crc32_combine(crc, piece.crc, piece.size)
                places = piece.blocks.items()
                blocks |= {key: (at + begin, length, stored) for key, (begin, length, stored) in places}
                size, at = size + piece.size, at + piece.stored_size
                told += piece.told
                take_over(piece, file)
                continue
            block = piece if isinstance(piece, RowBlock) else RowBlock(piece)
            stored = block.stored or _stored(block)
            if JOINED_CRC:
                crc = deflate.crc32_combine(crc, stored.crc, stored.size)
            else:
                crc = deflate.crc32(block.xml, crc)
            size += stored.size
            told.append(stored.told)
            if block.key:
                blocks[block.key] = (at, len(stored.data), stored._replace(data=b""))
            at += file.write(stored.data)
        if whole:
            at += file.write(_END)
    return Deflated(crc, size, at, path, blocks, told)


def take_over(pieces: Deflated, target: IO[bytes]) -> None:
    """Copy what was deflated; its file goes."""
    with pieces.file.open("rb") as file:
        copyfileobj(file, target)
    pieces.file.unlink()


def _stored(block: RowBlock) -> Stored:
    deflater = deflate.compressobj(_LEVEL, deflate.DEFLATED, -deflate.MAX_WBITS)
    data = deflater.compress(block.xml) + deflater.flush(deflate.Z_FULL_FLUSH)
    return Stored(data, deflate.crc32(block.xml), len(block.xml), block.groups, block.reach, block.told)
