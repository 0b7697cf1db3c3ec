"""The rows of a merge, fresh from its records (dòng lập từ bản ghi), made form by form.

Of a large run each form is looked through in pieces, in processes which answer with what its rows have beside
their records: a record is unpacked once for its digests, findings, origin and what its sheet needs to know of it.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from doingoai_cli.consolidate.counted_records import CountedPart, DigestsOfParts, FormPiece
from doingoai_cli.consolidate.gather_origins import OriginsOfForm, OriginsOfRows
from doingoai_cli.consolidate.looked_rows import FindingsByRow, FoundOnRows, LookedRow, LookedRows, look_at
from doingoai_cli.consolidate.record_digests import Digester
from doingoai_cli.consolidate.workbook.form_facts import (
    FactsOfRows,
    FormsInCycle,
    KnownFacts,
    facts_of_rows,
    joined_facts,
)
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.packed import Each, PackedRecords
from doingoai_cli.model.packed_rows import ToldRows, fresh_rows, packed_rows


class FreshRows(NamedTuple):
    """All rows, with what stands behind them."""

    rows: Sequence[ConsolidatedRow]
    origins: OriginsOfRows
    counts: Mapping[str, RowCounts]
    """Record id → what its record adds to figures; {} where forms are looked through in pieces."""
    facts: dict[str, KnownFacts]
    """By form what its sheet needs to know of its rows, where that was asked for."""
    found: Callable[[], FoundOnRows]
    """Gives what was found on which row; it waits until that is known."""


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
    digests: Sequence[DigestsOfParts] | None,
    digester: Digester,
    findings: Callable[[], Sequence[Finding]],
    each: Each,
    sheets: FormsInCycle,
    *,
    with_facts: bool,
) -> FreshRows:
    """The rows in the order of the records; `digests`: their digests, where known.

    `each` maps over the pieces of forms, which bear the codes of what was found in them; `map`: they are looked
    through as a whole here, and findings are asked for as late as can be, since they may be worked out meanwhile.
    `with_facts`: of pieces alone.
    """

    def looked_at(piece: FormPiece) -> LookedRows:
        parts = piece.of(forms)
        known = None if digests is None else digests[piece.form][piece.start : piece.stop]
        return look_at(parts, known or (part.digests(digester) for part in parts))

    whole = [FormPiece(number, 0, len(parts)) for number, parts in enumerate(forms)]
    if each is map:
        return _of_whole(forms, [*map(looked_at, whole)], findings)
    found = FindingsByRow(findings())

    def made(piece: FormPiece) -> _Made:
        return _made(forms, piece, looked_at(piece), found, sheets if with_facts else None)

    pieces = each(made, [piece for form in whole for piece in form.pieces(forms)])
    return _joined(forms, _told_apart(pieces, made, whole), found, sheets)


def _of_whole(
    forms: Sequence[Sequence[CountedPart]], looked: Sequence[LookedRows], findings: Callable[[], Sequence[Finding]]
) -> FreshRows:
    """The rows of forms that were looked through as a whole."""
    rows, origins, counts = list[ConsolidatedRow](), OriginsOfRows(), dict[str, RowCounts]()
    for parts, form in zip(forms, looked, strict=True):
        named = zip(form.ids, form.rows, strict=True)
        for part in parts:
            rows += _rows(part, _told(part, [*islice(named, len(part.rows))], {}))
        origins.add(form.origins)
        counts |= zip(form.ids, (row.digests.counts for row in form.rows), strict=True)

    def on_rows() -> FoundOnRows:
        found = FindingsByRow(findings())
        by_record = {record_id: numbers for form in looked for record_id, numbers in found.on(form).items()}
        return FoundOnRows(found.findings, by_record, found.codes(by_record))

    return FreshRows(rows, origins, counts, {}, on_rows)


def _told_apart(
    made: Iterable[_Made], again: Callable[[FormPiece], _Made], whole: Sequence[FormPiece]
) -> Iterator[_Made]:
    """The pieces; a form as a whole where records of two of them happen to have one id: it is told apart there."""
    for form, of_form in groupby(made, lambda each: each.piece.form):
        pieces = [*of_form]
        different = set[int]().union(*(piece.bases for piece in pieces))
        yield from pieces if len(different) == sum(len(p.bases) for p in pieces) else [again(whole[form])]


def _joined(
    forms: Sequence[Sequence[CountedPart]], pieces: Iterable[_Made], findings: FindingsByRow, sheets: FormsInCycle
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
    return FreshRows(rows, origins, {}, known, lambda: FoundOnRows(findings.findings, by_record, {}))


def _form(parts: Sequence[CountedPart]) -> str:
    return parts[0].table.records[parts[0].rows[0]].form


def _rows(part: CountedPart, told: _Beside) -> Iterator[ConsolidatedRow]:
    records = part.table.records
    if isinstance(told, ToldRows):
        return fresh_rows(map(records.__getitem__, told.at), part.agency, part.agency_key, told)
    first = records[part.rows[0]]
    return packed_rows(records, part.agency, part.agency_key, told, (first.form, first.section))


def _made(
    forms: Sequence[Sequence[CountedPart]],
    piece: FormPiece,
    looked: LookedRows,
    findings: FindingsByRow,
    sheets: FormsInCycle | None,
) -> _Made:
    parts = piece.of(forms)
    by_record = findings.on(looked)
    codes, named = findings.codes(by_record), zip(looked.ids, looked.rows, strict=True)
    told = [_told(part, [*islice(named, len(part.rows))], codes) for part in parts]
    facts = None
    if sheets:
        records = (row.record for row in looked.rows)
        rows = (
            row for part, of in zip(parts, told, strict=True)
            for row in fresh_rows(islice(records, len(part.rows)), part.agency, part.agency_key, of)
        )  # fmt: skip
        counts = (row.digests.counts for row in looked.rows)
        facts = facts_of_rows(sheets.spec(_form(parts)), rows, lambda _: next(counts), by_record, frozenset())
    bases = {int(row.digests.base.rpartition("-")[2], 16) for row in looked.rows}
    beside = [
        of.packed() if isinstance(part.table.records, PackedRecords) else of
        for part, of in zip(parts, told, strict=True)
    ]
    return _Made(piece, beside, looked.origins, by_record, array("Q", bases), facts)


def _told(
    part: CountedPart, named: Sequence[tuple[str, LookedRow]], codes: Mapping[str, tuple[str, ...]]
) -> ToldRows:
    """What the rows of a part have beside their records."""
    return ToldRows(
        part.rows,
        [record_id for record_id, _ in named],
        [codes.get(record_id, ()) for record_id, _ in named],
        [row.digests.seal for _, row in named],
        [row.digests.official if row.digests.comes_back else b"" for _, row in named],
    )
