"""The rows of a merge, fresh from its records (dòng lập từ bản ghi), made form by form.

Of a large run each form is looked through in a process of its own, which answers with what its rows have beside
their records: a record is unpacked once for its digests, findings and origin.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from doingoai_cli.consolidate.counted_records import CountedPart, DigestsOfParts
from doingoai_cli.consolidate.gather_origins import Layouts, OriginsOfForm, OriginsOfRows
from doingoai_cli.consolidate.identity import numbered
from doingoai_cli.consolidate.origins import SourceRow, deflated_rows
from doingoai_cli.consolidate.record_digests import Digester, RecordDigests
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.packed import Each, PackedRecords, opened_one
from doingoai_cli.model.packed_rows import ToldRows, fresh_rows, packed_rows
from doingoai_cli.model.record import Record


class FreshRows(NamedTuple):
    """All rows, with what stands behind them."""

    rows: Sequence[ConsolidatedRow]
    origins: OriginsOfRows
    by_record: Mapping[str, tuple[int, ...]]
    """Record id → the numbers of the findings on its row."""
    counts: Mapping[str, RowCounts]
    """Record id → what its record adds to figures; {} where each form is looked through by itself."""


_Beside = ToldRows | tuple[tuple[int, bytes], ...]
"""What the rows of a part have beside their records; packed where these are."""


class _OfForm(NamedTuple):
    """What the rows of a form have beside their records."""

    parts: Sequence[_Beside]
    origins: OriginsOfForm
    by_record: Mapping[str, tuple[int, ...]]


def rows_of_forms(
    forms: Sequence[Sequence[CountedPart]],
    told: Sequence[DigestsOfParts] | None,
    digester: Digester,
    findings: Callable[[], Sequence[Finding]],
    each: Each,
    counting: Callable[[str], Callable[[Record], RowCounts]],
) -> FreshRows:
    """The rows in the order of the records; `told`: their digests, where known; `each` maps over the forms.

    `findings`: asked as late as can be, since they may be worked out meanwhile; before other processes are.
    `counting`: gives what reads the counts of a form's records; that fills the wait (0.4 s of 100,000 rows).
    """

    def looked_at(number: int) -> _Looked:
        parts = forms[number]
        return _looked_at(parts, told[number] if told is not None else (part.digests(digester) for part in parts))

    looked = [*map(looked_at, range(len(forms)))] if each is map else None
    counts = {id_: counted for form in looked or () for id_, counted in _counts(form, counting)}
    found = findings()
    by_row = _findings_by_row(found)

    def of_form(number: int) -> _OfForm:
        return _made(forms[number], looked[number] if looked else looked_at(number), found, by_row)

    made: list[ConsolidatedRow] = []
    origins, by_record = OriginsOfRows(), dict[str, tuple[int, ...]]()
    for parts, form in zip(forms, each(of_form, range(len(forms))), strict=True):
        for part, beside in zip(parts, form.parts, strict=True):
            made += _rows(part, beside)
        origins.add(form.origins)
        by_record |= form.by_record
    return FreshRows(made, origins, by_record, counts)


def _rows(part: CountedPart, told: _Beside) -> Iterator[ConsolidatedRow]:
    records = part.table.records
    if isinstance(told, ToldRows):
        return fresh_rows(map(records.__getitem__, told.at), part.agency, part.agency_key, told)
    first = records[part.rows[0]]
    return packed_rows(records, part.agency, part.agency_key, told, (first.form, first.section))


class _Row(NamedTuple):
    record: Record
    """Packed where it was."""
    digests: RecordDigests
    origin: SourceRow
    sheet: tuple[str, str]
    """Its file and sheet."""


class _Looked(NamedTuple):
    """What is known of the rows of a form without findings."""

    rows: Sequence[_Row]
    ids: Sequence[str]
    origins: OriginsOfForm


def _looked_at(parts: Sequence[CountedPart], digests: Iterable[Sequence[RecordDigests]]) -> _Looked:
    layouts, rows, sheet = Layouts(), list[_Row](), ("", "")
    for part, of_part in zip(parts, digests, strict=True):
        records = tuple(part.table.records)
        for at, told in zip(part.rows, of_part, strict=True):
            record = opened_one(records[at])
            place = record.provenance
            if sheet != (place.file, place.sheet):
                sheet = (place.file, place.sheet)
            rows.append(_Row(records[at], told, layouts.origin(record, part.place), sheet))
    ids = numbered([row.digests.base for row in rows], [row.record for row in rows])
    origins = OriginsOfForm(deflated_rows(ids, [row.origin for row in rows]), tuple(layouts.numbers))
    return _Looked(rows, ids, origins)


def _counts(
    looked: _Looked, counting: Callable[[str], Callable[[Record], RowCounts]]
) -> Iterator[tuple[str, RowCounts]]:
    """Each record's id with what it adds to figures."""
    for record_id, row in zip(looked.ids, looked.rows, strict=True):
        yield record_id, counting(row.record.form)(row.record)


def _made(parts: Sequence[CountedPart], looked: _Looked, findings: Sequence[Finding], by_row: "_ByRow") -> _OfForm:
    found = [tuple(_numbers_at(row, by_row)) for row in looked.rows]
    named = iter(zip(looked.ids, looked.rows, found, strict=True))
    return _OfForm(
        [_beside(part, [*islice(named, len(part.rows))], findings) for part in parts],
        looked.origins,
        {record_id: numbers for record_id, numbers in zip(looked.ids, found, strict=True) if numbers},
    )


def _beside(
    part: CountedPart, named: Sequence[tuple[str, _Row, tuple[int, ...]]], findings: Sequence[Finding]
) -> _Beside:
    """What the rows of a part have beside their records, each with the numbers of the findings on it."""

    def codes(found: Sequence[int]) -> tuple[str, ...]:
        return tuple(sorted({findings[at].code for at in found if findings[at].counts}))

    told = ToldRows(
        part.rows,
        [record_id for record_id, _, _ in named],
        [codes(found) if found else () for _, _, found in named],
        [row.digests.seal for _, row, _ in named],
        [row.digests.official if row.digests.comes_back else b"" for _, row, _ in named],
    )
    return told.packed() if isinstance(part.table.records, PackedRecords) else told


_ByRow = Mapping[tuple[str | None, str | None, int], Sequence[tuple[int, Finding]]]
"""File, sheet and row → the findings there, each with its number."""


def _findings_by_row(findings: Sequence[Finding]) -> _ByRow:
    return grouped(((f.file, f.sheet, f.row), (at, f)) for at, f in enumerate(findings) if f.row is not None)


def _numbers_at(place: _Row, by_row: _ByRow) -> Iterator[int]:
    """The numbers of the findings on any of a record's source rows."""
    for row in range(place.origin.row, place.origin.last_row + 1):
        for number, finding in by_row.get((*place.sheet, row), ()):
            if finding.form in (None, place.record.form):
                yield number
