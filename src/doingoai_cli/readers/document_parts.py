"""What a document of a word processor is made of: paragraphs, tables with rows and merged cells, pictures."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from doingoai_cli.model.grid import Range


class Paragraph(NamedTuple):
    """Text outside tables; `font` is that of most of it."""

    text: str
    font: str | None
    level: int | None = None
    """The level of a heading, 1 for the highest; None for any other paragraph."""
    bold: bool = False
    """Whether all of its text is bold."""
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
"""A table of at least that many columns may be a form wherever it stands."""


def main_font(fonts: Counter[str]) -> str | None:
    """The font of most of a text; None where none is known."""
    return fonts.most_common(1)[0][0] if fonts else None
