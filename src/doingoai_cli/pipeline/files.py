"""Reading and writing whole files of ours."""

from pathlib import Path

from doingoai_cli.atomicfile import write_atomically
from doingoai_cli.errors import DoingoaiError, reason_of
from doingoai_cli.messages import CANNOT_READ, CANNOT_WRITE, PATH_MISSING, WRONG_SUFFIX


def make_folder(path: Path) -> Path:
    """The folder at `path`, made where it is missing; DoingoaiError where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DoingoaiError(CANNOT_WRITE.format(path=path, reason=reason_of(error))) from error
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target and rename into place; DoingoaiError where that cannot be."""
    if path.parent != Path():
        make_folder(path.parent)
    write_atomically(path, data)


def check_suffix(path: Path, suffix: str) -> None:
    """DoingoaiError where a file would get a name that Excel or Word does not open (`suffix`: ".xlsx")."""
    if path.suffix.lower() != suffix and not path.is_dir():
        raise DoingoaiError(WRONG_SUFFIX.format(path=path, suffix=suffix))


def read_input(path: Path) -> bytes:
    """A file that the user named; DoingoaiError where it cannot be read."""
    if not path.exists():
        raise DoingoaiError(PATH_MISSING.format(path=path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise DoingoaiError(CANNOT_READ.format(path=path, reason=reason_of(error))) from error
