"""What a Word document is made of, for reading tables: paragraphs and tables with their rows and merged cells."""

from collections.abc import Iterator
from typing import NamedTuple

from doingoai_cli.model.grid import Range


class Paragraph(NamedTuple):
    """Text outside tables; `font` is that of most of it."""

    text: str
    font: str | None


class TableCell(NamedTuple):
    """A cell at its 1-based grid column; `continues` the cell above (vMerge); `struck`: all of its text is."""

    col: int
    span: int
    text: str
    font: str | None
    continues: bool
    struck: bool = False


class TableRow(NamedTuple):
    """A row of a table."""

    cells: tuple[TableCell, ...]
    hidden: bool

    @property
    def struck(self) -> bool:
        """Whether at least half of its cells with text are struck through."""
        own = [cell.struck for cell in self.cells if cell.text.strip()]
        return any(own) and 2 * sum(own) >= len(own)


class WordTable(NamedTuple):
    """A table's rows."""

    rows: tuple[TableRow, ...]

    @property
    def columns(self) -> int:
        """How many cells its fullest row has."""
        return max((len(row.cells) for row in self.rows), default=0)

    def merges(self) -> Iterator[Range]:
        """Merged ranges, rows counted from the table's own first."""
        open_: dict[tuple[int, int], int] = {}
        for number, row in enumerate(self.rows, start=1):
            here: dict[tuple[int, int], int] = {}
            for cell in row.cells:
                place = (cell.col, cell.span)
                if cell.continues and place in open_:
                    here[place] = open_.pop(place)
                else:
                    here[place] = number
            yield from _closed(open_, number - 1)
            open_ = here
        yield from _closed(open_, len(self.rows))


def _closed(open_: dict[tuple[int, int], int], last: int) -> Iterator[Range]:
    for (col, span), top in open_.items():
        if span > 1 or last > top:
            yield Range(top, col, last, col + span - 1)


Block = Paragraph | WordTable
