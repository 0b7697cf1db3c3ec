"""Promises of the command line that are easily broken: what is written when nothing is said, what is refused."""

import shutil
from pathlib import Path

import pytest

from doingoai_cli.cli import run

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with one good submission in `inbox` and a roster."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    shutil.copy(INBOX / "so-y-te.xlsx", tmp_path / "inbox")
    (tmp_path / "don-vi.csv").write_text("code,name\nSYT,Sở Y tế\nSDL,Sở Du lịch\n", encoding="utf-8")
    return tmp_path


def test_quiet_writes_the_marked_copies_all_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "inbox", "--year", "2020", "--annotate", "tra-lai", "--quiet"]) == 1
    assert capsys.readouterr().err == ""
    assert [p.name for p in (here / "tra-lai").iterdir()] == ["so-y-te.xlsx"]


def test_a_marked_copy_never_takes_the_place_of_what_was_sent(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (here / "inbox" / "so-y-te.xlsx").read_bytes()
    assert run(["check", "inbox", "--year", "2020", "--annotate", "inbox"]) == 2
    assert "ghi đè tệp gốc inbox/so-y-te.xlsx" in capsys.readouterr().err
    assert (here / "inbox" / "so-y-te.xlsx").read_bytes() == before


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_whoever_is_late_or_missing_gets_a_letter(quiet: list[str], here: Path) -> None:
    arguments = ["status", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--remind", "nhac", *quiet]
    assert run(arguments) == 0
    assert sorted(p.name for p in (here / "nhac").iterdir()) == ["nhac-so-du-lich.docx", "nhac-so-y-te.docx"]
