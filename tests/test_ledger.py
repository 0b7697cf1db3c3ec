"""Settling an inbox: order of arrival, what replaces what, who is late or missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from consolidation import CYCLE, PLANNED, REALISED, submission
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.consolidate.arrival import Arrival, ArrivalBasis, KnownArrival, arrival_in_ledger, date_in_name
from doingoai_cli.consolidate.settle import Receiving, Settled, settle
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.run import YearDeadline
from doingoai_cli.model.submissions import OwnOutput, Submission

MORNING = datetime(2019, 9, 1, 8)
EVENING = datetime(2019, 9, 1, 18)


def settled(submissions: Sequence[Submission], **options: object) -> Settled:
    return settle(submissions, Receiving(cycle=CYCLE, **options))  # type: ignore[arg-type]


def superseded(result: Settled) -> set[tuple[str, str]]:
    return {(key.path, key.form) for key in result.superseded}


def codes(result: Settled) -> list[tuple[str, str | None]]:
    return [(o.code, o.place.file) for o in result.observations]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("so-y-te 2019-09-14.xlsx", date(2019, 9, 14)),
        ("So Y te 14.9.2019.xlsx", date(2019, 9, 14)),
        ("14-09-2019_SYT.xlsx", date(2019, 9, 14)),
        ("SYT_14_9_19.xls", date(2019, 9, 14)),
        ("20190914-syt.xlsx", date(2019, 9, 14)),
        ("syt14092019.xlsx", date(2019, 9, 14)),
        ("syt 20190914083000.xlsx", date(2019, 9, 14)),
        ("Báo cáo ngày 14 tháng 9 năm 2019.xlsx", date(2019, 9, 14)),
        ("bao cao ngay 14-9-2019 (sua 16-9-2019).xlsx", date(2019, 9, 16)),
        ("Mau 02.A nam 2020.xlsx", None),
        ("Cong van 436-2018.xlsx", None),
        ("31-02-2019.xlsx", None),
        ("CV 12.5.2009.xlsx", None),  # ten years off: a number of something else
        ("SYT ngày 14-9.xlsx", date(2019, 9, 14)),
        ("syt (ngay 14 thang 9).xlsx", date(2019, 9, 14)),
        ("SYT ngày 14.9, gửi lại 16.9.2019.xlsx", date(2019, 9, 16)),
        ("đoàn ra ngày 14-15 tháng 9.xlsx", None),
        ("BC lan 2 thang 8-2019.xlsx", None),
        ("CV so 14-9.xlsx", None),
    ],
)
def test_dates_in_file_names(name: str, day: date | None) -> None:
    assert date_in_name(name, CYCLE) == day


def test_a_day_without_a_year_is_of_the_year_of_the_files_time() -> None:
    clocks = {datetime(2020, 1, 6, 8): 2020, datetime(2019, 1, 6, 8): 2019, datetime(2026, 5, 1, 8): 2019}
    for clock, year in clocks.items():
        assert date_in_name("syt ngày 5-1.xlsx", CYCLE, clock) == date(year, 1, 5)


@given(
    st.dates(date(2018, 1, 1), date(2021, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d_%m_%Y", "%Y%m%d"])
)
def test_every_way_of_writing_a_date_is_read(day: date, style: str) -> None:
    assert date_in_name(f"so-y-te {day.strftime(style)} ban-2.xlsx", CYCLE) == day


def test_the_later_file_of_one_agency_and_form_stands() -> None:
    first = submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED], "01.A": [REALISED]}, received=MORNING)
    second = submission("b.xlsx", "SỞ Y TẾ", {"02.A": [{**PLANNED, "members": 6}]}, received=EVENING)
    result = settled([second, first])
    assert superseded(result) == {("a.xlsx", "02.A")}
    assert [t.form for _, t in result.counted] == ["01.A", "02.A"]
    (found,) = result.observations
    assert (found.code, found.severity, found.place.file) == ("TK04", Severity.INFO, "b.xlsx")
    assert found.params["summary"] == "sửa 01 dòng"
    (change,) = found.details
    assert (change.kind, change.row, change.field, change.cell) == ("edited", 8, "members", "A8")
    assert (change.before, change.after) == ("5", "6")


@pytest.mark.parametrize(
    ("arrival", "names", "times", "standing", "basis"),
    [
        (["b.xlsx", "a.xlsx"], ("a.xlsx", "b.xlsx"), (MORNING, EVENING), "a.xlsx", ArrivalBasis.LIST),
        (None, ("x 2.9.2019.xlsx", "x 1.9.2019.xlsx"), (MORNING, EVENING), "x 2.9.2019.xlsx", ArrivalBasis.NAME),
        (None, ("a.xlsx", "b.xlsx"), (EVENING, MORNING), "a.xlsx", ArrivalBasis.TIME),
        (None, ("a.xlsx", "b.xlsx"), (None, None), "b.xlsx", ArrivalBasis.UNKNOWN),
    ],
)
def test_what_tells_the_order_of_arrival(
    arrival: list[str] | None,
    names: tuple[str, str],
    times: tuple[datetime, datetime],
    standing: str,
    basis: ArrivalBasis,
) -> None:
    files = [
        submission(f"inbox/{n}", "Sở Y tế", {"02.A": [{**PLANNED, "name": f"Đoàn {n}"}]}, received=t)
        for n, t in zip(names, times, strict=True)
    ]
    result = settled(files, arrival=arrival)
    assert [s.path for s, _ in result.counted] == [f"inbox/{standing}"]
    assert result.arrivals[f"inbox/{standing}"].basis is basis


def test_a_file_in_which_few_rows_recur_may_be_a_second_part() -> None:
    first = submission(
        "a.xlsx", "Sở Y tế", {"02.A": [PLANNED, {**PLANNED, "name": "Đoàn khác", "countries": "Pháp"}]}
    )
    part = {
        **PLANNED,
        "name": "Đoàn bác sĩ sang Cuba",
        "countries": "Cuba",
        "period": "Quý IV",
        "leader": "Trần B",
    }
    second = submission("b.xlsx", "Sở Y tế", {"02.A": [part]}, received=EVENING)
    (found,) = settled([first, second]).observations
    assert (found.code, found.severity, found.params["recurring"]) == ("TK04", Severity.WARNING, 0)


@pytest.mark.parametrize("way", ["option", "roster"])
def test_parts_of_one_report_are_both_kept(way: str) -> None:
    files = [
        submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]}),
        submission("b.xlsx", "Sở Y tế", {"02.A": [{**PLANNED, "name": "Đoàn hai"}]}, received=EVENING),
    ]
    entry = RosterEntry("SYT", "Sở Y tế", keep_both=way == "roster")
    result = settled(files, roster=Roster((entry,)), keep_both=["Sở Y Tế"] if way == "option" else ())
    assert result.superseded == frozenset()
    assert codes(result) == []


def test_a_form_left_empty_replaces_nothing_but_a_nil_return_does() -> None:
    first = submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]}, received=MORNING)
    empty = submission("b.xlsx", "Sở Y tế", {"02.A": [], "02.B": [PLANNED]}, received=EVENING)
    assert settled([first, empty]).superseded == frozenset()
    nil = submission("b.xlsx", "Sở Y tế", {"02.A": []}, nil=["02.A"], received=EVENING)
    assert superseded(settled([first, nil])) == {("a.xlsx", "02.A")}


def test_files_without_an_agency_replace_nothing() -> None:
    files = [submission(f"{n}.xlsx", None, {"02.A": [PLANNED]}) for n in "ab"]
    assert settled(files).superseded == frozenset()


def test_the_same_bytes_again_are_noted_with_their_rows_and_passed_over() -> None:
    first = submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]}, content="same", received=MORNING)
    copy = submission("b.xlsx", "Sở Y tế", {"02.A": [PLANNED]}, content="same", received=EVENING)
    result = settled([first, copy])
    assert [(c.path, original) for c, original in result.copies] == [("b.xlsx", "a.xlsx")]
    assert [(r.path, r.by, len(r.rows), r.identical) for r in result.replaced] == [("b.xlsx", "a.xlsx", 1, True)]
    assert result.observations == ()


def test_who_is_missing_and_who_is_late() -> None:
    roster = Roster(
        (RosterEntry("YT", "Sở Y tế"), RosterEntry("DL", "Sở Du lịch"), RosterEntry("NV", "Sở Ngoại vụ"))
    )
    files = [
        submission("y.xlsx", "Sở Y tế", {"02.A": [PLANNED]}, received=datetime(2019, 9, 14, 23, 59)),
        submission("d.xlsx", "Sở Du lịch", {"02.A": [PLANNED]}, received=datetime(2019, 9, 15, 0, 0)),
    ]
    result = settled(files, roster=roster)
    assert codes(result) == [("TK02", None), ("TK03", "d.xlsx")]
    assert result.observations[0].params["agency"] == "Sở Ngoại vụ"
    assert result.observations[1].params["deadline"] == "15/09/2019"
    assert codes(settled(files, roster=roster, deadline=YearDeadline(date(2019, 10, 1)))) == [("TK02", None)]


@pytest.mark.parametrize(
    ("agencies", "found"),
    [
        (("Huyện ủy Lệ Thủy", "UBND huyện Lệ Thuỷ"), True),
        (("UBND huyện Lệ Thủy", "UBND huyện Minh Hóa"), False),
        (("Sở Y tế", "Sở Du lịch"), False),
    ],
)
def test_one_district_sends_one_plan(agencies: tuple[str, str], found: bool) -> None:
    files = [submission(f"{i}.xlsx", a, {"02.A": [PLANNED]}) for i, a in enumerate(agencies)]
    assert ("TK05" in [code for code, _ in codes(settled(files))]) is found


def test_one_district_that_sends_its_forms_in_two_files_or_again_has_one_plan() -> None:
    files = [
        submission("a.xlsx", "UBND huyện Lệ Thủy", {"02.A": [PLANNED]}),
        submission("b.xlsx", "UBND huyện Lệ Thủy", {"01.A": [REALISED]}, received=EVENING),
        submission("c.xlsx", "UBND huyện Lệ Thủy", {"02.A": [{**PLANNED, "days": 4}]}, received=EVENING),
    ]
    assert [code for code, _ in codes(settled(files))] == ["TK04"]


def test_the_tools_own_outputs_are_no_submissions() -> None:
    own = replace(submission("tonghop.xlsx", None, {"02.A": [PLANNED]}), own=OwnOutput.CONSOLIDATED)
    assert settled([own]).submissions == ()


ROWS = st.lists(st.sampled_from(["Đoàn một", "Đoàn hai", "Đoàn ba"]), max_size=3)


@given(
    st.lists(st.tuples(st.sampled_from(["Sở A", "Sở B", None]), ROWS, st.integers(0, 3)), max_size=6), st.randoms()
)
def test_every_row_counts_once_or_is_listed_as_replaced(
    inbox: list[tuple[str | None, list[str], int]], random: "object"
) -> None:
    files = [
        submission(
            f"{i}.xlsx", a, {"02.A": [{**PLANNED, "name": n} for n in rows]}, received=datetime(2019, 9, 1, hour)
        )
        for i, (a, rows, hour) in enumerate(inbox)
    ]
    result = settled(files)
    counted = sum(len(t.records) for _, t in result.counted)
    assert counted + sum(len(r.rows) for r in result.replaced) == sum(s.rows for s in files)
    random.shuffle(files)  # type: ignore[attr-defined]
    again = settled(files)
    assert [s.path for s in again.submissions] == [s.path for s in result.submissions]
    assert again.superseded == result.superseded


# --- when a file came is settled once ----------------------------------------------------------------------

LATER = datetime(2019, 9, 20, 7, 30, 9)


def carried(result: Settled) -> list[KnownArrival]:
    """What the ledger of a merge says at the next one: only what people read there."""
    digests = {s.path: s.sha256 for s in (*result.submissions, *(copy for copy, _ in result.copies))}
    return [
        KnownArrival(digests[path], found)
        for path, came in result.arrivals.items()
        if (found := arrival_in_ledger(path, came.received, came.reason))
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a.xlsx", "b 3.9.2019.xlsx", "c.xlsx", "d 3.9.2019.xlsx"]), st.datetimes(
            datetime(2019, 8, 1), datetime(2019, 9, 30)
        ), st.datetimes(datetime(2019, 10, 1), datetime(2019, 12, 1))),
        unique_by=lambda line: line[0], max_size=4,
    ),
    st.lists(st.sampled_from(["a.xlsx", "c.xlsx"]), unique=True),
)  # fmt: skip
def test_a_file_keeps_the_time_of_its_arrival(
    inbox: list[tuple[str, datetime, datetime]], listed: list[str]
) -> None:
    def at(which: int) -> list[Submission]:
        return [
            submission(line[0], "Sở Y tế", {"02.A": [{**PLANNED, "name": line[0]}]},
                       received=line[which].replace(microsecond=0))  # type: ignore[union-attr]
            for line in inbox
        ]  # fmt: skip

    first = settled(at(1), arrival=listed)
    touched = settled(at(2), known=carried(first))
    assert touched.arrivals == first.arrivals
    assert touched.superseded == first.superseded


def test_what_an_officer_says_goes_before_what_was_kept() -> None:
    file = submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]}, received=LATER)
    kept = [KnownArrival(file.sha256, Arrival("a.xlsx", ArrivalBasis.TIME, MORNING))]
    assert settled([file], known=kept).arrivals["a.xlsx"].when == MORNING
    assert settled([file], known=kept, arrival=["a.xlsx"]).arrivals["a.xlsx"].basis is ArrivalBasis.LIST
    renamed = replace(file, path="a 12.9.2019.xlsx")
    assert settled([renamed], known=kept).arrivals[renamed.path].received == "12/09/2019"
    corrected = arrival_in_ledger(
        "a.xlsx", "05/09/2019 10:00", Arrival("a.xlsx", ArrivalBasis.TIME, MORNING).reason
    )
    assert corrected == Arrival("a.xlsx", ArrivalBasis.OFFICER, datetime(2019, 9, 5, 10), None, False)
    assert (
        settled([file], known=[KnownArrival(file.sha256, corrected)]).arrivals["a.xlsx"].received
        == "05/09/2019 10:00"
    )


def test_a_copy_that_comes_later_does_not_take_the_time_of_the_first() -> None:
    first, copy = (submission(n, "Sở Y tế", {"02.A": [PLANNED]}, content="same") for n in ("z.xlsx", "a.xlsx"))
    came = [replace(first, received=MORNING), replace(copy, received=EVENING)]
    before = settled(came)
    assert [(c.path, by) for c, by in before.copies] == [("a.xlsx", "z.xlsx")]
    again = settled([replace(s, received=LATER) for s in came], known=carried(before))
    assert [original for _, original in again.copies] == ["z.xlsx"]
    moved = settled([replace(first, path="moved/y.xlsx", received=LATER)], known=carried(settled(came[:1])))
    assert moved.arrivals["moved/y.xlsx"].when == MORNING


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        ([("Đoàn công tác tại Lào", "Lào"), ("Đoàn công tác tại Thái Lan", "Thái Lan")],
         [("Đoàn công tác tại Đức", "Đức"), ("Đoàn công tác tại Hàn Quốc", "Hàn Quốc")], Severity.WARNING),
        ([("Đoàn xúc tiến du lịch A1", "Lào")], [("Đoàn xúc tiến du lịch A2", "Lào")], Severity.WARNING),
        ([("Đoàn xúc tiến du lịch", "Lào")], [("Đoàn cán bộ xúc tiến du lịch", "Lào")], Severity.INFO),
        ([("Đoàn xúc tiến du lịch", "Lào"), ("Đoàn y tế", "Pháp")],
         [("Đoàn xúc tiến du lịch", "Lào")], Severity.INFO),
        ([("Đoàn xúc tiến du lịch", "Lào"), ("Đoàn y tế", "Pháp"), ("Đoàn thể thao", "Nga")],
         [("Đoàn xúc tiến du lịch", "Lào")], Severity.WARNING),
    ],
)  # fmt: skip
def test_a_later_file_in_which_less_than_half_recurs_is_a_warning(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], severity: Severity
) -> None:
    files = [
        submission(
            f"{number}.xlsx", "Sở Y tế",
            {"02.A": [{**PLANNED, "name": n, "countries": c, "partners": f"Đối tác {c}"} for n, c in rows]},
            received=when,
        )
        for number, (rows, when) in enumerate(((before, MORNING), (after, EVENING)))
    ]  # fmt: skip
    (found,) = settled(files).observations
    assert (found.code, found.severity) == ("TK04", severity)
