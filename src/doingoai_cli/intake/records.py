"""Table → records (bản ghi): every field's text with the cells that it comes from."""

from collections.abc import Iterable, Mapping, Sequence

from doingoai_cli.intake.body import Block, RowKind
from doingoai_cli.intake.furniture import is_number
from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.intake.spread import gather
from doingoai_cli.model.grid import Addressing, CellKind, column_letters
from doingoai_cli.model.records import Record, understand
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import Raw

_BLANK = Raw("", None)


class RecordReader:
    """Makes the records of one table."""

    def __init__(self, sheet: Sheet, region: Region, file: str, cycle: int) -> None:
        self._sheet = sheet
        self._grid = sheet.grid
        self._file = file
        self._cycle = cycle
        self._spec = region.recognised.spec
        self._model = self._spec.record_model
        columns = region.recognised.columns
        self._fields = columns.fields
        self._extras = columns.extras
        self._blank_means = {
            c.field: c.blank_means for c in self._spec.columns if c.blank_means and c.field in self._fields
        }
        self._known = columns.cols
        self._top = region.body[0].number if region.body else 0
        single = all(len(places) == 1 for places in self._fields.values())
        self._plain = single and self._grid.addressing is Addressing.A1
        self._columns = {
            field: (index, places[0].col, column_letters(places[0].col))
            for index, (field, places) in enumerate(self._fields.items())
        }

    def read(self, blocks: Iterable[Block]) -> tuple[Record, ...]:
        """The records of the blocks that are records; a blank running number is filled in."""
        records: list[Record] = []
        section, running = "", 0
        for block in blocks:
            if block.kind is not RowKind.RECORD:
                continue
            if block.section.id != section:
                section, running = block.section.id, 0
            record = self._record(block, running + 1)
            running = int(record.ordinal.strip(" .()[]:,")) if is_number(record.ordinal) else running + 1
            records.append(record)
        return tuple(records)

    def _record(self, block: Block, running: int) -> Record:
        rows, section = block.rows, block.section
        raws, cells = self._values(rows)
        for field, meaning in self._blank_means.items():
            if not raws[field].text:
                raws[field] = Raw(meaning, None)
        ordinal = cells.get("ordinal")
        if ordinal is None or ordinal.kind is CellKind.UNCALCULATED or not raws["ordinal"].text:
            raws["ordinal"] = Raw(str(running), None)
        year = self._spec.rows_year(self._cycle, section.id)
        first, last = self._grid.own_row(rows[0].number), self._grid.own_row(rows[-1].number)
        name, index = self._grid.name, self._grid.index
        hidden = self._grid.hidden or any(row.hidden for row in rows)
        return self._model(
            form=self._spec.form,
            section=section.id,
            year=year,
            provenance=Provenance(self._file, name, index, first, last, section.unit, hidden),
            cells=cells,
            extras=self._extra_texts(rows),
            **understand(self._model, raws, year),
        )

    def _values(self, rows: Sequence[Row]) -> tuple[dict[str, Raw], Mapping[str, Source]]:
        """What every column of the table holds in the rows of one record, and where."""
        if self._plain and len(rows) == 1 and rows[0].number not in self._sheet.merges:
            return self._values_of_plain_row(rows[0])
        raws: dict[str, Raw] = {}
        cells: dict[str, Source] = {}
        for field, places in self._fields.items():
            raws[field], cells[field] = gather(
                self._sheet, rows, places, self._model.READS[field], first_row=self._top
            )
        return raws, cells

    def _values_of_plain_row(self, row: Row) -> tuple[dict[str, Raw], Mapping[str, Source]]:
        """The same for a row without merged cells: nearly every row of nearly every file."""
        raws: dict[str, Raw] = {}
        kinds: list[CellKind] = []
        texts, cells = row.texts, row.cells
        for field, (_, col, _) in self._columns.items():
            cell = cells.get(col)
            if cell is None:
                raws[field] = _BLANK
                kinds.append(CellKind.BLANK)
            else:
                value = cell.value
                raws[field] = Raw(texts[col], None if isinstance(value, str) else value)
                kinds.append(cell.kind)
        return raws, RowCells(row.number, self._columns, tuple(kinds))

    def _extra_texts(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """Everything in columns that the form does not know, by heading; without one, by the column's letter."""
        extras: dict[str, str] = {}
        for row in rows:
            for col in sorted(row.texts.keys() - self._known):
                name = self._extras.get(col) or f"Cột {column_letters(col)}"
                extras[name] = f"{extras[name]}\n{row.texts[col]}" if name in extras else row.texts[col]
        return extras
