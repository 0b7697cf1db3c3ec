"""Expressions that an earlier start compiled are the same expressions, and `re` itself is never in doubt."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doingoai_cli import expressions, shipped

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
TEXTS = ("Sở Y tế, 15/9/2019", "đoàn ra\nĐOÀN VÀO", "aab", "")
MODULE = """
import re
PATTERNS = [
    re.compile(r"(?P<ngay>\\d{1,2})/(?P<thang>\\d{1,2})(?:/(\\d{4}))?"),
    re.compile("đoàn (?:ra|vào)", re.IGNORECASE),
    re.compile(r"^ \\w+  # chữ", re.VERBOSE | re.MULTILINE),
    re.compile(rb"a+(b)?"),
    re.compile("(?i:Y)\\\\s(?=t)"),
    re.compile("[\u1ea0-\u1ef9]+"),
    re.compile(""),
]
"""


@pytest.fixture(autouse=True)
def _no_earlier_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    compiler = sys.modules["re._compiler"]
    original = compiler.compile  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "stored"))
    monkeypatch.delenv(shipped.SWITCH)
    monkeypatch.setattr(expressions, "_installed", None)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "expressions_of_a_module.py").write_text(MODULE, encoding="utf-8")
    yield
    compiler.compile = original  # type: ignore[attr-defined]


def start(monkeypatch: pytest.MonkeyPatch) -> list[re.Pattern[str] | re.Pattern[bytes]]:
    """The patterns of a module that a new start imports."""
    monkeypatch.setattr(expressions, "_installed", None)
    re.purge()
    sys.modules.pop("expressions_of_a_module", None)
    expressions.reuse_compiled()
    patterns = __import__("expressions_of_a_module").PATTERNS
    expressions.store_compiled()
    return list(patterns)


def shape(pattern: re.Pattern[str] | re.Pattern[bytes]) -> tuple[object, ...]:
    texts = TEXTS if isinstance(pattern.pattern, str) else tuple(text.encode() for text in TEXTS)
    found = [[(m.span(), m.groups(), m.groupdict()) for m in pattern.finditer(text)] for text in texts]  # type: ignore[arg-type]
    return pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex), found


def test_a_stored_expression_is_the_one_that_re_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = start(monkeypatch), start(monkeypatch)
    assert expressions._installed is not None
    assert not expressions._installed.new
    monkeypatch.undo()
    re.purge()
    plain = [re.compile(pattern.pattern, pattern.flags & ~re.UNICODE) for pattern in first]
    assert [shape(p) for p in first] == [shape(p) for p in again] == [shape(p) for p in plain]


def test_what_is_made_of_a_text_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch)
    assert expressions._installed is not None
    before = dict(expressions._installed.new)
    assert re.compile("Sở Y tế|Sở Du lịch").search("Sở Du lịch")
    assert expressions._installed.new == before
    with pytest.raises(re.error):
        re.compile("(")


def test_an_expression_that_is_wrong_is_refused_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "expressions_of_a_module.py").write_text("import re\nre.compile('(')\n", encoding="utf-8")
    with pytest.raises(re.error):
        start(monkeypatch)


def test_another_python_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_module", lambda _name: object())
    assert [shape(p) for p in start(monkeypatch)]
    assert expressions._installed is None


def test_what_is_stored_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(monkeypatch)
    module = tmp_path / "expressions_of_a_module.py"
    for most, kept in ((100, 8), (8, 1)):
        module.write_text(f"import re\nPATTERNS = [re.compile('tháng {most}')]\n", encoding="utf-8")
        monkeypatch.setattr(expressions, "_MOST", most)
        start(monkeypatch)
        assert len(shipped.stored("expressions")) == kept


def test_expressions_do_not_hang_on_the_order_of_sets() -> None:
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
    stored = {path.name: path.read_bytes() for path in tmp_path.rglob("*.expressions.pickle")}
    assert len(stored) == 1
    assert check() == first == check(**{shipped.SWITCH: "off"})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.expressions.pickle")} == stored
