"""What is new since the last merge (điểm mới so với lần tổng hợp trước): rows, and what agencies have sent."""

from collections.abc import Iterator, Mapping

from doingoai_cli.consolidate.reviews import continued_rows
from doingoai_cli.consolidate.status import status_changes
from doingoai_cli.consolidate.workbook.row_digests import is_sealed_by
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.vietnamese.numbers import format_number

NOTHING = "So với lần tổng hợp trước: không có gì mới."
_SHOWN = 15


def news(before: Consolidated | None, after: Consolidated) -> tuple[str, ...]:
    """A sentence on the rows, then one line per agency; () where no workbook stood there before."""
    if before is None:
        return ()
    rows = _rows(before, after)
    agencies = tuple(_agencies(before, after))
    if not rows and not agencies:
        return (NOTHING,)
    return (f"So với lần tổng hợp trước: {rows or 'các dòng không thay đổi'}.", *agencies)


def _rows(before: Consolidated, after: Consolidated) -> str:
    old, new = _by_id(before), _by_id(after)
    came = [row for record_id, row in new.items() if record_id not in old]
    went = [row for record_id, row in old.items() if record_id not in new]
    same = (
        continued_rows(went, came) if went else {}
    )  # another leader or time is another id, and one delegation still
    both = [(old[record_id], row) for record_id, row in new.items() if record_id in old]
    both += [(row, new[record_id]) for record_id, row in same.items()]
    changed = sum(was.seal != now.seal and not is_sealed_by(was.seal, now.seal) for was, now in both)
    told = (
        (len(came) - len(same), "dòng mới"),
        (changed, "dòng có nội dung thay đổi"),
        (len(went) - len(same), "dòng không còn"),
    )
    return ", ".join(f"{format_number(number)} {what}" for number, what in told if number)


def _by_id(book: Consolidated) -> Mapping[str, ConsolidatedRow]:
    return {row.record_id: row for row in book.rows}


def _agencies(before: Consolidated, after: Consolidated) -> Iterator[str]:
    changes = [change for change in status_changes(before.agencies, after.agencies) if change.name]
    for change in changes[:_SHOWN]:
        yield f"  - {change.name}: {change.text}"
    if len(changes) > _SHOWN:
        yield f"  - và {format_number(len(changes) - _SHOWN)} cơ quan, đơn vị khác (xem trang “Tình hình nộp”)"
