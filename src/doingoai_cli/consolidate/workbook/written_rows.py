"""The rows of a form's sheet as reading the sheet back gives them, known when it is written (dòng đã ghi).

Of a workbook that nobody has edited since, the next merge takes its rows from here, a sheet at a time, and reads
only the headings of the sheet itself; a record is read from its row when somebody asks for it. Sheets with rows
that an officer edited, or whose texts may not come back from their cells as they are, are read as ever.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from doingoai_cli.consolidate.workbook.read_headings import id_pattern
from doingoai_cli.consolidate.workbook.sheet_reader import OFFICER_SOURCE
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.model.consolidated import NO_AGENCY, ConsolidatedRow

if TYPE_CHECKING:  # who reads a workbook writes none
    from doingoai_cli.consolidate.workbook.form_sheet import FormSheet


class WrittenRow(NamedTuple):
    """What stands in a row beside its official columns."""

    number: int
    agency: str
    source: str
    record_id: str
    codes: tuple[str, ...]
    opinion: str
    remark: str
    extras: Mapping[str, str]
    change: str
    seal: str


WrittenSheets = Mapping[str, Sequence[WrittenRow]]
"""By the form's code."""


def written_rows(sheet: "FormSheet", stored: StoredForm, added: Sequence[str]) -> tuple[WrittenRow, ...] | None:
    """The rows of a sheet that is written, from top to bottom; None where it must be read.

    `added`: the headings of the officer's columns.
    """
    is_id = id_pattern(sheet.spec.form).fullmatch
    ids = {row.record_id for row in sheet.rows}
    if stored.whole is None or not ids.isdisjoint(stored.whole) or not all(map(is_id, ids)):
        return None
    numbered = ((line, number) for number, line in enumerate(sheet.lines, sheet.sheet.first_row + 1))
    return tuple(_written(line, at, added) for line, at in numbered if isinstance(line, ConsolidatedRow))


def _written(row: ConsolidatedRow, number: int, added: Sequence[str]) -> WrittenRow:
    extras = {heading: row.extras[heading] for heading in added if row.extras.get(heading)}
    agency = "" if row.agency == NO_AGENCY else row.agency
    source, (opinion, remark) = row.source or OFFICER_SOURCE, row.review
    return WrittenRow(
        number, agency, source, row.record_id, row.codes, opinion, remark, extras, row.change, row.seal
    )
