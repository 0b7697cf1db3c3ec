"""What identifies a record, worked out once: the base of its id, its seal, the digest of its official cells.

All of it, and what the record adds to figures, depends on the record and its agency's key alone. Nearly every text
of an inbox is as a cell gives it back: where one look at all texts of a record tells so, none of them is looked at
again.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from doingoai_cli.consolidate.identity import base_id, digest_of, seal, section_of_id
from doingoai_cli.consolidate.likeness import identifying_fields
from doingoai_cli.consolidate.workbook.columns import FIELD_OF_LABEL, unprinted
from doingoai_cli.consolidate.workbook.form_facts import FormsInCycle
from doingoai_cli.consolidate.workbook.overview_counts import NOTHING_COUNTED, RowCounts
from doingoai_cli.consolidate.workbook.row_digests import (
    RowDigest,
    as_cells_give,
    cell_digest,
    digest_of_plain,
    digested_fields,
)
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.packed import opened
from doingoai_cli.model.records import Record
from doingoai_cli.model.submissions import Table
from doingoai_cli.vietnamese.text import key


class RecordDigests(NamedTuple):
    """What identifies one record, and what it counts for."""

    base: str
    """Its id before records alike are told apart."""
    seal: str
    official: RowDigest
    """The digest of its official cells."""
    comes_back: bool
    """Whether these cells give back the very same record (the columns beside them apart)."""
    counts: RowCounts
    """What it adds to figures."""


_UNTOLD = RecordDigests("", "", b"", False, NOTHING_COUNTED)
"""Stands for a row whose part of the table was not looked at yet."""


class TableName(NamedTuple):
    """A table of a file by all that its records' digests depend on, beside the program and its settings."""

    path: str
    sha256: str
    agency_key: str
    number: int
    """Which of the file's tables."""


TableDigests = Mapping[TableName, Sequence[RecordDigests]]
"""The digests of tables' records, in their order."""


MOST_ROWS = 150_000
"""Of a larger run not everything is kept for the next: it would have to be held, and unpacked whole."""


class Digester:
    """Works the digests out; `known`: those that an earlier merge worked out."""

    def __init__(self, forms: FormsInCycle, known: TableDigests | None = None) -> None:
        self._forms = forms
        self._known = known or {}
        self.found: dict[TableName, list[RecordDigests]] = {}
        """The digests of whole tables, for the next merge."""
        self._places: dict[tuple[str, str, type[Record]], _TextPlaces] = {}

    def of_rows(
        self, name: TableName | None, agency_key: str, records: Sequence[Record], rows: Sequence[int]
    ) -> list[RecordDigests]:
        """The digests of some rows of a table, from all of its `records`; `name`: None where it has none."""
        known = self._known.get(name, ()) if name else ()
        if len(known) == len(records):
            return [known[at] for at in rows]
        records = opened(records)
        return [self.of(agency_key, records[at]) for at in rows]

    def keep(
        self, name: TableName | None, table: Table, rows: Sequence[int], told: Sequence[RecordDigests]
    ) -> None:
        """Keep the digests of some rows of a table for the next merge."""
        if name is not None:
            of_table = self.found.setdefault(name, [_UNTOLD] * len(table.records))
            for at, digests in zip(rows, told, strict=True):
                of_table[at] = digests

    def of(self, agency_key: str, record: Record) -> RecordDigests:
        """The digests of a record that is merged under that agency."""
        kind = record.form, record.section, type(record)
        places = self._places.get(kind)
        if places is None:
            places = self._places[kind] = _TextPlaces.of(self._forms.spec(record.form), record)
        texts = record.texts
        padded = (*texts, "")
        base = base_id(agency_key, record, [key(text) if text else "" for text in places.named(padded)])
        if is_plain := as_cells_give(texts, at_once=True):
            sealed = digest_of(places.stated(texts))
            official = digest_of_plain(places.printed(padded))
        else:
            sealed = seal(record)
            official = b"".join(map(cell_digest, places.printed(padded)))
        back = (
            any(official)
            and not any(places.unprinted(texts))
            and places.told_by_id
            and not (record.extras and record.extras.keys() & FIELD_OF_LABEL.keys())
            and (is_plain or as_cells_give(places.printed(padded)))
        )
        return RecordDigests(base, sealed, official, back, self._forms.counts(record))


_Texts = Callable[[Sequence[str]], Sequence[str]]
"""Picks some of a record's texts."""


class _TextPlaces(NamedTuple):
    """Where the texts of records of one model, form and section stand among `Record.texts`, "" behind them."""

    named: _Texts
    """What names them (`identifying_texts`)."""
    stated: _Texts
    """All that a record states: its ordinal is no content."""
    printed: _Texts
    """The official cells of the form; "" for one that the model does not hold."""
    unprinted: _Texts
    told_by_id: bool
    """Whether the id depends on the section."""

    @classmethod
    def of(cls, spec: FormSpec, record: Record) -> "_TextPlaces":
        at = {field: number for number, field in enumerate(record.fields)}
        return cls(
            _picking([at.get(field, -1) for field in identifying_fields(record)]),
            _picking([number for field, number in at.items() if field != "ordinal"]),
            _picking([at.get(field, -1) for field in digested_fields(spec)]),
            _picking([at[field] for field in unprinted(spec) if field in at]),
            section_of_id(base_id("", record), record.form) == record.section,
        )


def _picking(places: Sequence[int]) -> _Texts:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda texts: [texts[at] for at in places]
