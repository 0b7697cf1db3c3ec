"""Consolidated workbooks as values, written as short tables in the tests."""

from collections.abc import Mapping
from typing import Any

from doingoai_cli.model.consolidated import AgencyState, AgencyStatus, Consolidated, ConsolidatedRow, Review
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import Conference, PlannedTrip, RealisedTrip, column_types
from doingoai_cli.model.sources import Provenance, Source
from doingoai_cli.model.values import raw
from doingoai_cli.vietnamese.agencies import agency_key

_MODELS = {"01.A": RealisedTrip, "01.B": RealisedTrip, "02.A": PlannedTrip, "02.B": PlannedTrip, "03": Conference}


def row(
    form: str,
    number: int,
    year: int,
    *,
    section: str = "",
    agency: str = "Sở Y tế",
    codes: tuple[str, ...] = (),
    opinion: str = "",
    **values: str,
) -> ConsolidatedRow:
    """One record as a sender types it."""
    model = _MODELS[form]
    cells = {field: Source(f"A{number}", number, 1, CellKind.TEXT) for field in column_types(model)}
    fields: Mapping[str, Any] = {field: raw(text) for field, text in values.items()}
    provenance = Provenance("tep.xlsx", f"Mẫu {form}", 0, number, number)
    record = model(form=form, section=section, year=year, provenance=provenance, cells=cells, extras={}, **fields)
    return ConsolidatedRow(
        record,
        agency,
        agency_key(agency),
        str(provenance),
        f"{form}-{section}-{year}-{number}",
        codes,
        Review(opinion),
    )


def out(
    number: int, year: int, country: str, members: str, when: str, plan: str = "x", **more: Any
) -> ConsolidatedRow:
    """A realised outbound delegation; `plan` "x": in plan, "n": off plan, "": neither."""
    return _realised("01.A", number, year, country, members, when, plan, **more)


def inbound(
    number: int, year: int, country: str, members: str, when: str, plan: str = "x", **more: Any
) -> ConsolidatedRow:
    """A realised inbound delegation."""
    return _realised("01.B", number, year, country, members, when, plan, **more)


def _realised(
    form: str, number: int, year: int, country: str, members: str, when: str, plan: str, **more: Any
) -> ConsolidatedRow:
    values = {
        "name": f"Đoàn số {number}", "nature": "Đoàn đối ngoại", "leader": "Giám đốc Sở",
        "members": members, "countries": country, "partners": "Chính quyền tỉnh bạn",
        "activities": "Hội đàm thường niên", "period": when,
        "cost": "Ngân sách tỉnh: 150 triệu đồng", "in_plan": "X" if plan == "x" else "",
        "off_plan": "X" if plan == "n" else "",
    }  # fmt: skip
    if form == "01.A":
        values["report_ref"] = "Báo cáo số 45/BC-SYT ngày 20/3/2019"
    return row(form, number, year, **(values | more))


def planned(
    form: str, number: int, year: int, country: str, members: str, when: str, **more: Any
) -> ConsolidatedRow:
    """A planned delegation."""
    values = {
        "name": f"Đoàn dự kiến {number}", "nature": "Thăm và làm việc", "leader": "Giám đốc Sở",
        "members": members, "countries": country, "activities": "Ký kế hoạch hợp tác", "days": "5", "period": when,
        "funding": "Ngân sách tỉnh",
    }  # fmt: skip
    if form == "02.A":
        values["partners"] = "Chính quyền tỉnh bạn"
    return row(form, number, year, **(values | more))


def conference(
    number: int, year: int, section: str, ours: str, foreign: str, when: str, **more: Any
) -> ConsolidatedRow:
    """A conference of form 03."""
    values = {
        "name": f"Hội thảo {number}", "vietnamese_delegates": ours, "foreign_delegates": foreign,
        "theme": "Phát triển du lịch bền vững", "days": "2", "period": when, "venue": "Đồng Hới",
        "budget": "Ngân sách tỉnh 200 triệu đồng",
    }  # fmt: skip
    return row("03", number, year, section=section, **(values | more))


def book(cycle: int, *rows: ConsolidatedRow) -> Consolidated:
    """A workbook of a cycle with a small roster."""
    agencies = (
        AgencyStatus("Sở Y tế", "SYT", AgencyState.RECEIVED, "10/09/2019 08:30", 1, 5, 0, 1),
        AgencyStatus("Sở Du lịch", "SDL", AgencyState.LATE, "17/09/2019 16:05", 2, 7, 2, 0),
        AgencyStatus("Sở Tư pháp", "STP", AgencyState.MISSING),
    )
    return Consolidated(cycle, tuple(rows), agencies)


def sample(cycle: int = 2020) -> Consolidated:
    """Nine outbound delegations with 43 persons (6 in plan), seven inbound with 42, three conferences."""
    year = cycle - 1
    countries = (
        "Lào",
        "Lào",
        "Thái Lan",
        "Lào, Thái Lan",
        "Hàn Quốc",
        "Nhật Bản",
        "Lào",
        "Trung Quốc",
        "Đức, Pháp",
    )
    outs = [
        out(
            i,
            year,
            country,
            "5" if i < 8 else "4",
            f"{i + 2}/{i}/{year} - {i + 5}/{i}/{year}",
            "x" if i <= 6 else "n",
        )
        for i, country in enumerate(countries, 1)
    ]
    ins = [
        inbound(i, year, "Lào" if i % 2 else "Thái Lan", "6", f"1{i}/{i + 3}/{year}", agency="Sở Du lịch")
        for i in range(1, 8)
    ]
    holiday = out(
        20, year, "Thái Lan", "3", f"01/6/{year} - 05/6/{year}", nature="Tham quan, du lịch", codes=("TH05",)
    )
    plans = [
        planned("02.A", 1, cycle, "Lào", "6", f"Quý I/{cycle}"),
        planned("02.A", 2, cycle, "Nhật Bản", "5", f"Quý II/{cycle}", agency="Sở Du lịch"),
        planned("02.A", 3, cycle, "Mỹ", "9", f"Quý III/{cycle}", opinion="Không đồng ý"),
        planned("02.B", 1, cycle, "Lào", "8", f"Quý III/{cycle}"),
    ]
    meetings = [
        conference(1, year, "I", "50", "20 (Lào: 12, Thái Lan: 8)", f"15-16/3/{year}"),
        conference(2, year, "I", "40", "10", f"20/5/{year}"),
        conference(3, year, "I", "30", "5", f"12/10/{year}"),
        conference(4, cycle, "II", "60", "25", f"Quý II/{cycle}"),
    ]
    return book(cycle, *outs, *ins, holiday, *plans, *meetings)
