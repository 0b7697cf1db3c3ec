"""One form sheet of the consolidated workbook read back, whatever officers did to it.

Columns are known by their headings and rows by their hidden id, so rows may be sorted, added and deleted, columns
moved, added and hidden. A row without an id that fills a name and something else is one that an officer typed in.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from doingoai_cli.consolidate.identity import base_id, officer_id, section_of_id
from doingoai_cli.consolidate.workbook.columns import FIELD_OF_LABEL
from doingoai_cli.consolidate.workbook.form_rows import NO_AGENCY
from doingoai_cli.consolidate.workbook.read_headings import Head, by_row, find_head, text_of
from doingoai_cli.model.consolidated import (
    AGENCY_COLUMN,
    CHANGE_COLUMN,
    CODES_COLUMN,
    ID_COLUMN,
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
    head: Head
    unread: tuple[str, ...]


def read_sheet(spec: FormSpec, grid: Grid, cycle: int, path: str, province: str = "") -> SheetBack | None:
    """A form's sheet; None where the grid is no such sheet."""
    rows = by_row(grid)
    head = find_head(spec, rows)
    if head is None:
        return None
    reader = _Reader(spec, grid, head, cycle, path, province)
    kept: list[ConsolidatedRow] = []
    blanked: list[ConsolidatedRow] = []
    unread: list[str] = []
    for number in sorted(n for n in rows if n >= head.first):
        cells = rows[number]
        texts = {col: text for col, cell in cells.items() if (text := text_of(cell))}
        match reader.kind(texts):
            case "record":
                kept.append(reader.row(number, cells, texts))
            case "blanked":
                blanked.append(reader.row(number, cells, texts))
            case "unread":
                unread.append(f"{grid.name}, dòng {number}: {' '.join(texts.values())}")
    return SheetBack(tuple(kept), tuple(blanked), head, tuple(unread))


class _Reader:
    """Reads the rows of one sheet, top to bottom; remembers the section that it is in."""

    def __init__(self, spec: FormSpec, grid: Grid, head: Head, cycle: int, path: str, province: str) -> None:
        self.spec = spec
        self.grid = grid
        self.head = head
        self.cycle = cycle
        self.path = path
        self.section = ""
        self.sections = {key(fill_years(s.title, cycle, province)): s.id for s in spec.sections}
        self.totals = {key(s.total) for s in spec.sections if s.total}
        self.kindred = {
            name: FIELD_OF_LABEL[name]
            for name in head.sent
            if name in FIELD_OF_LABEL
            and FIELD_OF_LABEL[name] in column_types(spec.record_model)
            and FIELD_OF_LABEL[name] not in head.fields
        }

        self.columns = {**head.fields, **{field: head.sent[name] for name, field in self.kindred.items()}}
        self.visible = {col for part in (head.fields, head.own, head.sent, head.added) for col in part.values()}
        self.places: dict[tuple[str, ...], Mapping[str, tuple[int, int, str]]] = {}

    def own(self, texts: Mapping[int, str], name: str) -> str:
        return texts.get(self.head.own.get(name, -1), "")

    def kind(self, texts: Mapping[int, str]) -> str:
        """What a row is: "record", "blanked" (a review without its record), "unread", or "" for furniture."""
        official = [f for f, col in self.head.fields.items() if f != "ordinal" and col in texts]
        record_id = self.own(texts, ID_COLUMN)
        if record_id:
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
        return "record" if len(official) >= 2 else "unread"

    def row(self, number: int, cells: Mapping[int, Cell], texts: Mapping[int, str]) -> ConsolidatedRow:
        record_id = self.own(texts, ID_COLUMN)
        section = section_of_id(record_id, self.spec.form) or self.section
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
