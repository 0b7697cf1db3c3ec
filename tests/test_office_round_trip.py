"""A filled form saved by another program in another format gets the same findings at the same cells."""

from pathlib import Path

import pytest
from office import convert, needs_office

from doingoai_cli.pipeline.inbox import Request, open_inbox

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"

Found = list[tuple[str, str | None, str | None, str | None]]


def found(path: Path) -> Found:
    inbox = open_inbox(Request(paths=(str(path),), year=2020))
    return [(f.code, f.sheet, f.cell, f.value) for f in inbox.findings]


@needs_office
@pytest.mark.parametrize("name", ["so-y-te.xlsx", "ubnd-huyen-le-thuy.xlsx"])
@pytest.mark.parametrize("way", [("ods",), ("ods", "xlsx"), ("xls",), ("xls", "ods")], ids=" to ".join)
def test_no_finding_changes(name: str, way: tuple[str, ...], tmp_path: Path) -> None:
    path = INBOX / name
    for number, kind in enumerate(way):
        path = convert(path, kind, tmp_path / str(number))
    assert found(path) == found(INBOX / name)
