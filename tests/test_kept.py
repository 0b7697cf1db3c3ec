"""What is worked out from the program's own files is kept, is never stale, and is never needed."""

import pickle
import sys
from pathlib import Path

import pytest

from doingoai_cli import shipped
from doingoai_cli.shipped import kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(shipped, "_known", {})
    return tmp_path


def another_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_known", {})


def test_it_is_worked_out_once_an_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"năm": 2020}

    first = kept("thử", make)
    assert kept("thử", make) is first
    another_start(monkeypatch)
    assert kept("thử", make) == first
    assert made == [1]


def test_a_changed_program_works_it_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept("thử", lambda: "trước") == "trước"
    another_start(monkeypatch)
    monkeypatch.setattr(shipped, "program_digest", lambda: b"other")
    assert kept("thử", lambda: "sau") == "sau"


@pytest.mark.parametrize("damage", [b"", b"\x80", b"other\n" + pickle.dumps("x")])
def test_a_damaged_file_is_as_if_there_were_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    kept("thử", lambda: "một")
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    file.write_bytes(damage)
    another_start(monkeypatch)
    assert kept("thử", lambda: "hai") == "hai"


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "tep"))
    (folder / "tep").write_text("not a folder", encoding="utf-8")
    assert kept("thử", lambda: 1) == 1
    another_start(monkeypatch)
    assert kept("thử", lambda: 2) == 2
