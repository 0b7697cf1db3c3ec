"""Results beside the year before, and beside the plan that was approved for them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.model.reconciliation import Reconciliation
from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.measures import Rows, Subject
from doingoai_cli.report.figures.subjects import REALISED
from doingoai_cli.vietnamese.report_phrases import change, number, percent, percentage, share

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
    missing = now.missing or before.missing
    note = _partly_read(now, before)
    label = f"{now.label}, tăng, giảm so với cùng kỳ năm trước"
    rows = (*now.rows, *before.rows)
    difference = rate = None
    text, rate_text = "", ""
    if now.value is not None and before.value is not None:
        difference = now.value - before.value
        text = change(now.value, before.value, now.unit) + (f" ({note})" if note else "")
        missing = ""
        if before.value:
            rate = percentage(difference, before.value)
            rate_text = share(difference, before.value)
    return (
        Figure(
            f"{now.id}.change", label, difference, text, now.unit,
            "Số kỳ này trừ số cùng kỳ năm trước (từ sổ tổng hợp kỳ trước).", clause, rows, note,
            missing,
        ),
        Figure(
            f"{now.id}.change_percent", f"{label} (%)", rate, rate_text, "%",
            "Mức tăng, giảm chia cho số cùng kỳ năm trước, làm tròn một chữ số.",
            clause, rows, note, missing or ("" if rate is not None else "năm trước không có"),
        ),
    )  # fmt: skip


def _partly_read(now: Figure, before: Figure) -> str:
    """What a comparison of sums leaves out: "kỳ này đọc được 06/10 đoàn; cùng kỳ năm trước đọc …"."""
    said = (("kỳ này", now), ("cùng kỳ năm trước", before))
    return "; ".join(f"{when} {figure.note}" for when, figure in said if figure.note and figure.value is not None)


_EXECUTION_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.1 (tỷ lệ thực hiện kế hoạch)"


class _Part(NamedTuple):
    """One number of how the plan was carried out; its id is the field of `Reconciliation` that it repeats."""

    id: str
    label: str
    definition: str


_PARTS = (
    _Part("planned", "đoàn được duyệt", "Số dòng kế hoạch của năm, trừ dòng “Không đồng ý”."),
    _Part("carried_out", "đoàn trong kế hoạch đã thực hiện",
        "Số đoàn của kế hoạch được duyệt mà kết quả đối chiếu cho biết đã thực hiện, đúng hoặc khác thời gian.",
    ),
    _Part("off_plan", "đoàn ngoài kế hoạch",
        "Số đoàn đã thực hiện mà kế hoạch được duyệt không có, theo kết quả đối chiếu.",
    ),
    _Part("adjusted", "đoàn điều chỉnh",
        "Số đoàn đã thực hiện khác kế hoạch, chuyển thời gian, hoặc ghi điều chỉnh ở trang “Điều chỉnh kế hoạch”.",
    ),
    _Part("cancelled", "đoàn hủy hoặc không thực hiện",
        "Số đoàn của kế hoạch đã qua thời gian mà không thực hiện, hoặc ghi hủy ở trang “Điều chỉnh kế hoạch”.",
    ),
    _Part("not_due", "đoàn chưa đến thời gian thực hiện",
        "Số đoàn của kế hoạch mà thời gian dự kiến chưa qua ở ngày cuối của kỳ báo cáo.",
    ),
    _Part("unsure", "đoàn cần xác nhận",
        "Số đoàn của kế hoạch có thể là một đoàn đã thực hiện; cán bộ ghi quyết định ở trang “Ghép kế hoạch”.",
    ),
    _Part("pairs", "cặp cần xác nhận", "Số cặp kế hoạch - thực hiện chưa đủ chắc để ghép."),
    _Part("added", "đoàn bổ sung vào kế hoạch", "Số dòng bổ sung ở trang “Điều chỉnh kế hoạch”."),
)  # fmt: skip
_RATE = _Part("rate", "tỷ lệ thực hiện", "Đoàn trong kế hoạch đã thực hiện chia cho đoàn được duyệt.")
CHANGES = "execution.changes"
EXECUTED = {part.id: part.label for part in _PARTS}
"""What became of planned delegations, in words."""


def execution(subject: Subject, cycle: int, reconciliation: Reconciliation | None) -> list[Figure]:
    """How far the approved plan was carried out, as `reconcile` found it; None: the plan is not at hand."""
    lacking = _no_plan(cycle)
    figures = [_executed(subject, part, reconciliation, lacking) for part in _PARTS]
    planned = reconciliation.planned if reconciliation else ()
    unsent = _unsent(reconciliation, _RATE) if reconciliation else lacking
    rate = (
        percentage(len(reconciliation.carried_out), len(planned))
        if reconciliation and planned and not unsent
        else None
    )
    return [
        *figures,
        _part_figure(
            subject, _RATE, rate, (*reconciliation.carried_out, *planned) if reconciliation else (),
            unsent or "kế hoạch không có đoàn nào",
        ),
    ]  # fmt: skip


def _unsent(reconciliation: Reconciliation, part: _Part) -> str:
    """What is missing to know a part: "none" can be said only if somebody has sent its form."""
    return (reconciliation.no_plan if part.id != "added" else "") or (
        reconciliation.no_results if part.id in _OF_RESULTS else ""
    )


_OF_RESULTS = ("carried_out", "off_plan", "rate")


def plan_changes(cycle: int, reconciliations: Mapping[str, Reconciliation] | None) -> Figure:
    """How often the approved plan was changed ("được điều chỉnh … lần"); the plan covers both directions."""
    times = (
        max((direction.times for direction in reconciliations.values()), default=0) if reconciliations else None
    )
    said = "" if times is None else number(times)
    return Figure(
        CHANGES, "Kế hoạch đoàn ra, đoàn vào: số lần điều chỉnh", times, said, "lần",
        "Số văn bản khác nhau ở trang “Điều chỉnh kế hoạch”.", _EXECUTION_CLAUSE,
        missing=_no_plan(cycle) if times is None else "",
    )  # fmt: skip


def _no_plan(cycle: int) -> str:
    return f"{no_previous(cycle)} (kế hoạch đã duyệt)"


def _executed(subject: Subject, part: _Part, reconciliation: Reconciliation | None, lacking: str) -> Figure:
    unsent = _unsent(reconciliation, part) if reconciliation else lacking
    if unsent:
        return _part_figure(subject, part, None, (), unsent)
    held = getattr(reconciliation, part.id)
    if isinstance(held, tuple):
        return _part_figure(subject, part, len(held), held)
    return _part_figure(subject, part, held, ())


def _part_figure(
    subject: Subject, part: _Part, value: int | Decimal | None, rows: Rows, missing: str = ""
) -> Figure:
    printed = "" if value is None else percent(value) if isinstance(value, Decimal) else number(value)
    unit = "%" if part is _RATE else "cặp" if part.id == "pairs" else "đoàn"
    label = f"{subject.label}, thực hiện kế hoạch năm: {part.label}"
    return Figure(
        f"execution.{subject.id}.{part.id}", label, value, printed, unit, part.definition, _EXECUTION_CLAUSE, rows,
        missing=missing if value is None else "",
    )  # fmt: skip
