"""The rows of a form's sheet as reading the sheet back gives them, known when it is written (dòng đã ghi).

Of a workbook that nobody has edited since, the next merge takes its rows from here, a sheet at a time, and reads
only the headings of the sheet itself; a record is read from its row when somebody asks for it. Sheets with rows
that an officer edited, or whose texts may not come back from their cells as they are, are read as usual.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.identity import id_pattern
from doingoai_cli.model.consolidated import NO_AGENCY, OFFICER_SOURCE, ConsolidatedRow


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
"""Form → what stands in the rows of its sheet."""


def told(form: str, lines: Iterable[tuple[int, object]], added: Sequence[str]) -> bytes:
    """Some rows of a form's sheet, pickled; b"" where the sheet must be read.

    `lines`: what stands in each row, with the row's number; `added`: the headings of the officer's columns.
    """
    is_id = id_pattern(form).fullmatch
    rows = [(number, line) for number, line in lines if isinstance(line, ConsolidatedRow)]
    if not all(is_id(row.record_id) for _, row in rows):
        return b""
    return pickle.dumps([_written(row, number, added) for number, row in rows], protocol=5)


def _written(row: ConsolidatedRow, number: int, added: Sequence[str]) -> tuple[object, ...]:
    """A `WrittenRow`, as a plain tuple."""
    extras = {heading: row.extras[heading] for heading in added if row.extras.get(heading)}
    agency = "" if row.agency == NO_AGENCY else row.agency
    source, (opinion, remark) = row.source or OFFICER_SOURCE, row.review
    return number, agency, source, row.record_id, row.codes, opinion, remark, extras, row.change, row.seal
