"""A whole province: sixty agencies merged, reviewed in Excel, merged again and reported, with all sums equal."""

import io
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import docx
import openpyxl
import pytest
from scripts import script

from doingoai_cli.cli import run
from doingoai_cli.vietnamese.numbers import format_number

ROOT = Path(__file__).parents[1]
CYCLE, AGENCIES, ROWS = 2020, 60, 4
COUNTS = {"05": 5, "06 người": 6}
"""What the generator writes beside whole numbers; anything else cannot be read."""


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    return script("benchmarks/inbox.py")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) in (0, 1)
    return capsys.readouterr().out


def members(row: tuple[object, ...]) -> int:
    value = row[3]
    return value if isinstance(value, int) else COUNTS.get(str(value), 0)


def refuse_every_tenth_plan(path: Path) -> set[str]:
    """What an officer does in Excel; the names of the rows that were refused."""
    book = openpyxl.load_workbook(path)
    refused = set()
    for form in ("02.A", "02.B"):
        sheet = book[form]
        heading = next(r for r in sheet.iter_rows() if any(c.value == "Ý kiến thẩm định" for c in r))
        columns = {cell.value: cell.column for cell in heading if cell.value}
        below = range(heading[0].row + 1, sheet.max_row + 1)
        named = [r for r in below if " số " in str(sheet.cell(r, columns["Tên đoàn"]).value)]
        for row in named[::10]:
            sheet.cell(row, columns["Ý kiến thẩm định"]).value = "Không đồng ý"
            sheet.cell(row, columns["Ghi chú thẩm định"]).value = "chưa cần thiết"
            refused.add(str(sheet.cell(row, columns["Tên đoàn"]).value))
    book.save(path)
    return refused


def test_all_sums_are_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], generator: ModuleType
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [
        generator.make_file(n, name, ROWS, CYCLE, 7) for n, name in enumerate(generator.agency_names(AGENCIES), 1)
    ]
    (tmp_path / "inbox").mkdir()
    for file in files:
        generator.write(file, tmp_path / "inbox", CYCLE)
    first = json.loads(printed(capsys, "merge", "inbox", "--year", "2020", "--format", "json", "--quiet"))
    assert first["rows_by_form"] == dict.fromkeys(("01.A", "01.B", "02.A", "02.B", "03"), AGENCIES * ROWS)

    refused = refuse_every_tenth_plan(tmp_path / "tonghop.xlsx")
    assert len(refused) == 2 * AGENCIES * ROWS // 10
    again = json.loads(printed(capsys, "merge", "inbox", "--year", "2020", "--format", "json", "--quiet"))
    assert (again["rows_read"], again["rows_merged"]) == (first["rows_read"], first["rows_merged"])

    figures = {
        f["id"]: f["value"]
        for f in json.loads(printed(capsys, "figures", "--year", "2020", "--format", "json"))["figures"]
    }
    expected: Counter[str] = Counter()
    for file in files:
        for form, subject in (("01.A", "out"), ("01.B", "in"), ("02.A", "plan.out"), ("02.B", "plan.in")):
            kept = [row for row in file.rows[form] if str(row[0]) not in refused]
            expected[f"{subject}.delegations"] += len(kept)
            expected[f"{subject}.persons"] += sum(map(members, kept))
            if form == "01.A":
                expected["out.in_plan"] += sum(row[-2:] == ("X", "") for row in kept)
                expected["out.off_plan"] += sum(row[-2:] == ("", "x") for row in kept)
    assert {name: figures[name] for name in expected} == dict(expected)

    printed(capsys, "report", "--year", "2020", "--date", "2020-01-15", "--out", "bao-cao.docx")
    text = "\n".join(
        p.text for p in docx.Document(io.BytesIO((tmp_path / "bao-cao.docx").read_bytes())).paragraphs
    )
    for subject, what in (
        ("out", "đoàn ra"),
        ("in", "đoàn vào"),
        ("plan.out", "đoàn ra"),
        ("plan.in", "đoàn vào"),
    ):
        delegations, persons = (
            format_number(expected[f"{subject}.{kind}"]) for kind in ("delegations", "persons")
        )
        assert f"{delegations} {what} với {persons} lượt người" in text

    overview = openpyxl.load_workbook(tmp_path / "tonghop.xlsx", data_only=True)["Tổng quan"]
    shown = {cell.value for row in overview.iter_rows() for cell in row}
    assert {expected[f"{s}.persons"] for s in ("out", "in", "plan.out", "plan.in")} <= shown
