"""One form sheet of the consolidated workbook read back, whatever officers did to it.

Columns are known by their headings and places and rows by their hidden id and their text, so rows may be sorted,
added and deleted, columns moved, renamed, added and hidden. A row that is no record and fills a name is the
officer's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from doingoai_cli.consolidate.identity import base_id, officer_id
from doingoai_cli.consolidate.workbook.match_rows import Matched, match_rows
from doingoai_cli.consolidate.workbook.read_cells import by_row, is_formula, texts_of
from doingoai_cli.consolidate.workbook.read_headings import SheetHead, find_head
from doingoai_cli.consolidate.workbook.read_untouched import ReadyRows, written_where
from doingoai_cli.consolidate.workbook.row_digests import (
    AGENCY,
    CODES,
    OPINION,
    OWN,
    REMARK,
    SEAL,
    SOURCE,
    RowDigest,
    SheetRow,
    cell_digest,
    part,
    row_digest,
    said_beside,
    said_by,
)
from doingoai_cli.consolidate.workbook.sent_rows import SentRows
from doingoai_cli.consolidate.workbook.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.model.consolidated import NO_AGENCY, OFFICER_SOURCE, ConsolidatedRow
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Grid
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
    reader = SheetReader(spec, grid, head, book)
    sorted_out: dict[str, list[int]] = {"record": [], "blanked": [], "unread": [], "returned": [], "": []}
    texts = texts_of(rows)
    for number in sorted(n for n in rows if n >= head.first and n not in head.non_records):
        sorted_out[reader.kind(number, texts[number])].append(number)
    sent = SentRows(reader, stored) if on_demand and stored else None
    record_of = apart.records(reader) if apart else None
    later = None
    if sent:
        later = Later(
            lambda n: record_of(n) if record_of and n not in rows else reader.row(n, rows[n], texts[n]).record
        )
    read, digests = {}, dict[int, RowDigest]()
    for n in sorted_out["record"]:
        if later and sent and (official := sent.official(rows[n], texts[n])) is not None:
            read[n] = reader.ready(n, texts[n], later)
            digests[n] = row_digest(said_beside(read[n])) + official
        else:
            read[n] = reader.row(n, rows[n], texts[n])
    beside = apart.ready if apart else {}
    if apart and stored and record_of:
        ready = {n: reader.ready(n, line, later or record_of) for n, line in beside.items()}
        read = dict(sorted((read | ready).items()))
        if apart.officials is None:
            digests |= {n: stored.digests[row.record_id] for n, row in ready.items()}
        else:
            digests |= {n: row_digest(said_beside(row)) + apart.officials[n] for n, row in ready.items()}
    lines = dict(sorted({**texts, **beside}.items())) if beside else texts
    matched = _matched(grid.name, spec, head, read, (reader.ids(lines), reader.reviewed(lines)), stored, digests)
    named = {n: _named(row, matched, n) for n, row in read.items()} if matched else read
    if stored:
        seals = _Seals((reader.own(t, OwnColumn.ID), reader.own(t, OwnColumn.SEAL)) for t in lines.values())
        named = {
            n: row if _is_as_written(row, stored, digests.get(n)) else _with_seal(row, seals, stored)
            for n, row in named.items()
        }
    blanked = [reader.row(n, rows[n], texts[n]) for n in sorted_out["blanked"]]
    taken = {row.record_id for row in named.values()}
    left = [f"{grid.name}, dòng {number}: {text}" for number, text in head.notes]
    loose = {*sorted_out["unread"], *(n for n in texts if n < head.first)}
    told = {n: [t for col, t in texts[n].items() if not is_formula(rows[n][col])] for n in loose}
    left += [f"{grid.name}, dòng {n}: {' '.join(told[n])}" for n in sorted_out["unread"] if told[n]]
    left += reader.above(told)
    if stored and (apart is None or apart.officials is not None):
        left += _written_over(grid.name, head, named, stored, digests)
    ours = stored.digests if stored else {}
    known = taken | {row.record_id for row in blanked}
    return SheetBack(
        rows=tuple(named.values()),
        blanked=tuple(row for row in blanked if row.record_id not in taken),
        head=head,
        unread=tuple(left),
        deleted={record_id: digest for record_id, digest in ours.items() if record_id not in known},
        returned=tuple(text for n in sorted_out["returned"] for text in texts[n].values() if reader.is_id(text)),
        doubted=matched.doubted if matched else frozenset(),
        losses=(*head.losses, *(matched.losses if matched else ()), *_orphans(grid.name, blanked, taken)),
        notices=(*head.told, *(matched.notices if matched else ())),
        later=later,
    )


def _matched(
    sheet: str,
    spec: FormSpec,
    head: SheetHead,
    read: Mapping[int, ConsolidatedRow],
    hidden: tuple[Mapping[int, str], Mapping[int, str]],
    stored: StoredForm | None,
    digests: Mapping[int, RowDigest],
) -> Matched | None:
    """Which row is which record; None where nothing was stored that would tell.

    `hidden`: the ids beside the rows and beside their reviews; `digests`: those that are known.
    """
    if stored is None:
        return None
    own: Mapping[str, int] = {
        OwnColumn.AGENCY: AGENCY, OwnColumn.SOURCE: SOURCE, OwnColumn.CODES: CODES, OwnColumn.OPINION: OPINION,
        OwnColumn.REMARK: REMARK,
    }  # fmt: skip
    columns = {place: name for name, place in own.items() if name in head.own}
    labels = spec.labels
    ids, reviewed = hidden
    columns |= {OWN + n: labels.get(f, f) for n, f in enumerate(stored.fields) if f in head.fields}
    rows = [
        SheetRow(n, ids.get(n, ""), digests.get(n) or row_digest(said_by(row, stored.fields)), reviewed.get(n, ""))
        for n, row in read.items()
    ]
    return match_rows(sheet, rows, stored.digests, dict(sorted(columns.items())), head.guessed)


def _named(row: ConsolidatedRow, matched: Matched, number: int) -> ConsolidatedRow:
    """The row as the record that it is; the officer's own where it is none."""
    record_id = matched.ids.get(number) or officer_id(base_id(row.agency_key, row.record))
    return row if record_id == row.record_id else replace(row, record_id=record_id)


def _is_as_written(row: ConsolidatedRow, stored: StoredForm, digest: RowDigest | None) -> bool:
    """Whether a row says what was stored of its record, its seal too."""
    return digest is not None and digest == stored.digests.get(row.record_id)


_MADE_ANEW = {AGENCY: OwnColumn.AGENCY, SOURCE: OwnColumn.SOURCE, CODES: OwnColumn.CODES}


def _written_over(
    sheet: str,
    head: SheetHead,
    rows: Mapping[int, ConsolidatedRow],
    stored: StoredForm,
    digests: Mapping[int, RowDigest],
) -> Iterator[str]:
    """What officers wrote into columns of a record's row that every merge makes anew.

    Of rows that may not come back from their cells as they are nothing is said.
    """
    if stored.whole is None:
        return
    for number, row in rows.items():
        written = stored.digests.get(row.record_id)
        if written is None or row.record_id in stored.whole or _is_as_written(row, stored, digests.get(number)):
            continue
        said = said_beside(row)
        now = row_digest(said)
        for place, column in _MADE_ANEW.items():
            text = said[place]
            if text in ("", NO_AGENCY, OFFICER_SOURCE) or column not in head.own:
                continue
            if part(now, place) != part(written, place):
                yield f"{sheet}, dòng {number}, cột “{column}” (mỗi lần tổng hợp được lập lại): {text}"


def _with_seal(row: ConsolidatedRow, seals: "_Seals", stored: StoredForm) -> ConsolidatedRow:
    seal = seals.of(row.record_id, stored.digests)
    return row if seal == row.seal else replace(row, seal=seal)


class _Seals:
    """The seals of a sheet's records, whichever row they stand in now."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.beside = dict(pairs)

    @cached_property  # asked for by rows whose seal has moved alone: hardly ever
    def by_digest(self) -> Mapping[bytes, str]:
        """The same by their digests."""
        return {cell_digest(seal): seal for seal in self.beside.values()}

    def of(self, record_id: str, digests: Mapping[str, RowDigest]) -> str:
        """The seal of a record; "" for the officer's own."""
        if record_id not in digests:
            return ""
        written, seal = part(digests[record_id], SEAL), self.beside.get(record_id, "")
        return seal if cell_digest(seal) == written else self.by_digest.get(written, "")


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
