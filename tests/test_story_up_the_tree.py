"""A story: units fill forms, districts merge, the province merges districts and departments, then the ministry."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from doingoai_cli.cli.app import run

TRIP = ("Thăm và làm việc", "Nguyễn Văn A, Giám đốc", 5, "Lào", "Chính quyền tỉnh Khăm Muộn", "Ký kết hợp tác")
SENT: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]] = {
    "le-thuy": {
        "Phòng Y tế huyện Lệ Thủy": [("Đoàn y tế", "Quý II/2020")],
        "Phòng Văn hóa huyện Lệ Thủy": [("Đoàn văn nghệ", "Quý I/2020"), ("Đoàn thể thao", "Quý III/2020")],
    },
    "minh-hoa": {"Phòng Nội vụ huyện Minh Hóa": [("Đoàn biên giới", "12/5/2020 - 14/5/2020")]},
    "tinh": {
        "Sở Du lịch": [("Đoàn xúc tiến du lịch", "Quý II/2020")],
        "Sở Y tế": [("Đoàn học nghề", "Quý IV/2020")],
    },
}
DISTRICTS = {"le-thuy": "UBND huyện Lệ Thủy", "minh-hoa": "UBND huyện Minh Hóa"}


def fill(path: Path, agency: str, trips: Sequence[tuple[str, str]]) -> None:
    run(["new-template", "--year", "2020", "--form", "02.A", "--agency", agency, "--out", path.as_posix(), "-q"])
    book = openpyxl.load_workbook(path)
    sheet = book["Mẫu 02.A"]
    heading = next(c.row for row in sheet.iter_rows() for c in row if c.value == "Tên đoàn")
    for number, (name, period) in enumerate(trips):
        values = (str(number + 1), name, *TRIP, 4, period, "Ngân sách địa phương")
        for col, value in enumerate(values, 1):
            sheet.cell(heading + 3 + number, col, value)
    book.save(path)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for place, agencies in SENT.items():
        (tmp_path / place / "inbox").mkdir(parents=True)
        for number, (agency, trips) in enumerate(agencies.items()):
            fill(tmp_path / place / "inbox" / f"{number}.xlsx", agency, trips)
    for place, name in DISTRICTS.items():
        settings = f'year = 2020\n[report]\nagency = "{name}"\n'
        (tmp_path / place / "doingoai.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "tinh" / "doingoai.toml").write_text(
        'year = 2020\nroster = "don-vi.csv"\n[report]\nagency = "UBND tỉnh Quảng Bình"\n', encoding="utf-8"
    )
    roster = [
        "code,name,kind",
        "DL,Sở Du lịch,sở",
        "YT,Sở Y tế,sở",
        *(f",{name},huyện" for name in DISTRICTS.values()),
    ]
    (tmp_path / "tinh" / "don-vi.csv").write_text("\n".join(roster) + "\n", encoding="utf-8")
    (tmp_path / "bo" / "inbox").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def merge(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    monkeypatch.chdir(folder)
    assert run(["merge", "inbox", *more, "--year", "2020", "--quiet", "--fail-on", "never"]) == 0


def figures(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(folder)
    capsys.readouterr()
    assert run(["figures", "--from", "tonghop.xlsx", "--format", "json", "--quiet"]) == 0
    found = json.loads(capsys.readouterr().out)["figures"]
    return {figure["id"]: figure["value"] for figure in found}


def rows(folder: Path) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(folder / "tonghop.xlsx")["02.A"]
    cells = [r for r in sheet.iter_rows(min_row=8, max_col=16, values_only=True) if r[1]]
    return sorted(r[1:12] for r in cells)


def test_the_sums_are_equal_at_each_level(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in DISTRICTS:
        merge(tree / place, monkeypatch)
    (tree / "phang" / "inbox").mkdir(parents=True)
    for place in SENT:
        shutil.copytree(tree / place / "inbox", tree / "phang" / "inbox" / place)
    merge(tree / "phang", monkeypatch)

    for place in DISTRICTS:
        shutil.copy(tree / place / "tonghop.xlsx", tree / "tinh" / "inbox" / f"{place}.xlsx")
    merge(tree / "tinh", monkeypatch)
    shutil.copy(tree / "tinh" / "tonghop.xlsx", tree / "bo" / "inbox" / "quang-binh.xlsx")
    merge(tree / "bo", monkeypatch)

    flat = figures(tree / "phang", monkeypatch, capsys)
    assert rows(tree / "tinh") == rows(tree / "bo") == rows(tree / "phang")
    assert figures(tree / "tinh", monkeypatch, capsys) == figures(tree / "bo", monkeypatch, capsys) == flat
    monkeypatch.chdir(tree / "tinh")
    capsys.readouterr()
    run(["status", "inbox", "--format", "json", "--quiet"])
    standing = {a["name"]: a["state"] for a in json.loads(capsys.readouterr().out)["agencies"]}
    assert all(standing[name] != "missing" for name in DISTRICTS.values())
    ledger = openpyxl.load_workbook(tree / "bo" / "tonghop.xlsx")["Nhật ký"]
    paths = [str(row[1]) for row in ledger.iter_rows(min_row=5, values_only=True)]
    assert "inbox/quang-binh.xlsx › inbox/le-thuy.xlsx › inbox/0.xlsx" in paths


def test_what_a_district_refuses_and_sends_as_forms_is_what_the_province_counts(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tree / "le-thuy"
    merge(folder, monkeypatch)
    book = openpyxl.load_workbook("tonghop.xlsx")
    cells = [cell for row in book["02.A"].iter_rows() for cell in row]
    column = next(cell.column for cell in cells if cell.value == "Ý kiến thẩm định")
    for cell in cells:
        if cell.value == "Đoàn thể thao":
            book["02.A"].cell(cell.row, column, "Không đồng ý")
    book.save("tonghop.xlsx")
    inbox = tree / "tinh" / "inbox"
    shutil.copy("tonghop.xlsx", inbox / "le-thuy.xlsx")
    merge(tree / "tinh", monkeypatch)
    through_book = rows(tree / "tinh")
    (inbox / "le-thuy.xlsx").unlink()
    monkeypatch.chdir(folder)
    run(["new-template", "--from", "tonghop.xlsx", "--out", (inbox / "le-thuy-bieu.xlsx").as_posix(), "--quiet"])
    merge(tree / "tinh", monkeypatch, "--out", "khac.xlsx")
    shutil.move(tree / "tinh" / "khac.xlsx", tree / "tinh" / "tonghop.xlsx")
    names = [row[0] for row in through_book]
    assert "Đoàn thể thao" not in names
    assert [row[0] for row in rows(tree / "tinh")] == names
