"""What a document of a word processor is made of: paragraphs, tables with their rows and merged cells, pictures.

The `Open…` classes are what a pass over a document has begun and not yet ended; `Flow` gathers what is ended.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from doingoai_cli.model.grid import Range
from doingoai_cli.readers.grids import Strikes, Struck
from doingoai_cli.readers.limits import Meter


class Paragraph(NamedTuple):
    """Text outside tables; `font` is that of most of it."""

    text: str
    font: str | None
    level: int | None = None
    """That of a heading: 1 …"""
    bold: bool = False
    """Whether all of it is."""
    listed: bool = False
    """Whether it is an item of a list."""
    boxes: int = 0
    """How many blocks right before it stand in text boxes that are anchored in it."""


class Picture(NamedTuple):
    """A picture or a chart, after the paragraph or table that it stands in."""

    part: str
    """The name of its part in the package; "" for what is no picture."""
    width_mm: float | None


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


Block = Paragraph | WordTable | Picture

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
    run_bold: bool = False
    strikes: Strikes = field(default_factory=Strikes)
    bold: Counter[bool] = field(default_factory=Counter)
    level: int | None = None
    listed: bool = False
    spans: list[str] = field(default_factory=list)
    """The styles of the spans that are open (OpenDocument)."""
    first_block: int = 0

    def add(self, text: str, font: str | None, *, struck: bool, bold: bool) -> None:
        """A piece of its text."""
        letters = len(text.strip())
        if font:
            self.fonts[font] += letters
        self.bold[bold] += letters
        self.strikes.add(text, struck=struck)
        self.parts.append(Struck(text) if struck else text)


@dataclass(slots=True)
class OpenCell:
    """A cell of a table."""

    span: int = 1
    continues: bool = False
    lines: list[str] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)
    strikes: Strikes = field(default_factory=Strikes)

    def closed(self, col: int) -> WordCell:
        """The cell as it stands in a column."""
        text = "\n".join(self.strikes.kept(self.lines)).strip("\n")
        look = (self.strikes.whole, self.strikes.partial)
        return WordCell(col, self.span, text, main_font(self.fonts), self.continues, *look)


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
            self.cells.append(self.cell.closed(self.col))
            self.col += self.cell.span
            self.cell = None
            self.widest = max(self.widest, len(self.cells))

    def close_row(self) -> None:
        """The open row ends."""
        if not self.deleted:
            self.rows.append(WordRow(tuple(self.cells), self.hidden))
        self.cells = []


class Flow:
    """What was read of a document so far: `blocks`, empty paragraphs left out, and `notes` at the foot of pages.

    A table in a cell of another one is part of that cell's text, unless the outer one only lays out the page or
    the inner one is large enough to be a form: it then comes right after.
    """

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self.pictures: list[Picture] = []
        """Those of the paragraph or table that is open."""
        self.paragraphs: list[OpenParagraph] = []
        self.tables: list[OpenTable] = []
        self.in_note = False
        self._nested: list[WordTable] = []

    def open_paragraph(self, level: int | None = None, style: str = "", *, listed: bool = False) -> None:
        """A paragraph begins, within a text box perhaps that stands in another one."""
        first = len(self.blocks)
        self.paragraphs.append(OpenParagraph(style=style, level=level, listed=listed, first_block=first))

    def close_paragraph(self) -> None:
        """The innermost paragraph ends."""
        open_ = self.paragraphs.pop()
        cell = self.tables[-1].cell if self.tables else None
        if self.in_note:
            self.notes.append("".join(open_.parts))
        elif cell is not None:
            text = "".join(open_.strikes.kept(open_.parts))
            cell.lines.append(Struck(text) if open_.strikes.whole else text)
            cell.fonts.update(open_.fonts)
            cell.strikes.struck += open_.strikes.struck
            cell.strikes.plain += open_.strikes.plain
        elif (text := "".join(open_.parts)).strip():
            self.meter.add_cells(1)
            bold = open_.bold[True] > 0 and not open_.bold[False]
            look = (main_font(open_.fonts), open_.level, bold, open_.listed)
            self.blocks.append(Paragraph(text, *look, len(self.blocks) - open_.first_block))
        self.place_pictures()

    def place_pictures(self) -> None:
        """Pictures follow what they stand in, once that has ended."""
        if not self.tables and self.pictures:
            self.meter.add_cells(len(self.pictures))
            self.blocks += self.pictures
            self.pictures = []

    def close_table(self) -> None:
        """The innermost table ends."""
        done = WordTable(tuple(self.tables.pop().rows))
        outer = self.tables[-1].cell if self.tables else None
        if not self.tables:
            self.blocks += [done, *self._nested]
            self._nested = []
            self.place_pictures()
        elif outer is None or done.columns >= self._own_from():
            self._nested.append(done)
        else:
            outer.lines += _lines_of(done)

    def _own_from(self) -> int:
        """So many columns make an inner table one of its own: fewer do in a table that lays out the page."""
        return LAYOUT_COLUMNS + 1 if len(self.tables) == 1 and self.tables[0].is_narrow else FORM_COLUMNS


def _lines_of(table: WordTable) -> list[str]:
    """A small table in a cell as lines of text: its cells side by side, its rows below one another."""
    rows = (" ".join(" ".join(cell.text.split()) for cell in row.cells if cell.text) for row in table.rows)
    return [row for row in rows if row]


def main_font(fonts: Counter[str]) -> str | None:
    """The font of most of a text; None where none is known."""
    return fonts.most_common(1)[0][0] if fonts else None
