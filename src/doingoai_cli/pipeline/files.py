"""Reading and writing whole files of ours."""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.atomicfile import write_atomically
from doingoai_cli.errors import DoingoaiError, reason_of
from doingoai_cli.messages import (
    CANNOT_READ,
    CANNOT_WRITE,
    PATH_MISSING,
    TEXT_SUFFIX,
    WRITTEN_BESIDE,
    WRONG_SUFFIX,
    WROTE,
)
from doingoai_cli.model.seals import is_untouched, sealed
from doingoai_cli.pipeline.cache import cache_folder


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


class Written(NamedTuple):
    """What became of a file that was to be written."""

    path: Path
    """Where it was written."""
    notice: str = ""
    """The sentence that tells of the file that was left in its place; "" where there was none."""

    @property
    def told(self) -> tuple[str, ...]:
        """All that is to be said of it."""
        return (*filter(None, (self.notice,)), WROTE.format(path=self.path.as_posix()))


def write_own(path: Path, data: bytes) -> Written:
    """Write a file of ours under its seal; one that somebody edited, or that is not ours, is never overwritten.

    Such a file is left as it is and the new one is written beside it as "name (2).docx" (round 2, section 2).
    DoingoaiError where neither can be.
    """
    data = sealed(data)
    place = next(each for each in beside(path) if is_free(each, data))
    write_whole(place, data)
    _remember(data)
    return Written(place) if place == path else Written(place, WRITTEN_BESIDE.format(path=path, new=place.name))


def beside(path: Path) -> Iterator[Path]:
    """`path` itself, then "name (2).xlsx", "name (3).xlsx" … without end."""
    yield path
    yield from (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))


def is_free(path: Path, data: bytes) -> bool:
    """Whether nothing would be lost by writing there; what is no file is left to `write_whole`."""
    if not path.is_file():
        return True
    try:
        old = path.read_bytes()
    except OSError:
        return False
    return old == data or is_untouched(old) or is_known(old)


def check_suffix(path: Path, suffix: str) -> None:
    """DoingoaiError where a file would get a name that Excel or Word does not open (`suffix`: ".xlsx")."""
    if path.suffix.lower() != suffix and not path.is_dir():
        raise DoingoaiError(WRONG_SUFFIX.format(path=path, suffix=suffix))


_NO_TEXT = (".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".doc", ".odt", ".pdf")


def check_text(path: Path) -> None:
    """DoingoaiError where a text would get the name of a workbook or a document, which opens as a damaged one."""
    if path.suffix.lower() in _NO_TEXT:
        raise DoingoaiError(TEXT_SUFFIX.format(path=path))


def read_input(path: Path) -> bytes:
    """A file that the user named; DoingoaiError where it cannot be read."""
    if not path.exists():
        raise DoingoaiError(PATH_MISSING.format(path=path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise DoingoaiError(CANNOT_READ.format(path=path, reason=reason_of(error))) from error


# --- what can carry no seal (CSV, pages, text) is known by its digest ------------------------------------------

_DIGESTS = "written"
"""The file in the user's cache folder. Without it such a file counts as somebody's own: it is left as it is."""
_MOST_DIGESTS = 4_000
"""Digests kept, the latest ones."""
_ZIP = b"PK"


def _remember(data: bytes) -> None:
    """Keep the digest of a file that was just written, unless it carries its seal itself."""
    path = _digests_file()
    if path is None or (data.startswith(_ZIP) and is_untouched(data)):
        return
    digest = _digest(data)
    with suppress(OSError):
        known = [line for line in _stored_digests(path) if line != digest]
        new = path.with_name(f"{_DIGESTS}.new")
        new.write_text("\n".join([*known[-_MOST_DIGESTS:], digest]) + "\n", encoding="ascii")
        new.replace(path)


def is_known(data: bytes) -> bool:
    """Whether these are the bytes of a file that we wrote."""
    path = _digests_file()
    return path is not None and _digest(data) in _stored_digests(path)


def _digests_file() -> Path | None:
    folder = cache_folder()
    return folder / _DIGESTS if folder is not None else None


def _stored_digests(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
