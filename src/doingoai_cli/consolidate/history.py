"""Earlier consolidated workbooks as the history that checks look into (lịch sử)."""

from collections.abc import Sequence

from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.records import Record
from doingoai_cli.model.run import History


def history_of(books: Sequence[Consolidated], cycle: int) -> History:
    """What other workbooks hold for a run of `cycle`.

    `realised`: the 01.x rows of earlier cycles and of an earlier merge of this one (whose 01.x rows are of Y-1);
    of two workbooks of one cycle the later given stands. `plan`: the plan for Y-1 as approved, that is the 02.x
    rows of cycle Y-1 that no officer refused; None where that workbook is not at hand.
    """
    by_cycle = {book.cycle: book for book in books if book.cycle <= cycle}
    realised = tuple(
        _with_agency(row)
        for _, book in sorted(by_cycle.items())
        for row in book.rows
        if row.record.form.startswith("01")
    )
    approved = by_cycle.get(cycle - 1)
    plan = (
        None
        if approved is None
        else tuple(_with_agency(r) for r in approved.rows if r.record.form.startswith("02") and r.counted)
    )
    return History(realised, plan)


def _with_agency(row: ConsolidatedRow) -> tuple[str, Record]:
    return row.agency_key, row.record
