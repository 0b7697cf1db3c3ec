"""A form's sheet of a workbook that nobody has edited since a merge wrote it: rows without reading their cells.

That it is untouched tells the package's seal (`model/seals`); everything still comes from the sheet itself. Of a
row whose texts are known to come back as they are (`StoredForm.whole` names the others), only what stands beside
the official columns is taken at once; its record is read when somebody asks for it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.columns import SENT, ColumnKind
from doingoai_cli.consolidate.workbook.reading.headings import SheetHead
from doingoai_cli.consolidate.workbook.reading.sent_rows import RecordsAgain
from doingoai_cli.consolidate.workbook.reading.sheet_reader import SheetReader
from doingoai_cli.consolidate.workbook.row_digests import RowDigest
from doingoai_cli.consolidate.workbook.structure import StoredColumn, StoredForm
from doingoai_cli.model.grid import Cell, Grid, column_letters
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.pending import Read
from doingoai_cli.readers.values import unescape_x, unescape_xml
from doingoai_cli.readers.xlsx import OoxmlSheets
from doingoai_cli.vietnamese.text import clean

_ROW = b"<row "
_ROWS_END = b"</sheetData>"
_NUMBER = re.compile(rb'r="([0-9]+)"')


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


def top_of(grid: Grid, package: OoxmlSheets, last: int) -> Grid:
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


def as_it_stands(grid: Grid, package: OoxmlSheets, stored: StoredForm) -> ReadyRows | None:
    """The sheet for who wants all of its records: what its rows say need not be compared (45 of 245 ms).

    Nor is what stands behind its columns read, formulas over them: 35 ms.
    """
    if stored.whole is None:
        return None
    behind = f'<c r="{column_letters(len(stored.columns) + 1)}'.encode()
    cells: list[Cell] = []
    for body in package.bodies(grid):  # of a sheet of 4,000 rows all at once takes 17 MiB
        cut = (row.partition(behind) for row in body.split(_ROW))
        cells += package.cells(_ROW.join([row + b"</row>" if found else row for row, found, _ in cut]))
    records = partial(RecordsAgain, package, package.filled)
    return ReadyRows(replace(grid, cells=tuple(cells)), {}, records)


def take_apart(grid: Grid, package: OoxmlSheets, stored: StoredForm) -> ReadyRows | None:
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
    return ReadyRows(rest, ready, partial(RecordsAgain, package, package.filled))


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
