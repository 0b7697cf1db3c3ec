"""What `merge --accept-loss` takes of a workbook that cannot be read whole: the rest goes to sheets of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import OfficerNote
from doingoai_cli.consolidate.identity import id_pattern, is_officers, seal
from doingoai_cli.consolidate.workbook.officer_sheets import OwnSheet, dump_of
from doingoai_cli.consolidate.workbook.reading.find_sheets import Sheets
from doingoai_cli.consolidate.workbook.reading.options import Reading
from doingoai_cli.consolidate.workbook.reading.sheet import SheetBack
from doingoai_cli.model.consolidated import NO_REVIEW, ConsolidatedRow

_REASON = "bỏ qua khi tổng hợp với --accept-loss"


class Accepted(NamedTuple):
    """The sheets as far as they are believed, whole copies of those that are not, and what was passed over."""

    sheets: Mapping[str, SheetBack | None]
    dumps: tuple[OwnSheet, ...]
    notes: tuple[OfficerNote, ...]


def accepted(
    sheets_found: Sheets, sheets: Mapping[str, SheetBack | None], losses: Sequence[str], reading: Reading
) -> Accepted:
    """Of a sheet with losses, the reviews of rows that are known by their id stay; its texts are the senders'.

    Rows that were known by their text alone, or hold texts of others, lose their review: nobody knows whose it
    was. None counts as deleted.
    """
    believed = {form: _believed(sheet) if sheet else None for form, sheet in sheets.items()}
    damaged = [
        (spec, grid) for spec, grid in sheets_found.forms if (back := sheets[spec.form]) is None or back.losses
    ]
    return Accepted(
        sheets=believed,
        dumps=tuple(
            dump_of(reading.filled(grid), id_pattern(spec.form)) for spec, grid in (*damaged, *sheets_found.spare)
        ),
        notes=tuple(OfficerNote(reading.day, "", "", loss, _REASON) for loss in dict.fromkeys(losses)),
    )


def _believed(sheet: SheetBack) -> SheetBack:
    if not sheet.losses:
        return sheet
    rows = tuple(_as_sent(row, doubted=row.record_id in sheet.doubted) for row in sheet.rows)
    return sheet._replace(rows=rows, deleted={})


def _as_sent(row: ConsolidatedRow, *, doubted: bool) -> ConsolidatedRow:
    if is_officers(row.record_id):
        return row
    as_sent = replace(row, seal=seal(row.record))  # so that its text counts as the sender's, not as an edit
    return replace(as_sent, review=NO_REVIEW) if doubted else as_sent
