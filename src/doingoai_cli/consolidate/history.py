"""Earlier consolidated workbooks as the history that checks look into (lịch sử)."""

from collections.abc import Sequence

from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue, Stage, shipped_forms
from doingoai_cli.model.records import Record, Trip
from doingoai_cli.model.run import History


def history_of(books: Sequence[Consolidated], cycle: int, catalogue: FormCatalogue | None = None) -> History:
    """What other workbooks hold for a run of `cycle`.

    `realised`: the delegations that took place in earlier cycles and in an earlier merge of this one (whose
    results are of Y-1); of two workbooks of one cycle the later given stands. `plan`: the plan for Y-1 as
    approved, the planned delegations of cycle Y-1 that no officer refused; None where that is not at hand.
    """
    forms = catalogue or shipped_forms()

    def holds(row: ConsolidatedRow, stage: Stage) -> bool:
        role = forms.role_of(row.record)
        return role is not None and issubclass(role.model, Trip) and role.stage is stage

    by_cycle = {book.cycle: book for book in books if book.cycle <= cycle}
    realised = tuple(
        _with_agency(row)
        for _, book in sorted(by_cycle.items())
        for row in book.rows
        if holds(row, Stage.REALISED)
    )
    approved = by_cycle.get(cycle - 1)
    plan = (
        None
        if approved is None
        else tuple(_with_agency(r) for r in approved.rows if holds(r, Stage.PLANNED) and r.counted)
    )
    return History(realised, plan)


def _with_agency(row: ConsolidatedRow) -> tuple[str, Record]:
    return row.agency_key, row.record
