"""What a Word document is made of, for reading tables: paragraphs and tables with their rows and merged cells.

The `Open…` classes are what a pass over a document has begun and not yet ended.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from doingoai_cli.model.grid import Range
from doingoai_cli.readers.grids import Strikes


class Paragraph(NamedTuple):
    """Text outside tables; `font` is that of most of it."""

    text: str
    font: str | None


class WordCell(NamedTuple):
    """A cell at its 1-based grid column; `continues` the cell above (vMerge); `struck`: all of its text is."""

    col: int
    span: int
    text: str
    font: str | None
    continues: bool
    struck: bool = False
    struck_partly: bool = False
    """Whether a part of its text was struck through: it is left out."""


class WordRow(NamedTuple):
    """A row of a table."""

    cells: tuple[WordCell, ...]
    hidden: bool
    cut: str = ""
    """What of it a printed page does not show, for a person."""

    @property
    def struck(self) -> bool:
        """Whether at least half of its cells with text are struck through."""
        own = [cell.struck for cell in self.cells if cell.text.strip()]
        return any(own) and 2 * sum(own) >= len(own)


class WordTable(NamedTuple):
    """A table's rows."""

    rows: tuple[WordRow, ...]

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

LAYOUT_COLUMNS = 2
"""A table with no more columns lays out text: no form has so few."""
FORM_COLUMNS = 5
"""A table with so many columns may be a form wherever it stands."""


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph: its text so far, by font, and the look of the run that is open."""

    parts: list[str] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)
    style: str = ""
    run_font: str = ""
    run_style: str = ""
    run_hidden: bool = False
    run_struck: bool | None = None
    strikes: Strikes = field(default_factory=Strikes)


@dataclass(slots=True)
class OpenCell:
    """A cell of a table."""

    span: int = 1
    continues: bool = False
    lines: list[str] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)
    strikes: Strikes = field(default_factory=Strikes)


@dataclass(slots=True)
class OpenTable:
    """A table, its row and cell that are open."""

    rows: list[WordRow] = field(default_factory=list)
    cells: list[WordCell] = field(default_factory=list)
    cell: OpenCell | None = None
    col: int = 1
    hidden: bool = False
    deleted: bool = False
    widest: int = 0

    @property
    def is_narrow(self) -> bool:
        """Whether no row so far, the open one included, has more columns than layout needs."""
        return max(self.widest, len(self.cells) + (self.cell is not None)) <= LAYOUT_COLUMNS

    def open_row(self) -> None:
        """A row begins."""
        self.cells, self.cell, self.col = [], None, 1
        self.hidden = self.deleted = False

    def close_cell(self) -> None:
        """The open cell ends."""
        if self.cell is not None:
            strikes = self.cell.strikes
            text = "\n".join(strikes.kept(self.cell.lines)).strip("\n")
            span, font = self.cell.span, main_font(self.cell.fonts)
            look = (strikes.whole, strikes.partial)
            self.cells.append(WordCell(self.col, span, text, font, self.cell.continues, *look))
            self.col += span
            self.cell = None
            self.widest = max(self.widest, len(self.cells))

    def close_row(self) -> None:
        """The open row ends."""
        if not self.deleted:
            self.rows.append(WordRow(tuple(self.cells), self.hidden))
        self.cells = []


def lines_of(table: WordTable) -> list[str]:
    """A small table in a cell as lines of text: its cells side by side, its rows below one another."""
    rows = (" ".join(" ".join(cell.text.split()) for cell in row.cells if cell.text) for row in table.rows)
    return [row for row in rows if row]


def main_font(fonts: Counter[str]) -> str | None:
    """The font of most of a text; None where none is known."""
    return fonts.most_common(1)[0][0] if fonts else None
