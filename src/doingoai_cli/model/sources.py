"""Where a value stands (nguồn): its cell, its row, its file; kept beside every field of every record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from doingoai_cli.model.grid import CellKind

STEP = " › "
"""Between the levels that a file came through, in its path."""


class Source(NamedTuple):
    """Where a field's value stands.

    `others` are the further cells of a merged value, or of a value spread over several rows.
    """

    cell: str
    row: int
    col: int
    kind: CellKind
    others: tuple[str, ...] = ()
    typed: str = ""
    """What stands there where the value is that of the cell above ("nt"), or has its column's unit; else ""."""


class RowCells(Mapping[str, Source]):
    """The sources of a record in one row without merged cells, each made when it is asked for.

    Nearly every record has such, and of nearly all its cells nobody asks. `columns` is shared by the records of a
    table: field → (its index in `kinds`, column, the column's letters).
    """

    __slots__ = ("_columns", "_kinds", "_row")

    def __init__(self, row: int, columns: Mapping[str, tuple[int, int, str]], kinds: Sequence[CellKind]) -> None:
        self._row = row
        self._columns = columns
        self._kinds = kinds

    def __getitem__(self, field: str) -> Source:
        index, col, letters = self._columns[field]
        return Source(f"{letters}{self._row}", self._row, col, self._kinds[index])

    def __contains__(self, field: object) -> bool:
        return field in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __reduce__(self) -> tuple[Any, ...]:
        return RowCells, (self._row, self._columns, self._kinds)

    @property
    def layout(self) -> tuple[Mapping[str, tuple[int, int, str]], Sequence[CellKind]]:
        """The columns that the rows of its table share, and what this row's cells hold."""
        return self._columns, self._kinds

    def kind(self, field: str) -> CellKind | None:
        """What the field's cell holds; None where the table has no such column."""
        place = self._columns.get(field)
        return None if place is None else self._kinds[place[0]]


def kind_of(cells: Mapping[str, Source], field: str) -> CellKind | None:
    """What a field's cell holds; None where the table has no such column."""
    if isinstance(cells, RowCells):
        return cells.kind(field)
    source = cells.get(field)
    return source.kind if source else None


class Provenance(NamedTuple):
    """Where a record comes from: file as given, sheet, first and last row, the unit of its section row."""

    file: str
    sheet: str
    sheet_index: int
    row: int
    last_row: int
    unit: str | None = None
    """The subordinate unit of the section row above it ("I. Văn phòng Sở")."""
    hidden: bool = False
    through: tuple[str, ...] = ()
    """The workbooks that it came through, the outermost first, its own file last; () where it came itself."""

    def __str__(self) -> str:
        if self.through:
            return f"{STEP.join(self.through)}{STEP}{self.sheet}, dòng {self.row}"
        return f"{self.file} · {self.sheet} · dòng {self.row}"
