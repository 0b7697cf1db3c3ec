"""Expressions and classes that an earlier start compiled are what Python makes of them itself."""

import collections
import dataclasses
import inspect
import os
import re
import subprocess
import sys
import time
import typing
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest

from doingoai_cli import compiled, loading, shipped

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
    monkeypatch.setattr(sys, "meta_path", sys.meta_path[:])
    # Of what the whole session has imported one stands for all: each start would compile thousands anew.
    before, every = set(sys.modules) - {loading.__name__, NAME}, loading._imported
    others = lambda index: (one for one in every(index) if one[0] not in before)  # noqa: E731
    monkeypatch.setattr(loading, "_imported", others)
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
    monkeypatch.setattr(sys, "meta_path", [one for one in sys.meta_path if not isinstance(one, loading.Modules)])
    compiled.reuse_compiled()
    module = imported()
    compiled.store_compiled()
    return module


def stored() -> dict[Any, Any]:
    """What is stored of the module: what it had compiled."""
    return loading.Modules().load(NAME)[1]


def imported() -> Any:
    re.purge()
    sys.modules.pop(NAME, None)
    return import_module(NAME)


def new() -> dict[Any, Any]:
    """What this start has compiled itself."""
    assert compiled._installed is not None
    return compiled._installed.new.get(NAME, {})


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
        lambda: typing.ForwardRef("list[", module=NAME).__forward_code__,  # before 3.14 already the first half
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
    monkeypatch.setattr(loading, "_MOST", 2)
    for words in ("tháng", "tháng năm"):
        write(tmp_path, f"import re\nPATTERN = re.compile('{words}')\n")
        start(monkeypatch)
        assert list(stored()) == [(words, 0)], "of this source alone"
    monkeypatch.setattr(time, "time", iter(range(9)).__next__)
    write(tmp_path, "import re, time\nPATTERN = re.compile(f'tháng {time.time()}')\n")
    assert [len(stored()) for _ in range(3) if start(monkeypatch)] == [1, 2, 1]


def test_a_module_comes_out_of_the_file_while_its_source_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = start(monkeypatch)
    assert type(plain.__spec__.loader) is SourceFileLoader
    module = start(monkeypatch)
    assert isinstance(module.__spec__.loader, loading._Loader)
    for name in ("__file__", "__cached__", "__package__", "__doc__"):
        assert getattr(module, name) == getattr(plain, name)
    assert inspect.getsource(module) == MODULE
    (file,) = (tmp_path / "stored").rglob("*.modules.bin")
    before = file.stat().st_mtime_ns
    start(monkeypatch)
    assert file.stat().st_mtime_ns == before, "nothing new"
    write(tmp_path, f"{MODULE}\nNEW = 1\n")
    assert start(monkeypatch).NEW == 1
    assert start(monkeypatch).NEW == 1
    (tmp_path / f"{NAME}.py").unlink()
    with pytest.raises(ModuleNotFoundError):
        start(monkeypatch)


def test_a_module_is_taken_where_it_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "one" / "a_package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from a_package.inner import A\n")
    (package / "inner.py").write_text("A = 1\n")
    for _ in range(2):
        monkeypatch.setattr(sys, "path", [str(tmp_path / "one"), *sys.path])
        start(monkeypatch)
        assert import_module("a_package").A == 1
        compiled.store_compiled()
        sys.modules.pop("a_package")
        assert sys.modules.pop("a_package.inner").__spec__.parent == "a_package"
        monkeypatch.setattr(sys, "path", [one for one in sys.path if one != str(tmp_path / "one")])
    start(monkeypatch)
    with pytest.raises(ModuleNotFoundError):
        import_module("a_package")


@pytest.mark.parametrize(
    "damage", ["cut", "empty", "zeros", "a turned bit", "another Python", "a length beyond sense"]
)
def test_a_damaged_file_is_as_if_there_were_none(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = imported()
    start(monkeypatch)
    (file,) = (tmp_path / "stored").rglob("*.modules.bin")
    whole = file.read_bytes()
    begin = 48 + int.from_bytes(whole[32:40], "little")
    damaged = {
        "cut": whole[:begin], "empty": b"", "zeros": whole[:begin] + bytes(len(whole) - begin),
        "a turned bit": bytes(byte ^ (at >= begin and at % 100 == 0) for at, byte in enumerate(whole)),
        "another Python": bytes(32) + whole[32:], "a length beyond sense": whole[:32] + b"\xff" * 8 + whole[40:],
    }  # fmt: skip
    file.write_bytes(damaged[damage])
    for _ in range(2):
        assert behaviour(start(monkeypatch)) == behaviour(plain)
    assert behaviour(start(monkeypatch)) == behaviour(plain)
    assert not new()
    assert stored()


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
    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("*.modules.bin")}
    assert len(kept) == 1
    assert check() == first == check(**{shipped.SWITCH: "off"})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.modules.bin")} == kept
