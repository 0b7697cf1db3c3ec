"""A form's sheet of a workbook that nobody has edited since a merge wrote it: rows without reading their cells.

That it is untouched tells the package's seal (`model/seals`); everything still comes from the sheet itself. Of a
row whose texts are known to come back as they are (`StoredForm.whole` names the others), only what stands beside
the official columns is taken at once; its record is read when somebody asks for it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from doingoai_cli.consolidate.workbook.columns import SENT, ColumnKind
from doingoai_cli.consolidate.workbook.read_cells import text_of
from doingoai_cli.consolidate.workbook.reading.headings import SheetHead
from doingoai_cli.consolidate.workbook.reading.sheet_reader import SheetReader
from doingoai_cli.consolidate.workbook.row_digests import RowDigest
from doingoai_cli.consolidate.workbook.structure import StoredColumn, StoredForm
from doingoai_cli.model.grid import Cell, Grid, column_letters
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.pending import Read
from doingoai_cli.model.records import Record
from doingoai_cli.readers.values import unescape_x, unescape_xml
from doingoai_cli.vietnamese.text import clean

_ROW = b"<row "
_ROWS_END = b"</sheetData>"
_NUMBER = re.compile(rb'r="([0-9]+)"')


class PlainRow(Protocol):
    """A row of a sheet (`readers.xlsx_rows.PlainRow`)."""

    @property
    def number(self) -> int:
        """Its number."""
        ...

    @property
    def texts(self) -> Mapping[int, str] | None:
        """What its first cells say, by column; None where not all of them are plain."""
        ...

    @property
    def behind(self) -> frozenset[int]:
        """The columns behind these that hold something else than a formula."""
        ...

    @property
    def xml(self) -> bytes:
        """Its XML."""
        ...


class SheetParts(Protocol):
    """The sheets of a workbook as they lie in its file (`readers.xlsx.OoxmlSheets`)."""

    def part(self, grid: Grid) -> bytes:
        """The XML of a sheet."""
        ...

    def beginning(self, grid: Grid) -> Iterator[bytes]:
        """The same in small pieces."""
        ...

    def cells(self, rows: bytes) -> tuple[Cell, ...]:
        """The cells of some of its rows."""
        ...

    def rows(self, grid: Grid, columns: int) -> Iterator[PlainRow]:
        """Its rows, and what the cells in the first `columns` say."""
        ...

    def has_controls(self, grid: Grid) -> bool:
        """Whether controls show something in its cells."""
        ...


class ReadyRows(NamedTuple):
    """A sheet taken apart: the rows that are read as in any workbook, and those that are not read yet."""

    grid: Grid
    """Headings, sections, totals, rows that officers edited, and one row of the others."""
    ready: Mapping[int, Mapping[int, str]]
    """Row → what stands beside its official columns, by column."""
    records: Callable[[SheetReader], Read]
    """Gives what reads the records of these rows."""
    officials: Mapping[int, RowDigest] | None = None
    """The digests of their official cells; None: nobody has edited the sheet since it was written."""


def written_where(head: SheetHead, stored: StoredForm) -> bool:
    """Whether the columns are found where they were written."""
    if head.losses or head.told or head.guessed or head.notes:
        return False
    found = {
        **{(ColumnKind.OFFICIAL, field): col for field, col in head.fields.items()},
        **{(ColumnKind.OWN, name): col for name, col in head.own.items()},
        **{(ColumnKind.ADDED, name): col for name, col in head.added.items()},
        **{(ColumnKind.SENT, name): col for name, col in head.sent.items()},
    }
    return found == {_place(column): col for col, column in enumerate(stored.columns, 1)}


def top_of(grid: Grid, package: SheetParts, last: int) -> Grid:
    """The sheet down to a row: its headings, and its first record."""
    held, rows = b"", list[bytes]()
    for chunk in package.beginning(grid):
        held += chunk
        rows = [*_rows(held[: held.rfind(_ROW)] + _ROWS_END)]
        if rows and _number(rows[-1]) >= last:
            break
    else:
        rows = [*_rows(held)]
    return replace(grid, cells=package.cells(b"".join(row for row in rows if _number(row) <= last)))


def _place(column: StoredColumn) -> tuple[ColumnKind, str]:
    if column.kind in (ColumnKind.REVIEW, ColumnKind.HIDDEN):
        return ColumnKind.OWN, column.key
    return column.kind, column.key.removesuffix(SENT) if column.kind is ColumnKind.SENT else column.key


def take_apart(grid: Grid, package: SheetParts, stored: StoredForm) -> ReadyRows | None:
    """The sheet of a workbook that nobody touched; None where it is not as we write sheets."""
    if stored.whole is None:
        return None
    pattern, columns = _beside(stored.columns)
    id_col = next(col for col in columns if stored.columns[col - 1].key == OwnColumn.ID)
    ready: dict[int, Mapping[int, str]] = {}
    whole: list[bytes] = []
    known = False
    for row in _rows(package.part(grid)):
        found = pattern.search(row)
        groups = found.groups() if found else ()
        texts = {col: _text(text) for col, text in zip(columns, groups, strict=False) if text}
        record_id = texts.get(id_col, "")
        if known and record_id in stored.digests and record_id not in stored.whole:
            ready[_number(row)] = texts
        else:
            whole.append(row)
            known = known or bool(record_id)
    rest = replace(grid, cells=package.cells(b"".join(whole)))
    return ReadyRows(rest, ready, lambda reader: Records(reader, package, stored))


def _rows(part: bytes) -> Iterator[bytes]:
    """The rows of a sheet's XML, one by one."""
    yield from (_ROW + row for row in part[: part.rfind(_ROWS_END)].split(_ROW)[1:])


def _number(row: bytes) -> int:
    found = _NUMBER.search(row)
    assert found is not None  # we write it
    return int(found[1])


def _beside(columns: Sequence[StoredColumn]) -> tuple[re.Pattern[bytes], list[int]]:
    """What finds the texts beside the official columns in a row, and the columns that they are of."""
    keys = [column.key for column in columns]
    numbers = list(range(keys.index(OwnColumn.AGENCY) + 1, keys.index(OwnColumn.SEAL) + 2))
    cell = r'<c r="{}[0-9]+" s="[0-9]+"(?:/>| t="inlineStr"><is><t xml:space="preserve">([^<]*)</t></is></c>)'
    return re.compile("".join(cell.format(column_letters(col)) for col in numbers).encode()), numbers


def _text(data: bytes) -> str:
    return clean(unescape_x(unescape_xml(data.decode())))


class Records:
    """Reads the records of a sheet one by one; holds the sheet's rows, without formulas, from the first one on."""

    def __init__(self, reader: SheetReader, package: SheetParts, stored: StoredForm) -> None:
        self._reader = reader
        self._package = package
        self._stored = stored
        self._rows: dict[int, bytes] = {}

    def __call__(self, number: int) -> Record:
        """The record in that row."""
        if not self._rows:
            self._rows = dict(self._read())
        cells = {cell.col: cell for cell in self._package.cells(self._rows[number])}
        texts = {col: text for col, cell in cells.items() if (text := text_of(cell))}
        return self._reader.row(number, cells, texts).record

    def _read(self) -> Iterator[tuple[int, bytes]]:
        pattern, _ = _beside(self._stored.columns)
        for row in _rows(self._package.part(self._reader.grid)):
            if found := pattern.search(row):
                yield _number(row), row[: found.end()]
