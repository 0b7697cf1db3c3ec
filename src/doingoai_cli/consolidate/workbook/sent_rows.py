"""Rows that say what their agency sent, told by their seal before a record is made of them (dòng như đơn vị gửi).

Of a workbook that another program has saved every cell is read. Where the seal of the texts in a row's official
cells is the one beside them, a merge needs no more of the row: its record is made if somebody asks for it.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from doingoai_cli.consolidate.identity import digest_of, section_of_id
from doingoai_cli.consolidate.workbook.read_cells import by_row, text_of
from doingoai_cli.consolidate.workbook.row_digests import RowDigest, as_cells_give, digest_of_plain
from doingoai_cli.consolidate.workbook.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Cell, Grid
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.readers.xlsx_fast import Unaccounted

if TYPE_CHECKING:
    from doingoai_cli.consolidate.workbook.read_headings import SheetHead
    from doingoai_cli.consolidate.workbook.read_options import Reading

_PLAIN = {str, int}
_ROW = re.compile(rb'<row\b[^>]*?\sr="([0-9]+)"[^>]*>.*?</row>', re.DOTALL)


class SentRows:
    """Tells them on one sheet."""

    def __init__(self, reader: SheetReader, stored: StoredForm) -> None:
        fields = [field for field in column_types(reader.spec.record_model) if field != "ordinal"]
        self._reader = reader
        self._whole = stored.whole
        self._stated = [reader.columns.get(field, 0) for field in fields]
        self._digested = [reader.columns.get(field, 0) for field in stored.fields]

    def official(self, cells: Mapping[int, Cell], texts: Mapping[int, str]) -> RowDigest | None:
        """The digest of a row's official cells where they say what was sent; None where they may not."""
        reader = self._reader
        record_id = reader.own(texts, OwnColumn.ID)
        if self._whole is None or not record_id or record_id in self._whole:
            return None
        if reader.spec.sections and not section_of_id(record_id, reader.spec.form):
            return None
        said = [texts.get(col, "") for col in self._stated]
        if not as_cells_give(said, at_once=True) or digest_of(said) != reader.own(texts, OwnColumn.SEAL):
            return None
        if not {type(cells[col].value) for col in self._stated if col in cells} <= _PLAIN:
            return None
        return digest_of_plain([texts.get(col, "") for col in self._digested])


class RecordsAgain:
    """Reads the records of a sheet again, one by one; holds its rows, as they lie there, from the first on."""

    def __init__(self, spec: FormSpec, grid: Grid, head: "SheetHead", book: BookFacts, how: "Reading") -> None:
        self._grid = grid
        self._how = how
        self._reader = SheetReader(spec, grid, head, book)
        self._rows: dict[int, bytes] = {}
        self._filled: dict[int, dict[int, Cell]] = {}

    def __call__(self, number: int) -> Record:
        """The record in that row."""
        cells = self._cells(number)
        texts = {col: text for col, cell in cells.items() if (text := text_of(cell))}
        return self._reader.row(number, cells, texts).record

    def _cells(self, number: int) -> Mapping[int, Cell]:
        parts = self._how.parts
        if parts is not None and not self._filled:
            self._rows = self._rows or {int(r[1]): r[0] for r in _ROW.finditer(parts.part(self._grid))}
            try:
                return by_row(Grid("", 0, parts.cells(self._rows[number])))[number]
            except (KeyError, Unaccounted):  # it is written otherwise
                self._rows.clear()
        self._filled = self._filled or by_row(self._how.filled(self._grid))
        return self._filled[number]
