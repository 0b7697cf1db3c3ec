"""Where a table's heading (dòng tiêu đề) stands: one to three rows, merged or not, anywhere in a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.intake.labels import Closeness, Hits, Labels
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.vietnamese.text import key

_TALLEST = 3
"""Rows of a heading that are told by their labels; merged cells may reach one further."""
_FEWEST = 3
"""Known headings, the ordinal's apart, that make a heading."""
_FIRST_LOOK = 5
"""Cells of a row that are looked up before the row is taken for data."""


class HeadingCell(NamedTuple):
    """One column of a heading: the texts over it from top to bottom, a merged cell's once."""

    col: int
    last: int
    """The last column that its merged cell covers without a heading of its own."""
    parts: tuple[str, ...]
    hits: Hits
    part_of: bool = False
    """Whether only the text above it is known: a column within a column ("Kinh phí": "Ngân sách")."""

    @property
    def label(self) -> str:
        """The heading as a person reads it."""
        return " ".join(" / ".join(self.parts).split())


class Heading(NamedTuple):
    """A heading: indexes of its first and last row in `Sheet.rows`, and its columns from left to right."""

    first: int
    last: int
    cells: tuple[HeadingCell, ...]

    @property
    def layout(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """What a heading printed again on the next page has in common with the first."""
        return tuple((cell.col, tuple(key(part) for part in cell.parts)) for cell in self.cells)


class HeadingReader:
    """Finds the headings of a sheet, those of the members' sheet apart."""

    def __init__(self, catalogue: FormCatalogue, labels: Labels) -> None:
        self._labels = labels
        self._ids = tuple(spec.id for spec in catalogue.specs)
        self._groups = {
            key(column.group): (spec.id, column.field)
            for spec in reversed(catalogue.specs)
            for column in reversed(spec.columns)
            if column.group
        }

    def find(self, sheet: Sheet) -> Iterator[Heading]:
        """The headings of a sheet, from top to bottom."""
        found = tuple(self._scan(sheet, self._labels.find))
        yield from found or self._scan(sheet, self._labels.find_bare)
