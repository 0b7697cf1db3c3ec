"""What the program works out from its own files alone, kept from run to run as Python keeps its bytecode.

Reading and validating the shipped YAML takes longer than reading a workbook; the result changes only with the
program. It lies beside the package's bytecode (`__pycache__`, or where `PYTHONPYCACHEPREFIX` says) and is as
trustworthy: whoever may write there may change the program itself. Where nothing can be written it is worked out
each time. Nothing that a user or an agency wrote is ever kept here; their readings are `pipeline.cache`'s.
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
from doingoai_cli.resources import forms_dir, outlines_dir, packs_dir

T = TypeVar("T")

_known: dict[str, Any] = {}


def kept(name: str, make: Callable[[], T]) -> T:
    """`make()`, worked out once an installation; it depends on nothing but the program and the shipped data."""
    if name not in _known:
        _known[name] = _read(name) or _made(name, make)
    value: T = _known[name][0]
    return value


def _read(name: str) -> tuple[Any] | None:
    try:
        digest, _, data = _path(name).read_bytes().partition(b"\n")
        return (pickle.loads(data),) if digest == program_digest() else None
    except Exception:  # whatever is wrong with it, it is as if there were none
        return None


def _made(name: str, make: Callable[[], T]) -> tuple[T]:
    value, path = make(), _path(name)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True, parents=True)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_bytes(program_digest() + b"\n" + pickle.dumps(value, protocol=5))
        new.replace(path)
    return (value,)


def _path(name: str) -> Path:
    return Path(cache_from_source(__file__)).with_suffix(f".{name}.pickle")


@cache
def program_digest() -> bytes:
    """Another one for another version, another Python, or any file of the program or its data that was changed."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for folder in (str(Path(__file__).parent), str(forms_dir()), str(outlines_dir()), str(packs_dir())):
        for file in sorted(_files(folder), key=lambda file: file.path):
            state = file.stat()
            digest.update(f"{file.path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest().encode()


def _files(folder: str) -> Iterator["os.DirEntry[str]"]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.name.endswith((".py", ".tsv", ".yaml")):
            yield entry
