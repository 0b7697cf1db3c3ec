"""What tells a record again, worked out once: the base of its id, its seal, the digest of its official cells.

All of it depends on the record and its agency's key alone. Nearly every text of an inbox is as a cell gives it
back: where one look at all texts of a record tells so, none of them is looked at again.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.identity import base_id, digest_of, seal, section_of_id
from doingoai_cli.consolidate.workbook.columns import FIELD_OF_LABEL, unprinted
from doingoai_cli.consolidate.workbook.row_digests import (
    RowDigest,
    as_cells_give,
    cell_digest,
    digest_of_plain,
    digested_fields,
)
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.packed import opened
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.model.submissions import Table


class RecordDigests(NamedTuple):
    """What tells one record again."""

    base: str
    """Its id before records alike are told apart."""
    seal: str
    official: RowDigest
    """That of its official cells."""
    comes_back: bool
    """Whether these cells give back the very same record (the columns beside them apart)."""


class TableName(NamedTuple):
    """A table of a file by all that its records' digests depend on, beside the program and its settings."""

    path: str
    sha256: str
    agency_key: str
    number: int
    """Which of the file's tables."""


_UNTOLD = RecordDigests("", "", b"", False)
"""Of a row whose part of the table was not looked at yet."""
TableDigests = Mapping[TableName, Sequence[RecordDigests]]
"""The digests of tables' records, in their order."""


MOST_ROWS = 150_000
"""Of a larger run not everything is kept for the next: it would have to be held, and unpacked whole."""


class Digester:
    """Works the digests out; `known`: those that an earlier merge worked out."""

    def __init__(self, catalogue: FormCatalogue, known: TableDigests | None = None) -> None:
        self._catalogue = catalogue
        self._known = known or {}
        self.found: dict[TableName, list[RecordDigests]] = {}
        """Those of whole tables, for the next merge."""
        self._places: dict[tuple[str, type[Record]], _Places] = {}

    def of_rows(
        self, name: TableName | None, agency_key: str, records: Sequence[Record], rows: Sequence[int]
    ) -> list[RecordDigests]:
        """The digests of some rows of a table, which all of its `records` tell; `name`: None where it has none."""
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
        form, model = record.form, type(record)
        places = self._places.get((form, model))
        if places is None:
            places = self._places[form, model] = _Places.of(self._catalogue.of_form(form), model)
        texts = record.texts
        base = base_id(agency_key, record)
        if is_plain := as_cells_give(texts, at_once=True):
            sealed = digest_of([texts[at] for at in places.stated])
            official = digest_of_plain([texts[at] if at >= 0 else "" for at in places.printed])
        else:
            sealed = seal(record)
            official = b"".join([cell_digest(texts[at] if at >= 0 else "") for at in places.printed])
        back = (
            any(official)
            and not any(map(texts.__getitem__, places.unprinted))
            and record.section == section_of_id(base, form)
            and not record.extras.keys() & FIELD_OF_LABEL.keys()
            and (is_plain or as_cells_give([texts[at] for at in places.printed if at >= 0]))
        )
        return RecordDigests(base, sealed, official, back)


class _Places(NamedTuple):
    """Where a model's texts stand among `Record.texts`."""

    stated: tuple[int, ...]
    """All that a record states: its ordinal is no content."""
    printed: tuple[int, ...]
    """The official cells of the form; -1 for one that the model does not hold."""
    unprinted: tuple[int, ...]

    @classmethod
    def of(cls, spec: FormSpec, model: type[Record]) -> "_Places":
        at = {field: number for number, field in enumerate(column_types(model))}
        return cls(
            tuple(number for field, number in at.items() if field != "ordinal"),
            tuple(at.get(field, -1) for field in digested_fields(spec)),
            tuple(at[field] for field in unprinted(spec) if field in at),
        )
