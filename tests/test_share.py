"""Sharing the plan: a calendar by months and as .ics, what overlaps, a roll-up by kind, extracts."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from consolidation import CATALOGUE, CONFERENCE, PLANNED, back, merged, submission, written
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.calendar_file import calendar_file
from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.plan_calendar import Activity, activities, of_agencies, overlapping, roll_up
from doingoai_cli.consolidate.workbook.shared_plan import extract_workbook
from doingoai_cli.model.roster import Roster, RosterEntry

ROSTER = Roster(
    (
        RosterEntry("TU", "Văn phòng Tỉnh ủy", (), "Đảng"),
        RosterEntry("YT", "Sở Y tế", (), "Chính quyền", "yt@x.vn"),
    )
)


def trip(name: str, period: str, countries: str = "Lào", partners: str = "Sở Y tế Khăm Muộn") -> dict[str, Any]:
    return {**PLANNED, "name": name, "period": period, "countries": countries, "partners": partners}


def sent(**rows: Sequence[dict[str, Any]]) -> Consolidation:
    """`rows` by agency, with _ for a space; form 02.A, or 03 for rows with a theme."""
    files = []
    for number, (agency, held) in enumerate(rows.items()):
        forms: dict[str, list[dict[str, Any]]] = {}
        for row in held:
            forms.setdefault("03" if "theme" in row else "02.A", []).append(row)
        files.append(submission(f"{number}.xlsx", agency.replace("_", " "), forms))
    return merged(files)


def planned(**rows: Sequence[dict[str, Any]]) -> tuple[Activity, ...]:
    """The same as the workbook holds it."""
    return activities(back(written(sent(**rows))).consolidated, CATALOGUE)


def test_the_same_country_or_partner_at_the_same_time_is_found_once_for_two_agencies() -> None:
    held = {**CONFERENCE, "section": "II", "period": "20/5/2020", "foreign_delegates": "5 (Lào: 5)"}
    plan = planned(
        Sở_Y_tế=[trip("Đoàn một", "12/5/2020 - 15/5/2020"), trip("Đoàn hai", "14/5/2020")],
        Sở_Du_lịch=[trip("Đoàn ba", "Tháng 5/2020", partners="Tỉnh Khammouane"), trip("Đoàn bốn", "Tháng 6/2020")],
        Sở_Ngoại_vụ=[held, trip("Đoàn Pháp", "Quý II/2020", "Pháp", "Sở Y tế Khăm Muộn")],
    )
    found = {(o.one.name, o.other.name): o.common for o in overlapping(plan)}
    assert set(found) == {
        ("Đoàn Pháp", "Đoàn ba"), ("Đoàn Pháp", "Đoàn một"), ("Đoàn Pháp", "Đoàn hai"), ("Đoàn Pháp", "Đoàn bốn"),
        ("Đoàn ba", "Đoàn một"), ("Đoàn ba", "Đoàn hai"), ("Đoàn ba", "Hội thảo hang động"),
    }  # fmt: skip
    assert "nước Lào" in found["Đoàn ba", "Đoàn một"]
    assert not any(ground.startswith("nước") for ground in found["Đoàn Pháp", "Đoàn ba"])


@pytest.mark.parametrize(("place", "said"), [("Lào", "nước Lào"), ("Đài Loan", "vùng lãnh thổ Đài Loan")])
def test_a_territory_in_common_is_called_no_country(place: str, said: str) -> None:
    plan = planned(Sở_Y_tế=[trip("Một", "12/5/2020", place)], Sở_Du_lịch=[trip("Hai", "12/5/2020", place)])
    (found,) = overlapping(plan)
    assert said in found.common


def test_a_common_partner_is_told_as_it_was_typed() -> None:
    plan = planned(
        Sở_Y_tế=[trip("Đoàn một", "12/5/2020", "Pháp", "Viện Quản lý\nrừng Hà Lan")],
        Sở_Du_lịch=[trip("Đoàn hai", "12/5/2020", "Đức", "viện quản lý rừng hà lan")],
    )
    (found,) = overlapping(plan)
    assert [ground for ground in found.common if ground.startswith("đối tác")] in (
        ["đối tác Viện Quản lý rừng Hà Lan"], ["đối tác viện quản lý rừng hà lan"]
    )  # fmt: skip


DAYS = st.tuples(
    st.sampled_from("ABC"), st.integers(1, 28), st.integers(0, 9), st.sampled_from(["Lào", "Pháp"]), st.booleans()
)


@settings(deadline=None, max_examples=30)
@given(st.lists(DAYS, max_size=9))
def test_overlaps_are_those_that_comparing_each_with_each_finds(
    drawn: list[tuple[str, int, int, str, bool]],
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, (agency, day, length, country, twice) in enumerate(drawn):
        last = min(day + length, 30)
        period = f"{day:02d}/6/2020 - {last:02d}/6/2020"
        period = f"Tháng {1 + day % 6}, {7 + length % 6}/2020" if twice else period
        rows.setdefault(f"Sở_{agency}", []).append(trip(f"Đoàn {number}", period, country, ""))
    plan = activities(sent(**rows).consolidated, CATALOGUE)
    found = {frozenset((o.one.name, o.other.name)) for o in overlapping(plan)}
    expected = {
        frozenset((one.name, other.name))
        for one in plan
        for other in plan
        if one.row.agency != other.row.agency
        and one.countries & other.countries
        and any(
            first <= end and begin <= last
            for first, last in one.stretches for begin, end in other.stretches
        )
    }  # fmt: skip
    assert found == expected


def test_the_calendar_file_opens_in_other_programs_and_is_the_same_each_time() -> None:
    plan = planned(
        Sở_Y_tế=[
            trip("Đoàn một, hai; ba", "12/5/2020 - 15/5/2020"),
            trip("Đoàn quý", "Quý II/2020"),
            trip("Đoàn chưa rõ", "khi có thư mời"),
        ]
    )
    data = calendar_file(plan, 2020, "Hoạt động đối ngoại")
    assert data == calendar_file(plan, 2020, "Hoạt động đối ngoại")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    events = {str(e["summary"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert set(events) == {"Đoàn ra: Đoàn một, hai; ba", "Đoàn ra: Đoàn quý (dự kiến Quý II/2020)"}
    exact = events["Đoàn ra: Đoàn một, hai; ba"]
    assert (exact.decoded("dtstart"), exact.decoded("dtend")) == (date(2020, 5, 12), date(2020, 5, 16))
    assert "Cơ quan: Sở Y tế" in str(exact["description"])
    assert [str(e["transp"]) for e in events.values()] == ["TRANSPARENT", "OPAQUE"]
    assert len({str(e["uid"]) for e in events.values()}) == 2


def test_times_apart_are_shown_and_compared_each_for_itself() -> None:
    plan = planned(
        Sở_Y_tế=[trip("Đoàn hai lần", "Tháng 3 và tháng 9/2020")],
        Sở_Du_lịch=[trip("Đoàn giữa năm", "Quý II/2020"), trip("Đoàn thu", "15/9/2020")],
    )
    assert [(o.one.name, o.other.name) for o in overlapping(plan)] == [("Đoàn hai lần", "Đoàn thu")]
    twice = plan[0]
    assert [month for month in range(1, 13) if twice.falls_on(date(2020, month, 1), date(2020, month, 28))] == [
        3,
        9,
    ]
    events = icalendar.Calendar.from_ical(calendar_file(plan[:1], 2020, "Kế hoạch")).walk("VEVENT")
    assert [(e.decoded("dtstart"), e.decoded("dtend")) for e in events] == [
        (date(2020, 3, 1), date(2020, 4, 1)), (date(2020, 9, 1), date(2020, 10, 1))
    ]  # fmt: skip
    assert len({str(e["uid"]) for e in events}) == 2


def test_the_roll_up_counts_each_kind_and_the_sum() -> None:
    plan = planned(
        Văn_phòng_Tỉnh_ủy=[trip("Đoàn một", "Quý I")], Sở_Y_tế=[trip("Đoàn hai", "Quý I")] * 2,
        Sở_Lạ=[{**CONFERENCE, "section": "II", "period": "Quý II/2020"}],
    )  # fmt: skip
    lines = roll_up(plan, ROSTER)
    assert [(line.kind, line.agencies, line.out, line.out_persons, line.conferences) for line in lines] == [
        ("Đảng", 1, 1, 5, 0), ("Chính quyền", 1, 2, 10, 0), ("(Chưa phân loại)", 1, 0, 0, 1),
        ("Tổng cộng", 3, 3, 15, 1),
    ]  # fmt: skip
    own = of_agencies(plan, overlapping(plan))
    assert {agency: (len(mine), len(touched)) for agency, (mine, touched) in own.items()} == {
        "Sở Lạ": (1, 0), "Sở Y tế": (2, 2), "Văn phòng Tỉnh ủy": (1, 2),
    }  # fmt: skip


def test_share_writes_calendar_and_extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = [
        submission("a.xlsx", "Sở Y tế", {"02.A": [trip("=Đoàn một", "12/5/2020 - 15/5/2020")]}),
        submission("b.xlsx", "Sở Du lịch", {"02.A": [trip("Đoàn hai", "14/5/2020"), trip("Đoàn ba", "x")]}),
    ]
    Path("tonghop.xlsx").write_bytes(written(merged(files)))
    Path("don-vi.csv").write_text("code,name,kind,e-mail\nYT,Sở Y tế,Chính quyền,yt@x.vn\n", encoding="utf-8")
    assert run(["share", "tonghop.xlsx", "--out", "chia-se", "--roster", "don-vi.csv"]) == 0
    names = {p.relative_to("chia-se").as_posix() for p in Path("chia-se").rglob("*") if p.is_file()}
    assert names == {
        "lich-doi-ngoai-2020.xlsx", "lich-doi-ngoai-2020.ics", "trich/so-y-te.xlsx", "trich/so-du-lich.xlsx",
        "trich/danh-sach-tep.csv",
    }  # fmt: skip
    book = openpyxl.load_workbook("chia-se/lich-doi-ngoai-2020.xlsx")
    assert book.sheetnames == ["Danh sách", *(f"Tháng {m}" for m in range(1, 13)), "Trùng nhau", "Theo khối"]
    may = book["Tháng 5"]
    assert may.sheet_properties.pageSetUpPr.fitToPage
    assert may.page_setup.fitToHeight in (None, 1)  # one page high is what Excel takes for granted
    days = {str(c.value).split("\n")[0]: str(c.value) for row in may.iter_rows(min_row=5) for c in row if c.value}
    assert "RA Sở Y tế: =Đoàn một (Lào)" in days["12"]
    assert "RA Sở Y tế (tiếp)" in days["14"]
    assert "RA Sở Du lịch: Đoàn hai (Lào)" in days["14"]
    assert set(map(str, range(1, 32))) <= set(days)
    overlaps = list(openpyxl.load_workbook("chia-se/trich/so-du-lich.xlsx")["Liên quan"].iter_rows(min_row=5))
    assert [c.value for c in overlaps[0]][2:6:3] == ["Sở Du lịch", "Sở Y tế"]
    assert "yt@x.vn" in str(overlaps[0][8].value)


def test_whoever_leads_an_inbound_delegation_is_nobody_to_talk_to(tmp_path: Path) -> None:
    guests = {**trip("Đoàn hai", "14/5/2020"), "leader": "Ông Khăm Phủi, Tỉnh trưởng", "partners": ""}
    files = [
        submission("a.xlsx", "Sở Y tế", {"02.A": [trip("Đoàn một", "12/5/2020 - 15/5/2020")]}),
        submission("b.xlsx", "Sở Du lịch", {"02.B": [guests]}),
    ]
    plan = activities(back(written(merged(files))).consolidated, CATALOGUE)
    _, touched = of_agencies(plan, overlapping(plan))["Sở Y tế"]
    path = tmp_path / "trich.xlsx"
    path.write_bytes(extract_workbook("Sở Y tế", plan, touched, ROSTER, 2020))
    (row,) = list(openpyxl.load_workbook(path)["Liên quan"].iter_rows(min_row=5, values_only=True))
    assert row[8] == "Sở Du lịch"


def test_a_workbook_without_a_plan_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tonghop.xlsx").write_bytes(written(merged([submission("a.xlsx", "Sở Y tế", {"02.A": []})])))
    assert run(["share", "tonghop.xlsx"]) == 2
