"""Temporary files (tệp tạm) of one run, for what is too large to be held: they go with it, however it ends.

A run that is killed (window closed, power gone) can clear nothing away: the next one does that. So a folder bears
the computer and the process that it belongs to.
"""

import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO
from zlib import crc32

from doingoai_cli.errors import DoingoaiError, reason_of

_CANNOT = (
    "Không ghi được tệp tạm trong thư mục “{folder}”: {reason}. Giải phóng dung lượng ổ đĩa đó, hoặc đặt biến môi "
    "trường TMPDIR (Windows: TEMP) thành một thư mục khác, rồi chạy lại."
)


_OWNED = re.compile(r"doingoai-(?P<computer>[0-9a-f]{8})-(?P<process>\d+)-.+")


def scratch_folder() -> "TemporaryDirectory[str]":
    """A folder for temporary files, removed when closed or no longer held; DoingoaiError: none can be made."""
    try:
        return own_folder()
    except OSError as error:
        raise _cannot(gettempdir(), error) from error


def own_folder() -> "TemporaryDirectory[str]":
    """As `scratch_folder`; OSError: none can be made."""
    with suppress(OSError):  # not to be listed, or gone meanwhile
        _clear_away_what_is_nobody_s()
    return TemporaryDirectory(prefix=f"doingoai-{_computer()}-{os.getpid()}-", ignore_cleanup_errors=True)


def _clear_away_what_is_nobody_s() -> None:
    """Remove the folders of processes of this computer that are no more (containers may share the place)."""
    for path in Path(gettempdir()).iterdir():
        found = _OWNED.fullmatch(path.name)
        if found and found["computer"] == _computer() and not _is_running(int(found["process"])):
            shutil.rmtree(path, ignore_errors=True)


def _computer() -> str:
    return f"{crc32(platform.node().encode('utf-8', 'surrogateescape')):08x}"


def _is_running(process: int) -> bool:
    import psutil  # most runs find no folder to ask about

    return psutil.pid_exists(process)


@contextmanager
def scratch_file(path: Path) -> Iterator[BinaryIO]:
    """A temporary file, open for writing; DoingoaiError where the disk is full."""
    with written_in(path.parent), path.open("wb") as file:
        yield file


@contextmanager
def written_in(folder: Path) -> Iterator[None]:
    """While temporary files are written there: DoingoaiError where the disk is full."""
    try:
        yield
    except OSError as error:
        raise _cannot(folder, error) from error


def _cannot(folder: Path | str, error: OSError) -> DoingoaiError:
    return DoingoaiError(_CANNOT.format(folder=folder, reason=reason_of(error)))
