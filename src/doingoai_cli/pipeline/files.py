"""Writing whole files, and naming paths the way the user gave them."""

from pathlib import Path

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import CANNOT_WRITE


def make_folder(path: Path) -> Path:
    """The folder at `path`, made where it is missing; DoingoaiError where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DoingoaiError(CANNOT_WRITE.format(path=path, reason=error.strerror)) from error
    return path
