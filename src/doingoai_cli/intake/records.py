"""Table → records (bản ghi): every field's text with the cells that it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from doingoai_cli.intake.body import Block, RowKind
from doingoai_cli.intake.columns import Columns, Place
from doingoai_cli.intake.furniture import is_number
from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Cell, CellKind, Range, column_letters
from doingoai_cli.model.records import Provenance, Raw, Record, Source, understand
from doingoai_cli.vietnamese.people import People
from doingoai_cli.vietnamese.periods import Period

_JOINERS = {People: ", ", Period: " - "}
"""How the parts of a field in several columns are joined ("Từ ngày", "Đến ngày"); others by a semicolon."""
_BLANK = Raw("", None)
_FAULTY = (CellKind.ERROR, CellKind.UNCALCULATED)


class RecordReader:
    """Makes the records of one table."""

    def __init__(self, sheet: Sheet, region: Region, file: str, cycle: int) -> None:
        self._sheet = sheet
        self._grid = sheet.grid
        self._file = file
        self._cycle = cycle
        self._spec: FormSpec = region.recognised.spec
        self._model = self._spec.record_model
        columns: Columns = region.recognised.columns
        self._fields = [(field, places, self._meaning_of_blank(field)) for field, places in columns.fields.items()]
        self._extras = columns.extras
        self._known = frozenset(place.col for _, places, _ in self._fields for place in places)
        self._top = region.body[0].number if region.body else 0

    def _meaning_of_blank(self, field: str) -> str:
        column = self._spec.column(field)
        return column.blank_means if column else ""

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
        raws: dict[str, Raw] = {}
        cells: dict[str, Source] = {}
        for field, places, blank_means in self._fields:
            raw, source = self._field(field, places, block.rows)
            if not raw.text and blank_means:
                raw = Raw(blank_means, None)
            elif field == "ordinal" and (not raw.text or source.kind is CellKind.UNCALCULATED):
                raw = Raw(str(running), None)
            raws[field] = raw
            cells[field] = source
        raws.setdefault("ordinal", Raw(str(running), None))
        year = self._spec.rows_year(self._cycle, block.section.id)
        return self._model(
            form=self._spec.form,
            section=block.section.id,
            year=year,
            provenance=self._provenance(block),
            cells=cells,
            extras=self._extra_texts(block.rows),
            **understand(self._model, raws, year),
        )

    def _provenance(self, block: Block) -> Provenance:
        first, last = block.rows[0], block.rows[-1]
        hidden = self._grid.hidden or any(row.hidden for row in block.rows)
        name, index = self._grid.name, self._grid.index
        return Provenance(self._file, name, index, first.number, last.number, block.section.unit, hidden)

    # --- fields -----------------------------------------------------------------------------------------------

    def _field(self, field: str, places: Sequence[Place], rows: Sequence[Row]) -> tuple[Raw, Source]:
        first_row = rows[0]
        col = places[0].col
        if len(places) == 1 and len(rows) == 1:
            cell = first_row.cells.get(col)
            if first_row.number not in self._sheet.merges:  # nearly every cell of nearly every file
                address = self._grid.address(first_row.number, col)
                if cell is None:
                    return _BLANK, Source(address, first_row.number, col, CellKind.BLANK)
                value = None if isinstance(cell.value, str) else cell.value
                return Raw(first_row.texts[col], value), Source(address, first_row.number, col, cell.kind)
        found = [(place, self._found(row, place.col)) for place in places for row in rows]
        return self._joined(field, places, first_row, _distinct(found))

    def _found(self, row: Row, col: int) -> tuple[Cell, str, Range | None] | None:
        """The cell whose value stands at (row, col): its own, or that of the merged range over it."""
        merge = self._sheet.merge_at(row.number, col)
        if (
            merge is not None and merge.top < self._top
        ):  # a heading's cell or a title reaches down: no value of ours
            merge = None
        if col in row.cells:
            return row.cells[col], row.texts[col], merge
        if merge is None:
            return None
        anchor = self._sheet.by_number[merge.top]
        return anchor.cells[merge.left], anchor.texts[merge.left], merge

    def _joined(
        self,
        field: str,
        places: Sequence[Place],
        first_row: Row,
        found: Sequence[tuple[Place, Cell, str, Range | None]],
    ) -> tuple[Raw, Source]:
        col = places[0].col
        if not found:
            return _BLANK, Source(self._grid.address(first_row.number, col), first_row.number, col, CellKind.BLANK)
        cells: list[tuple[int, int]] = []
        for _, cell, _, merge in found:
            cells.extend(_covered(merge) if merge else [(cell.row, cell.col)])
        place, cell, text, merge = found[0]
        # A finding points at the record's own row, also where the value stands higher up in a merged cell.
        own = (first_row.number, place.col) if merge and first_row.number > cell.row else (cell.row, cell.col)
        kind = next((c.kind for _, c, _, _ in found if c.kind in _FAULTY), cell.kind)
        others = tuple(dict.fromkeys(self._grid.address(*at) for at in cells if at != own))
        source = Source(self._grid.address(*own), own[0], own[1], kind, others)
        if len(found) == 1 and not place.part:
            return Raw(text, None if isinstance(cell.value, str) else cell.value), source
        return Raw(self._text_of(field, found), None), source

    def _text_of(self, field: str, found: Sequence[tuple[Place, Cell, str, Range | None]]) -> str:
        """Lines below one another by line breaks, parts in several columns by what suits the field."""
        by_place: dict[Place, list[str]] = {}
        for place, _, text, _ in found:
            by_place.setdefault(place, []).append(text)
        kind: Any = self._model.READS[field]
        named = kind not in _JOINERS
        parts = [
            f"{place.part}: {lines}" if place.part and named else lines
            for place, texts in by_place.items()
            for lines in ["\n".join(texts)]
        ]
        return _JOINERS.get(kind, "; ").join(parts)

    def _extra_texts(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """Everything in columns that the form does not know, by heading; without one, by the column's letter."""
        extras: dict[str, str] = {}
        for row in rows:
            if self._known.issuperset(row.texts):
                continue
            for col, text in row.texts.items():
                if col not in self._known:
                    name = self._extras.get(col) or f"Cột {column_letters(col)}"
                    extras[name] = f"{extras[name]}\n{text}" if name in extras else text
        return extras


def _distinct(
    found: Sequence[tuple[Place, tuple[Cell, str, Range | None] | None]],
) -> list[tuple[Place, Cell, str, Range | None]]:
    """Each source cell once, at its first place."""
    seen: set[tuple[int, int]] = set()
    kept: list[tuple[Place, Cell, str, Range | None]] = []
    for place, hit in found:
        if hit is not None and hit[0][:2] not in seen:
            seen.add(hit[0][:2])
            kept.append((place, *hit))
    return kept


def _covered(merge: Range) -> list[tuple[int, int]]:
    rows, cols = range(merge.top, merge.bottom + 1), range(merge.left, min(merge.right, merge.left + 40) + 1)
    return [(row, col) for row in rows for col in cols]
