"""What the program works out from its own files alone, stored from run to run (kết quả tính sẵn).

The one seam between start-up and its cost: forms, packs and outlines that ship, and the tables of spellings, are
pure functions of the program's own files, and working them out takes 0.06 s of a start of 0.4 s. `precomputed` is
all that the other rooms see of it; a builder given to it must be right without it, and the tests run the builders
themselves (`DOINGOAI_PRECOMPUTED=off`, set by `tests/conftest.py`; `tests/test_shipped.py` tests this module).

A result lies beside the package's bytecode (`__pycache__`, or where `PYTHONPYCACHEPREFIX` says) and is as
trustworthy: whoever may write there may change the program itself. It counts only while `program_digest` is the
same, and the bytes are those that were stored. Where nothing can be written it is worked out each time. Nothing
that a user or an agency wrote is ever stored here; their readings are `pipeline.cache`'s.
"""

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar

from doingoai_cli import __version__
from doingoai_cli.deflate import deflate
from doingoai_cli.resources import forms_dir, outlines_dir, packs_dir

T = TypeVar("T")

SWITCH = "DOINGOAI_PRECOMPUTED"
"""An environment variable: "off" reads and stores nothing, in this process and those that it starts."""

_results: dict[str, Any] = {}
"""The results of this process, by name."""


def precomputed(name: str, build: Callable[[], T]) -> T:
    """`build()`, worked out once an installation, and once a process where that is switched off.

    `name` is the result's own; `build` depends on nothing but the program and the shipped data, and gives a value
    that can be pickled and is never changed.
    """
    if name not in _results:
        found = stored(name)
        if found is None:
            found = build()
            store(name, found)
        _results[name] = found
    result: T = _results[name]
    return result


def stored(name: str) -> Any:
    """What an earlier start stored under that name; None where there is nothing, or the program is another one."""
    if is_off():
        return None
    try:
        whole = memoryview(path_of(name).read_bytes())  # no copy of a megabyte
        head, data = whole[:_HEAD], whole[_HEAD:]
        return pickle.loads(data) if head == _head(name, data) else None
    except Exception:  # whatever is wrong with it, it is as if there were none
        return None


def store(name: str, value: object) -> None:
    """Keep what can be pickled for the next starts, where the folder can be written to."""
    if not is_off():
        data = pickle.dumps(value, protocol=5)
        put(path_of(name), _head(name, data) + data)


def is_off() -> bool:
    """Whether nothing is read or stored."""
    return os.environ.get(SWITCH) == "off"


def put(path: Path, data: bytes) -> None:
    """A file there whole, or none, where the folder cannot be written to."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True, parents=True)
        new.write_bytes(data)
        new.replace(path)
    with suppress(OSError):
        new.unlink()  # where it could not be put there: the disk is full, or Windows has the old one open


def path_of(name: str, suffix: str = "pickle") -> Path:
    """Where a result lies."""
    return Path(cache_from_source(__file__)).with_suffix(f".{name}.{suffix}")


_HEAD = 36


def _head(name: str, data: bytes | memoryview) -> bytes:
    """What a stored result begins with: the digest of the program, and a CRC-32 of the name and the bytes.

    A single bit that a disk turned would stop every start, or change a rule.
    """
    return program_digest() + deflate.crc32(data, deflate.crc32(name.encode())).to_bytes(4, "little")


@cache  # 2 ms: the state of every file of the program
def program_digest() -> bytes:
    """Another one for another version, another Python, or any file of the program or its data that was changed."""
    folders = (str(Path(__file__).parent), str(forms_dir()), str(outlines_dir()), str(packs_dir()))
    files = [(file.path, file.stat()) for folder in folders for file in _files(folder)]
    lines = sorted([f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in files])
    told = "\n".join((__version__, sys.version, *lines)).encode()
    return hashlib.blake2b(told, digest_size=32).digest()


def _files(folder: str) -> Iterator["os.DirEntry[str]"]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.name.endswith((".py", ".tsv", ".yaml")):
            yield entry
