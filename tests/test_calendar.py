"""The calendar of reports: what is due when, by which window, and who is late with which."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from consolidation import REALISED, submission

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.report_calendar import Deadlines, ReportOfYear, ReportState, behind, calendar
from doingoai_cli.consolidate.settle import Receiving, settle
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.report_phrases import short_date
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

ROSTER = Roster((RosterEntry("SYT", "Sở Y tế"), RosterEntry("SDL", "Sở Du lịch")))
AUGUST, QUARTER, YEAR = ReportingPeriod(2019, 8, 8), ReportingPeriod(2019, 7, 9), ReportingPeriod(2019)
K0 = date(2019, 9, 15)


def sent(agency: str, period: ReportingPeriod | None, day: date, *, nil: bool = False) -> Submission:
    rows = [] if nil else [REALISED]
    came = datetime(day.year, day.month, day.day, 9)
    file = submission(f"{agency} {period} {day}.xlsx", agency, {"01.A": rows}, nil=["01.A"] * nil, received=came)
    return replace(file, period=period)


def states(
    files: Sequence[Submission], deadlines: Deadlines, today: date
) -> dict[tuple[str, str], tuple[ReportState, int]]:
    reports = calendar(settle(files, Receiving(2020)), ROSTER, 2019, deadlines, today)
    return {(due.period.code, line.agency): (line.state, line.days) for due in reports for line in due.lines}


def test_all_reports_of_a_year_in_the_order_in_which_they_are_due() -> None:
    reports = calendar(settle([], Receiving(2020)), ROSTER, 2019, Deadlines(year=K0), date(2019, 1, 1))
    assert len(reports) == 12 + 4 + 1 + 1 + 1
    assert [r.deadline for r in reports] == sorted(r.deadline for r in reports)
    named = {r.period.code: r for r in reports}
    assert (named["2019-08"].start, named["2019-08"].end) == (date(2019, 8, 1), date(2019, 8, 31))
    assert named["2019-08"].deadline == date(2019, 9, 6)
    assert named["2019"].deadline == K0
    assert all(line.state is ReportState.AWAITED for r in reports for line in r.lines)


def test_what_a_districts_workbook_holds_is_the_districts_report_too() -> None:
    roster = Roster((RosterEntry("SYT", "Sở Y tế"), RosterEntry("H", "UBND huyện X")))
    label = "UBND huyện X: x.xlsx"
    book = replace(
        submission("x.xlsx", "UBND huyện X", {}, received=datetime(2019, 9, 20)), through=(label,), note="sổ"
    )
    inside = [
        replace(file, path=f"x.xlsx › {n}.xlsx", through=(label, f"Phòng {n}: {n}.xlsx"))
        for n, file in enumerate([
            sent("Phòng Y tế huyện X", AUGUST, date(2019, 9, 5)),
            sent("Phòng Nội vụ huyện X", None, date(2019, 9, 1)),
        ])
    ]  # fmt: skip
    reports = calendar(
        settle([book, *inside], Receiving(2020)), roster, 2019, Deadlines(year=K0), date(2019, 10, 10)
    )
    found = {(due.period.code, line.agency): (line.state, line.days) for due in reports for line in due.lines}
    assert found["2019-08", "UBND huyện X"] == (ReportState.RECEIVED, 0)
    assert found["2019", "UBND huyện X"] == (
        ReportState.LATE,
        6,
    )  # with the workbook, not when the district had it
    assert found["2019-08", "Sở Y tế"][0] is ReportState.OVERDUE


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2019-01", date(2018, 12, 15), date(2019, 1, 14)),
        ("2019-08", date(2019, 7, 15), date(2019, 8, 14)),
        ("2019-Q3", date(2019, 6, 15), date(2019, 9, 14)),
        ("2019-H1", date(2018, 12, 15), date(2019, 6, 14)),
        ("2019-9M", date(2018, 12, 15), date(2019, 9, 14)),
        ("2019", date(2018, 12, 15), date(2019, 12, 14)),
    ],
)
def test_windows_of_the_reporting_regime_close_on_the_14th(code: str, start: date, end: date) -> None:
    reports = calendar(settle([], Receiving(2020)), ROSTER, 2019, Deadlines(closing_day=14), date(2019, 1, 1))
    (due,) = [r for r in reports if r.period.code == code]
    assert (due.start, due.end) == (start, end)


def test_who_is_late_with_which() -> None:
    files = [
        sent("Sở Y tế", AUGUST, date(2019, 9, 5)),
        sent("Sở Du lịch", AUGUST, date(2019, 9, 8), nil=True),
        sent("Sở Y tế", None, date(2019, 9, 14)),
    ]
    found = states(files, Deadlines(year=K0), date(2019, 10, 10))
    assert found["2019-08", "Sở Y tế"] == (ReportState.RECEIVED, 0)
    assert found["2019-08", "Sở Du lịch"] == (ReportState.LATE, 3)
    assert found["2019-Q3", "Sở Y tế"] == (ReportState.OVERDUE, 5)
    assert found["2019", "Sở Y tế"] == (ReportState.RECEIVED, 0)
    assert found["2019", "Sở Du lịch"] == (ReportState.OVERDUE, 26)
    assert found["2019-10", "Sở Y tế"] == (ReportState.AWAITED, 0)


def test_deadlines_and_extensions_of_the_workspace() -> None:
    deadlines = Deadlines(
        reports=(ReportOfYear.MONTH, ReportOfYear.QUARTER), own={AUGUST: date(2019, 9, 10)},
        extended={("sở y tế", AUGUST): date(2019, 9, 20)},
    )  # fmt: skip
    found = states([], deadlines, date(2019, 9, 12))
    assert found["2019-08", "Sở Y tế"] == (ReportState.AWAITED, 0)
    assert found["2019-08", "Sở Du lịch"] == (ReportState.OVERDUE, 3)
    assert ("2019", "Sở Y tế") not in found


def test_nobody_is_late_with_what_nobody_was_asked_for() -> None:
    files = [sent("Sở Y tế", AUGUST, date(2019, 9, 2))]
    found = states(files, Deadlines(year=K0, stated=False), date(2019, 12, 1))
    assert found["2019-07", "Sở Y tế"] == (ReportState.NOT_ASKED, 0)
    assert found["2019-Q3", "Sở Du lịch"] == (ReportState.NOT_ASKED, 0)
    assert found["2019-08", "Sở Du lịch"][0] is ReportState.OVERDUE
    assert found["2019-09", "Sở Y tế"][0] is ReportState.OVERDUE
    assert found["2019", "Sở Y tế"][0] is ReportState.OVERDUE
    assert found["2019-12", "Sở Y tế"][0] is ReportState.AWAITED


def test_the_first_file_tells_and_a_correction_is_not_late() -> None:
    files = [sent("Sở Y tế", AUGUST, date(2019, 9, 2)), sent("Sở Y tế", AUGUST, date(2019, 10, 2))]
    assert states(files, Deadlines(), date(2019, 11, 1))["2019-08", "Sở Y tế"] == (ReportState.RECEIVED, 0)
    reports = calendar(
        settle(files, Receiving(2020)), ROSTER, 2019, Deadlines((ReportOfYear.QUARTER,)), date(2019, 5, 1)
    )
    assert [agency for agency, _ in behind(reports)] == ["Sở Y tế", "Sở Du lịch"]


SETTINGS = """\
year = 2020
[calendar]
reports = ["thang", "quy"]
closing_day = 14
deadlines = {"quý III/2019" = 2019-09-25}
[calendar.extensions."SDL"]
"2019-08" = 2019-09-30
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "doingoai.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "don-vi.csv").write_text("code,name\nSYT,Sở Y tế\nSDL,Sở Du lịch\n", encoding="utf-8")
    run(["new-template", "--agency", "Sở Y tế", "--form", "01.A", "--out", "inbox/2019-08/a.xlsx", "--quiet"])
    book = openpyxl.load_workbook("inbox/2019-08/a.xlsx")
    sheet = book["Mẫu 01.A"]
    heading = next(c for row in sheet.iter_rows() for c in row if c.value == "Tên đoàn")
    sheet.cell(heading.row + 3, heading.column, "Không có")
    book.save("inbox/2019-08/so-y-te 16.8.2019.xlsx")
    Path("inbox/2019-08/a.xlsx").unlink()
    return tmp_path


def test_status_shows_the_calendar(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["status", "inbox", "--calendar", "--date", "2019-09-26", "--quiet"]
    assert run([*asked, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    reports = {report["period"]: report for report in data["reports"]}
    assert (data["year"], data["closing_day"], len(reports)) == (2019, 14, 16)
    august = {line["agency"]: line for line in reports["2019-08"]["agencies"]}
    assert august["Sở Y tế"]["state"] == "received"
    assert (august["Sở Du lịch"]["state"], august["Sở Du lịch"]["extended"]) == ("awaited", True)
    assert reports["2019-Q3"]["deadline"] == "2019-09-25"
    run(asked)
    table = capsys.readouterr().out
    assert "chốt ngày 14 hằng tháng" in table
    assert "quý III/2019 (chưa nộp, quá hạn 02 ngày)" in table
    assert "Sở Du lịch: tháng 8/2019, trước ngày 30/09/2019" in table
    run([*asked, "--format", "html"])
    assert "<b>Sở Y tế</b>" in capsys.readouterr().out


def test_an_agency_with_more_time_is_not_late(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("inbox/2019-08/so-y-te 16.8.2019.xlsx").rename("inbox/so-y-te 20.9.2019.xlsx")
    asked = ["status", "inbox", "--format", "json", "--quiet"]
    run(asked)
    assert json.loads(capsys.readouterr().out)["agencies"][0]["state"] == "late"
    more = SETTINGS + '[calendar.extensions."Sở Y tế"]\n"2019" = 2019-09-30\n'
    (here / "doingoai.toml").write_text(more, encoding="utf-8")
    run(asked)
    assert json.loads(capsys.readouterr().out)["agencies"][0]["state"] == "received"
    run(["merge", "inbox", "--format", "json", "--quiet"])
    assert "TK03" not in {f["code"] for f in json.loads(capsys.readouterr().out)["findings"]}


@pytest.mark.parametrize(
    ("lines", "general", "of_tourism"),
    [
        ("", date(2019, 9, 15), date(2019, 9, 15)),
        ("deadline = 2019-10-01\n", date(2019, 10, 1), date(2019, 10, 1)),
        ('[calendar]\ndeadlines = {"2019" = 2019-10-05}\n', date(2019, 10, 5), date(2019, 10, 5)),
        ('deadline = 2019-10-01\n[calendar]\ndeadlines = {"2019" = 2019-10-05}\n',
         date(2019, 10, 5), date(2019, 10, 5)),
        ('[calendar.extensions."SDL"]\n"2019" = 2019-11-20\n', date(2019, 9, 15), date(2019, 11, 20)),
        ('[calendar.extensions."SDL"]\n"2019-08" = 2019-11-20\n', date(2019, 9, 15), date(2019, 9, 15)),
    ],
)  # fmt: skip
def test_the_report_of_the_year_has_one_deadline(
    here: Path, lines: str, general: date, of_tourism: date, capsys: pytest.CaptureFixture[str]
) -> None:
    """In findings, state, calendar, reminder and form alike; an agency with more time is told its own."""
    (here / "doingoai.toml").write_text(f"year = 2020\n{lines}", encoding="utf-8")
    Path("inbox/2019-08/so-y-te 16.8.2019.xlsx").rename(f"inbox/so-y-te {general:%d.%m.%Y}.xlsx")
    run(["merge", "inbox", "--format", "json", "--quiet"])
    said = {f["code"]: f["message"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert f"không trước ngày {general:%d/%m/%Y} (muộn 1 ngày)" in said["TK03"]
    assert said["TK02"] == f"Sở Du lịch chưa gửi báo cáo, kế hoạch (hạn: trước ngày {of_tourism:%d/%m/%Y})."
    run(["status", "inbox", "--quiet", "--remind", "nhac", "--date", "2019-09-26"])
    assert f"Hạn nộp: trước ngày {short(general)}." in capsys.readouterr().out
    run(["status", "inbox", "--calendar", "--format", "json", "--quiet", "--date", "2019-12-01"])
    (year,) = [r for r in json.loads(capsys.readouterr().out)["reports"] if r["period"] == "2019"]
    told = [year["deadline"], *(line["deadline"] for line in year["agencies"])]
    assert told == [day.isoformat() for day in (general, general, of_tourism)]
    letter = "\n".join(p.text for p in docx.Document(str(*Path("nhac").glob("*so-du-lich*.docx"))).paragraphs)
    assert f"trước ngày {short_date(of_tourism)}" in letter
    run(["new-template", "--form", "02.A", "--out", "mau.xlsx", "--quiet"])
    guidance = openpyxl.load_workbook("mau.xlsx").worksheets[0]
    assert any(f"trước ngày {short(general)}" in str(c.value) for row in guidance.iter_rows() for c in row)


def short(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def test_faults_of_the_calendar_have_their_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SETTINGS.replace('"SDL"', '"Sở Lạ"').replace("quý III/2019", "mùa thu")
    (here / "doingoai.toml").write_text(text, encoding="utf-8")
    assert run(["status", "inbox", "--calendar"]) == 2
    said = capsys.readouterr().err
    assert "doingoai.toml:6: không có “Sở Lạ” trong danh sách đơn vị" in said
    assert "không hiểu kỳ “mùa thu”" in said
    (here / "doingoai.toml").write_text(SETTINGS.replace("closing_day", "closing"), encoding="utf-8")
    assert run(["status", "inbox", "--calendar"]) == 2
    assert "doingoai.toml:4: không có khóa “closing”" in capsys.readouterr().err
