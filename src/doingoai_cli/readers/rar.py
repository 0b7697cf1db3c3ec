"""RAR archives (.rar) of all generations, by RARLAB's own library (unrar2-cffi), in the guarded process.

The library reads a file on disk and writes none: what it unpacks it hands over piece by piece. It is asked here
below its own `RarFile`, which takes an archive with encrypted names for an empty one, and each further volume for
one that is there.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doingoai_cli.readers.contents import ContainedFile
from doingoai_cli.readers.limits import MIB, Meter
from doingoai_cli.readers.unreadable import (
    DAMAGED_ARCHIVE,
    LOCKED_ARCHIVE,
    GiveUp,
    Reason,
    Unreadable,
    too_large,
    unreadable,
)
from doingoai_cli.scratch import own_folder

_UNPACK = LOCKED_ARCHIVE.advice
_NO_READER = unreadable(Reason.NOT_A_SPREADSHEET, "Tệp nén RAR, máy này không có trình đọc", _UNPACK)
_IN_PARTS = unreadable(Reason.TRUNCATED, "Tệp nén RAR chia thành nhiều phần, thiếu các phần khác", _UNPACK)
_REST = "phần còn lại của tệp nén"
_STOP = -1

# What the library answers (its dll.hpp).
_END, _NO_MEMORY, _NO_VOLUME, _NO_PASSWORD, _WRONG_PASSWORD = 10, 11, 15, 22, 24
_PIECE = 1
_GOES_ON, _IS_LOCKED = 3, 4
_RAR_5 = b"Rar!\x1a\x07\x01\x00"
_LAST_BLOCK = re.compile(rb"\x03\x05[\x00-\x07][\x00\x01]")
"""Size, type and flags of the last block: the library takes an archive that is cut off before it for whole."""
_WHY = {
    _NO_MEMORY: unreadable(Reason.TOO_HUNGRY),
    _NO_VOLUME: _IN_PARTS,
    _NO_PASSWORD: LOCKED_ARCHIVE,
    _WRONG_PASSWORD: LOCKED_ARCHIVE,
}


def open_rar(data: bytes, meter: Meter) -> Iterator[ContainedFile]:
    """The files of an archive; one that is damaged or locked costs itself. Raises `GiveUp` past a limit."""
    try:
        from unrar.cffi import unrarlib
    except ImportError:  # there is none for every system
        raise GiveUp(_NO_READER) from None

    with own_folder() as folder:
        path = Path(folder) / "tep.rar"
        path.write_bytes(data)
        try:
            archive = unrarlib.RarArchive.open_for_processing(path)
        except unrarlib.BadRarFile as error:
            raise GiveUp(_WHY.get(error.code, DAMAGED_ARCHIVE)) from None
        with archive:
            yield from _Unpacking(unrarlib, archive, data, meter).items()


class _Unpacking:
    """One archive being unpacked: its files one after the other, what they hold counted."""

    def __init__(self, library: Any, archive: Any, data: bytes, meter: Meter) -> None:
        self._library, self._archive, self._meter = library, archive, meter
        self._packed = len(data)
        self._is_whole = not data.startswith(_RAR_5) or _LAST_BLOCK.search(data) is not None
        self._header = library.RARHeaderDataEx()
        self._pieces: list[bytes] = []
        self._kept = library.ffi.new_handle(self._called)
        library.RARSetCallbackPtr(archive.handle, library.PyUNRARCALLBACKStub, self._kept)

    def items(self) -> Iterator[ContainedFile]:
        """Every file of the archive, and what is left where its list breaks off. Raises `GiveUp` past a limit."""
        number = 0
        while not (answer := self._library.RARReadHeaderEx(self._archive.handle, self._header)):
            header = self._library.RarHeader(self._archive, self._header)
            if header.Flags & self._library.FLAGS_RHDF_DIRECTORY:
                header.skip()
                continue
            number += 1
            self._meter.check_files(number)
            yield ContainedFile(header.FileNameW, self._unpacked(header))
        if answer == _END and self._is_whole:
            return
        why = unreadable(Reason.TRUNCATED) if answer == _END else _WHY.get(answer, DAMAGED_ARCHIVE)
        if not number:
            raise GiveUp(why)
        yield ContainedFile(_REST, why)

    def _unpacked(self, header: Any) -> bytes | Unreadable:
        limits, library = self._meter.limits, self._library
        if header.Flags & _IS_LOCKED:
            header.skip()
            return LOCKED_ARCHIVE
        size = header.UnpSize + (header.UnpSizeHigh << 32)
        self._meter.check_ratio(size, self._packed)
        if size > limits.file_bytes:
            header.skip()
            return too_large(f"hơn {limits.file_bytes // MIB} MB").unreadable
        self._meter.add_inflated(size)
        self._pieces = []
        answer = library.RARProcessFileW(
            self._archive.handle, library.C_RAR_TEST, library.ffi.NULL, library.ffi.NULL
        )
        if answer and header.Flags & _GOES_ON:
            return _IN_PARTS
        return _WHY.get(answer, DAMAGED_ARCHIVE) if answer else b"".join(self._pieces)

    def _called(self, message: int, address: int, length: int) -> int:
        """What the library asks for: to take a piece; no password, no further volume, no larger dictionary."""
        if message != _PIECE:
            return _STOP
        self._pieces.append(bytes(self._library.ffi.buffer(self._library.ffi.cast("char *", address), length)))
        return 1
