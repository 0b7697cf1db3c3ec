"""What the approved plan holds for the rest of the year (kế hoạch phần còn lại của năm; seed 001, V)."""

from collections.abc import Mapping

from doingoai_cli.model.counting import period_of
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.reconciliation import Reconciliation
from doingoai_cli.report.figures.selection import BookRows, Selection, select
from doingoai_cli.report.figures.subjects import SUBJECTS
from doingoai_cli.report.figures.windows import Window

REMAINING = "remaining."
"""The scope of its figures: `remaining.plan.out.delegations`."""
PLANNED = tuple(subject for subject in SUBJECTS if subject.planned)
YEAR_OVER = "kỳ báo cáo đã hết năm"


def remaining_plan(
    window: Window,
    approved: BookRows | None,
    forms: FormCatalogue,
    reconciliations: Mapping[str, Reconciliation] | None,
) -> Mapping[str, Selection] | None:
    """Subject → the rows of the plan approved for the window's year whose time lies wholly behind the window.

    `approved` is the workbook of that plan (its cycle is the window's year). A time that reaches from the window
    into the rest counts as undated: nobody can tell whether it is yet to come. None: no workbook, or nothing left.
    `reconciliations`, by direction: what a decision cancelled, or took place already, is no plan any more.
    """
    rest = window.rest
    if approved is None or rest is None:
        return None
    over = {f"plan.{way}": _over(one) for way, one in (reconciliations or {}).items()}
    return {
        subject.id: _within(rest, select(subject, rest, (approved,), forms), over.get(subject.id, frozenset()))
        for subject in PLANNED
    }


def _over(reconciliation: Reconciliation) -> frozenset[str]:
    """The planned rows of which nothing is to come."""
    return frozenset(r.record_id for r in reconciliation.planned) - {
        r.record_id for r in (*reconciliation.not_due, *reconciliation.unsure)
    }


def _within(window: Window, selection: Selection, over: frozenset[str]) -> Selection:
    left = (row for row in selection.counted if row.record_id not in over)
    held = [(row, window.holds(period_of(row.record), row.record.year)) for row in left]
    return selection._replace(
        counted=tuple(row for row, inside in held if inside),
        undated=tuple(row for row, inside in held if inside is None),
    )
