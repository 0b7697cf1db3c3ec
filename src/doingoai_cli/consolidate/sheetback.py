"""One form sheet of the consolidated workbook read back, whatever officers did to it.

Columns are known by their headings and rows by their hidden id, so rows may be sorted, added and deleted, columns
moved, added and hidden. A row without an id that fills a name and something else is one that an officer typed in.
"""

from collections.abc import Mapping
from typing import NamedTuple

from doingoai_cli.consolidate.columns import FIELD_OF_LABEL
from doingoai_cli.consolidate.formrows import NO_AGENCY
from doingoai_cli.consolidate.identity import base_id, officer_id, section_of_id
from doingoai_cli.consolidate.sheethead import Head, by_row, find_head, text_of
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
from doingoai_cli.model.records import Record, understand
from doingoai_cli.model.sources import Provenance, Source
from doingoai_cli.model.values import Raw, raw
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
        match reader.kind(cells):
            case "record":
                kept.append(reader.row(number, cells))
            case "blanked":
                blanked.append(reader.row(number, cells))
            case "unread":
                unread.append(
                    f"{grid.name}, dòng {number}: {' '.join(filter(None, map(text_of, cells.values())))}"
                )
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
            and FIELD_OF_LABEL[name] in spec.record_model.READS
            and FIELD_OF_LABEL[name] not in head.fields
        }

        self.columns = {**head.fields, **{field: head.sent[name] for name, field in self.kindred.items()}}
        self.letters = {col: column_letters(col) for col in self.columns.values()}

    def own(self, cells: Mapping[int, Cell], name: str) -> str:
        return text_of(cells.get(self.head.own.get(name, -1)))

    def kind(self, cells: Mapping[int, Cell]) -> str:
        """What a row is: "record", "blanked" (a review without its record), "unread", or "" for furniture."""
        official = [f for f, col in self.head.fields.items() if f != "ordinal" and text_of(cells.get(col))]
        record_id = self.own(cells, ID_COLUMN)
        if record_id:
            reviewed = self.own(cells, OPINION_COLUMN) or self.own(cells, REMARK_COLUMN)
            return "record" if official else "blanked" if reviewed else ""
        texts = [text for col in sorted(cells) if (text := text_of(cells[col])) and self._visible(col)]
        if not texts:
            return ""
        section = self.sections.get(key(texts[0]))
        if section is not None:
            self.section = section
            return ""
        if any(key(text) in self.totals for text in texts[:2]):
            return ""
        return "record" if len(official) >= 2 else "unread"

    def _visible(self, col: int) -> bool:
        head = self.head
        return any(col in part.values() for part in (head.fields, head.own, head.sent, head.added))

    def row(self, number: int, cells: Mapping[int, Cell]) -> ConsolidatedRow:
        record_id = self.own(cells, ID_COLUMN)
        section = section_of_id(record_id) or self.section
        record = self._record(number, cells, section)
        agency = self.own(cells, AGENCY_COLUMN)
        agency = "" if agency == NO_AGENCY else agency
        return ConsolidatedRow(
            record=record,
            agency=agency,
            agency_key=agency_key(agency),
            source=self.own(cells, SOURCE_COLUMN) or OFFICER_SOURCE,
            record_id=record_id or officer_id(base_id(agency_key(agency), record)),
            codes=read_codes(self.own(cells, CODES_COLUMN)),
            review=Review(self.own(cells, OPINION_COLUMN), self.own(cells, REMARK_COLUMN)),
            extras={h: text for h, col in self.head.added.items() if (text := text_of(cells.get(col)))},
            change=self.own(cells, CHANGE_COLUMN),
            seal=self.own(cells, SEAL_COLUMN),
        )

    def _record(self, number: int, cells: Mapping[int, Cell], section: str) -> Record:
        values: dict[str, Raw] = {}
        sources: dict[str, Source] = {}
        for field, col in self.columns.items():
            cell = cells.get(col)
            if cell is None and field not in self.head.fields:
                continue
            values[field] = raw(cell.value if cell else None)
            kind = cell.kind if cell else CellKind.BLANK
            sources[field] = Source(f"{self.letters[col]}{number}", number, col, kind)
        place = Provenance(self.path, self.grid.name, self.grid.index, number, number)
        extras = {
            name: text
            for name, col in self.head.sent.items()
            if name not in self.kindred and (text := text_of(cells.get(col)))
        }
        return build(self.spec, section, self.cycle, values, place, sources, extras)


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
    year = spec.rows_year(cycle, section)
    model = spec.record_model
    return model(
        form=spec.form, section=section, year=year, provenance=place, cells=sources, extras=extras,
        **understand(model, values, year),
    )  # fmt: skip


def read_codes(text: str) -> tuple[str, ...]:
    """The codes of a "Vi phạm" cell; waived ones stand in brackets and do not count."""
    return tuple(sorted(filter(None, (code.strip() for code in text.split("(")[0].split(",")))))
