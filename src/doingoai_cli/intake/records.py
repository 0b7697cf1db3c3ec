"""Table → records (bản ghi): every field's text with the cells that it comes from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.merged_values import gather
from doingoai_cli.intake.other_rows import is_number
from doingoai_cli.intake.row_kinds import RECORD, BodyRowKind
from doingoai_cli.intake.rows import Block
from doingoai_cli.intake.sections import RowSection
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import Addressing, CellKind, column_letters
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.model.sources import Provenance, RowCells, Source, kind_of
from doingoai_cli.model.values import NOTHING, OF_VALUES, Raw
from doingoai_cli.vietnamese.money.amounts import Money
from doingoai_cli.vietnamese.money.units import unit_said, with_unit
from doingoai_cli.vietnamese.money.usd import UsdValue
from doingoai_cli.vietnamese.ticks import has_ditto, is_ditto
from doingoai_cli.vietnamese.time.periods import read_period, touches

_OF_UNIT = re.compile(r"\b(?:đvt|đơn vị tính)\b", re.IGNORECASE)
_COUNTED_IN = {Money: "VND", UsdValue: "USD"}
"""The values that are sums of money, and the currency of a number that bears no unit."""
_BLANK, _UNCALCULATED = CellKind.BLANK, CellKind.UNCALCULATED  # by names of their own, as `RECORD`
_NO_EXTRAS: Mapping[str, str] = {}  # one for all the records that have none


class RecordReader:
    """Makes the records of one table."""

    def __init__(self, sheet: Sheet, region: Region, file: str, cycle: int) -> None:
        self._sheet = sheet
        self._grid = sheet.grid
        self._file = file
        self._spec = region.recognised.spec
        self._model = self._spec.record_model
        columns = region.recognised.columns
        self._fields = columns.fields
        self._extras = columns.extras
        self._blank_means = {
            c.field: c.blank_means for c in self._spec.columns if c.blank_means and c.field in self._fields
        }
        self._years = {
            section: self._spec.rows_year(cycle, section) for section in ("", *(s.id for s in self._spec.sections))
        }
        title = region.recognised.title
        self._speaks_of_all_sections = len(self._spec.sections) == len(set(title.years) if title else ()) > 1
        self._known = columns.cols
        self._named = columns.cols - {columns.first("ordinal")}
        self._top = region.body[0].number if region.body else 0
        self._places: Mapping[str, tuple[int, int, str]] | None = None
        if self._grid.addressing is Addressing.A1:
            # A layout for each table, as they are numbered (`gather_origins`).
            self._places = columns.single and dict(columns.single)
        self._types = column_types(self._model)
        self._columns = [(f, col, self._types[f] in OF_VALUES) for f, (_, col, _) in (self._places or {}).items()]
        self._units = self._units_of_money(region)
        # Nearly no table has signs for the cell above: not asked of every cell.
        self._has_dittos = has_ditto(row.texts.values() for row in region.body)
        self._kinds: dict[tuple[CellKind, ...], tuple[CellKind, ...]] = {}

    def read(self, blocks: Iterable[Block]) -> tuple[Record, ...]:
        """The records of the blocks that are records; a blank running number is filled in."""
        records: list[Record] = []
        section, running = "", 0
        above: dict[str, Any] = {}
        blocks = tuple(blocks)
        by_time = self._speaks_of_all_sections and not _has_sections(blocks)
        for block in blocks:
            if block.kind is not RECORD:
                continue
            if block.section.id != section:
                section, running = block.section.id, 0
            above, cells = self._read_rows(block.rows, above)
            if by_time:
                block = block._replace(section=self._section_by_time(block.section, above))
            record = self._record(block, above, cells, running + 1)
            running = int(record.ordinal.strip(" .()[]:,/")) if is_number(record.ordinal) else running + 1
            records.append(record)
        return tuple(records)

    def _units_of_money(self, region: Region) -> Mapping[str, str]:
        """The units that the heading, or a line above it, gives sums of money: none in nearly all tables."""
        units = {
            field: {place.unit for place in places}
            for field, places in self._fields.items()
            if self._types[field] in _COUNTED_IN
        }
        lines = (unit_said(said.text) for said in region.lines if _OF_UNIT.search(said.text))
        line = next(filter(None, lines), "") if units else ""
        said = {field: of_places.pop() or line for field, of_places in units.items() if len(of_places) == 1}
        return {field: unit for field, unit in said.items() if unit not in ("", _COUNTED_IN[self._types[field]])}

    def _read_rows(
        self, rows: Sequence[Row], above: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Mapping[str, Source]]:
        """The values of one record and where they stand; sums without a unit have that of their column."""
        places = self._places if len(rows) == 1 and rows[0].number not in self._sheet.merges else None
        values, cells = self._values(rows) if places is None else self._plain_values(rows[0], places)
        if places is None or self._has_dittos:
            values, cells = self._repeated(values, cells, above)
        for field, unit in self._units.items():
            typed = _text_of(values.get(field, NOTHING))
            if (measured := with_unit(typed, unit)) != typed:
                values[field] = Raw(measured, None)
                cells = {**cells, field: cells[field]._replace(typed=typed)}
        return values, cells

    def _repeated(
        self, values: dict[str, Any], cells: Mapping[str, Source], above: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Mapping[str, Source]]:
        """The same where a sign for the cell above ("nt") has its value."""
        repeated = [f for f, value in values.items() if is_ditto(_text_of(value)) and f != "ordinal"]
        if repeated:
            cells = {
                **cells,
                **{field: cells[field]._replace(typed=_text_of(values[field])) for field in repeated},
            }
            values |= {field: above.get(field, NOTHING) for field in repeated}
        return values, cells

    def _section_by_time(self, section: RowSection, values: Mapping[str, Any]) -> RowSection:
        """The form's section whose year a row's own time is of, in a list without section rows."""
        time = values.get("period", NOTHING)
        value = time.value if isinstance(time, Raw) and time.value is not None else _text_of(time)
        period = read_period(value, self._years[section.id])
        own = [s.id for s in self._spec.sections if touches(period, self._years[s.id])]
        return section._replace(id=own[0]) if own and section.id not in own else section

    def _record(self, block: Block, values: dict[str, Any], cells: Mapping[str, Source], running: int) -> Record:
        rows, section, grid = block.rows, block.section, self._grid
        if values.get("ordinal", NOTHING) == NOTHING or kind_of(cells, "ordinal") is _UNCALCULATED:
            values["ordinal"] = str(running)
        first = last = grid.own_row(rows[0].number)
        hidden = grid.hidden or rows[0].hidden
        if len(rows) > 1:
            last, hidden = grid.own_row(rows[-1].number), hidden or any(row.hidden for row in rows)
        return self._model.of({
            "form": self._spec.form,
            "section": section.id,
            "year": self._years[section.id],
            "provenance": tuple.__new__(  # as in `_plain_values`
                Provenance, (self._file, grid.name, grid.index, first, last, section.unit, hidden, ())
            ),
            "cells": cells,
            "extras": self._extra_texts(rows),
            **values,
        })  # fmt: skip

    def _values(self, rows: Sequence[Row]) -> tuple[dict[str, Any], Mapping[str, Source]]:
        """What every column of the table says in the rows of one record, and where."""
        raws: dict[str, Raw] = {}
        cells: dict[str, Source] = {}
        for field, places in self._fields.items():
            others = self._named - {place.col for place in places}
            kind = self._types[field]
            raws[field], cells[field] = gather(self._sheet, rows, places, kind, first_row=self._top, others=others)
            if not raws[field].text and field in self._blank_means:
                raws[field] = Raw(self._blank_means[field], None)
        return raws, cells

    def _plain_values(
        self, row: Row, places: Mapping[str, tuple[int, int, str]]
    ) -> tuple[dict[str, Any], Mapping[str, Source]]:
        """The same for a row without merged cells: nearly every row of nearly every file."""
        raws: dict[str, Any] = {**self._blank_means}
        kinds: list[CellKind] = []
        texts, cells, make = row.texts, row.cells, tuple.__new__  # a third of the time, for each number and date
        for field, col, of_value in self._columns:
            if (cell := cells.get(col)) is None:
                kinds.append(_BLANK)
                continue
            kinds.append(cell[2])
            text = texts[col]
            raws[field] = make(Raw, (text, cell[3])) if of_value and not isinstance(cell[3], str) else text
        of_row = tuple(kinds)
        return raws, RowCells(row.number, places, self._kinds.setdefault(of_row, of_row))

    def _extra_texts(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """Everything in columns that the form does not know, by heading; without one, by the column's letter."""
        extras: dict[str, str] = {}
        for row in rows:
            if row.texts.keys() <= self._known:
                continue
            for col in sorted(row.texts.keys() - self._known):
                name = self._extras.get(col) or f"Cột {column_letters(col)}"
                extras[name] = f"{extras[name]}\n{row.texts[col]}" if name in extras else row.texts[col]
        return extras or _NO_EXTRAS


def _has_sections(blocks: Sequence[Block]) -> bool:
    """Whether rows of a table open or close its form's own sections."""
    opened = any(block.kind is BodyRowKind.SECTION and block.section.unit is None for block in blocks)
    return opened or len({block.section.id for block in blocks if block.kind is RECORD}) > 1


def _text_of(value: str | Raw) -> str:
    return value if isinstance(value, str) else value.text
