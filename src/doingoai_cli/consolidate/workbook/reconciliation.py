"""A reconciliation as plain data and as a workbook."""

from typing import Any

from doingoai_cli import __version__
from doingoai_cli.consolidate.agreement_plan import AgreementPlan, Signing
from doingoai_cli.consolidate.reconciled import (
    DIRECTION_NAMES,
    Reconciled,
    ReconciledDirection,
    ReconciledPair,
    TripState,
)
from doingoai_cli.consolidate.workbook.book import Book, Sheet, Value
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.consolidate.workbook.write import render
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import period_of
from doingoai_cli.vietnamese.numbers import format_decimal
from doingoai_cli.vietnamese.phrases import short_date

STATE_NAMES = {
    TripState.CARRIED_OUT: "đã thực hiện",
    TripState.POSTPONED: "hoãn, chuyển thời gian",
    TripState.DROPPED: "không thực hiện",
    TripState.UNSURE: "cần xác nhận",
    TripState.NOT_DUE: "chưa đến thời gian thực hiện",
}
_RATES = frozenset({"execution_rate", "off_plan_rate"})
_SUMMARY = (
    ("planned", "Đoàn trong kế hoạch được duyệt"),
    ("carried_out", "Đã thực hiện đúng thời gian"),
    ("postponed", "Hoãn, chuyển thời gian (kể cả sang năm sau)"),
    ("not_due", "Chưa đến thời gian thực hiện"),
    ("dropped", "Không thực hiện (hủy)"),
    ("unsure", "Cần xác nhận"),
    ("unsure_pairs", "Số cặp cần xác nhận"),
    ("realised", "Đoàn đã thực hiện (tổng số)"),
    ("in_plan", "Trong đó: có trong kế hoạch"),
    ("off_plan", "Trong đó: ngoài kế hoạch"),
    ("adjusted", "Đoàn của kế hoạch được điều chỉnh"),
    ("added", "Đoàn bổ sung vào kế hoạch"),
    ("plan_changes", "Số lần điều chỉnh kế hoạch (cả đoàn ra, đoàn vào)"),
    ("execution_rate", "Tỷ lệ thực hiện kế hoạch (%)"),
    ("off_plan_rate", "Tỷ lệ đoàn ngoài kế hoạch (%)"),
)


def reconciled_data(reconciled: Reconciled) -> dict[str, Any]:
    """Plain data for JSON; states are those of `TripState`, likenesses 0 … 100."""
    return {
        "schema_version": "1",
        "year": reconciled.year,
        "until": reconciled.until.isoformat() if reconciled.until else None,
        "directions": [_direction_data(direction) for direction in reconciled.directions],
        "agreements": _agreements_data(reconciled.agreements),
    }


SIGNING_NAMES = {
    Signing.SIGNED: "đã ký", Signing.MOVED: "chuyển sang kế hoạch năm sau",
    Signing.NOT_DUE: "chưa đến thời gian dự kiến ký",
    Signing.UNSURE: "cần xác nhận", Signing.NOT_SIGNED: "chưa ký",
}  # fmt: skip
_AGREEMENT_SUMMARY = (
    ("planned", "Thỏa thuận dự kiến ký"),
    *((state.value, f"Trong đó: {name}") for state, name in SIGNING_NAMES.items()),
    ("all_signed", "Thỏa thuận đã ký (tổng số)"),
    ("off_plan", "Trong đó: ngoài dự kiến"),
)


def agreement_lines(plan: AgreementPlan) -> tuple[tuple[str, str], ...]:
    """The numbers of agreements as (label, printed value)."""
    return tuple((label, str(plan.summary[key])) for key, label in _AGREEMENT_SUMMARY)


def _agreements_data(plan: AgreementPlan) -> dict[str, Any]:
    return {
        "summary": dict(plan.summary),
        "plan": [
            {
                **row_data(planned.row),
                "state": planned.state.value,
                "match": row_data(planned.other) if planned.other else None,
            }
            for planned in plan.planned
        ],
        "off_plan": [row_data(row) for row in plan.off_plan],
    }


def summary_lines(direction: ReconciledDirection) -> tuple[tuple[str, str], ...]:
    """The numbers and rates of one direction as (label, printed value)."""
    values = direction.summary
    return tuple((label, _printed(key, values[key])) for key, label in _SUMMARY)


def _printed(key: str, value: int | float | None) -> str:
    if value is None:
        return "không tính được"
    return format_decimal(value, 1) if key in _RATES else str(value)


def row_data(row: ConsolidatedRow) -> dict[str, Any]:
    """A row for JSON: who, what, when, where from."""
    record = row.record
    return {
        "id": row.record_id,
        "form": record.form,
        "agency": row.agency,
        "name": record.text("name"),
        "countries": record.text("countries"),
        "period": period.text if (period := period_of(record)) else "",
        "source": row.source,
    }


def _pair_data(pair: ReconciledPair) -> dict[str, Any]:
    return {
        "planned": row_data(pair.planned),
        "realised": row_data(pair.other),
        "score": pair.score.total,
        "grounds": {part.ground: part.likeness for part in pair.score.parts},
    }


def _direction_data(direction: ReconciledDirection) -> dict[str, Any]:
    return {
        "direction": direction.id,
        "summary": direction.summary,
        "plan": [
            {
                **row_data(p.row),
                "state": p.state.value,
                "next_year": p.next_year,
                "changes": dict(p.changes),
                "match": row_data(p.pair.other) if p.pair else None,
                "decided": p.pair.decided if p.pair else False,
                "score": p.pair.score.total if p.pair else None,
            }
            for p in direction.planned
        ],
        "off_plan": [row_data(row) for row in direction.off_plan],
        "unsure": [_pair_data(pair) for pair in direction.unsure],
        "claims": [
            {
                **row_data(claim.row),
                "says": "in_plan" if claim.says_in_plan else "off_plan",
                "planned": row_data(claim.planned) if claim.planned else None,
            }
            for claim in direction.claims
        ],
    }


# --- the workbook ------------------------------------------------------------------------------------------


def write_reconciliation(reconciled: Reconciled) -> bytes:
    """The reconciliation as an .xlsx: rates, the plan row by row, off plan, unsure pairs, doubtful claims."""
    year = reconciled.year
    sheets = (
        _summary_sheet(reconciled),
        _plan_sheet(reconciled),
        _off_plan_sheet(reconciled),
        _unsure_sheet(reconciled),
        _claims_sheet(reconciled),
        *([_agreements_sheet(reconciled)] if reconciled.agreements else []),
    )
    properties = {"title": f"Đối chiếu kế hoạch và thực hiện năm {year}", "category": "Công tác đối ngoại"}
    written = {
        own_files.KIND: own_files.KIND_REPORT,
        own_files.VERSION: __version__,
        own_files.CYCLE: str(year + 1),
    }
    return render(Book(sheets, properties, written, year))


_AGREEMENT_HEADINGS = (
    Heading("Cơ quan", 20), Heading("Thỏa thuận dự kiến ký", 40), Heading("Nước", 14),
    Heading("Thời gian dự kiến", 16), Heading("Kết quả", 18, "centre"), Heading("Thỏa thuận đã ký", 40),
    Heading("Ngày ký", 14), Heading("Nguồn", 30, "small"),
)  # fmt: skip


def _agreements_sheet(reconciled: Reconciled) -> Sheet:
    plan = reconciled.agreements
    rows: list[tuple[Value, ...]] = []
    for planned in plan.planned:
        other = planned.other
        named = _who(other)[1::2] if other else (None, None)
        rows.append((*_who(planned.row), SIGNING_NAMES[planned.state], *named, planned.row.source))
    rows += [
        (row.agency, None, _who(row)[2], None, "ngoài dự kiến", *_who(row)[1::2], row.source)
        for row in plan.off_plan
    ]
    title = f"THỎA THUẬN QUỐC TẾ DỰ KIẾN KÝ VÀ ĐÃ KÝ NĂM {reconciled.year}"
    said = "; ".join(f"{label[:1].lower()}{label[1:]}: {value}" for label, value in agreement_lines(plan))
    return list_sheet("Thỏa thuận quốc tế", title, f"({said})", _AGREEMENT_HEADINGS, rows)


def _name(direction: ReconciledDirection) -> str:
    return DIRECTION_NAMES[direction.id]


def _summary_sheet(reconciled: Reconciled) -> Sheet:
    values = [direction.summary for direction in reconciled.directions]
    rows: list[tuple[Value, ...]] = [(label, *(v[key] for v in values)) for key, label in _SUMMARY]
    headings = (Heading("Nội dung", 60), *(Heading(_name(d), 16, "rate") for d in reconciled.directions))
    title = f"ĐỐI CHIẾU KẾ HOẠCH VÀ THỰC HIỆN NĂM {reconciled.year}"
    subtitle = "(Đề cương báo cáo công tác đối ngoại, mục III.1"
    subtitle += f"; tính đến ngày {short_date(reconciled.until)})" if reconciled.until else ")"
    return list_sheet("Tổng hợp", title, subtitle, headings, rows)


_PLAN_HEADINGS = (
    Heading("Loại", 9, "centre"), Heading("Cơ quan", 18), Heading("Đoàn trong kế hoạch", 26), Heading("Nước", 12),
    Heading("Thời gian kế hoạch", 12), Heading("Kết quả", 14, "centre"), Heading("Đoàn đã thực hiện", 26),
    Heading("Thời gian thực hiện", 15), Heading("Điều chỉnh", 22), Heading("Điểm", 7, "number"),
    Heading("Căn cứ ghép", 24),
)  # fmt: skip


def _plan_sheet(reconciled: Reconciled) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for direction in reconciled.directions:
        for planned in direction.planned:
            other = planned.pair.other.record if planned.pair else None
            state = STATE_NAMES[planned.state] + (" sang năm sau" if planned.next_year else "")
            rows.append(
                (
                    _name(direction), *_who(planned.row), state, other.text("name") if other else None,
                    other.text("period") if other else None, "; ".join(planned.changes.values()),
                    planned.pair.score.total if planned.pair else None,
                    _grounds(planned.pair) if planned.pair else None,
                )
            )  # fmt: skip
    return list_sheet(
        "Kế hoạch", "KẾ HOẠCH ĐƯỢC DUYỆT VÀ KẾT QUẢ", f"(Năm {reconciled.year})", _PLAN_HEADINGS, rows
    )


def _grounds(pair: ReconciledPair) -> str:
    return "cán bộ quyết định" if pair.decided else pair.score.reasons


def _who(row: ConsolidatedRow) -> tuple[str, str, str, str]:
    record = row.record
    period = period_of(record)
    return row.agency, record.text("name"), record.text("countries"), period.text if period else ""


_ROW_HEADINGS = (
    Heading("Loại", 9, "centre"), Heading("Cơ quan", 22), Heading("Đoàn", 44), Heading("Nước", 18),
    Heading("Thời gian", 18), Heading("Nguồn", 30, "small"),
)  # fmt: skip


def _off_plan_sheet(reconciled: Reconciled) -> Sheet:
    rows = [(_name(d), *_who(row), row.source) for d in reconciled.directions for row in d.off_plan]
    return list_sheet(
        "Ngoài kế hoạch", "ĐOÀN ĐÃ THỰC HIỆN NGOÀI KẾ HOẠCH", f"({len(rows)} đoàn)", _ROW_HEADINGS, rows
    )


_UNSURE_HEADINGS = (
    Heading("Loại", 9, "centre"), Heading("Cơ quan (kế hoạch)", 18), Heading("Đoàn trong kế hoạch", 34),
    Heading("Nước", 14), Heading("Thời gian", 14), Heading("Cơ quan (thực hiện)", 18),
    Heading("Đoàn đã thực hiện", 34),
    Heading("Nước đã đến", 14), Heading("Thời gian thực hiện", 14), Heading("Điểm", 7, "number"),
    Heading("Căn cứ", 24),
)  # fmt: skip


def _unsure_sheet(reconciled: Reconciled) -> Sheet:
    rows = [
        (_name(d), *_who(pair.planned), *_who(pair.other), pair.score.total, pair.score.reasons)
        for d in reconciled.directions
        for pair in d.unsure
    ]
    subtitle = "(Chưa đủ chắc để ghép; cán bộ xem và quyết định, chương trình không tự ghép)"
    return list_sheet("Cần xác nhận", "CÁC CẶP CẦN XÁC NHẬN", subtitle, _UNSURE_HEADINGS, rows)


def _claims_sheet(reconciled: Reconciled) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (
            _name(d), *_who(claim.row), "Trong KH" if claim.says_in_plan else "Ngoài KH",
            claim.planned.record.text("name") if claim.planned else "không có trong kế hoạch", claim.row.source,
        )
        for d in reconciled.directions
        for claim in d.claims
    ]  # fmt: skip
    headings = (
        *_ROW_HEADINGS[:-1],
        Heading("Đã khai", 12, "centre"),
        Heading("Trong kế hoạch", 34),
        _ROW_HEADINGS[-1],
    )
    return list_sheet(
        "Khai khác kế hoạch", "LOẠI ĐOÀN KHAI KHÁC KẾ HOẠCH (TH07)", f"({len(rows)} đoàn)", headings, rows
    )
