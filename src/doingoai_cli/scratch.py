"""Temporary files (tệp tạm) of one run, for what is too large to be held: they go with it, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO

from doingoai_cli.errors import DoingoaiError, reason_of

_CANNOT = (
    "Không ghi được tệp tạm trong thư mục “{folder}”: {reason}. Giải phóng dung lượng ổ đĩa đó, hoặc đặt biến môi "
    "trường TMPDIR (Windows: TEMP) thành một thư mục khác, rồi chạy lại."
)


def scratch_folder() -> "TemporaryDirectory[str]":
    """A folder for temporary files, removed when closed or no longer held; DoingoaiError: none can be made."""
    try:
        return TemporaryDirectory(prefix="doingoai-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _cannot(gettempdir(), error) from error


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
