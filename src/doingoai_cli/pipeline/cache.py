"""What was read before (bộ nhớ đệm): a file's reading by its content, so that unchanged files are not read again.

An entry is a `Read` as it goes between processes. Its name is a digest of the file's bytes and path and of all
that its reading depends on; so an entry is right or it is not found. Entries lie in the user's own cache folder.
A folder that others may write to is not used, and only values of ours are ever unpickled: whoever plants an
entry can at worst make it unreadable, and an unreadable entry is one that is not there.
"""

import hashlib
import importlib
import io
import os
import pickle
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO, Self

from doingoai_cli.deflate import deflate
from doingoai_cli.shipped import program_digest

_MOST_BYTES = 256 << 20
_LARGEST_ENTRY = 64 << 20
_ABANDONED = 3600.0
"""Seconds after which a half-written entry belongs to a run that was killed."""


@dataclass(frozen=True, slots=True)
class ParseCache:
    """The entries of one fingerprint."""

    folder: Path
    fingerprint: str

    @classmethod
    def open(cls, settings: str) -> Self | None:
        """The cache of readings that depend on `settings`, and on this program; None where there can be none."""
        folder = cache_folder()
        if folder is None:
            return None
        depends_on = program_digest() + settings.encode("utf-8", "surrogateescape")
        return cls(folder, hashlib.sha256(depends_on).hexdigest())

    def get(self, name: str) -> Any:
        """The value of that name; None where there is none that can be used."""
        path = self._path(name)
        try:
            unpacked = deflate.decompressobj()
            data = unpacked.decompress(path.read_bytes(), _LARGEST_ENTRY)
            if not unpacked.eof:
                return None
            value = unpickled(data)
            os.utime(path)
        except Exception:  # whatever is wrong with an entry, it is as if there were none
            return None
        return value

    def put(self, name: str, data: bytes) -> None:
        """Keep a pickled value; a disk that is full or a folder that has gone is no reason to stop."""
        if len(data) <= _LARGEST_ENTRY:
            self.put_file(name, io.BytesIO(deflate.compress(data, 1)))

    def get_file(self, name: str) -> bytes:
        """The bytes of that name; b"" where there are none that can be read."""
        try:
            return self._path(name).read_bytes()
        except OSError:
            return b""

    def put_file(self, name: str, file: BinaryIO) -> None:
        """Keep bytes as they are."""
        path = self._path(name)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            new = path.with_name(f"{path.name}.{os.getpid()}.new")
            with new.open("wb") as target:
                copyfileobj(file, target)
            new.replace(path)

    def trim(self, most_bytes: int = _MOST_BYTES) -> None:
        """Drop what was longest unused, down to `most_bytes` in all, and what killed runs left behind."""
        with suppress(OSError):
            entries = sorted(_entries(self.folder), reverse=True)
            total, old = 0, time.time() - _ABANDONED
            for used, size, path in entries:
                total += size
                if total > most_bytes or (path.endswith(".new") and used < old):
                    with suppress(OSError):
                        Path(path).unlink()

    def _path(self, name: str) -> Path:
        digest = hashlib.sha256(f"{self.fingerprint} {name}".encode()).hexdigest()
        return self.folder / digest[:2] / digest[2:]


def unpickled(data: bytes) -> Any:
    """A value of this package's own types and nothing else; `sound` fills in such a type alone."""
    return _Careful(io.BytesIO(data)).load()


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _type(module, name)


@lru_cache(maxsize=256)  # an entry names some 25 types: 0.1 s of 1,000 entries
def _type(module: str, name: str) -> Any:
    if (module, name) == ("builtins", "getattr"):  # how Python up to 3.11.3 pickles a member of an enumeration
        return _member
    known = (module, name) in _PLAIN
    if known or (module.startswith(_OURS) and "." not in name):
        found = getattr(importlib.import_module(module), name)
        if known or (isinstance(found, type) and found.__module__ == module):
            return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: type[Enum], name: str) -> Enum:
    return kind.__members__[name]


_PLAIN = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
          ("builtins", "frozenset"), ("decimal", "Decimal"), ("fractions", "Fraction"),
          ("doingoai_cli.model.instances", "sound")}  # fmt: skip
_OURS = ("doingoai_cli.model.", "doingoai_cli.vietnamese.", "doingoai_cli.pipeline.one_file")
"""Where the types of a reading are: values, and what is understood of a text."""


def cache_folder() -> Path | None:
    """The user's cache folder, made where it is not; None where there is none, or others may write to it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        home = os.environ.get("HOME")
        base = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else None)
    folder = Path(base) / "doingoai" if base and Path(base).is_absolute() else None
    return folder if folder is not None and _is_ours(folder) else None


def _is_ours(folder: Path) -> bool:
    """Whether the folder is there (made where it is not) and nobody else may write to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError:
        return False
    return sys.platform == "win32" or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _entries(folder: Path) -> Iterable[tuple[float, int, str]]:
    """(last use, bytes, path) of each entry."""
    for part in os.scandir(folder):
        if part.is_dir(follow_symlinks=False):
            for entry in os.scandir(part.path):
                state = entry.stat(follow_symlinks=False)
                yield state.st_mtime, state.st_size, entry.path
