"""Archives (tệp nén): .zip by the standard library, .7z by py7zr."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from doingoai_cli.readers.contents import ContainedFile
from doingoai_cli.readers.limits import MIB, Meter
from doingoai_cli.readers.unreadable import (
    DAMAGED_ARCHIVE,
    LOCKED_ARCHIVE,
    GiveUp,
    Reason,
    Unreadable,
    corrupt,
    too_large,
    unreadable,
)

_PIECE = MIB
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error)


def open_zip_archive(data: bytes, meter: Meter) -> Iterator[ContainedFile]:
    """The files of a zip archive; one that is encrypted or damaged costs itself. Raises `GiveUp` past a limit."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise GiveUp(unreadable(Reason.TRUNCATED)) from None
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        meter.check_files(len(infos))
        for info in infos:
            yield ContainedFile(_zip_name(info), _unzipped(archive, info, meter))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The file's name; old programs for Vietnamese Windows write UTF-8 or code page 1258 and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
        return raw.decode("utf-8")
    except UnicodeEncodeError:
        return info.filename
    except UnicodeDecodeError:
        return raw.decode("cp1258", errors="replace")


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter) -> bytes | Unreadable:
    if info.flag_bits & 1:
        return LOCKED_ARCHIVE
    pieces, size = [], 0
    try:
        with archive.open(info) as part:
            while piece := part.read(_PIECE):
                size += len(piece)
                meter.add_inflated(len(piece))
                meter.check_ratio(size, info.compress_size)
                pieces.append(piece)
                if size > meter.limits.file_bytes:
                    return too_large(f"hơn {meter.limits.file_bytes // MIB} MB").unreadable
    except NotImplementedError:
        return corrupt("kiểu nén lạ").unreadable
    except _BROKEN:
        return DAMAGED_ARCHIVE
    return b"".join(pieces)


def open_seven_zip(data: bytes, meter: Meter) -> Iterator[ContainedFile]:
    """The files of a .7z archive. Raises `GiveUp` for one that is encrypted, damaged or past a limit."""
    import py7zr  # 50 ms, and most archives are .zip

    try:
        with py7zr.SevenZipFile(io.BytesIO(data), max_extract_size=meter.limits.inflated_bytes) as archive:
            if archive.needs_password():
                raise GiveUp(LOCKED_ARCHIVE)
            listed = [info for info in archive.list() if not info.is_directory]
            meter.check_files(len(listed))
            total = sum(info.uncompressed for info in listed)
            if total > meter.limits.inflated_bytes:
                raise GiveUp(unreadable(Reason.BOMB))
            meter.check_ratio(total, len(data))
            memory = _memory(meter)
            archive.extractall(factory=memory)
    except py7zr.exceptions.PasswordRequired:
        raise GiveUp(LOCKED_ARCHIVE) from None
    except py7zr.exceptions.DecompressionBombError:
        raise GiveUp(unreadable(Reason.BOMB)) from None
    except (py7zr.exceptions.ArchiveError, *_BROKEN):
        raise GiveUp(DAMAGED_ARCHIVE) from None
    for name, product in memory.products.items():
        product.seek(0)
        yield ContainedFile(name, product.read())


def _memory(meter: Meter) -> Any:
    """Where py7zr writes to: memory that is counted. At its own limit a `BytesIOFactory` cuts silently."""
    from py7zr.io import BytesIOFactory, Py7zBytesIO  # with the library: see above

    class Counted(Py7zBytesIO):
        """The bytes of one file, each of them counted against the limits."""

        def write(self, piece: bytes | bytearray) -> int:
            meter.add_inflated(len(piece))
            return super().write(piece)

    class Memory(BytesIOFactory):
        """Gives each file of the archive its own memory."""

        def create(self, filename: str) -> Counted:
            product = self.products[filename] = Counted(filename, self.limit)
            return product

    return Memory(meter.limits.inflated_bytes)
