"""One form sheet of the consolidated workbook read back, whatever officers did to it.

Columns are known by their headings and places and rows by their hidden id and their text, so rows may be sorted,
added and deleted, columns moved, renamed, added and hidden. A row that is no record and fills a name is the
officer's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from doingoai_cli.consolidate.identity import base_id, officer_id, section_of_id
from doingoai_cli.consolidate.workbook.cells import by_row, is_formula, text_of
from doingoai_cli.consolidate.workbook.columns import FIELD_OF_LABEL
from doingoai_cli.consolidate.workbook.form_rows import COUNT_LINE_TEXT, subtitle_of
from doingoai_cli.consolidate.workbook.match_rows import Matched, SheetRow, match_rows
from doingoai_cli.consolidate.workbook.prints import (
    AGENCY,
    CODES,
    OPINION,
    OWN,
    REMARK,
    SEAL,
    SOURCE,
    Print,
    digest,
    part,
    print_of,
)
from doingoai_cli.consolidate.workbook.read_headings import SheetHead, find_head, id_pattern
from doingoai_cli.consolidate.workbook.structure import KeptForm
from doingoai_cli.model.consolidated import (
    AGENCY_COLUMN,
    CHANGE_COLUMN,
    CODES_COLUMN,
    ID_COLUMN,
    NO_AGENCY,
    OPINION_COLUMN,
    REMARK_COLUMN,
    SEAL_COLUMN,
    SOURCE_COLUMN,
    ConsolidatedRow,
    Review,
)
from doingoai_cli.model.forms import FormSpec, fill_years
from doingoai_cli.model.grid import Cell, CellKind, Grid, column_letters
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import NOTHING, Raw, raw
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import key

OFFICER_SOURCE = "Cán bộ tổng hợp thêm"


class SheetBack(NamedTuple):
    """A form sheet as read; `blanked` are reviewed rows whose official columns were emptied."""

    rows: tuple[ConsolidatedRow, ...]
    blanked: tuple[ConsolidatedRow, ...]
    head: SheetHead
    unread: tuple[str, ...]
    deleted: Mapping[str, Print] = {}
    """Records that the sheet held and that are no longer in it: id → print."""
    returned: tuple[str, ...] = ()
    """Ids of records that an officer pasted back from the list of deleted ones."""
    moved: frozenset[str] = frozenset()
    """Records that were known by their text, not by their id."""
    losses: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def read_sheet(
    spec: FormSpec, grid: Grid, cycle: int, path: str, province: str = "", kept: KeptForm | None = None
) -> SheetBack | None:
    """A form's sheet; None where the grid is no such sheet. `kept` is what the sheet held when it was written."""
    rows = by_row(grid)
    head = find_head(spec, grid.name, rows, kept)
    if head is None:
        return None
    reader = _Reader(spec, grid, head, cycle, path, province)
    sorted_out: dict[str, list[int]] = {"record": [], "blanked": [], "unread": [], "returned": [], "": []}
    texts = {n: {col: text for col, cell in cells.items() if (text := text_of(cell))} for n, cells in rows.items()}
    for number in sorted(n for n in rows if n >= head.first and n not in head.non_records):
        sorted_out[reader.kind(number, texts[number])].append(number)
    read = {n: reader.row(n, rows[n], texts[n]) for n in sorted_out["record"]}
    matched = _matched(grid.name, spec, head, read, reader.ids(texts), kept)
    named = {n: _named(row, matched, n) for n, row in read.items()} if matched else read
    if kept:
        seals = _Seals((reader.own(t, ID_COLUMN), reader.own(t, SEAL_COLUMN)) for t in texts.values())
        named = {n: replace(row, seal=seals.of(row.record_id, kept.prints)) for n, row in named.items()}
    blanked = [reader.row(n, rows[n], texts[n]) for n in sorted_out["blanked"]]
    taken = {row.record_id for row in named.values()}
    left = [f"{grid.name}, dòng {number}: {text}" for number, text in head.notes]
    told = {n: [t for col, t in line.items() if not is_formula(rows[n][col])] for n, line in texts.items()}
    left += [f"{grid.name}, dòng {n}: {' '.join(told[n])}" for n in sorted_out["unread"] if told[n]]
    left += reader.above(told)
    ours = kept.prints if kept else {}
    known = taken | {row.record_id for row in blanked}
    return SheetBack(
        rows=tuple(named.values()),
        blanked=tuple(row for row in blanked if row.record_id not in taken),
        head=head,
        unread=tuple(left),
        deleted={record_id: mark for record_id, mark in ours.items() if record_id not in known},
        returned=tuple(text for n in sorted_out["returned"] for text in texts[n].values() if reader.is_id(text)),
        moved=matched.moved if matched else frozenset(),
        losses=(*head.losses, *(matched.losses if matched else ()), *_orphans(grid.name, blanked, taken)),
        notices=(*head.told, *(matched.notices if matched else ())),
    )


def _matched(
    sheet: str,
    spec: FormSpec,
    head: SheetHead,
    read: Mapping[int, ConsolidatedRow],
    ids: Mapping[int, str],
    kept: KeptForm | None,
) -> Matched | None:
    """Which row is which record; None where nothing was kept that would tell."""
    if kept is None:
        return None
    own = {AGENCY_COLUMN: AGENCY, SOURCE_COLUMN: SOURCE, CODES_COLUMN: CODES, OPINION_COLUMN: OPINION,
           REMARK_COLUMN: REMARK}  # fmt: skip
    columns = {place: name for name, place in own.items() if name in head.own}
    labels = {column.field: column.label for column in spec.columns}
    columns |= {OWN + n: labels.get(f, f) for n, f in enumerate(kept.fields) if f in head.fields}
    rows = [SheetRow(n, ids.get(n, ""), print_of(row, kept.fields)) for n, row in read.items()]
    return match_rows(sheet, rows, kept.prints, sorted(columns), columns, head.guessed)


def _named(row: ConsolidatedRow, matched: Matched, number: int) -> ConsolidatedRow:
    """The row as the record that it is; the officer's own where it is none."""
    record_id = matched.ids.get(number)
    return replace(row, record_id=record_id or officer_id(base_id(row.agency_key, row.record)))


class _Seals:
    """The seals of a sheet's records, whichever row they stand in now."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.beside = dict(pairs)
        self.by_digest = {digest(seal): seal for seal in self.beside.values()}

    def of(self, record_id: str, prints: Mapping[str, Print]) -> str:
        """The seal of a record; "" for the officer's own."""
        if record_id not in prints:
            return ""
        kept, seal = part(prints[record_id], SEAL), self.beside.get(record_id, "")
        return seal if digest(seal) == kept else self.by_digest.get(kept, "")


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


class _Reader:
    """Reads the rows of one sheet, top to bottom; remembers the section that it is in."""

    def __init__(self, spec: FormSpec, grid: Grid, head: SheetHead, cycle: int, path: str, province: str) -> None:
        self.spec = spec
        self.grid = grid
        self.head = head
        self.cycle = cycle
        self.path = path
        self.section = ""
        self.sections = {key(fill_years(s.title, cycle, province)): s.id for s in spec.sections}
        self.totals = {key(s.total) for s in spec.sections if s.total}
        self.titles = {key(fill_years(spec.title, cycle, province)), key(subtitle_of(cycle))}
        self.pattern = id_pattern(spec.form)
        self.section_at: dict[int, str] = {}
        self.kindred = {
            name: FIELD_OF_LABEL[name]
            for name in head.sent
            if name in FIELD_OF_LABEL
            and FIELD_OF_LABEL[name] in column_types(spec.record_model)
            and FIELD_OF_LABEL[name] not in head.fields
        }

        self.columns = {**head.fields, **{field: head.sent[name] for name, field in self.kindred.items()}}
        shown = {name: col for name, col in head.own.items() if name not in (ID_COLUMN, SEAL_COLUMN)}
        self.visible = {col for part in (head.fields, shown, head.sent, head.added) for col in part.values()}
        self.places: dict[tuple[str, ...], Mapping[str, tuple[int, int, str]]] = {}

    def own(self, texts: Mapping[int, str], name: str) -> str:
        return texts.get(self.head.own.get(name, -1), "")

    def ids(self, texts: Mapping[int, Mapping[int, str]]) -> dict[int, str]:
        return {number: self.own(line, ID_COLUMN) for number, line in texts.items()}

    def is_id(self, text: str) -> bool:
        return self.pattern.fullmatch(text) is not None

    def above(self, texts: Mapping[int, Sequence[str]]) -> list[str]:
        """What stands above the headings and is none of our titles."""
        lines = (n for n in sorted(texts) if n < self.head.first and n not in self.head.non_records)
        notes = ((n, [t for t in texts[n] if not self._is_title(t)]) for n in lines)
        return [f"{self.grid.name}, dòng {number}: {' '.join(found)}" for number, found in notes if found]

    def _is_title(self, text: str) -> bool:
        return key(text) in self.titles or text.startswith(COUNT_LINE_TEXT)

    def kind(self, number: int, texts: Mapping[int, str]) -> str:
        """What a row is: "record", "blanked" (a review alone), "unread", "returned", "" for what is no record."""
        official = [f for f, col in self.head.fields.items() if f != "ordinal" and col in texts]
        self.section_at[number] = self.section
        if self.own(texts, ID_COLUMN):
            reviewed = self.own(texts, OPINION_COLUMN) or self.own(texts, REMARK_COLUMN)
            return "record" if official else "blanked" if reviewed else ""
        shown = [texts[col] for col in sorted(texts) if col in self.visible]
        if not shown:
            return ""
        section = self.sections.get(key(shown[0]))
        if section is not None:
            self.section = section
            return ""
        if any(key(text) in self.totals for text in shown[:2]):
            return ""
        if any(self.is_id(text) for text in texts.values()):
            return "returned"
        named = "name" in official or "name" not in self.head.fields
        return "record" if len(official) >= 2 and (named or len(official) >= 4) else "unread"

    def row(self, number: int, cells: Mapping[int, Cell], texts: Mapping[int, str]) -> ConsolidatedRow:
        record_id = self.own(texts, ID_COLUMN)
        section = section_of_id(record_id, self.spec.form) or self.section_at.get(number, "")
        record = self._record(number, cells, texts, section)
        agency = self.own(texts, AGENCY_COLUMN)
        agency = "" if agency == NO_AGENCY else agency
        return ConsolidatedRow(
            record=record,
            agency=agency,
            agency_key=agency_key(agency),
            source=self.own(texts, SOURCE_COLUMN) or OFFICER_SOURCE,
            record_id=record_id or officer_id(base_id(agency_key(agency), record)),
            codes=read_codes(self.own(texts, CODES_COLUMN)),
            review=Review(self.own(texts, OPINION_COLUMN), self.own(texts, REMARK_COLUMN)),
            extras={h: texts[col] for h, col in self.head.added.items() if col in texts},
            change=self.own(texts, CHANGE_COLUMN),
            seal=self.own(texts, SEAL_COLUMN),
        )

    def _record(self, number: int, cells: Mapping[int, Cell], texts: Mapping[int, str], section: str) -> Record:
        present = tuple(f for f, col in self.columns.items() if col in cells or f in self.head.fields)
        held = [cells.get(self.columns[field]) for field in present]
        values = {field: _raw(cell, texts) for field, cell in zip(present, held, strict=True)}
        kinds = [cell.kind if cell else CellKind.BLANK for cell in held]
        place = Provenance(self.path, self.grid.name, self.grid.index, number, number)
        extras = {
            name: texts[col] for name, col in self.head.sent.items() if name not in self.kindred and col in texts
        }
        sources = RowCells(number, self._places(present), kinds)
        return build(self.spec, section, self.cycle, values, place, sources, extras)

    def _places(self, present: tuple[str, ...]) -> Mapping[str, tuple[int, int, str]]:
        """Where the fields of a row stand, as `RowCells` wants it: one value for all rows that fill the same."""
        if present not in self.places:
            columns = [self.columns[field] for field in present]
            self.places[present] = {
                field: (index, col, column_letters(col))
                for index, (field, col) in enumerate(zip(present, columns, strict=True))
            }
        return self.places[present]


def _raw(cell: Cell | None, texts: Mapping[int, str]) -> Raw:
    """`raw` of a cell whose text was cleaned before."""
    if cell is None:
        return NOTHING
    return Raw(texts.get(cell.col, ""), None) if isinstance(cell.value, str) else raw(cell.value)


def build(
    spec: FormSpec,
    section: str,
    cycle: int,
    values: Mapping[str, Raw],
    place: Provenance,
    sources: Mapping[str, Source],
    extras: Mapping[str, str],
) -> Record:
    """A record of a form from the texts of its fields."""
    fields: dict[str, Any] = {**values}
    return spec.record_model(
        form=spec.form, section=section, year=spec.rows_year(cycle, section), provenance=place, cells=sources,
        extras=extras, **fields,
    )  # fmt: skip


def read_codes(text: str) -> tuple[str, ...]:
    """The codes of a "Vi phạm" cell; waived ones stand in brackets and do not count."""
    return tuple(sorted(filter(None, (code.strip() for code in text.split("(")[0].split(",")))))
