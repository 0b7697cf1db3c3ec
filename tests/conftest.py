"""What every test shares: the helpers in `tests/support` as plain modules, no colour, no user's workspace."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from doingoai_cli.shipped import SWITCH

# Builders are tested, not what an earlier run stored of them; set here, so that modules of tests see it as well.
os.environ[SWITCH] = "off"
# How long an example takes says something of the machine and nothing of the program.
settings.register_profile("timeless", deadline=None)
settings.load_profile("timeless")
sys.path.insert(0, str(Path(__file__).parent / "support"))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the example's inbox merged into `tonghop.xlsx`."""
    from doingoai_cli.cli.app import run  # behind the switch

    monkeypatch.chdir(tmp_path)
    inbox = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
    assert run(["merge", str(inbox), "--year", "2020", "--out", "tonghop.xlsx", "-q"]) in (0, 1)
    return tmp_path
