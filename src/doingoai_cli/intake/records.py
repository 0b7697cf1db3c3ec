"""Table → records (bản ghi): every field's text with the cells that it comes from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.merged_values import gather
from doingoai_cli.intake.other_rows import is_number
from doingoai_cli.intake.rows import Block, RowKind
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import Addressing, CellKind, CellValue, column_letters
from doingoai_cli.model.records import Record, understand
from doingoai_cli.model.sources import Provenance, RowCells, Source, kind_of
from doingoai_cli.model.values import Raw, text_reader, value_reader


class _Column(NamedTuple):
    """How a field's one column is read."""

    field: str
    col: int
    read_text: Callable[[str], Any] | None
    """None: the text itself."""
    read_value: Callable[[CellValue], Any]
    blank: Any
    """What a blank cell means."""


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
        self._known = columns.cols
        self._top = region.body[0].number if region.body else 0
        single = all(len(places) == 1 for places in self._fields.values())
        self._plain = single and self._grid.addressing is Addressing.A1
        self._places = {
            field: (index, places[0].col, column_letters(places[0].col))
            for index, (field, places) in enumerate(self._fields.items())
        }
        self._columns: dict[int, Sequence[_Column]] = {}
        self._kinds: dict[tuple[CellKind, ...], tuple[CellKind, ...]] = {}

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
        rows, section, grid = block.rows, block.section, self._grid
        year = self._years[section.id]
        plain = self._plain and len(rows) == 1 and rows[0].number not in self._sheet.merges
        values, cells = self._plain_values(rows[0], year) if plain else self._values(rows, year)
        if not values.get("ordinal") or kind_of(cells, "ordinal") is CellKind.UNCALCULATED:
            values["ordinal"] = str(running)
        first, last = grid.own_row(rows[0].number), grid.own_row(rows[-1].number)
        hidden = grid.hidden or rows[0].hidden or any(row.hidden for row in rows[1:])
        return self._model(
            form=self._spec.form,
            section=section.id,
            year=year,
            provenance=Provenance(self._file, grid.name, grid.index, first, last, section.unit, hidden),
            cells=cells,
            extras=self._extra_texts(rows),
            **values,
        )

    def _values(self, rows: Sequence[Row], year: int) -> tuple[dict[str, Any], Mapping[str, Source]]:
        """What every column of the table says in the rows of one record, and where."""
        raws: dict[str, Raw] = {}
        cells: dict[str, Source] = {}
        for field, places in self._fields.items():
            raws[field], cells[field] = gather(
                self._sheet, rows, places, self._model.READS[field], first_row=self._top
            )
            if not raws[field].text and field in self._blank_means:
                raws[field] = Raw(self._blank_means[field], None)
        return understand(self._model, raws, year), cells

    def _plain_values(self, row: Row, year: int) -> tuple[dict[str, Any], Mapping[str, Source]]:
        """The same for a row without merged cells: nearly every row of nearly every file."""
        values: dict[str, Any] = {}
        kinds: list[CellKind] = []
        texts, cells = row.texts, row.cells
        for field, col, read_text, read_value, blank in self._columns_in(year):
            cell = cells.get(col)
            if cell is None:
                kinds.append(CellKind.BLANK)
                values[field] = blank
                continue
            kinds.append(cell.kind)
            if read_text is None:
                values[field] = texts[col]
            elif isinstance(cell.value, str):
                values[field] = read_text(texts[col])
            else:
                values[field] = read_value(cell.value)
        of_row = tuple(kinds)
        return values, RowCells(row.number, self._places, self._kinds.setdefault(of_row, of_row))

    def _columns_in(self, year: int) -> Sequence[_Column]:
        """How the columns are read in rows of a year."""
        known = self._columns.get(year)
        if known is None:
            known = self._columns[year] = [self._column(field, year) for field in self._fields]
        return known

    def _column(self, field: str, year: int) -> _Column:
        kind, blank = self._model.READS[field], self._blank_means.get(field, "")
        read_text, read_value = text_reader(kind, year), value_reader(kind, year)
        col = self._places[field][1]
        return _Column(field, col, None if kind is str else read_text, read_value, read_text(blank))

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
