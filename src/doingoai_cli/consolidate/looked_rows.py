"""The rows of a merge looked through before they are made: their ids and origins, and what was found on them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.counted_records import CountedPart
from doingoai_cli.consolidate.gather_origins import Layouts, OriginsOfForm
from doingoai_cli.consolidate.identity import numbered
from doingoai_cli.consolidate.origins import SourceRow, deflated_rows
from doingoai_cli.consolidate.record_digests import RecordDigests
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.packed import opened_at
from doingoai_cli.model.record import Record


class LookedRow(NamedTuple):
    """A record with what identifies it and where it comes from."""

    record: Record
    """The record itself, not packed."""
    digests: RecordDigests
    origin: SourceRow
    sheet: tuple[str, str]
    """Its file and sheet."""


class LookedRows(NamedTuple):
    """What is known of the rows of a piece without findings."""

    rows: Sequence[LookedRow]
    ids: Sequence[str]
    origins: OriginsOfForm


def look_at(parts: Sequence[CountedPart], digests: Iterable[Sequence[RecordDigests]]) -> LookedRows:
    """The rows of some parts of a form; `digests`: those of each part."""
    layouts, rows, sheet = Layouts(), list[LookedRow](), ("", "")
    for part, of_part in zip(parts, digests, strict=True):
        for record, told in zip(opened_at(part.table.records, part.rows), of_part, strict=True):
            place = record.provenance
            if sheet != (place.file, place.sheet):
                sheet = (place.file, place.sheet)
            rows.append(LookedRow(record, told, layouts.origin(record, part.place), sheet))
    ids = numbered([row.digests.base for row in rows], [row.record for row in rows])
    origins = OriginsOfForm(deflated_rows(ids, [row.origin for row in rows]), tuple(layouts.numbers))
    return LookedRows(rows, ids, origins)


class FoundOnRows(NamedTuple):
    """What was found in a run, and on which rows."""

    findings: Sequence[Finding]
    by_record: Mapping[str, tuple[int, ...]]
    """Record id → the numbers of the findings on its row."""
    codes: Mapping[str, tuple[str, ...]]
    """Record id → the codes of its row, where it does not bear them yet."""


class FindingsByRow:
    """What was found, by where it stands."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        in_rows = ((f.row, f.file, f.sheet, at) for at, f in enumerate(findings) if f.row is not None)
        self._sheets: dict[tuple[str | None, str | None], dict[int, list[int]]] = {}
        for row, *sheet, at in in_rows:
            self._sheets.setdefault((sheet[0], sheet[1]), {}).setdefault(row, []).append(at)

    def on(self, looked: LookedRows) -> dict[str, tuple[int, ...]]:
        """Record id → the numbers of the findings on any of its source rows, where there are some."""
        by_record, sheet, of_sheet = dict[str, tuple[int, ...]](), None, dict[int, list[int]]()
        for record_id, row in zip(looked.ids, looked.rows, strict=True):
            if row.sheet is not sheet:
                sheet, of_sheet = row.sheet, self._sheets.get(row.sheet, {})
            first, last = row.origin.row, row.origin.last_row
            at = (
                of_sheet.get(first, ())
                if first == last
                else (n for r in range(first, last + 1) for n in of_sheet.get(r, ()))
            )
            if numbers := tuple([n for n in at if self.findings[n].form in (None, row.record.form)]):
                by_record[record_id] = numbers
        return by_record

    def codes(self, by_record: Mapping[str, Sequence[int]]) -> dict[str, tuple[str, ...]]:
        """Record id → the codes of its row, of those findings on it that count."""
        found = self.findings
        return {
            record_id: tuple(sorted({found[at].code for at in numbers if found[at].counts}))
            for record_id, numbers in by_record.items()
        }
