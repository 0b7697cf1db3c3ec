"""What the tool wrote that can carry no seal (CSV, pages, text): digests, kept in the user's cache folder.

Where they got lost, a file counts as somebody's own: it is left, and the new one is written beside it.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from doingoai_cli.model.seals import is_untouched
from doingoai_cli.pipeline.cache import cache_folder

_NAME = "written"
_MOST = 4_000
"""Digests kept, the latest ones."""
_ZIP = b"PK"


def remember(data: bytes) -> None:
    """Keep the digest of a file that was just written, unless it carries its seal itself."""
    path = _path()
    if path is None or (data.startswith(_ZIP) and is_untouched(data)):
        return
    digest = _digest(data)
    with suppress(OSError):
        known = [line for line in _lines(path) if line != digest]
        new = path.with_name(f"{_NAME}.new")
        new.write_text("\n".join([*known[-_MOST:], digest]) + "\n", encoding="ascii")
        new.replace(path)


def is_known(data: bytes) -> bool:
    """Whether these are the bytes of a file that we wrote."""
    path = _path()
    return path is not None and _digest(data) in _lines(path)


def _path() -> Path | None:
    folder = cache_folder()
    return folder / _NAME if folder is not None else None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
