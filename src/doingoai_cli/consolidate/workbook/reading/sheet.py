"""One form sheet of the consolidated workbook read back, whatever officers did to it.

Columns are known by their headings and places and rows by their hidden id and their text, so rows may be sorted,
added and deleted, columns moved, renamed, added and hidden. A row that is no record and fills a name is the
officer's.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.identity import base_id, officer_id
from doingoai_cli.consolidate.workbook.read_cells import by_row, is_formula, texts_of
from doingoai_cli.consolidate.workbook.reading.headings import SheetHead, find_head
from doingoai_cli.consolidate.workbook.reading.match_rows import Matched, match_rows
from doingoai_cli.consolidate.workbook.reading.sent_rows import SentRows
from doingoai_cli.consolidate.workbook.reading.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.reading.untouched import ReadyRows, written_where
from doingoai_cli.consolidate.workbook.row_digests import (
    AGENCY,
    CODES,
    OPINION,
    OWN,
    REMARK,
    SOURCE,
    RowDigest,
    Seals,
    SheetRow,
    part,
    row_digest,
    said_beside,
    said_by,
)
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.model.consolidated import NO_AGENCY, OFFICER_SOURCE, ConsolidatedRow
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Cell, Grid
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.pending import Later


class SheetBack(NamedTuple):
    """A form sheet as read; `blanked` are reviewed rows whose official columns were emptied."""

    rows: tuple[ConsolidatedRow, ...]
    blanked: tuple[ConsolidatedRow, ...]
    head: SheetHead
    unread: tuple[str, ...]
    deleted: Mapping[str, RowDigest] = {}
    """Records that the sheet held and that are no longer in it: id → digest."""
    returned: tuple[str, ...] = ()
    """Ids of records that an officer pasted back from the list of deleted ones."""
    doubted: frozenset[str] = frozenset()
    """Records that were known by their text, not by their id."""
    losses: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    later: Later | None = None
    """What reads the records that are not read yet."""


def read_sheet(
    spec: FormSpec,
    grid: Grid,
    book: BookFacts,
    stored: StoredForm | None = None,
    apart: ReadyRows | None = None,
    *,
    on_demand: bool = False,
) -> SheetBack | None:
    """A form's sheet; None where the grid is no such sheet. `stored` is what the sheet held when it was written.

    `apart`: the rows that `grid` lacks, which need not be read; None where the columns are not as written then.
    `on_demand`: records of rows that say what was sent are read when somebody asks for them.
    """
    rows = by_row(grid)
    head = find_head(spec, grid.name, rows, stored)
    if head is None or (apart and stored and not written_where(head, stored)):
        return None
    sheet = _FormSheetRead(SheetReader(spec, grid, head, book), rows, stored, apart)
    read, later = sheet.records(on_demand=on_demand)
    matched = sheet.matched(read) if stored else None
    named = sheet.named(read, matched) if matched else read
    blanked = [sheet.row(number) for number in sheet.kinds["blanked"]]
    taken = {row.record_id for row in named.values()}
    known = taken | {row.record_id for row in blanked}
    return SheetBack(
        rows=tuple(named.values()),
        blanked=tuple(row for row in blanked if row.record_id not in taken),
        head=head,
        unread=tuple(sheet.unread(named)),
        deleted={of: digest for of, digest in (stored.digests if stored else {}).items() if of not in known},
        returned=sheet.returned,
        doubted=matched.doubted if matched else frozenset(),
        losses=(*head.losses, *(matched.losses if matched else ()), *_orphans(grid.name, blanked, taken)),
        notices=(*head.told, *(matched.notices if matched else ())),
        later=later,
    )


_MADE_ANEW = {AGENCY: OwnColumn.AGENCY, SOURCE: OwnColumn.SOURCE, CODES: OwnColumn.CODES}
_BESIDE = {**_MADE_ANEW, OPINION: OwnColumn.OPINION, REMARK: OwnColumn.REMARK}


class _FormSheetRead:
    """A sheet while it is read: what each of its rows is and says, and the digests of rows that are known."""

    def __init__(
        self,
        reader: SheetReader,
        rows: Mapping[int, Mapping[int, Cell]],
        stored: StoredForm | None,
        apart: ReadyRows | None,
    ) -> None:
        self._reader, self._rows, self._stored, self._apart = reader, rows, stored, apart
        self._head, self._name = reader.head, reader.grid.name
        self._texts = texts = texts_of(rows)
        self._lines = dict(sorted({**texts, **apart.ready}.items())) if apart and apart.ready else texts
        self._digests: dict[int, RowDigest] = {}
        self.kinds: dict[str, list[int]] = {"record": [], "blanked": [], "unread": [], "returned": [], "": []}
        """The rows of each kind (`SheetReader.kind`)."""
        for number in sorted(n for n in rows if n >= self._head.first and n not in self._head.non_records):
            self.kinds[reader.kind(number, texts[number])].append(number)

    def row(self, number: int) -> ConsolidatedRow:
        """The row of that number (1-based), read from its cells."""
        return self._reader.row(number, self._rows[number], self._texts[number])

    def records(self, *, on_demand: bool) -> tuple[dict[int, ConsolidatedRow], Later | None]:
        """The rows that are records, and what reads the records that are not read yet."""
        reader, rows, texts, apart = self._reader, self._rows, self._texts, self._apart
        sent = SentRows(reader, self._stored) if on_demand and self._stored else None
        record_of = apart.records(reader) if apart else None
        later = None
        if sent:
            later = Later(lambda n: record_of(n) if record_of and n not in rows else self.row(n).record)
        read: dict[int, ConsolidatedRow] = {}
        for n in self.kinds["record"]:
            if later and sent and (official := sent.official(rows[n], texts[n])) is not None:
                read[n] = reader.ready(n, texts[n], later)
                self._digests[n] = row_digest(said_beside(read[n])) + official
            else:
                read[n] = self.row(n)
        if apart and self._stored and record_of:
            ready = {n: reader.ready(n, line, later or record_of) for n, line in apart.ready.items()}
            read = dict(sorted((read | ready).items()))
            if apart.officials is None:
                known, whole = self._stored.digests, self._stored.whole or ()
                ids = {n: row.record_id for n, row in read.items() if row.record_id not in whole}
                self._digests |= {n: known[record_id] for n, record_id in ids.items() if record_id in known}
            else:
                self._digests |= {n: row_digest(said_beside(row)) + apart.officials[n] for n, row in ready.items()}
        return read, later

    def matched(self, read: Mapping[int, ConsolidatedRow]) -> Matched:
        """Which row is which of the records that were stored."""
        assert self._stored is not None
        fields, head, digests = self._stored.fields, self._head, self._digests
        ids, reviewed = self._reader.ids(self._lines), self._reader.reviewed(self._lines)
        columns: dict[int, str] = {place: name for place, name in _BESIDE.items() if name in head.own}
        labels = self._reader.spec.labels
        columns |= {OWN + n: labels.get(f, f) for n, f in enumerate(fields) if f in head.fields}
        rows = [
            SheetRow(n, ids.get(n, ""), digests.get(n) or row_digest(said_by(row, fields)), reviewed.get(n, ""))
            for n, row in read.items()
        ]
        return match_rows(self._name, rows, self._stored.digests, dict(sorted(columns.items())), head.guessed)

    def named(self, read: Mapping[int, ConsolidatedRow], matched: Matched) -> dict[int, ConsolidatedRow]:
        """The rows as the records that they are, each with the seal of what was sent."""
        assert self._stored is not None
        own, stored = self._reader.own, self._stored
        seals = Seals((own(line, OwnColumn.ID), own(line, OwnColumn.SEAL)) for line in self._lines.values())
        named = {n: _named(row, matched, n) for n, row in read.items()}
        return {
            n: row if self._is_as_written(n, row) else _with_seal(row, seals.of(row, stored.digests))
            for n, row in named.items()
        }

    def _is_as_written(self, number: int, row: ConsolidatedRow) -> bool:
        """Whether a row says what was stored of its record, its seal too."""
        digest = self._digests.get(number)
        return (
            digest is not None and self._stored is not None and digest == self._stored.digests.get(row.record_id)
        )

    @property
    def returned(self) -> tuple[str, ...]:
        """Ids of records that an officer pasted back from the list of deleted ones."""
        texts = (text for number in self.kinds["returned"] for text in self._texts[number].values())
        return tuple(filter(self._reader.is_id, texts))

    def unread(self, named: Mapping[int, ConsolidatedRow]) -> Iterator[str]:
        """What stands in the sheet and is no record: where it stands and what it says."""
        yield from (f"{self._name}, dòng {number}: {text}" for number, text in self._head.notes)
        loose = {*self.kinds["unread"], *(n for n in self._texts if n < self._head.first)}
        told = {
            n: [text for col, text in self._texts[n].items() if not is_formula(self._rows[n][col])] for n in loose
        }
        yield from (f"{self._name}, dòng {n}: {' '.join(told[n])}" for n in self.kinds["unread"] if told[n])
        yield from self._reader.above(told)
        if self._stored and (self._apart is None or self._apart.officials is not None):
            yield from self._written_over(named, self._stored)

    def _written_over(self, rows: Mapping[int, ConsolidatedRow], stored: StoredForm) -> Iterator[str]:
        """What officers wrote into columns of a record's row that every merge makes anew.

        Of rows that may not come back from their cells as they are nothing is said.
        """
        if stored.whole is None:
            return
        for number, row in rows.items():
            written = stored.digests.get(row.record_id)
            if written is None or row.record_id in stored.whole or self._is_as_written(number, row):
                continue
            said = said_beside(row)
            now = row_digest(said)
            for place, column in _MADE_ANEW.items():
                text = said[place]
                if text in ("", NO_AGENCY, OFFICER_SOURCE) or column not in self._head.own:
                    continue
                if part(now, place) != part(written, place):
                    yield f"{self._name}, dòng {number}, cột “{column}” (mỗi lần tổng hợp được lập lại): {text}"


def _named(row: ConsolidatedRow, matched: Matched, number: int) -> ConsolidatedRow:
    """The row as the record that it is; else as the officer's own."""
    record_id = matched.ids.get(number) or officer_id(base_id(row.agency_key, row.record))
    return row if record_id == row.record_id else replace(row, record_id=record_id)


def _with_seal(row: ConsolidatedRow, seal: str) -> ConsolidatedRow:
    return row if seal == row.seal else replace(row, seal=seal)


def _orphans(sheet: str, blanked: Sequence[ConsolidatedRow], taken: Collection[str]) -> Iterator[str]:
    """Reviews whose row's text went elsewhere: nobody knows whose they are."""
    for row in blanked:
        if row.record_id in taken:
            said = " ".join(filter(None, row.review))
            yield (
                f"Trang “{sheet}”: dòng {row.record.provenance.row} có ý kiến thẩm định “{said}” nhưng không còn "
                "nội dung (nội dung đã chuyển sang dòng khác). Cách sửa: hoàn tác (Ctrl+Z), hoặc chuyển ý kiến về "
                "đúng dòng."
            )
