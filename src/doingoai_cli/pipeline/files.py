"""Reading and writing whole files of ours."""

from pathlib import Path

from doingoai_cli.atomicfile import write_atomically
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import CANNOT_READ, CANNOT_WRITE, PATH_MISSING


def make_folder(path: Path) -> Path:
    """The folder at `path`, made where it is missing; DoingoaiError where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DoingoaiError(CANNOT_WRITE.format(path=path, reason=error.strerror)) from error
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target and rename into place; DoingoaiError where that cannot be."""
    if path.parent != Path():
        make_folder(path.parent)
    write_atomically(path, data)


def read_input(path: Path) -> bytes:
    """A file that the user named; DoingoaiError where it cannot be read."""
    if not path.exists():
        raise DoingoaiError(PATH_MISSING.format(path=path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise DoingoaiError(CANNOT_READ.format(path=path, reason=error.strerror or "lỗi đọc tệp")) from error
