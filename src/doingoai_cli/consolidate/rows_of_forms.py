"""The rows of a merge, fresh from its records (dòng lập từ bản ghi), made form by form.

Of a large run each form is looked through in pieces, in processes which answer with what its rows have beside
their records: a record is unpacked once for its digests, findings, origin and what its sheet needs to know of it.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from doingoai_cli.consolidate.counted_records import CountedPart, DigestsOfParts, FormPiece
from doingoai_cli.consolidate.gather_origins import Layouts, OriginsOfForm, OriginsOfRows
from doingoai_cli.consolidate.identity import numbered
from doingoai_cli.consolidate.origins import SourceRow, deflated_rows
from doingoai_cli.consolidate.record_digests import Digester, RecordDigests
from doingoai_cli.consolidate.workbook.form_facts import FactsOfRows, FormsInCycle, KnownFacts, joined_facts
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.packed import Each, PackedRecords, opened_at
from doingoai_cli.model.packed_rows import ToldRows, fresh_rows, packed_rows
from doingoai_cli.model.record import Record


class FreshRows(NamedTuple):
    """All rows, with what stands behind them."""

    rows: Sequence[ConsolidatedRow]
    origins: OriginsOfRows
    by_record: Mapping[str, tuple[int, ...]]
    """Record id → the numbers of the findings on its row."""
    counts: Mapping[str, RowCounts]
    """Record id → what its record adds to figures; {} where forms are looked through in pieces."""
    facts: dict[str, KnownFacts]
    """By form what its sheet needs to know of its rows, where that was asked for."""


_Beside = ToldRows | tuple[tuple[int, bytes], ...]
"""What the rows of a part have beside their records; packed where these are."""


class _Made(NamedTuple):
    """What the rows of a piece have beside their records."""

    piece: FormPiece
    parts: Sequence[_Beside]
    origins: OriginsOfForm
    by_record: Mapping[str, tuple[int, ...]]
    bases: "array[int]"
    """The different ids, as numbers, that records have before those alike are told apart."""
    facts: FactsOfRows | None


def rows_of_forms(
    forms: Sequence[Sequence[CountedPart]],
    told: Sequence[DigestsOfParts] | None,
    digester: Digester,
    findings: Callable[[], Sequence[Finding]],
    each: Each,
    sheets: FormsInCycle,
    *,
    with_facts: bool,
) -> FreshRows:
    """The rows in the order of the records; `told`: their digests, where known.

    `each` maps over the pieces of forms; `map`: they are looked through as a whole here. `findings`: asked as late
    as can be, since they may be worked out meanwhile; before other processes are. `with_facts`: of pieces alone.
    """

    def looked_at(piece: FormPiece) -> _Looked:
        parts = piece.of(forms)
        known = None if told is None else told[piece.form][piece.start : piece.stop]
        return _looked_at(parts, known or (part.digests(digester) for part in parts))

    whole = [FormPiece(number, 0, len(parts)) for number, parts in enumerate(forms)]
    looked = [*map(looked_at, whole)] if each is map else None
    counts = {id_: counted for form in looked or () for id_, counted in _counts(form, sheets)}
    found = findings()
    by_row = _findings_by_row(found)

    def made(piece: FormPiece) -> _Made:
        rows = looked[piece.form] if looked else looked_at(piece)
        return _made(forms, piece, rows, found, by_row, None if looked or not with_facts else sheets)

    if looked:
        return _joined(forms, map(made, whole), counts, sheets)
    pieces = each(made, [piece for form in whole for piece in form.pieces(forms)])
    return _joined(forms, _told_apart(pieces, made, whole), counts, sheets)


def _told_apart(
    made: Iterable[_Made], again: Callable[[FormPiece], _Made], whole: Sequence[FormPiece]
) -> Iterator[_Made]:
    """The pieces; a form as a whole where records of two of them happen to have one id: it is told apart there."""
    for form, of_form in groupby(made, lambda each: each.piece.form):
        pieces = [*of_form]
        different = set[int]().union(*(piece.bases for piece in pieces))
        yield from pieces if len(different) == sum(len(p.bases) for p in pieces) else [again(whole[form])]


def _joined(
    forms: Sequence[Sequence[CountedPart]],
    pieces: Iterable[_Made],
    counts: Mapping[str, RowCounts],
    sheets: FormsInCycle,
) -> FreshRows:
    rows: list[ConsolidatedRow] = []
    origins, by_record, facts = OriginsOfRows(), dict[str, tuple[int, ...]](), dict[str, list[FactsOfRows]]()
    for piece in pieces:
        parts = piece.piece.of(forms)
        for part, beside in zip(parts, piece.parts, strict=True):
            rows += _rows(part, beside)
        origins.add(piece.origins)
        by_record |= piece.by_record
        if piece.facts:
            facts.setdefault(_form(parts), []).append(piece.facts)
    # One form after the other: of a million rows the pieces take as much as what comes of them, 60 MiB.
    known = {form: joined_facts(sheets.spec(form), facts.pop(form)) for form in [*facts]}
    return FreshRows(rows, origins, by_record, counts, known)


def _form(parts: Sequence[CountedPart]) -> str:
    return parts[0].table.records[parts[0].rows[0]].form


def _rows(part: CountedPart, told: _Beside) -> Iterator[ConsolidatedRow]:
    records = part.table.records
    if isinstance(told, ToldRows):
        return fresh_rows(map(records.__getitem__, told.at), part.agency, part.agency_key, told)
    first = records[part.rows[0]]
    return packed_rows(records, part.agency, part.agency_key, told, (first.form, first.section))


class _Row(NamedTuple):
    record: Record
    """Not packed."""
    digests: RecordDigests
    origin: SourceRow
    sheet: tuple[str, str]
    """Its file and sheet."""


class _Looked(NamedTuple):
    """What is known of the rows of a piece without findings."""

    rows: Sequence[_Row]
    ids: Sequence[str]
    origins: OriginsOfForm


def _looked_at(parts: Sequence[CountedPart], digests: Iterable[Sequence[RecordDigests]]) -> _Looked:
    layouts, rows, sheet = Layouts(), list[_Row](), ("", "")
    for part, of_part in zip(parts, digests, strict=True):
        for record, told in zip(opened_at(part.table.records, part.rows), of_part, strict=True):
            place = record.provenance
            if sheet != (place.file, place.sheet):
                sheet = (place.file, place.sheet)
            rows.append(_Row(record, told, layouts.origin(record, part.place), sheet))
    ids = numbered([row.digests.base for row in rows], [row.record for row in rows])
    origins = OriginsOfForm(deflated_rows(ids, [row.origin for row in rows]), tuple(layouts.numbers))
    return _Looked(rows, ids, origins)


def _counts(looked: _Looked, sheets: FormsInCycle) -> Iterator[tuple[str, RowCounts]]:
    """Each record's id with what it adds to figures: that fills the wait, 0.4 s of 100,000 rows."""
    for record_id, row in zip(looked.ids, looked.rows, strict=True):
        yield record_id, sheets.counts(row.record)


def _made(
    forms: Sequence[Sequence[CountedPart]],
    piece: FormPiece,
    looked: _Looked,
    findings: Sequence[Finding],
    by_row: "_ByRow",
    sheets: FormsInCycle | None,
) -> _Made:
    parts = piece.of(forms)
    found = [tuple(_numbers_at(row, by_row)) for row in looked.rows]
    by_record = {record_id: numbers for record_id, numbers in zip(looked.ids, found, strict=True) if numbers}
    named = iter(zip(looked.ids, looked.rows, found, strict=True))
    told = [_told(part, [*islice(named, len(part.rows))], findings) for part in parts]
    facts = None
    if sheets:
        records = (row.record for row in looked.rows)
        rows = (
            row for part, of in zip(parts, told, strict=True)
            for row in fresh_rows(islice(records, len(part.rows)), part.agency, part.agency_key, of)
        )  # fmt: skip
        facts = sheets.facts(_form(parts), rows, by_record)
    bases = {int(row.digests.base.rpartition("-")[2], 16) for row in looked.rows}
    beside = [
        of.packed() if isinstance(part.table.records, PackedRecords) else of
        for part, of in zip(parts, told, strict=True)
    ]
    return _Made(piece, beside, looked.origins, by_record, array("Q", bases), facts)


def _told(
    part: CountedPart, named: Sequence[tuple[str, _Row, tuple[int, ...]]], findings: Sequence[Finding]
) -> ToldRows:
    """What the rows of a part have beside their records, each with the numbers of the findings on it."""

    def codes(found: Sequence[int]) -> tuple[str, ...]:
        return tuple(sorted({findings[at].code for at in found if findings[at].counts}))

    return ToldRows(
        part.rows,
        [record_id for record_id, _, _ in named],
        [codes(found) if found else () for _, _, found in named],
        [row.digests.seal for _, row, _ in named],
        [row.digests.official if row.digests.comes_back else b"" for _, row, _ in named],
    )


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
