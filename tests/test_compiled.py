"""Expressions and classes that an earlier start compiled are what Python makes of them itself."""

import collections
import dataclasses
import inspect
import os
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from doingoai_cli import compiled, shipped

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
TEXTS = ("Sở Y tế, 15/9/2019", "đoàn ra\nĐOÀN VÀO", "aab", "")
NAME = "a_module_of_its_own"
MODULE = """
import re
from dataclasses import dataclass, field
from typing import ForwardRef, NamedTuple
PATTERNS = [
    re.compile(r"(?P<ngay>\\d{1,2})/(?P<thang>\\d{1,2})(?:/(\\d{4}))?"),
    re.compile("đoàn (?:ra|vào)", re.IGNORECASE),
    re.compile(r"^ \\w+  # chữ", re.VERBOSE | re.MULTILINE),
    re.compile(rb"a+(b)?"),
    re.compile("(?i:Y)\\\\s(?=t)"),
    re.compile("[\u1ea0-\u1ef9]+"),
    re.compile(""),
]

class Cell(NamedTuple):
    row: int
    text: str = "ô"

@dataclass(frozen=True, slots=True, order=True)
class Row:
    number: int
    cells: tuple[Cell, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False)
    cited: "dict[str, Cell] | None" = None

REFERENCES = [ForwardRef("list[Row]"), ForwardRef("list[Row]")]
"""


@pytest.fixture(autouse=True)
def _no_earlier_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    compiler = sys.modules["re._compiler"]
    original = vars(compiler)["compile"]
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "stored"))
    monkeypatch.delenv(shipped.SWITCH)
    monkeypatch.setattr(compiled, "_installed", None)
    monkeypatch.syspath_prepend(str(tmp_path))
    write(tmp_path, MODULE)
    yield
    vars(compiler)["compile"] = original
    vars(dataclasses).pop("exec", None)
    vars(collections).pop("eval", None)
    vars(typing).pop("compile", None)


def write(folder: Path, text: str) -> None:
    (folder / f"{NAME}.py").write_text(text, encoding="utf-8")


def start(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, imported by a new start."""
    monkeypatch.setattr(compiled, "_installed", None)
    compiled.reuse_compiled()
    module = imported()
    compiled.store_compiled()
    return module


def imported() -> Any:
    re.purge()
    sys.modules.pop(NAME, None)
    return import_module(NAME)


def new() -> dict[Any, Any]:
    """What this start has compiled itself."""
    assert compiled._installed is not None
    return compiled._installed.new


def shape(pattern: re.Pattern[Any]) -> tuple[object, ...]:
    texts = TEXTS if isinstance(pattern.pattern, str) else tuple(text.encode() for text in TEXTS)
    found = [[(m.span(), m.groups(), m.groupdict()) for m in pattern.finditer(text)] for text in texts]
    return pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex), found


def behaviour(module: Any) -> list[object]:
    """What the classes of the module do."""
    cell, row = module.Cell(3), module.Row(2, (module.Cell(1, "a"),))
    said: list[object] = [
        cell,
        cell._replace(text="b"),
        repr(row),
        hash(row.cells),
        str(inspect.signature(module.Row)),
    ]
    said += [
        row == module.Row(2, row.cells, ["khác"]),
        row < module.Row(3),
        row.notes,
        module.Cell._field_defaults,
        typing.get_type_hints(module.Row, vars(module))["cited"] == dict[str, module.Cell] | None,
        [eval(reference.__forward_code__, vars(module)) == list[module.Row] for reference in module.REFERENCES],
    ]
    for wrong in (
        lambda: module.Row(),
        lambda: setattr(row, "number", 1),
        lambda: module.Cell(),
        lambda: typing.ForwardRef("list[", module=NAME),
        lambda: cell < 1,
    ):
        with pytest.raises((TypeError, AttributeError, SyntaxError)) as error:
            wrong()
        said.append((type(error.value).__name__, str(error.value)))
    return said


def test_what_is_stored_is_what_python_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = imported()
    first = start(monkeypatch)
    assert new()
    again = start(monkeypatch)
    assert not new()
    for module in (first, again):
        assert [shape(p) for p in module.PATTERNS] == [shape(p) for p in plain.PATTERNS]
        assert behaviour(module) == behaviour(plain)


def test_what_is_made_of_a_text_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch)
    before = dict(new())
    assert re.compile("Sở Y tế|Sở Du lịch").search("Sở Du lịch")
    assert dataclasses.asdict(dataclasses.make_dataclass("Made", ["one"])(1)) == {"one": 1}
    assert new() == before
    with pytest.raises(re.error):
        re.compile("(")


@pytest.mark.parametrize(
    "wrong", ["re.compile('(')", "dataclass(type('A', (), {'__annotations__': {'a-b': int}}))"]
)
def test_what_is_wrong_is_refused_as_ever(wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, f"import re\nfrom dataclasses import dataclass\n{wrong}\n")
    with pytest.raises((re.error, SyntaxError)):
        start(monkeypatch)


def test_another_python_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_module", lambda _name: object())
    plain = imported()
    assert behaviour(start(monkeypatch)) == behaviour(plain)
    assert compiled._installed is None


def test_what_is_stored_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch)
    before = len(shipped.stored("compiled"))
    for most, stored in ((100, before + 1), (before, 1)):
        write(tmp_path, f"import re\nPATTERN = re.compile('tháng {most}')\n")
        monkeypatch.setattr(compiled, "_MOST", most)
        start(monkeypatch)
        assert len(shipped.stored("compiled")) == stored


def test_no_expression_hangs_on_the_order_of_sets() -> None:
    """Else they would be compiled, and stored, anew at each start."""
    script = (
        "import importlib, pkgutil, re, sys, doingoai_cli\n"
        "for module in pkgutil.walk_packages(doingoai_cli.__path__, 'doingoai_cli.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
        "values = [value for name, module in sys.modules.items() if name.startswith('doingoai_cli')\n"
        "          for value in vars(module).values() if isinstance(value, re.Pattern)]\n"
        "print(sorted({str(value.pattern) for value in values}))\n"
    )
    one, two = (
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    )
    assert one.stdout == two.stdout
    assert len(one.stdout) > 10_000


def test_starts_with_and_without_them_say_the_same(tmp_path: Path) -> None:
    def check(**more: str) -> bytes:
        command = ("check", str(INBOX / "so-y-te.xlsx"), "--year", "2020", "--no-cache", "--format", "json")
        environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)} | more
        return subprocess.run(
            [sys.executable, "-m", "doingoai_cli", *command], capture_output=True, env=environment
        ).stdout

    first = check()
    stored = {path.name: path.read_bytes() for path in tmp_path.rglob("*.compiled.pickle")}
    assert len(stored) == 1
    assert check() == first == check(**{shipped.SWITCH: "off"})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.compiled.pickle")} == stored
