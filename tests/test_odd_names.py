"""Names of files that are no UTF-8, that steer a terminal, or that are as long as a system allows."""

import json
import os
import re
import sys
from pathlib import Path

import openpyxl
import pytest

from doingoai_cli.cli.app import run
from doingoai_cli.readers.folder import real_path, shown_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
ODD = (
    b"k\xe9 ho\x80ch.xlsx",
    b"x\x1b[31mdo.xlsx",
    b"a\nb::error.xlsx",
    b"d" * 240 + b".xlsx",
    "đ\u202e.xlsx".encode(),
)
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = os.fsencode(tmp_path / "inbox")
    Path(os.fsdecode(folder)).mkdir()
    for number, name in enumerate(ODD):
        book = openpyxl.Workbook()
        book.active.append(["KẾ HOẠCH ĐOÀN RA NĂM 2020"])
        book.active.append(
            ["TT", "Tên đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Số ngày", "Thời gian thực hiện"]
        )
        book.active.append([1, f"Đoàn {number}", "A, Giám đốc Sở", "nhiều", "Lào", 3, "Quý II/2020"])
        book.save(os.fsdecode(folder + b"/" + name))
    return tmp_path / "inbox"


def test_a_shown_name_leads_back() -> None:
    for name in ODD:
        path = Path(os.fsdecode(name))
        assert real_path(shown_path(path)) == path
        shown_path(path).encode("utf-8")


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "sarif", "html", "github"])
def test_every_format_says_them_harmlessly(
    inbox: Path, format: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["check", "inbox", "--year", "2020", "--no-cache", "--format", format, "--output", "ra"]) == 1
    text = (tmp_path / "ra").read_text(encoding="utf-8")
    assert not _STEERING.search(
        "".join(
            json.dumps(json.loads(t), ensure_ascii=format.startswith("json") or format == "sarif")
            for t in _documents(format, text)
        )
    )
    assert not _STEERING.search(capsys.readouterr().err)
    assert (
        text.count("khoch") + text.count("ho\\udc80ch") + text.count("ho\\\\udc80ch") + text.count("ho%5Cudc80ch")
        > 0
    )


def _documents(format: str, text: str) -> list[str]:
    """What a program reads of a text: JSON says such characters in a way that steers nothing once it is read."""
    if format == "jsonl":
        return text.splitlines()
    return [text] if format in ("json", "sarif") else [json.dumps(text, ensure_ascii=False)]


def test_json_keeps_the_names_as_given(inbox: Path, tmp_path: Path) -> None:
    run(["check", "inbox", "--year", "2020", "--no-cache", "--format", "json", "--output", "ra.json"])
    files = json.loads((tmp_path / "ra.json").read_text(encoding="utf-8"))["files"]
    assert {os.fsencode(real_path(file["path"])) for file in files} == {b"inbox/" + name for name in ODD}


def test_every_copy_is_written_and_merged(inbox: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(["check", "inbox", "--year", "2020", "--no-cache", "--annotate", "danh-dau"])
    copies = sorted(path.name for path in (tmp_path / "danh-dau").iterdir())
    assert len(copies) == len(ODD)
    assert all(len(name.encode()) <= 200 and not _STEERING.search(name) for name in copies)
    assert run(["merge", "inbox", "--year", "2020", "--no-cache", "--out", "t.xlsx"]) == 1
    shown = capsys.readouterr()
    assert not _STEERING.search(shown.out + shown.err)
    assert "tổng hợp 5 dòng" in shown.out
