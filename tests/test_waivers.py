"""Waivers (mien-tru.yaml): what they accept, when they end, and what is wrong with the file."""

from datetime import date
from pathlib import Path

import pytest
from rows import findings, submission, table

from doingoai_cli.checks.waivers import Waivers, load_waivers
from doingoai_cli.errors import ConfigError
from doingoai_cli.model.findings import Observation, Place

TODAY = date(2020, 1, 10)
WAIVER = {
    "code": "DR07", "agency": "Sở Y tế", "form": '"02.A"', "record": "Đoàn liên ngành", "reason": "Theo chỉ đạo",
    "approved_by": "Chủ tịch UBND tỉnh", "until": "2020-12-31",
}  # fmt: skip


def waivers(folder: Path, *entries: dict[str, str]) -> Waivers:
    path = folder / "mien-tru.yaml"
    lines = ["- " + "\n  ".join(f"{key}: {value}" for key, value in entry.items()) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_waivers(path, today=TODAY)


def result(folder: Path, **changes: str | None) -> list[tuple[str, bool]]:
    """(code, waived) of the findings under one waiver with some keys changed (None: left out)."""
    entry = {key: value for key, value in {**WAIVER, **changes}.items() if value is not None}
    sheet = table("02.A", [{"name": "Đoàn liên ngành", "members": "9"}])
    found = findings(submission(sheet), waivers=waivers(folder, entry))
    return [(f.code, f.waived is not None) for f in found]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"agency": "SỞ Y TẾ"},
        {"record": "đoàn   liên ngành"},
        {"record": '"Đoàn liên ngành; Nhật Bản"'},
        {"until": "31/12/2020"},
        {"until": "2020-01-10"},
        {"form": None},
    ],
)
def test_a_waiver_in_force_accepts_the_finding(tmp_path: Path, changes: dict[str, str | None]) -> None:
    assert result(tmp_path, **changes) == [("DR07", True)]


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "DR08"},
        {"agency": "Sở Y"},
        {"form": '"01.A"'},
        {"record": "Đoàn"},
        {"record": '"Đoàn liên ngành; Lào"'},
        {"until": "2020-01-09"},
        {"record": None},
    ],
)
def test_a_waiver_that_does_not_fit_or_has_ended_is_reported(
    tmp_path: Path, changes: dict[str, str | None]
) -> None:
    assert sorted(result(tmp_path, **changes)) == [("DR07", False), ("TK06", False)]


def test_a_waived_finding_says_by_whom_and_counts_no_more(tmp_path: Path) -> None:
    sheet = table("02.A", [{"name": "Đoàn liên ngành", "members": "9"}])
    (finding,) = findings(submission(sheet), waivers=waivers(tmp_path, WAIVER))
    assert finding.waived is not None
    assert (finding.waived.reason, finding.waived.approved_by, finding.waived.until) == (
        "Theo chỉ đạo", "Chủ tịch UBND tỉnh", "2020-12-31",
    )  # fmt: skip
    assert not finding.counts


def test_a_finding_about_a_file_is_waived_without_a_record(tmp_path: Path) -> None:
    entry = {key: value for key, value in WAIVER.items() if key not in ("record", "form")} | {"code": "CT03"}
    seen = Observation("CT03", Place("so-y-te.xlsx"), params={"sheet": "Sheet2"})
    (finding,) = findings(submission(observations=(seen,)), waivers=waivers(tmp_path, entry))
    assert finding.waived is not None


def test_the_report_of_a_useless_waiver_names_its_line(tmp_path: Path) -> None:
    found = findings(
        submission(table("02.A", [{}])), waivers=waivers(tmp_path, WAIVER, {**WAIVER, "code": "DR08"})
    )
    assert [("dòng 1 " in f.message, "dòng 8 " in f.message) for f in found] == [(True, False), (False, True)]


def test_waivers_of_several_files_hold_together(tmp_path: Path) -> None:
    waivers(tmp_path, WAIVER)
    first = (tmp_path / "mien-tru.yaml").rename(tmp_path / "a.yaml")
    waivers(tmp_path, {**WAIVER, "code": "DR08"})
    second = (tmp_path / "mien-tru.yaml").rename(tmp_path / "b.yaml")
    rows = table("02.A", [{"name": "Đoàn liên ngành", "members": "9"}])
    found = findings(submission(rows), waivers=load_waivers(first, second, today=TODAY))
    assert {(f.code, f.file, f.waived is not None) for f in found} >= {
        ("DR07", "so-y-te.xlsx", True),
        ("TK06", second.as_posix(), False),
    }
    for path in (first, second):
        path.write_text("- {cod: DR07}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_waivers(first, second, today=TODAY)
    assert {problem.partition(":1: ")[0] for problem in caught.value.problems} == {str(first), str(second)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {code: DR07}\n", "thiếu"),
        ("- {cod: DR07}\n", "có phải “code”"),
        ("- 5\n", ""),
        ("a: 5\n", "phải là danh sách"),
        ("- {code: DR07, agency: A, reason: b, approved_by: c, until: mai}\n", "2020-12-31 hoặc 31/12/2020"),
        ("- {code: DR07, agency: A, form: 03, reason: b, approved_by: c, until: 2020-12-31}\n", "dấu nháy"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mien-tru.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_waivers(path, today=TODAY)
    assert all(problem.startswith(f"{path}:1: ") for problem in caught.value.problems)
    assert any(says in problem for problem in caught.value.problems)


def test_an_empty_file_waives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mien-tru.yaml"
    path.write_text("# chưa có\n", encoding="utf-8")
    assert load_waivers(path, today=TODAY).entries == ()


@pytest.mark.parametrize(
    ("today", "cycle", "as_of"),
    [
        (date(2019, 9, 20), 2020, date(2019, 9, 20)),
        (date(2026, 11, 21), 2020, date(2020, 12, 31)),
        (date(2026, 11, 21), None, date(2026, 11, 21)),
    ],
)
def test_a_closed_cycle_is_judged_as_it_was_then(today: date, cycle: int | None, as_of: date) -> None:
    assert Waivers((), (), today).in_cycle(cycle).today == as_of
