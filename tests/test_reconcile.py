"""The approved plan against what took place."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from consolidation import PLANNED, REALISED, Texts, merged, submission
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.consolidate.history import history_of
from doingoai_cli.consolidate.reconcile import reconcile
from doingoai_cli.consolidate.reconciled import Reconciled, ReconciledDirection, TripState
from doingoai_cli.consolidate.reconciliation_json import reconciled_data, summary_lines
from doingoai_cli.consolidate.workbook.reconciliation import write_reconciliation
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated, Review
from doingoai_cli.model.plan_decisions import ChangeKind, Pairing, PlanChange

PLAN = {**PLANNED, "period": "Quý II/2019"}
DONE = {**REALISED, "period": "15-20/5/2019", "in_plan": "X"}


def plan_of(rows: Sequence[Texts], agency: str = "Sở Y tế", refused: Sequence[str] = ()) -> Consolidated:
    """The workbook of cycle 2019: plans for 2019."""
    book = merged([submission("kh.xlsx", agency, {"02.A": rows})]).consolidated
    planned = tuple(
        replace(
            row,
            record=replace(row.record, year=2019),
            review=Review("Không đồng ý") if row.record.text("name") in refused else Review(),
        )
        for row in book.rows
    )
    return replace(book, cycle=2019, rows=planned)


def results_of(rows: Sequence[Texts], agency: str = "Sở Y tế", next_plan: Sequence[Texts] = ()) -> Consolidated:
    """The workbook of cycle 2020: results of 2019, plans for 2020."""
    return merged([submission("th.xlsx", agency, {"01.A": rows, "02.A": next_plan})]).consolidated


def out(plan: Consolidated, results: Consolidated) -> ReconciledDirection:
    return reconcile(plan, results).directions[0]


@pytest.mark.parametrize(
    ("planned", "done", "state"),
    [
        ({}, {}, TripState.CARRIED_OUT),
        ({}, {"name": "Đoàn công tác xúc tiến du lịch tại Lào", "members": 7}, TripState.CARRIED_OUT),
        ({}, {"period": "15-20/11/2019"}, TripState.POSTPONED),
        (
            {},
            {"name": "Đoàn khảo sát cao su", "countries": "Nhật Bản", "leader": "Lê C", "partners": "JICA"},
            TripState.DROPPED,
        ),
        ({"name": "Đoàn xúc tiến đầu tư số 1"}, {"name": "Đoàn xúc tiến đầu tư số 2"}, TripState.UNSURE),
        ({}, {"name": "Đoàn công tác Sở Du lịch", "countries": "Lào", "partners": "Sở Văn hóa"}, TripState.UNSURE),
    ],
)
def test_what_became_of_a_planned_delegation(planned: Texts, done: Texts, state: TripState) -> None:
    (found,) = out(plan_of([{**PLAN, **planned}]), results_of([{**DONE, **done}])).planned
    assert found.state is state


def test_a_delegation_in_the_next_plan_was_put_off() -> None:
    (found,) = out(plan_of([PLAN]), results_of([], next_plan=[{**PLANNED, "period": "Quý I/2020"}])).planned
    assert (found.state, found.next_year) == (TripState.POSTPONED, True)


def test_two_that_come_as_near_are_shown_and_not_joined() -> None:
    twin = {**DONE, "period": "1-5/6/2019"}
    direction = out(plan_of([PLAN]), results_of([DONE, twin]))
    assert [p.state for p in direction.planned] == [TripState.UNSURE]
    assert len(direction.unsure) == 2
    assert direction.off_plan == ()


def test_another_agencys_delegation_is_never_surely_the_same() -> None:
    direction = out(plan_of([PLAN], agency="Sở Y tế"), results_of([DONE], agency="Sở Du lịch"))
    assert [p.state for p in direction.planned] == [TripState.UNSURE]


def test_scores_say_their_grounds() -> None:
    (found,) = out(plan_of([PLAN]), results_of([{**DONE, "countries": "Lào"}])).planned
    assert found.pair is not None
    assert found.pair.score.reasons == "tên đoàn 100, nước 50, thời gian 100, đối tác 100, trưởng đoàn 100"
    assert found.pair.score.total == 90
    assert found.changes == {"countries": "nước: Lào, Thái Lan → Lào"}


def test_claims_that_disagree_with_the_plan() -> None:
    off = {**DONE, "name": "Đoàn cứu trợ", "countries": "Cuba", "partners": "Hội Chữ thập đỏ", "leader": "Trần B"}
    marked_off = {**DONE, "in_plan": "", "off_plan": "x"}
    direction = out(plan_of([PLAN]), results_of([marked_off, off]))
    assert [(c.row.record.text("name"), c.says_in_plan) for c in direction.claims] == [
        (DONE["name"], False), ("Đoàn cứu trợ", True),
    ]  # fmt: skip


def test_rates_and_rows_that_do_not_count() -> None:
    refused = {**PLAN, "name": "Đoàn bị từ chối"}
    dropped = {
        **PLAN,
        "name": "Đoàn nghiên cứu thủy sản",
        "countries": "Na Uy",
        "leader": "Đỗ D",
        "partners": "NIVA",
    }
    off = {**DONE, "name": "Đoàn cứu trợ", "countries": "Cuba", "partners": "Hội Chữ thập đỏ", "leader": "Trần B"}
    reconciled = reconcile(plan_of([PLAN, refused, dropped], refused=["Đoàn bị từ chối"]), results_of([DONE, off]))
    summary = reconciled.directions[0].summary
    assert summary == {
        "planned": 2, "carried_out": 1, "postponed": 0, "not_due": 0, "dropped": 1, "unsure": 0, "unsure_pairs": 0,
        "realised": 2, "in_plan": 1, "off_plan": 1, "adjusted": 0, "cancelled": 1, "added": 0, "plan_changes": 0,
        "execution_rate": 50.0, "off_plan_rate": 50.0,
    }  # fmt: skip
    assert ("Tỷ lệ thực hiện kế hoạch (%)", "50,0") in summary_lines(reconciled.directions[0])
    found = reconcile(plan_of([PLAN, dropped]), results_of([DONE])).results["out"]
    assert (len(found.adjusted), [row.record.text("name") for row in found.cancelled]) == (
        0,
        ["Đoàn nghiên cứu thủy sản"],
    )


def test_workbooks_of_other_years_are_refused() -> None:
    with pytest.raises(DoingoaiError, match="kỳ 2019"):
        reconcile(results_of([]), results_of([]))


NAMES = st.sampled_from(["Đoàn du lịch", "Đoàn y tế", "Đoàn du lịch số 1", "Đoàn du lịch số 2"])
COUNTRIES = st.sampled_from(["Lào", "Thái Lan", "Lào, Thái Lan"])
TIMES = st.sampled_from(["Quý I/2019", "Quý IV/2019", "tháng 6/2019", "khi có thư mời"])
DAYS = st.sampled_from(["15-20/2/2019", "3/6/2019 - 5/6/2019", "10/11/2019", "12/12/2018", "chưa rõ"])
SAID = st.sampled_from(["Là một đoàn", "không", ""])


@given(st.lists(st.tuples(NAMES, COUNTRIES), max_size=5), st.lists(st.tuples(NAMES, COUNTRIES), max_size=5))
def test_every_row_ends_in_one_place(planned: list[tuple[str, str]], done: list[tuple[str, str]]) -> None:
    plan = plan_of([{**PLAN, "name": n, "countries": c} for n, c in planned])
    results = results_of([{**DONE, "name": n, "countries": c} for n, c in done])
    direction = out(plan, results)
    assert len(direction.planned) == len(planned)
    matched = [p.pair.other.record_id for p in direction.planned if p.pair]
    doubtful = {pair.other.record_id for pair in direction.unsure}
    off = {row.record_id for row in direction.off_plan}
    assert len(matched) == len(set(matched))
    assert len(matched) + len(doubtful) + len(off) == len(done)
    assert sum(direction.number(state) for state in TripState) == len(planned)


def test_the_workbook_and_the_data_say_the_same() -> None:
    reconciled: Reconciled = reconcile(plan_of([PLAN]), results_of([{**DONE, "period": "15-20/11/2019"}]))
    data = json.loads(json.dumps(reconciled_data(reconciled)))
    assert data["directions"][0]["plan"][0]["state"] == "postponed"
    assert data["directions"][0]["summary"]["execution_rate"] == 100.0
    book = openpyxl.load_workbook(io.BytesIO(write_reconciliation(reconciled)))
    assert book.sheetnames == ["Tổng hợp", "Kế hoạch", "Ngoài kế hoạch", "Cần xác nhận", "Khai khác kế hoạch"]
    row = [cell.value for cell in book["Kế hoạch"][5]]
    assert row[:3] == ["Đoàn ra", "Sở Y tế", PLAN["name"]]
    assert row[5] == "hoãn, chuyển thời gian"


def test_earlier_workbooks_become_history() -> None:
    plan, results = plan_of([PLAN, {**PLAN, "name": "Đoàn hai"}], refused=["Đoàn hai"]), results_of([DONE])
    history = history_of([plan, results], 2020)
    assert [(agency, r.text("name")) for agency, r in history.realised] == [("sở y tế", DONE["name"])]
    assert history.plan is not None
    assert [r.text("name") for _, r in history.plan] == [PLAN["name"]]
    assert history_of([results], 2020).plan is None
    assert history_of([results], 2019).realised == ()


@given(
    st.lists(st.tuples(NAMES, TIMES), max_size=6),
    st.lists(st.tuples(NAMES, DAYS), max_size=6),
    st.dates(date(2019, 1, 1), date(2019, 12, 31)),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), SAID), max_size=4),
)
def test_no_rate_passes_a_hundred_and_every_row_has_its_place(
    planned: list[tuple[str, str]], done: list[tuple[str, str]], until: date, said: list[tuple[int, int, str]]
) -> None:
    plan = plan_of([{**PLAN, "name": name, "period": when} for name, when in planned])
    results = results_of([{**DONE, "name": name, "period": when} for name, when in done])
    pairings = tuple(
        Pairing(
            "Đoàn ra", "", "", "", "", "", "", "", "", decision=decision,
            planned_id=plan.rows[i].record_id, realised_id=results.rows[j].record_id,
        )
        for i, j, decision in said
        if i < len(plan.rows) and j < len(results.rows)
    )  # fmt: skip
    direction = reconcile(plan, replace(results, pairings=pairings), until=until).directions[0]
    summary = direction.summary
    states = sum(
        int(summary[state] or 0) for state in ("carried_out", "postponed", "not_due", "dropped", "unsure")
    )
    assert states == summary["planned"] == len(planned)
    assert (summary["execution_rate"] or 0) <= 100
    placed = {id(r) for r in (*direction.carried_out, *direction.off_plan, *(p.other for p in direction.unsure))}
    assert len(placed) == summary["realised"]
    found = direction.result
    assert (len(found.carried_out), len(found.not_due)) == (summary["in_plan"], summary["not_due"])
    if until == date(2019, 12, 31):
        assert not found.not_due


@pytest.mark.parametrize(
    ("until", "times", "cancelled"),
    [(date(2019, 6, 30), 1, 0), (date(2019, 7, 15), 2, 1), (None, 2, 1)],
)
def test_a_decision_that_is_dated_later_has_changed_nothing_yet(
    until: date | None, times: int, cancelled: int
) -> None:
    lines = (
        PlanChange("1/3/2019", "12/UBND", "Đoàn mới", "bổ sung", "", when=date(2019, 3, 1)),
        PlanChange("15/7/2019", "77/UBND", str(PLAN["name"]), "hủy", "", when=date(2019, 7, 15)),
    )
    plan = replace(plan_of([{**PLAN, "period": "Quý IV/2019"}]), plan_changes=lines)
    found = reconcile(plan, results_of([]), until=until)
    assert found.changes.times == times
    assert found.directions[0].summary["cancelled"] == (cancelled if until else 1)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        *(
            (text, ChangeKind.CANCELLED)
            for text in ("Hủy", "Huỷ bỏ", "xin hủy", "Dừng", "Tạm dừng", "Không thực hiện")
        ),
        *((text, ChangeKind.CANCELLED) for text in ("Thôi không đi", "Rút khỏi kế hoạch", "bãi bỏ", "Bỏ", "huy")),
        *((text, ChangeKind.ADDED) for text in ("Bổ sung", "bo sung", "Thêm", "Bổ sung đoàn", "Bổ sung mới")),
        *(
            (text, ChangeKind.ADJUSTED)
            for text in ("Điều chỉnh thời gian", "Điều chỉnh nội dung", "Đổi thời gian")
        ),
        *(
            (text, ChangeKind.ADJUSTED)
            for text in ("Lùi thời gian", "Hoãn sang quý IV", "Rút ngắn thời gian", "Đ/c")
        ),
        *((text, ChangeKind.ADJUSTED) for text in ("Bổ sung nội dung", "Thêm 02 người", "Thay trưởng đoàn")),
        ("Điều chỉnh, không hủy", ChangeKind.ADJUSTED),
        ("Điều chỉnh (bổ sung thành viên)", ChangeKind.ADJUSTED),
        *((text, None) for text in ("Không hủy", "Không điều chỉnh", "x", "")),
    ],
)
def test_what_a_decision_does_to_the_plan(said: str, kind: ChangeKind | None) -> None:
    assert PlanChange("", "", "", said, "").kind == kind


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Là một đoàn", True), ("đúng", True), ("Không phải một đoàn", False), ("chưa phải", False),
        ("Chưa rõ", None), ("Có thể", None), ("không chắc", None), ("", None),
    ],
)  # fmt: skip
def test_a_doubt_decides_no_pair(said: str, verdict: bool | None) -> None:
    assert Pairing("", "", "", "", "", "", "", "", "", decision=said).verdict is verdict


def test_delegations_added_by_one_document_are_those_of_each_agency() -> None:
    """Two agencies' delegations of one name are two; a line that names none is said, and adds none."""
    lines = [
        PlanChange("1/7/2019", "77/UBND", name, "Bổ sung", "", agency, when=date(2019, 7, 1), line=5)
        for name, agency in (("Đoàn đi Lào", "Sở Y tế"), ("Đoàn đi Lào", "Sở Du lịch"), ("", "Sở Y tế"))
    ]
    changes = reconcile(replace(plan_of([PLAN]), plan_changes=(*lines, lines[0])), results_of([])).changes
    assert (changes.added("out"), changes.times, len(changes.unmatched)) == (2, 1, 1)
    assert "dòng 5" in changes.unmatched[0].unclear


@pytest.mark.parametrize(
    ("planned", "said", "cancelled"),
    [
        ("Đoàn hội đàm thường niên số 05", "hội đàm thường niên số 5", True),
        ("Đoàn xúc tiến đầu tư tại Nhật Bản", "Đoàn đi xúc tiến đầu tư, Nhật Bản", True),
        ("Đoàn xúc tiến du lịch tại Savannakhet", "Đoàn xúc tiến du lịch tại Savanakhet", True),
        ("Đoàn xúc tiến đầu tư năm 2019", "Đoàn xúc tiến đầu tư", True),
        ("Đoàn hội đàm thường niên số 6", "Đoàn hội đàm thường niên số 5", False),
        ("Đoàn trao đổi chuyên gia A1", "Đoàn trao đổi chuyên gia A2", False),
        ("Đoàn công tác tại Tập đoàn SK Hàn Quốc", "Đoàn công tác tại Tập đoàn LG Hàn Quốc", False),
        ("Đoàn xúc tiến đầu tư của Phó Chủ tịch", "Đoàn xúc tiến đầu tư của Chủ tịch", False),
        ("Đoàn xúc tiến đầu tư tại Nhật Bản", "Đoàn xúc tiến đầu tư tại Hàn Quốc", False),
    ],
)
def test_a_decision_changes_the_delegation_that_it_names(planned: str, said: str, cancelled: bool) -> None:
    """A line that names number 5 cancelled number 6, where the plan had no other nearly of that name."""
    line = PlanChange("15/7/2019", "77/UBND", said, "hủy", "", when=date(2019, 7, 15))
    row = {**PLAN, "name": planned, "countries": "", "partners": ""}
    changes = reconcile(replace(plan_of([row]), plan_changes=(line,)), results_of([])).changes
    assert (len(changes.by_row), len(changes.unmatched)) == ((1, 0) if cancelled else (0, 1))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Công văn số 900/UBND-NgV", "900/UBND – NgV ngày 31/5/2019", True),
        ("CV 0900/UBND-NgV", "Số: 900/UBND-NGV", True),
        ("QĐ 15/QĐ-UBND", "CV 15/UBND-NgV", False),
        ("Công văn 45", "Quyết định 45", False),
        ("Thông báo 45-TB/TU", "TB số 45-TB/TU ngày 1/3/2019", True),
        ("ý kiến của Thường trực", "Ý kiến của thường trực", True),
    ],
)
def test_one_document_is_one_adjustment_however_it_is_cited(one: str, other: str, same: bool) -> None:
    lines = tuple(
        PlanChange("1/3/2019", document, f"Đoàn mới {n}", "bổ sung", "", when=date(2019, 3, 1))
        for n, document in enumerate((one, other))
    )
    found = reconcile(replace(plan_of([PLAN]), plan_changes=lines), results_of([]))
    assert (found.changes.times, found.directions[0].summary["added"]) == (1 if same else 2, 2)


def test_nothing_is_dropped_where_nobody_has_sent_what_took_place() -> None:
    unsent = replace(results_of([]), reported=frozenset({"02.A"}))
    (found,) = reconcile(plan_of([PLAN]), unsent).directions[0].planned
    assert found.state is TripState.UNSURE
    assert (
        reconcile(plan_of([PLAN]), unsent, until=date(2019, 5, 1)).directions[0].planned[0].state
        is TripState.NOT_DUE
    )
    lines = dict(summary_lines(reconcile(plan_of([PLAN]), unsent).directions[0]))
    assert (lines["Đoàn trong kế hoạch được duyệt"], lines["Tỷ lệ thực hiện kế hoạch (%)"]) == (
        "1",
        "không tính được",
    )
