"""A reconciliation as plain data for JSON, and its numbers in lines."""

from typing import Any

from doingoai_cli.consolidate.agreement_plan import AgreementPlan, Signing
from doingoai_cli.consolidate.reconciled import Reconciled, ReconciledDirection
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import time_of
from doingoai_cli.vietnamese.numbers import format_decimal

_RATES = frozenset({"execution_rate", "off_plan_rate"})

SUMMARY = (
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
                **_row_data(planned.row),
                "state": planned.state.value,
                "match": _row_data(planned.other) if planned.other else None,
            }
            for planned in plan.planned
        ],
        "off_plan": [_row_data(row) for row in plan.off_plan],
    }


def summary_lines(direction: ReconciledDirection) -> tuple[tuple[str, str], ...]:
    """The numbers and rates of one direction as (label, printed value)."""
    values = direction.summary
    return tuple((label, _printed(key, values[key])) for key, label in SUMMARY)


def _printed(key: str, value: int | float | None) -> str:
    if value is None:
        return "không tính được"
    return format_decimal(value, 1) if key in _RATES else str(value)


def _row_data(row: ConsolidatedRow) -> dict[str, Any]:
    """A row for JSON: who, what, when, where from."""
    record = row.record
    return {
        "id": row.record_id,
        "form": record.form,
        "agency": row.agency,
        "name": record.text("name"),
        "countries": record.text("countries"),
        "period": time_of(record),
        "source": row.source,
    }


def _direction_data(direction: ReconciledDirection) -> dict[str, Any]:
    return {
        "direction": direction.id,
        "summary": direction.summary,
        "plan": [
            {
                **_row_data(p.row),
                "state": p.state.value,
                "next_year": p.next_year,
                "changes": dict(p.changes),
                "match": _row_data(p.pair.other) if p.pair else None,
                "decided": p.pair.decided if p.pair else False,
                "score": p.pair.score.total if p.pair else None,
            }
            for p in direction.planned
        ],
        "off_plan": [_row_data(row) for row in direction.off_plan],
        "unsure": [
            {
                "planned": _row_data(pair.planned),
                "realised": _row_data(pair.other),
                "score": pair.score.total,
                "grounds": {part.ground: part.likeness for part in pair.score.parts},
            }
            for pair in direction.unsure
        ],
        "claims": [
            {
                **_row_data(claim.row),
                "says": "in_plan" if claim.says_in_plan else "off_plan",
                "planned": _row_data(claim.planned) if claim.planned else None,
            }
            for claim in direction.claims
        ],
    }
