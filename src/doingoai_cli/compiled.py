"""What Python compiles again at every start, stored (những gì Python dịch lại mỗi lần khởi động).

Python stores the bytecode of modules, but not what they compile while they are imported: `re` makes programs of
some 450 expressions, dataclasses and named tuples compile the source that they write for some 250 classes, and
`typing` compiles 750 annotations of pydantic that are texts. That was a third of a `check` of one workbook (110 of
340 ms), and as much of every process that is begun fresh, as Windows begins them. `reuse_compiled` has the four
look first among what an earlier start stored with the module that is being imported (`loading.py`),
`store_compiled` adds what is new. With them it takes 10 ms.

Only what is compiled while a module is imported is stored, so nothing that a user or an agency wrote. What `re`
hands to its engine is checked there each time; code is as trustworthy as the bytecode beside it. Where another
Python does any of this in another way, it compiles as usual.
"""

import os
import re
import sys
from array import array
from collections.abc import Callable
from importlib import import_module
from types import CodeType, ModuleType
from typing import Any, ForwardRef, Literal, NamedTuple

from doingoai_cli.loading import Compiled, Modules

_IMPORTING = "<frozen importlib._bootstrap>"
_CODE: Literal["I"] = "I"
"""The unit of `re`'s engine: 32 bits."""
_WRITERS = (("dataclasses", "exec"), ("collections", "eval"))
"""The modules that run source of their own, and by which function."""


class _Program(NamedTuple):
    """What the engine needs of an expression; its flags, words, groups, and their names in both directions."""

    flags: int
    code: bytes
    groups: int
    by_name: dict[str, int]
    names: tuple[str | None, ...]


class _Compiler:
    """Stands before what compiles expressions and source."""

    def __init__(self, engine: Any, parser: Any, compiler: Any) -> None:
        self._engine = engine
        self._parser = parser
        self._code: Callable[[Any, int], list[int]] = compiler._code
        self._compile: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        self.modules = Modules()
        self.new: dict[str, Compiled] = {}
        """What this start has compiled, by the module that was being imported."""

    def expression(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """A pattern compiled as `re`'s own `compile` does it, taken from what is stored where it is known."""
        if not isinstance(pattern, str | bytes) or flags & re.DEBUG:
            return self._compile(pattern, flags)
        known = self.modules.compiled.get((pattern, flags))
        if known is None:
            importing = _imported_module()
            if importing is None:
                return self._compile(pattern, flags)
            known = tuple(self.program(pattern, flags))
            self.new.setdefault(importing, {})[pattern, flags] = known
        program = _Program._make(known)
        words = memoryview(program.code).cast(_CODE).tolist()
        made: re.Pattern[Any] = self._engine.compile(
            pattern, program.flags, words, program.groups, program.by_name, program.names
        )
        return made

    def program(self, pattern: str | bytes, flags: int) -> _Program:
        """What `re` would hand to its engine."""
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

    def source(self, text: str, mode: str) -> CodeType:
        """As `compile` does it for `exec` and `eval`."""
        known: CodeType | None = self.modules.compiled.get((text, mode))
        if known is None:
            known = compile(text, "<string>", mode)
            importing = _imported_module()
            if importing is not None:
                self.new.setdefault(importing, {})[text, mode] = known
        return known

    def runner(self, mode: str, module: ModuleType) -> Callable[..., Any]:
        """`exec` or `eval`, as one module calls it."""
        run: Callable[..., Any] = {"exec": exec, "eval": eval}[mode]

        def run_source(source: Any, names: dict[str, Any] | None = None, local: Any = None) -> Any:
            code = self.source(source, mode) if isinstance(source, str) else source
            names = vars(module) if names is None else names
            return run(code, names, names if local is None else local)

        return run_source

    def annotation(self, source: Any, _filename: str, mode: str) -> CodeType:
        """`compile` as it is called for each annotation that is a text."""
        return self.source(source, mode)


class _NoPlugins(ModuleType):
    """Stands where pydantic looks for plugins: 5 ms of each process, to load what would then look for none."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def no_plugins() -> None:
    """No plugin has business in our models, and looking for one costs as much as reading a workbook."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.modules.setdefault("pydantic.plugin._loader", _NoPlugins("pydantic.plugin._loader"))


_installed: _Compiler | None = None


def reuse_compiled() -> None:
    """From here on, this process need not compile what an earlier start has compiled."""
    global _installed
    if _installed is not None:
        return
    try:
        engine, parser, compiler = map(_module, ("_sre", "re._parser", "re._compiler"))
        installed = _Compiler(engine, parser, compiler)
        works = array(_CODE).itemsize == engine.CODESIZE and installed.program("(?P<a>a)|b", 0).groups == 1
    except Exception:  # another Python: nothing is lost but time
        return
    if works:
        _installed = installed
        sys.meta_path.insert(0, installed.modules)
        compiler.compile = installed.expression
        for name, mode in _WRITERS:
            module = _module(name)
            setattr(module, mode, installed.runner(mode, module))
        _module(ForwardRef.__module__).compile = installed.annotation  # `typing`; from 3.14 on `annotationlib`


def store_compiled() -> None:
    """What this start has loaded and compiled is there for the next."""
    if _installed is not None:
        _installed.modules.store(_installed.new)


def _module(name: str) -> Any:
    return import_module(name)


def _imported_module() -> str | None:
    """The name of the module that is being imported, for which something is compiled now."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_code.co_filename == _IMPORTING and "spec" in frame.f_locals:
            name: str = frame.f_locals["spec"].name
            return name
    return None
