"""Start-up stays light: what nothing needs yet is not loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doingoai_cli.shipped import SWITCH

HEAVY = {"pydantic", "openpyxl", "docx", "rich", "yaml", "jinja2", "lxml", "xlsxwriter", "babel", "rapidfuzz"}
SCRIPT = """
import sys
from doingoai_cli.__main__ import main
sys.argv = ["doingoai", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print("LOADED", *sys.modules, file=sys.stderr)
"""
INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"


def loaded(*arguments: str) -> set[str]:
    script = SCRIPT.format(arguments=list(arguments))
    environment = {name: value for name, value in os.environ.items() if name != SWITCH}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment
    )
    assert "LOADED" in done.stderr, done.stderr
    return set(done.stderr.rpartition("LOADED")[2].split())


def test_the_version_loads_not_even_typer() -> None:
    assert not loaded("--version") & (HEAVY | {"typer"})


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("rules", "--help"), ()])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & HEAVY <= {"pydantic"}  # typer's own, from 0.29 on


@pytest.mark.parametrize("format", ["table", "json", "csv", "github"])
def test_a_check_loads_no_more_than_it_needs(format: str) -> None:
    """Forms and rules come ready (`shipped.py`): no YAML is read."""
    arguments = ("check", str(INBOX / "so-y-te.xlsx"), "--year", "2020", "--no-cache", "--format", format)
    loaded(*arguments)  # the first run of an installation stores what is worked out
    assert loaded(*arguments) & HEAVY == {"pydantic", "jinja2"} | ({"rich"} if format == "table" else set())


def test_pydantic_is_spared_what_looks_for_plugins() -> None:
    modules = loaded("check", str(INBOX / "so-y-te.xlsx"), "--year", "2020", "--no-cache", "--format", "json")
    assert "pydantic.plugin._schema_validator" in modules
    assert "importlib.metadata" not in modules


def test_what_looks_for_plugins_is_there_for_who_asks_more() -> None:
    script = (
        "from doingoai_cli.compiled import no_plugins\nno_plugins()\n"
        "from pydantic.plugin._loader import get_plugins, PYDANTIC_ENTRY_POINT_GROUP\n"
        "print(get_plugins(), PYDANTIC_ENTRY_POINT_GROUP)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "() pydantic\n"


def test_a_check_of_files_knows_nothing_of_workbooks_that_are_consolidated() -> None:
    """Nor of what writes files, or of deadlines that no workspace states."""
    arguments = ("check", str(INBOX / "so-y-te.xlsx"), "--year", "2020", "--no-cache")
    needless = {"model.consolidated", "consolidate.history", "pipeline.files", "pipeline.deadlines", "model.seals"}
    assert not {f"doingoai_cli.{name}" for name in needless} & loaded(*arguments)
    assert "tomllib" not in loaded(*arguments)


def test_a_command_loads_no_other() -> None:
    commands = {name for name in loaded("status", "--help") if name.startswith("doingoai_cli.cli.")}
    assert "doingoai_cli.cli.status" in commands
    assert not commands & {"doingoai_cli.cli.check", "doingoai_cli.cli.merge", "doingoai_cli.cli.rules"}


def test_blank_forms_need_only_what_writes_workbooks(tmp_path: Path) -> None:
    arguments = ("new-template", "--year", "2020", "--out", str(tmp_path / "bieu-mau.xlsx"))
    loaded(*arguments)
    assert loaded(*arguments) & HEAVY == {"pydantic", "xlsxwriter"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A consolidated workbook."""
    path = tmp_path_factory.mktemp("book") / "tonghop.xlsx"
    loaded("merge", str(INBOX), "--year", "2020", "--no-cache", "--quiet", "--out", str(path))
    return path


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (("export", "{book}", "--to", "jsonl", "--out", "{folder}"), set()),
        (("reconcile", "{book}", "{book}"), set()),
        (("figures", "--from", "{book}", "--year", "2020"), {"jinja2"}),
        (("report", "--from", "{book}", "--year", "2020", "--out", "{folder}/a.docx"), {"jinja2", "xlsxwriter"}),
        (("notify", "{book}", "--out", "{folder}"), set()),
    ],
)
def test_what_begins_with_a_consolidated_workbook_loads_neither_intake_nor_rules(
    arguments: tuple[str, ...], heavy: set[str], book: Path, tmp_path: Path
) -> None:
    said = [argument.format(book=book, folder=tmp_path) for argument in arguments]
    loaded(*said)  # the first run of an installation stores what is worked out
    found = loaded(*said)
    assert found & HEAVY == {"pydantic"} | heavy
    assert not [name for name in found if name.startswith(("doingoai_cli.intake", "doingoai_cli.checks."))]
