"""A filled form saved by another program in another format gets the same findings at the same cells."""

from functools import cache
from pathlib import Path

import pytest
from office import convert_all, needs_office

from doingoai_cli.pipeline.inbox import Request, open_inbox

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
NAMES = ("so-y-te.xlsx", "ubnd-huyen-le-thuy.xlsx")
Found = list[tuple[str, str | None, str | None, str | None]]


@cache
def found(path: Path) -> Found:
    inbox = open_inbox(Request(paths=(str(path),), year=2020))
    return [(f.code, f.sheet, f.cell, f.value) for f in inbox.findings]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saved")


@cache
def saved(folder: Path, *way: str) -> list[Path]:
    """Both files, saved in one format after the other."""
    if not way:
        return [INBOX / name for name in NAMES]
    *before, kind = way
    return convert_all(saved(folder, *before), kind, folder / "-".join(way))


@needs_office
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", [("ods",), ("ods", "xlsx"), ("xls",), ("xls", "ods")], ids=" to ".join)
def test_no_finding_changes(name: str, way: tuple[str, ...], folder: Path) -> None:
    assert found(saved(folder, *way)[NAMES.index(name)]) == found(INBOX / name)
