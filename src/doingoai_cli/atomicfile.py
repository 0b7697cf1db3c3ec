"""Files written whole or not at all: beside the target, flushed to disk, renamed into place.

A crash or a kill at any moment leaves the old file as it was. What a killed run leaves behind (a temporary file, a
lock) neither blocks the next run nor stays after it: the operating system gives a dead process's lock free.
"""

import errno
import glob
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedRandom
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.errors import DoingoaiError, reason_of

_MARK = "doingoai"
_POLL_SECONDS = 0.05
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_atomically(target: Path, data: bytes) -> None:
    """`data` as the whole content of `target`; DoingoaiError, in one Vietnamese sentence, where it cannot be."""
    with locked(target) as held:
        held.write(data)


class HeldFile(NamedTuple):
    """A file that no other run of the program writes meanwhile."""

    target: Path

    def write(self, data: bytes) -> None:
        """`data` as the whole content of the file; DoingoaiError where it cannot be, and the old one stays."""
        with self.writing() as file:
            file.write(data)

    @contextmanager
    def writing(self) -> Iterator[BufferedRandom]:
        """A file, open to write and to read, that becomes the whole content in the end.

        DoingoaiError as of `write`.
        """
        target = self.target
        temporary = target.with_name(f".{target.name}.{_MARK}-{secrets.token_hex(6)}.tmp")
        try:
            with temporary.open("x+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            with suppress(OSError):
                temporary.chmod(target.stat().st_mode & 0o777)
            temporary.replace(target)
            _flush_folder(target.parent)
        except OSError as error:
            raise DoingoaiError(f"Không ghi được “{target}”: {_reason(error)} Tệp cũ còn nguyên.") from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def locked(target: Path, wait_seconds: float = 60.0) -> Iterator[HeldFile]:
    """Holds `target` against other runs of the program, from reading the old file to writing the new one.

    Waits for another run; DoingoaiError where that takes longer than `wait_seconds`, or where `target` is open in
    Excel or LibreOffice or lies in a folder that does not exist. Temporary files of killed runs are removed.
    """
    target = Path(os.path.realpath(target))  # where it is a link, that stays
    _refuse_open(target)
    lock = target.with_name(f".{target.name}.{_MARK}.lock")
    handle = _acquire(lock, target, wait_seconds)
    try:
        _sweep(target)
        yield HeldFile(target)
    finally:
        _release(handle, lock)


def _refuse_open(target: Path) -> None:
    if target.is_dir():
        raise DoingoaiError(f"Không ghi được “{target}”: đó là một thư mục.")
    if not target.parent.is_dir():
        raise DoingoaiError(f"Không ghi được “{target}”: thư mục “{target.parent}” không tồn tại.")
    for marker in (f"~${target.name}", f"~${target.name[2:]}", f".~lock.{target.name}#"):
        if marker != target.name and target.with_name(marker).exists():
            raise DoingoaiError(
                f"“{target}” đang mở trong Excel hoặc LibreOffice: hãy lưu, đóng tệp rồi chạy lại. "
                f"Tệp cũ còn nguyên. (Nếu tệp không mở ở máy nào, xóa tệp “{marker}” cùng thư mục.)"
            )


def _sweep(target: Path) -> None:
    """Removes what killed runs left beside `target`; whoever holds the lock is the only writer."""
    for stale in target.parent.glob(f".{glob.escape(target.name)}.{_MARK}-*.tmp"):
        with suppress(OSError):
            stale.unlink()


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":  # a folder cannot be opened there, and a rename is kept without it
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    if error.errno in _FULL:
        return "ổ đĩa đã đầy; giải phóng dung lượng rồi chạy lại."
    if isinstance(error, PermissionError):
        return "tệp đang mở ở chương trình khác hoặc không có quyền ghi; đóng tệp rồi chạy lại."
    if error.errno == errno.EROFS:
        return "ổ đĩa chỉ cho đọc."
    return f"{reason_of(error)}."


# --- the lock ----------------------------------------------------------------------------------------------


def _acquire(lock: Path, target: Path, wait_seconds: float) -> int:
    """An open, locked descriptor of the lock file; the system lets go of it when the process ends."""
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise DoingoaiError(f"Không ghi được “{target}”: {_reason(error)}") from error
        if _try_lock(handle) and _still_there(handle, lock):
            return handle
        os.close(handle)
        if time.monotonic() >= deadline:
            raise DoingoaiError(
                f"Một lượt chạy khác đang ghi “{target}”. Chờ lượt đó xong rồi chạy lại; tệp cũ còn nguyên."
            )
        time.sleep(_POLL_SECONDS)


def _still_there(handle: int, lock: Path) -> bool:
    """Whether the lock file is the one that was opened: its last holder may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: int, lock: Path) -> None:
        os.close(handle)
        with suppress(OSError):  # another run may have opened it by now
            lock.unlink()

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _release(handle: int, lock: Path) -> None:
        # Removed while still held, so that nobody locks a file that is about to vanish unseen.
        with suppress(OSError):
            lock.unlink()
        os.close(handle)
