"""A document of a word processor while one pass reads it: `Flow` gathers what has ended of it.

The `Open…` classes are what has begun and not yet ended.
"""

from collections import Counter
from dataclasses import dataclass, field

from doingoai_cli.readers.document_parts import (
    FORM_COLUMNS,
    LAYOUT_COLUMNS,
    Block,
    Paragraph,
    Picture,
    WordCell,
    WordRow,
    WordTable,
    main_font,
)
from doingoai_cli.readers.grids import Strikes, Struck
from doingoai_cli.readers.limits import Meter


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
        """From how many columns on an inner table stands by itself: fewer where the outer lays out the page."""
        return LAYOUT_COLUMNS + 1 if len(self.tables) == 1 and self.tables[0].is_narrow else FORM_COLUMNS


def _lines_of(table: WordTable) -> list[str]:
    """A small table in a cell as lines of text: its cells side by side, its rows below one another."""
    rows = (" ".join(" ".join(cell.text.split()) for cell in row.cells if cell.text) for row in table.rows)
    return [row for row in rows if row]
