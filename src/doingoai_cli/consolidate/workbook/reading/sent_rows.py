"""Rows that say what their agency sent, told by their seal before a record is made of them (dòng như đơn vị gửi).

Of a workbook that another program has saved: where the seal of the texts in a row's official cells is the one
beside them, a merge needs no more of the row. Its record is made if somebody asks for it.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from doingoai_cli.consolidate.identity import digest_of, section_of_id
from doingoai_cli.consolidate.workbook.read_cells import by_row, text_of
from doingoai_cli.consolidate.workbook.reading.sheet_reader import SheetReader
from doingoai_cli.consolidate.workbook.row_digests import RowDigest, as_cells_give, digest_of_plain
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.model.grid import Cell, Grid
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.readers.sheet_xml import Unaccounted
from doingoai_cli.readers.xlsx import OoxmlSheets

_PLAIN = {str, int}
_NUMBER = re.compile(rb'[^>]*?\sr="([0-9]+)"')


class SentRows:
    """Tells on one sheet which rows still say what their agency sent, so that their records can wait."""

    def __init__(self, reader: SheetReader, stored: StoredForm) -> None:
        fields = [field for field in column_types(reader.spec.record_model) if field != "ordinal"]
        self._reader = reader
        self._whole = stored.whole
        self._stated = [reader.columns.get(field, 0) for field in fields]
        self._digested = [reader.columns.get(field, 0) for field in stored.fields]

    def official(self, cells: Mapping[int, Cell], texts: Mapping[int, str]) -> RowDigest | None:
        """The digest of a row's official cells where they say what was sent; None where they may not."""
        stated = [col for col in self._stated if col in cells]
        if not {type(cells[col].value) for col in stated} <= _PLAIN:
            return None
        return (
            self._official(texts) if as_cells_give([texts.get(col, "") for col in stated], at_once=True) else None
        )

    def official_of_plain(self, texts: Mapping[int, str]) -> RowDigest | None:
        """The same of a row all whose cells are texts and whole numbers."""
        filled = not self._reader.official.isdisjoint(texts)
        return self._official(texts) if filled and as_cells_give([*texts.values()], at_once=True) else None

    def _official(self, texts: Mapping[int, str]) -> RowDigest | None:
        reader = self._reader
        record_id = reader.own(texts, OwnColumn.ID)
        if self._whole is None or not record_id or record_id in self._whole:
            return None
        if reader.spec.sections and not section_of_id(record_id, reader.spec.form):
            return None
        said = [texts.get(col, "") for col in self._stated]
        if digest_of(said) != reader.own(texts, OwnColumn.SEAL):
            return None
        return digest_of_plain([texts.get(col, "") for col in self._digested])


class RecordsAgain:
    """Reads the records of a sheet again, one by one; holds its rows, as they lie there, from the first on."""

    def __init__(self, parts: OoxmlSheets | None, filled: Callable[[Grid], Grid], reader: SheetReader) -> None:
        self._parts, self._fill, self._reader, self._grid = parts, filled, reader, reader.grid
        self._rows: dict[int, bytes] = {}
        self._filled: dict[int, dict[int, Cell]] = {}

    def __call__(self, number: int) -> Record:
        """The record in that row."""
        cells = self._cells(number)
        texts = {col: text for col, cell in cells.items() if (text := text_of(cell))}
        return self._reader.row(number, cells, texts).record

    def _cells(self, number: int) -> Mapping[int, Cell]:
        if self._parts is not None and not self._filled:
            self._rows = self._rows or dict(_rows(self._parts.part(self._grid)))
            try:
                return by_row(Grid("", 0, self._parts.cells(self._rows[number])))[number]
            except (KeyError, Unaccounted):  # it is written otherwise
                self._rows.clear()
        self._filled = self._filled or by_row(self._fill(self._grid))
        return self._filled[number]


def _rows(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The rows of a sheet's XML by their numbers."""
    for row in part.split(b"<row")[1:]:
        if number := _NUMBER.match(row):
            yield int(number[1]), b"<row" + row[: row.rfind(b"</row>")]
