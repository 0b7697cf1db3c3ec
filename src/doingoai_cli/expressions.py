"""Regular expressions compiled once an installation (biểu thức chính quy đã dịch).

Every start of `check` compiles some 450 expressions, most of them ours: 59 ms of 340, and as much in every process
that is begun fresh, as Windows begins them. Python stores the bytecode of modules, but not what `re` makes of an
expression. `reuse_compiled` has `re` look first among the programs that an earlier start stored (`shipped.py` says
where, and when they count no more); `store_compiled` adds those that are new. With them it takes 4 ms.

Only what a module compiles while it is imported is stored, so nothing that a user or an agency wrote. The programs
are what `re` itself hands to its engine, which checks each again; where another Python does that in another way,
`re` compiles as ever.
"""

import re
import sys
from array import array
from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal, NamedTuple

from doingoai_cli.shipped import store, stored

_NAME = "expressions"
_IMPORTING = "<frozen importlib._bootstrap>"
_CODE: Literal["I"] = "I"
"""The engine's unit: 32 bits."""
_MOST = 2000
"""The program and its libraries have some 700; a library that builds one from a set has another at each start."""


class _Program(NamedTuple):
    """What the engine needs of an expression; its flags, words, groups, and their names in both directions."""

    flags: int
    code: bytes
    groups: int
    by_name: dict[str, int]
    names: tuple[str | None, ...]


class _Compiler:
    """Stands before `re`'s own compiler."""

    def __init__(self, engine: Any, parser: Any, compiler: Any) -> None:
        self._engine = engine
        self._parser = parser
        self._code: Callable[[Any, int], list[int]] = compiler._code
        self._compile: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        self.known: dict[tuple[str | bytes, int], _Program] = stored(_NAME) or {}
        self.new: dict[tuple[str | bytes, int], _Program] = {}

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """As `re`'s own; an expression that is known is not parsed."""
        if not isinstance(pattern, str | bytes) or flags & re.DEBUG:
            return self._compile(pattern, flags)
        program = self.known.get((pattern, flags))
        if program is None:
            if not _imports_a_module():
                return self._compile(pattern, flags)
            program = self.new[pattern, flags] = self._program(pattern, flags)
        words = memoryview(program.code).cast(_CODE).tolist()
        compiled: re.Pattern[Any] = self._engine.compile(
            pattern, program.flags, words, program.groups, program.by_name, program.names
        )
        return compiled

    def _program(self, pattern: str | bytes, flags: int) -> _Program:
        parsed = self._parser.parse(pattern, flags)
        state = parsed.state
        names = {number: name for name, number in state.groupdict.items()}
        return _Program(
            int(flags | state.flags),
            array(_CODE, self._code(parsed, flags)).tobytes(),
            state.groups - 1,
            state.groupdict,
            tuple(names.get(number) for number in range(state.groups)),
        )


_installed: _Compiler | None = None


def reuse_compiled() -> None:
    """From here on, `re` in this process need not compile what an earlier start has compiled."""
    global _installed
    if _installed is not None:
        return
    try:
        engine, parser, compiler = map(_module, ("_sre", "re._parser", "re._compiler"))
        installed = _Compiler(engine, parser, compiler)
        works = array(_CODE).itemsize == engine.CODESIZE and installed._program("(?P<a>a)|b", 0).groups == 1
    except Exception:  # another Python: nothing is lost but time
        return
    if works:
        _installed = installed
        compiler.compile = installed.compile


def _module(name: str) -> Any:
    return import_module(name)


def store_compiled() -> None:
    """What this start has compiled is there for the next, beside what earlier ones have (`_MOST` at most)."""
    if _installed is not None and _installed.new:
        known = _installed.known | _installed.new
        store(_NAME, known if len(known) <= _MOST else _installed.new)


def _imports_a_module() -> bool:
    """Whether what is compiled now is compiled for a module that is being imported."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_code.co_filename == _IMPORTING:
            return True
    return False
