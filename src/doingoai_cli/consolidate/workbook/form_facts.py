"""What is found out about the rows of a form before its sheet is described (số liệu của các dòng), in one pass.

Of a large run a process does it for each form, so that its records are unpacked once and beside those of others.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from doingoai_cli.consolidate.consolidation import Consolidation
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
from doingoai_cli.model.forms import FormSpec

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


def facts_of(
    spec: FormSpec, rows: Sequence[ConsolidatedRow], consolidation: Consolidation, *, with_digests: bool
) -> tuple[FormFacts, StoredDigests | None]:
    """The facts about the rows of one form; `with_digests`: those as well, of rows that are unpacked for it."""
    counts_of, others = counts_in(spec, consolidation.consolidated.cycle), unprinted(spec)
    counts, counted, sent, found = list[RowCounts](), list[bool](), Counter[str](), list[str]()

    def looked_at() -> Iterator[ConsolidatedRow]:
        for held in rows:
            row = held.opened()
            counts.append(consolidation.counts.get(row.record_id) or counts_of(row.record))
            counted.append(is_counted(row))
            sent.update(list(sent_texts(row.record, others)))
            found.append(row.record_id if row.record_id in consolidation.by_record else "")
            yield row

    digests = digests_of(spec, looked_at(), consolidation.edited) if with_digests else None
    deque(looked_at() if digests is None else (), maxlen=0)
    lines, _ = lines_of(spec, found, counts)
    places = {line: number for number, line in enumerate(lines, FIRST) if line and isinstance(line, str)}
    return FormFacts(tuple(counts), tuple(counted), sent, places), digests


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
