"""What is found out about the rows of a form before its sheet is described (số liệu của các dòng), in one pass.

Of a large run that is done where its rows are made, piece by piece, while their records are unpacked.
"""

from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from doingoai_cli.consolidate.workbook.columns import sent_texts, unprinted
from doingoai_cli.consolidate.workbook.form_table import FIRST, OtherLine
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts, counts_in
from doingoai_cli.consolidate.workbook.row_digests import (
    RowDigest,
    as_cells_give,
    digest_of_plain,
    digested_fields,
    packed,
    row_digest,
    said_beside,
)
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import is_counted
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.record import Record

SPARE_ROWS = 20
"""Rows below the last one whose hidden formulas are ready, so that what an officer adds is counted."""


class StoredDigests(NamedTuple):
    """What the structure stores of a form's rows."""

    packed: bytes
    """The digest of each."""
    whole: frozenset[str]
    """Ids of those which may not come back from their cells as they are."""


class FormFacts(NamedTuple):
    """What is found out about the rows of a form."""

    counts: tuple[RowCounts, ...]
    """What each of them adds to figures, should it count."""
    counted: tuple[bool, ...]
    """Whether no code and no opinion keeps it out of them."""
    sent: Counter[str]
    """In how many rows each of the senders' columns says something."""
    places: Mapping[str, int]
    """Record id → row, 0-based, of the records in which something was found."""


KnownFacts = tuple[FormFacts, StoredDigests | None]
"""Those about all rows of a form; with their digests where these were asked for."""


class FactsOfRows(NamedTuple):
    """What is found out about some rows of a form, as `FormFacts` has it."""

    counts: Sequence[RowCounts]
    counted: Sequence[bool]
    sent: Counter[str]
    found: Sequence[str]
    """The record ids of rows in which something was found; "" for others."""
    digests: StoredDigests | None


class FormsInCycle:
    """What the sheets of forms need to know of records, in the workbook of a cycle."""

    def __init__(self, catalogue: FormCatalogue, cycle: int) -> None:
        self._catalogue, self._cycle = catalogue, cycle
        self._counts: dict[str, Callable[[Record], RowCounts]] = {}

    def spec(self, form: str) -> FormSpec:
        """The leading layout of a form code that the catalogue has."""
        return self._catalogue.of_form(form)

    def counts(self, record: Record) -> RowCounts:
        """What a record adds to figures, should its row count."""
        counts_of = self._counts.get(record.form)
        if counts_of is None:
            counts_of = self._counts[record.form] = counts_in(self.spec(record.form), self._cycle)
        return counts_of(record)


def facts_of_rows(
    spec: FormSpec,
    rows: Iterable[ConsolidatedRow],
    counts_of: Callable[[ConsolidatedRow], RowCounts],
    by_record: Container[str],
    edited: frozenset[str] | None,
) -> FactsOfRows:
    """The facts about some rows, none of them packed; in those of `by_record` something was found.

    `edited`: see `digests_of`; None where no digests are asked for.
    """
    others = unprinted(spec)
    counts, counted, sent, found = list[RowCounts](), list[bool](), Counter[str](), list[str]()

    def looked_at() -> Iterator[ConsolidatedRow]:
        for row in rows:
            counts.append(counts_of(row))
            counted.append(is_counted(row))
            if said := sent_texts(row.record, others):
                sent.update([*said])
            found.append(row.record_id if row.record_id in by_record else "")
            yield row

    digests = digests_of(spec, looked_at(), edited) if edited is not None else None
    deque(looked_at() if digests is None else (), maxlen=0)
    return FactsOfRows(counts, counted, sent, found, digests)


def joined_facts(spec: FormSpec, pieces: Sequence[FactsOfRows]) -> KnownFacts:
    """The facts about all rows of a form, those of one piece after the other."""
    same: dict[RowCounts, RowCounts] = {}
    counts: list[RowCounts] = []
    for piece in pieces:
        known = {id(found): same.setdefault(found, found) for found in {id(f): f for f in piece.counts}.values()}
        counts += [known[id(found)] for found in piece.counts]
    lines, _ = lines_of(spec, list(chain.from_iterable(piece.found for piece in pieces)), counts)
    places = {line: number for number, line in enumerate(lines, FIRST) if line and isinstance(line, str)}
    counted = tuple(chain.from_iterable(piece.counted for piece in pieces))
    facts = FormFacts(tuple(counts), counted, sum((piece.sent for piece in pieces), Counter()), places)
    digests = [piece.digests for piece in pieces if piece.digests]
    whole = frozenset[str]().union(*(some.whole for some in digests))
    return facts, StoredDigests(b"".join(some.packed for some in digests), whole) if digests else None


def digests_of(spec: FormSpec, rows: Iterable[ConsolidatedRow], edited: frozenset[str]) -> StoredDigests:
    """What the structure stores of some rows; `edited`: ids of those whose text is an officer's."""
    whole = set(edited)
    return StoredDigests(packed(_digests(rows, digested_fields(spec), whole)), frozenset(whole))


def _digests(
    rows: Iterable[ConsolidatedRow], fields: Sequence[str], whole: set[str]
) -> Iterator[tuple[str, RowDigest]]:
    """The digest of each row; to `whole` are added those which may not come back from their cells as they are."""
    edited = frozenset(whole)
    for row in rows:
        beside, official = said_beside(row), row.official
        more = [*beside, row.change, *row.extras.values()]
        plain = as_cells_give(more, at_once=True)
        if not official or row.record_id in edited:
            official = row_digest([row.record.text(field) for field in fields])
            whole.add(row.record_id)
        elif not plain and not as_cells_give(more):
            whole.add(row.record_id)
        yield row.record_id, (digest_of_plain(beside) if plain else row_digest(beside)) + official


L = TypeVar("L")


def lines_of(
    spec: FormSpec, rows: Sequence[L], counts: Sequence[RowCounts]
) -> tuple[list[L | OtherLine], list[RowCounts | None]]:
    """What stands in each row, and what the records among them add to figures."""
    if not spec.sections:
        return [*rows, *(OtherLine() for _ in range(SPARE_ROWS))], [*counts, *[None] * SPARE_ROWS]
    lines: list[tuple[L | OtherLine, RowCounts | None]] = []
    for section in spec.sections:
        lines.append((OtherLine(heading=section), None))
        lines.extend(each for each in zip(rows, counts, strict=True) if each[1].section == section.id)
        if section.total:
            lines.append((OtherLine(total=section), None))
    return [line for line, _ in lines], [counts_of for _, counts_of in lines]
