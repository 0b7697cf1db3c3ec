"""Modules out of one file, which an earlier start stored (mã đã dịch của các mô-đun).

For each of some 450 modules of a `check` Python looks along its path, opens and reads the bytecode: 25 of 230 ms,
and more where every file that is opened is looked through for viruses. Here one file is opened, and of each module
is asked what Python asks too: that its folder is searched, and that its source has the size and the time it had.
What the file does not know, or no longer knows, is loaded as usual. Beside a module's code stands what Python
compiles while that module is imported (`compiled.py`).
"""

import hashlib
import marshal
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from threading import Lock
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from doingoai_cli import __version__
from doingoai_cli.deflate import deflate
from doingoai_cli.shipped import is_off, path_of, put

Compiled = dict[Any, Any]
"""What a module had compiled: programs of expressions and code, by what they were made of; `marshal` takes it."""

_FILE = ("modules", "bin")
_MOST = 2000
"""What is kept of one module; the largest has some 800. Who builds one from a set has another at each start."""
_NUMBER = 8
_DAMAGE = (OSError, ValueError, EOFError, TypeError, OverflowError, MemoryError)
"""What comes of a file that is not as it was written."""


class _Stored(NamedTuple):
    """A module in the file."""

    source: str
    size: int
    changed: int
    bytecode: str
    folder: str
    """That was searched for it."""
    package: bool
    at: int
    code: int
    """Bytes; those of what it had compiled follow."""
    compiled: int
    digest: int
    """CRC-32 of both: damaged bytecode hangs or ends Python instead of failing."""


_STATE = _Stored._fields.index("at")
"""The fields before it say what was found where."""


class Modules:
    """Finds the modules of the file for Python's import (`sys.meta_path`)."""

    def __init__(self) -> None:
        self.compiled: Compiled = {}
        """Of the module that is being imported: what an earlier start compiled for it."""
        self._index: dict[str, tuple[Any, ...]] = {}
        self._lock, self._begin = Lock(), 0
        if is_off():
            return
        with suppress(*_DAMAGE):
            self._file = path_of(*_FILE).open("rb", buffering=0)
            try:
                self._read_index()
            finally:
                if not self._index:
                    self._file.close()

    def _read_index(self) -> None:
        head = _head()
        if self._file.read(len(head)) != head:
            return
        length, digest = (int.from_bytes(self._file.read(_NUMBER), "little") for _ in range(2))
        index = self._file.read(length)
        self._begin = self._file.tell()
        if deflate.crc32(index) == digest:
            self._index = marshal.loads(index)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As of every finder; None leaves the module to the next one."""
        known = self._index.get(name)
        if known is None:
            return None
        stored = _Stored._make(known)
        if stored.folder not in (sys.path if path is None else path):
            return None
        try:
            if _state(stored.source) != (stored.size, stored.changed):
                return None
        except OSError:
            return None
        inside = [os.path.dirname(stored.source)] if stored.package else None  # noqa: PTH120 - of a package alone
        loader = _Loader(name, stored.source, self)
        spec = spec_from_file_location(name, stored.source, loader=loader, submodule_search_locations=inside)
        if spec is not None:
            spec.cached = stored.bytecode
        return spec

    def load(self, name: str) -> tuple[CodeType, Compiled]:
        """A module's code, and what it had compiled; one of `_DAMAGE` where the file is damaged."""
        try:
            code, compiled = self._read(name)
            return marshal.loads(code), marshal.loads(compiled)
        except _DAMAGE:
            del self._index[name]  # so that it is stored again
            raise

    def _read(self, name: str) -> tuple[memoryview, memoryview]:
        stored = _Stored._make(self._index[name])
        at, size = self._begin + stored.at, stored.code + stored.compiled
        if hasattr(os, "pread"):  # processes that were forked have one position in the file between them
            data = os.pread(self._file.fileno(), size, at)
        else:
            with self._lock:
                self._file.seek(at)
                data = self._file.read(size)
        if deflate.crc32(data) != stored.digest:
            raise ValueError(name)
        parts = memoryview(data)
        return parts[: stored.code], parts[stored.code :]

    def store(self, new: Mapping[str, Compiled]) -> None:
        """Keep for the next starts what this one has imported and, by module, what it has compiled."""
        imported = _imported(self._index)
        found = {name: one for name, one in imported if self._index.get(name, ())[:_STATE] != one[:_STATE]}
        if is_off() or not (found or new.keys() & self._index.keys()):
            return
        index: dict[str, tuple[Any, ...]] = {}
        data = bytearray()
        for name in {**self._index, **found}:
            with suppress(*_DAMAGE, SyntaxError):
                code, compiled = _compile(name, found[name]) if name in found else self._read(name)
                if name in new:
                    made = marshal.loads(compiled) | new[name]
                    compiled = memoryview(marshal.dumps(made if len(made) <= _MOST else new[name]))
                stored = found.get(name) or _Stored._make(self._index[name])
                digest = deflate.crc32(compiled, deflate.crc32(code))
                index[name] = tuple(
                    stored._replace(at=len(data), code=len(code), compiled=len(compiled), digest=digest)
                )
                data += code
                data += compiled
        if self._index:
            self._file.close()  # Windows replaces no file that is open
        known = marshal.dumps(index)
        numbers = (number.to_bytes(_NUMBER, "little") for number in (len(known), deflate.crc32(known)))
        put(path_of(*_FILE), b"".join((_head(), *numbers, known, data)))


class _Loader(SourceFileLoader):
    """Loads a module out of the file."""

    def __init__(self, name: str, path: str, modules: Modules) -> None:
        super().__init__(name, path)
        self._modules = modules
        self._code: CodeType | None = None

    def exec_module(self, module: ModuleType) -> None:
        """As Python's own loader, with what the module had compiled at hand."""
        modules, outer = self._modules, self._modules.compiled
        try:
            with suppress(*_DAMAGE):
                self._code, modules.compiled = modules.load(module.__name__)
            super().exec_module(module)
        finally:
            self._code, modules.compiled = None, outer

    def get_code(self, fullname: str) -> CodeType | None:
        """As Python's own loader."""
        return self._code or super().get_code(fullname)


def _imported(index: Mapping[str, object]) -> Iterator[tuple[str, _Stored]]:
    """The modules of this process that Python has loaded from files of source, but those out of the file.

    What these were was looked at when they were loaded: a second look at 400 took 3 ms of each start.
    """
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec is None or spec.name != name or type(spec.loader) not in (SourceFileLoader, _Loader):
            continue
        if type(spec.loader) is _Loader and name in index:
            continue
        source, package = spec.origin or "", spec.submodule_search_locations is not None
        with suppress(OSError):
            size, changed = _state(source)
            folder = Path(source).parents[int(package)]
            yield name, _Stored(source, size, changed, spec.cached or "", str(folder), package, 0, 0, 0, 0)


def _compile(name: str, stored: _Stored) -> tuple[memoryview, memoryview]:
    code = SourceFileLoader(name, stored.source).get_code(name)  # out of its own bytecode, where that is stored
    return memoryview(marshal.dumps(code)), memoryview(marshal.dumps({}))


def _state(source: str) -> tuple[int, int]:
    """Its size and time, as Python looks at them; OSError."""
    state = os.stat(source)  # noqa: PTH116 - 450 times a start
    return state.st_size, int(state.st_mtime)


def _head() -> bytes:
    """Another one for another Python, and for a file of another shape."""
    return hashlib.sha256(f"{__version__} {sys.version} {_Stored._fields} CRC-32".encode()).digest()
