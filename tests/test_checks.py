"""Running a pack: places, echoes, the members sheet, earlier years, and one result however it is split."""

import pickle

import pytest
from rows import codes_by_row, files_of, findings, pack, run, run_checks, submission, table

from doingoai_cli.checks import alike
from doingoai_cli.checks.engine import check_across, check_submission, conclude
from doingoai_cli.model.findings import Observation, Place, Related, Severity
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import Member
from doingoai_cli.model.run import History, Run, key_of
from doingoai_cli.model.sources import Provenance
from doingoai_cli.model.submissions import Total
from doingoai_cli.vietnamese.delegation_names import ComparedName

# --- places --------------------------------------------------------------------------------------------------


def test_a_finding_says_everything_about_its_cell() -> None:
    (finding,) = findings(submission(table("02.A", [{}, {"members": "12"}])))
    assert (finding.code, finding.severity, finding.file) == ("DR07", Severity.ERROR, "so-y-te.xlsx")
    assert (finding.agency, finding.form, finding.sheet) == ("Sở Y tế", "02.A", "Mẫu 02.A")
    assert (finding.cell, finding.row, finding.ordinal, finding.field, finding.value) == (
        "E9",
        9,
        "2",
        "members",
        "12",
    )
    assert finding.message == ("Đoàn có 12 người, vượt mức 7 người (trưởng đoàn: Trưởng phòng Hợp tác quốc tế).")
    assert finding.fix
    assert finding.citation


@pytest.mark.parametrize(("countries", "said"), [
    ("Pháp hoặc Đức", "(Pháp hoặc Đức: 1 nước)"), ("Đức, CH Pháp", "(Đức, Pháp: 2 nước)"),
    ("Lào, Thái Lan hoặc Malaysia", "(Lào, Thái Lan hoặc Malaysia: 2 nước)"),
])  # fmt: skip
def test_a_stay_past_its_limit_names_the_countries_that_are_counted(countries: str, said: str) -> None:
    (finding,) = findings(submission(table("02.A", [{"countries": countries, "days": "9"}])))
    assert (finding.code, said in finding.message) == ("DR11", True)


def test_findings_are_sorted_by_file_sheet_row_and_code() -> None:
    two = submission(table("02.A", [{"days": "vài", "name": ""}, {"members": "8"}], path="b.xlsx"), path="b.xlsx")
    one = submission(table("02.A", [{"members": "8"}], path="a.xlsx"), path="a.xlsx", agency="Sở B")
    assert [(f.file, f.row, f.code) for f in findings(two, one)] == [
        ("a.xlsx", 8, "DR07"), ("b.xlsx", 8, "DL01"), ("b.xlsx", 8, "DL02"), ("b.xlsx", 9, "DR07"),
    ]  # fmt: skip


def test_in_realised_forms_the_limits_are_warnings() -> None:
    found = findings(submission(table("01.A", [{"members": "8", "countries": "Ý, Áo, Ba Lan, Hungary"}])))
    assert [(f.code, f.severity) for f in found] == [("DR07", Severity.WARNING), ("DR08", Severity.WARNING)]


@pytest.mark.parametrize(("leader", "severity"), [("Lãnh đạo tỉnh", "error"), ("Lãnh đạo Sở", "warning")])
def test_a_general_head_weighs_by_its_words(leader: str, severity: str) -> None:
    (finding,) = findings(submission(table("02.A", [{"leader": leader}])))
    assert (finding.code, finding.severity) == ("DR13", severity)


def test_the_third_trip_names_the_others() -> None:
    rows = [{"leader": "Giám đốc Sở", "period": f"Quý {quarter}"} for quarter in ("I", "II", "III")]
    (finding,) = findings(submission(table("02.A", rows)))
    assert (finding.cell, [related.cell for related in finding.related]) == ("D10", ["D8", "D9"])


def test_a_shared_delegation_names_the_other_file() -> None:
    rows = [{"form": "02.A", "name": "Đoàn của tỉnh", "agency": agency} for agency in ("Sở A", "Sở B")]
    first, second = findings(*files_of(rows))
    assert first.related == (Related(file="tep-1.xlsx", sheet="Mẫu 02.A", cell="B8"),)
    assert second.related == (Related(file="tep-0.xlsx", sheet="Mẫu 02.A", cell="B8"),)
    assert "Sở B" in first.message


# --- echoes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["members", "countries", "leader", "funding", "days", "period", "partners"])
def test_a_missing_column_gives_no_finding_a_row(column: str) -> None:
    assert findings(submission(table("02.A", [{}, {}], without=[column]))) == ()


@pytest.mark.parametrize("kind", [CellKind.ERROR, CellKind.UNCALCULATED])
@pytest.mark.parametrize("field", ["members", "countries", "days", "period", "leader", "funding", "name"])
def test_a_cell_with_an_excel_error_is_not_judged(kind: CellKind, field: str) -> None:
    sheet = table("02.A", [{field: "#REF!"}], kinds={(1, field): kind})
    assert findings(submission(sheet)) == ()


@pytest.mark.parametrize("column", ["in_plan", "off_plan"])
def test_a_missing_mark_column_is_no_missing_mark(column: str) -> None:
    assert findings(submission(table("01.A", [{"in_plan": "", "off_plan": ""}], without=[column]))) == ()


def test_a_wrong_year_in_the_title_silences_the_years_of_the_rows() -> None:
    wrong = Observation(
        "CT08", Place("so-y-te.xlsx"), "02.A", params={"year": 2019, "expected": 2020, "cycle": 2020}
    )
    tables = [table("02.A", [{"period": "Quý I/2019"}]), table("02.B", [{"period": "Quý I/2019"}])]
    assert [(f.code, f.form) for f in findings(submission(*tables, observations=(wrong,)))] == [
        ("CT08", "02.A"), ("DL04", "02.B"),
    ]  # fmt: skip


# --- what reading and settling saw ---------------------------------------------------------------------------

SEEN = [
    ("CT01", {"reason_text": "Tệp bị hỏng", "advice": "Gửi lại"}, "Không đọc được tệp: Tệp bị hỏng."),
    ("CT03", {"sheet": "Sheet9"}, "Sheet9"),
    ("CT04", {"label": "Số ngày", "suggestion": ""}, "thiếu cột “Số ngày”."),
    ("CT04", {"label": "Số ngày", "suggestion": "Số nagy"}, "“Số nagy” có phải là cột đó không?"),
    ("CT05", {"what": "dòng 12"}, "(dòng 12)"),
    ("CT07", {"stated": 5, "counted": 4}, "tổng số 5, nhưng có 4 dòng"),
    ("CT08", {"year": 2019, "expected": 2020, "cycle": 2020}, "ghi năm 2019, kỳ 2020 phải là năm 2020"),
    ("CT10", {"reason": "missing"}, "không ghi tên cơ quan"),
    ("CT10", {"reason": "unlisted", "name": "Sở X", "suggestions": ("Sở Y",)}, "có phải Sở Y?"),
    ("CT10", {"reason": "ambiguous", "names": ("Sở X", "Sở Y"), "taken": "Sở X"}, "Sở X; Sở Y; mọi dòng của tệp"),
    ("CT10", {"reason": "ambiguous", "names": ("Sở X", "Sở Y"), "taken": ""}, "chưa ghi cho cơ quan nào"),
    ("CT11", {"encoding": "TCVN3", "sheet": "Mẫu 02.A"}, "TCVN3"),
    ("TK02", {"agency": "Sở Z", "deadline": "15/09/2019"}, "Sở Z chưa gửi"),
    ("TK03", {"received": "15/09/2019", "deadline": "15/09/2019", "days_late": 1}, "muộn 1 ngày"),
    ("TK04", {"agency": "Sở Y tế", "earlier": "a.xlsx", "summary": "thêm 01 dòng"}, "a.xlsx: thêm 01 dòng"),
    ("TK05", {"agency": "UBND huyện", "locality": "huyện lệ thủy", "agencies": ["A", "B"]}, "A; B"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "params", "says"), SEEN)
def test_an_observation_gets_the_words_of_its_rule(code: str, params: dict[str, object], says: str) -> None:
    seen = Observation(code, Place("so-y-te.xlsx", "Mẫu 02.A", 0, 7, "A7"), params=params)
    (finding,) = findings(submission(observations=(seen,)))
    assert finding.code == code
    assert says in finding.message
    assert "{" not in finding.message + finding.fix


def test_an_observation_may_set_its_own_severity() -> None:
    seen = Observation(
        "TK04", Place("b.xlsx"), "02.A", params={"agency": "A", "earlier": "a"}, severity=Severity.WARNING
    )
    (finding,) = run_checks(Run((), 2020, ledger=(seen,)), pack())
    assert finding.severity is Severity.WARNING


# --- the optional members sheet ------------------------------------------------------------------------------


def member(trip: str, name: str, title: str, agency: str = "", form: str = "02.A") -> Member:
    return Member(form, trip, name, title, agency, Provenance("so-y-te.xlsx", "Danh sách thành viên", 5, 2, 2))


FIVE = [member("1", f"Nguyễn Văn {letter}", "Chuyên viên") for letter in "ABCDE"]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (FIVE, []),
        (FIVE[:4], ["DL07"]),
        (FIVE[:1], ["DL07"]),
        ([*FIVE, member("01", "Lê Văn G", "Chuyên viên")], ["DL07"]),
        ([], []),
        ([member("2", "Lê Văn G", "Chuyên viên")], []),
        ([*FIVE[:3], member("1", "Trần B", "Giám đốc Sở"), member("1", "Lê C", "Phó Giám đốc Sở")], ["DR06"]),
        ([*FIVE[:3], member("1", "Trần B", "Giám đốc Sở"), member("1", "Lê C", "Phó Giám đốc Sở", "Sở B")], []),
    ],
)
def test_listed_members_decide(listed: list[Member], expected: list[str]) -> None:
    assert [f.code for f in findings(submission(table("02.A", [{}]), members=tuple(listed)))] == expected


def test_a_listed_leader_is_counted_too() -> None:
    rows = [{"period": f"Quý {quarter}", "members": "1"} for quarter in ("I", "II", "III")]
    listed = tuple(member(str(n), "Trần Văn Bình", "Phó Giám đốc Sở") for n in (1, 2, 3))
    assert [(f.code, f.row) for f in findings(submission(table("02.A", rows), members=listed))] == [("DR05", 10)]


def test_an_ordinal_that_two_rows_share_says_nothing() -> None:
    rows = [{"ordinal": "1"}, {"ordinal": "1", "members": "4"}]
    assert findings(submission(table("02.A", rows), members=tuple(FIVE))) == ()


# --- totals of form 03 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "stated", "rows", "expected"),
    [
        ("vietnamese_delegates", 100, [{}, {}], []),
        ("foreign_delegates", 50, [{}, {}], []),
        ("days", 4, [{}, {}, {"section": "II"}], []),
        ("vietnamese_delegates", 90, [{}, {}], ["HN03"]),
        ("foreign_delegates", 51, [{}, {}], ["HN03"]),
        ("days", 5, [{}, {}], ["HN03"]),
        ("days", 6, [{}, {"days": "vài"}], ["DL02"]),
    ],
)
def test_a_section_total(field: str, stated: int, rows: list[dict[str, str]], expected: list[str]) -> None:
    total = Total(field, "I", stated, "F20", 20, str(stated))
    found = findings(submission(table("03", rows, totals=(total,))))
    assert [f.code for f in found] == expected
    if expected == ["HN03"]:
        assert (found[0].cell, found[0].row, found[0].value) == ("F20", 20, str(stated))


# --- earlier years -------------------------------------------------------------------------------------------

PLAN = ["Đoàn xúc tiến đầu tư tại Nhật Bản", "Đoàn hội đàm thường niên số 5"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"name": "Đoàn xúc tiến đầu tư tại Nhật Bản"}, []),
        ({"name": "Đoàn Xúc tiến đầu tư, Nhật Bản"}, []),
        ({"name": "Đoàn dự lễ hội", "in_plan": "", "off_plan": "X"}, []),
        ({"name": "Đoàn dự lễ hội"}, ["TH07"]),
        ({"name": "Đoàn xúc tiến đầu tư tại Nhật Bản", "in_plan": "", "off_plan": "x"}, ["TH07"]),
        ({"name": "Đoàn hội đàm thường niên số 6"}, ["TH07"]),
        ({"name": "Đoàn dự lễ hội", "in_plan": ""}, ["TH01"]),
    ],
)
def test_marks_against_the_approved_plan(row: dict[str, str], expected: list[str]) -> None:
    planned = table("02.A", [{"name": name} for name in PLAN], cycle=2019).records
    history = History(plan=tuple(("sở y tế", record) for record in planned))
    assert [f.code for f in findings(submission(table("01.A", [row])), history=history)] == expected


def test_without_a_plan_at_hand_marks_are_not_judged() -> None:
    assert findings(submission(table("01.A", [{"name": "Đoàn dự lễ hội"}]))) == ()


@pytest.mark.parametrize(("year", "expected"), [(2019, ["DR16"]), (2018, [])])
def test_laos_against_an_older_workbook(year: int, expected: list[str]) -> None:
    went = table("01.A", [{"countries": "Lào", "partners": "Tỉnh Khăm Muộn"}], cycle=year + 1).records
    history = History(realised=tuple(("sở y tế", record) for record in went))
    plan = table("02.A", [{"countries": "Lào", "partners": "Chính quyền Khammouane"}])
    assert [f.code for f in findings(submission(plan), history=history)] == expected


# --- superseded, split, many ---------------------------------------------------------------------------------


def test_superseded_rows_are_not_counted() -> None:
    rows = [{"leader": "Giám đốc Sở", "period": f"Quý {quarter}"} for quarter in ("I", "II")]
    old = submission(table("02.A", [*rows, {"members": "20"}], path="a.xlsx"), path="a.xlsx")
    new = submission(table("02.A", rows, path="b.xlsx"), path="b.xlsx")
    settled = Run((old, new), 2020, superseded=frozenset({key_of("a.xlsx", old.tables[0])}), across=True)
    assert run_checks(settled, pack()) == ()


def test_files_checked_apart_give_what_a_whole_run_gives() -> None:
    rows = [
        {
            "form": "02.A",
            "name": "Đoàn của tỉnh",
            "agency": f"Sở {n}",
            "leader": "Chủ tịch UBND tỉnh",
            "members": "12",
        }
        for n in range(4)
    ]
    files = files_of(rows)
    travelled = pickle.loads(pickle.dumps(pack()))
    apart = [f for file in pickle.loads(pickle.dumps(files)) for f in check_submission(file, travelled)]
    across = check_across(run(*files), pack())
    assert conclude(run(*files), pack(), apart, across) == run_checks(run(*files), pack())


def test_one_file_alone_has_no_rules_across_agencies() -> None:
    rows = [{"form": "02.A", "name": "Đoàn của tỉnh", "agency": agency} for agency in ("Sở A", "Sở B")]
    alone = Run(tuple(files_of(rows)), 2020)
    assert run_checks(alone, pack()) == ()


def test_shared_delegations_do_not_cost_the_square_of_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    original = alike.names_alike

    def counted(one: ComparedName, other: ComparedName) -> int | None:
        compared[-1] += 1
        return original(one, other)

    monkeypatch.setattr(alike, "names_alike", counted)

    def comparisons(files: int) -> int:
        rows = [
            {
                "form": "02.A", "agency": f"Sở {f}", "countries": "Lào", "leader": "Phó Giám đốc Sở",
                "partners": f"Sở {f}",
                "name": f"Đoàn công tác {chr(97 + f % 26)}{chr(97 + n)} {chr(97 + f // 26)} thăm Lào",
            }
            for f in range(files) for n in range(25)
        ]  # fmt: skip
        compared.append(0)
        check_across(run(*files_of(rows)), pack())
        return compared[-1]

    few, many = comparisons(3), comparisons(30)
    assert few > 0
    assert many < 20 * few, "ten times as many rows"


def test_an_agency_that_is_not_known_stands_for_itself() -> None:
    rows = [{"name": "Đoàn A"}]
    one, two = (
        submission(table("02.A", rows, path=path), agency=None, path=path) for path in ("a.xlsx", "b.xlsx")
    )
    assert codes_by_row(findings(one, two)) == {("a.xlsx", 8): ["TK01"], ("b.xlsx", 8): ["TK01"]}
