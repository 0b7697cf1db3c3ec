"""What is worked out from the program's own files is stored, is never stale, and is never needed."""

import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doingoai_cli import shipped
from doingoai_cli.checks.pack import choose_pack
from doingoai_cli.model.forms import load_forms
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.resources import forms_dir, outlines_dir, packs_dir
from doingoai_cli.shipped import SWITCH, precomputed


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(shipped, "_results", {})
    return tmp_path


def another_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_results", {})


def test_it_is_worked_out_once_an_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"năm": 2020}

    first = precomputed("thử", make)
    assert precomputed("thử", make) is first
    another_start(monkeypatch)
    assert precomputed("thử", make) == first
    assert made == [1]


def test_a_changed_program_works_it_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert precomputed("thử", lambda: "trước") == "trước"
    another_start(monkeypatch)
    monkeypatch.setattr(shipped, "program_digest", lambda: b"other")
    assert precomputed("thử", lambda: "sau") == "sau"


@pytest.mark.parametrize("damage", [b"", b"\x80", b"other\n" + pickle.dumps("x")])
def test_a_damaged_file_is_as_if_there_were_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    precomputed("thử", lambda: "một")
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    file.write_bytes(damage)
    another_start(monkeypatch)
    assert precomputed("thử", lambda: "hai") == "hai"


def test_no_bit_may_turn_in_what_is_stored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    precomputed("thử", lambda: "từ 10 người")
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    stored = file.read_bytes()
    for at, byte in enumerate(stored):
        file.write_bytes(stored[:at] + bytes([byte ^ 1]) + stored[at + 1 :])
        assert shipped.stored("thử") is None, f"byte {at}"
    file.write_bytes(stored)
    assert shipped.stored("thử") == "từ 10 người"


def test_what_was_stored_by_another_name_is_not_taken(folder: Path) -> None:
    precomputed("thử", lambda: "một")
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    file.replace(file.with_name(file.name.replace("thử", "khác")))
    assert shipped.stored("khác") is None


def test_where_nothing_can_be_written_it_is_worked_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "tep"))
    (folder / "tep").write_text("not a folder", encoding="utf-8")
    assert precomputed("thử", lambda: 1) == 1
    another_start(monkeypatch)
    assert precomputed("thử", lambda: 2) == 2


def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    precomputed("thử", lambda: 1)
    another_start(monkeypatch)
    monkeypatch.setenv(SWITCH, "off")
    assert precomputed("thử", lambda: 2) == 2
    assert precomputed("khác", lambda: 3) == 3
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    "result",
    [
        lambda: load_forms(forms_dir()).specs,
        lambda: choose_pack(2020, None, packs_dir()),
        lambda: load_outlines(outlines_dir()).all,
    ],
)
def test_what_is_stored_is_what_is_built(monkeypatch: pytest.MonkeyPatch, result: Callable[[], Any]) -> None:
    monkeypatch.setenv(SWITCH, "off")
    built = result()
    monkeypatch.delenv(SWITCH)
    another_start(monkeypatch)
    assert result() == built, "worked out and stored"
    another_start(monkeypatch)
    assert result() == built, "read back"


def test_what_cannot_be_put_in_place_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    assert precomputed("thử", lambda: 1) == 1
    assert not [path for path in folder.rglob("*") if path.is_file()]
