"""Start-up stays light: what nothing needs yet is not loaded."""

import subprocess
import sys

import pytest

HEAVY = {"pydantic", "openpyxl", "docx", "rich", "yaml", "jinja2", "lxml", "xlsxwriter", "babel", "rapidfuzz"}
SCRIPT = """
import sys
from doingoai_cli.__main__ import main
sys.argv = ["doingoai", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    script = SCRIPT.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_the_version_loads_not_even_typer() -> None:
    assert not loaded("--version") & (HEAVY | {"typer"})


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("rules", "--help"), ()])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not loaded(*arguments) & HEAVY
