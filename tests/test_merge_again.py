"""From the command line: an edited workbook is merged into, reported on, or refused with its bytes untouched."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.cli.app import run
from doingoai_cli.resources import examples_dir

MERGE = ["merge", "inbox", "--out", "tonghop.xlsx", "--year", "2020", "--fail-on", "never"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(examples_dir() / "ky-2020" / "inbox", tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)
    assert run(MERGE) == 0
    return tmp_path / "tonghop.xlsx"


def edit(path: Path, change: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.load_workbook(path)
    change(book["02.A"])
    book.save(path)
    return path.read_bytes()


def opinions(sheet: Worksheet) -> int:
    return next(c.column for row in sheet.iter_rows(max_row=9) for c in row if c.value == "Ý kiến thẩm định")


@pytest.mark.parametrize(
    "command",
    [MERGE, ["report", "--year", "2020", "--from", "tonghop.xlsx"], ["figures", "--from", "tonghop.xlsx"],
     ["export", "tonghop.xlsx", "--to", "csv"], ["notify", "tonghop.xlsx", "--out", "thong-bao"]],
)  # fmt: skip
def test_what_cannot_be_read_back_is_neither_counted_nor_overwritten(
    here: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = edit(here, lambda sheet: sheet.delete_cols(opinions(sheet)))
    before = {path for path in here.parent.rglob("*") if path.is_file()}
    assert run(command) == 2
    told = capsys.readouterr().err
    assert "Trang “02.A”: thiếu cột “Ý kiến thẩm định”" in told
    assert "Cách sửa" in told
    assert here.read_bytes() == damaged
    assert {path for path in here.parent.rglob("*") if path.is_file() and path.suffix != ".lock"} <= before


def test_accept_loss_is_the_only_way_past_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(here, lambda sheet: sheet.delete_cols(opinions(sheet)))
    assert run([*MERGE, "--accept-loss"]) == 0
    assert "thiếu cột “Ý kiến thẩm định”" in capsys.readouterr().err
    assert {"02.A (bản cũ)", "Ghi chép giữ lại"} <= set(openpyxl.load_workbook(here).sheetnames)
    assert run(MERGE) == 0


def test_a_deleted_row_is_said_at_every_merge_and_counted_as_read(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(openpyxl.load_workbook(here)["02.A"].cell(9, 2).value)
    edit(here, lambda sheet: sheet.delete_rows(9))
    for _ in range(2):
        capsys.readouterr()
        assert run([*MERGE, "--format", "json"]) == 0
        told = capsys.readouterr()
        data = json.loads(told.out)
        assert name in told.err
        assert data["rows_read"] == data["rows_merged"]
        assert sum(data["rows_by_form"].values()) == data["rows_merged"] - 1


def test_a_row_that_was_copied_is_said_by_whoever_counts_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def copy(sheet: Worksheet) -> None:
        for col in range(1, sheet.max_column + 1):
            sheet.cell(20, col).value = sheet.cell(9, col).value

    edit(here, copy)
    for command in (["figures", "--from", "tonghop.xlsx"], ["report", "--year", "2020", "--from", "tonghop.xlsx"]):
        capsys.readouterr()
        assert run(command) == 0
        assert "dòng 20: chép từ dòng 9" in capsys.readouterr().err
