"""Results beside the year before, and beside the plan that was approved for them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.model.execution import Reconciliation
from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.measures import REALISED, Rows, Subject
from doingoai_cli.vietnamese.phrases import change, number, percent, percentage

PREVIOUS = "previous."


def no_previous(cycle: int) -> str:
    """What is not at hand without the workbook of the cycle before."""
    return f"cần sổ tổng hợp kỳ {cycle - 1}"


def comparisons(by_id: Mapping[str, Figure], scopes: Sequence[str]) -> list[Figure]:
    """Increase or decrease against the same window a year earlier, in number and in per cent."""
    result: list[Figure] = []
    for scope, subject in ((scope, subject) for scope in scopes for subject in REALISED):
        for measure in (m for m in subject.measures if m.compared):
            now = by_id[f"{scope}{subject.id}.{measure.id}"]
            result += _comparison(now, by_id[PREVIOUS + now.id], measure.clause)
    return result


def _comparison(now: Figure, before: Figure, clause: str) -> tuple[Figure, Figure]:
    missing = before.missing or now.missing
    label = f"{now.label}, tăng, giảm so với cùng kỳ năm trước"
    rows = (*now.rows, *before.rows)
    difference = rate = None
    text, rate_text = "", ""
    if now.value is not None and before.value is not None:
        difference = int(now.value) - int(before.value)
        text = change(int(now.value), int(before.value), now.unit)
        missing = ""
        if before.value:
            rate = percentage(difference, int(before.value))
            rate_text = percent(rate)
    return (
        Figure(
            f"{now.id}.change", label, difference, text, now.unit,
            "Số kỳ này trừ số cùng kỳ năm trước (từ sổ tổng hợp kỳ trước).", clause, rows, missing=missing,
        ),
        Figure(
            f"{now.id}.change_percent", f"{label} (%)", rate, rate_text, "%",
            "Mức tăng, giảm chia cho số cùng kỳ năm trước, làm tròn một chữ số.",
            clause, rows, missing=missing or ("" if rate is not None else "năm trước không có"),
        ),
    )  # fmt: skip


_EXECUTION_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.1 (tỷ lệ thực hiện kế hoạch)"


class _Plan(NamedTuple):
    """The approved plan of one direction beside what took place since the beginning of its year."""

    subject: Subject
    planned: Rows | None
    """None: the plan is not at hand."""
    carried: Rows
    off: Rows

    def figure(
        self, part: str, label: str, value: int | Decimal | None, rows: Rows, how: str, missing: str = ""
    ) -> Figure:
        printed = "" if value is None else percent(value) if isinstance(value, Decimal) else number(value)
        return Figure(
            f"execution.{self.subject.id}.{part}",
            f"{self.subject.label}, thực hiện kế hoạch năm: {label}",
            value,
            printed,
            "%" if part == "rate" else "đoàn",
            how,
            _EXECUTION_CLAUSE,
            rows,
            missing="" if value is not None else missing,
        )


def execution(
    subject: Subject, cycle: int, planned: Rows | None, realised: Rows, found: Reconciliation | None
) -> list[Figure]:
    """How far the approved plan was carried out; `realised` are the rows since the beginning of the year."""
    carried, off = (subject.measure(m).of(realised).rows for m in ("in_plan", "off_plan"))
    plan = _Plan(subject, planned, carried, off)
    no_plan = "" if planned is not None else no_previous(cycle) + " (kế hoạch đã duyệt)"
    no_match = "cần đối chiếu kế hoạch với thực hiện"
    rate = percentage(len(carried), len(planned)) if planned else None
    return [
        plan.figure(
            "planned", "đoàn được duyệt", None if planned is None else len(planned), planned or (),
            "Số dòng kế hoạch của năm trong sổ tổng hợp kỳ trước, trừ dòng “Không đồng ý”.", no_plan,
        ),
        plan.figure(
            "carried_out", "đoàn trong kế hoạch đã thực hiện", len(carried), carried,
            "Các đoàn đánh dấu Trong KH từ đầu năm.",
        ),
        plan.figure(
            "off_plan", "đoàn ngoài kế hoạch", len(off), off, "Các đoàn đánh dấu Ngoài KH từ đầu năm."
        ),
        plan.figure(
            "rate", "tỷ lệ thực hiện", rate, (*carried, *(planned or ())),
            "Đoàn trong kế hoạch đã thực hiện chia cho đoàn được duyệt.", no_plan or "kế hoạch không có đoàn nào",
        ),
        plan.figure(
            "adjusted", "đoàn điều chỉnh", found.adjusted if found else None, (), "Theo kết quả đối chiếu.",
            no_match,
        ),
        plan.figure(
            "cancelled", "đoàn hủy", found.cancelled if found else None, (), "Theo kết quả đối chiếu.", no_match,
        ),
    ]  # fmt: skip
