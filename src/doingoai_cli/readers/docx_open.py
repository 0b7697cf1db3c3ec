"""What a pass over a Word document has begun and not yet ended: a paragraph, a cell, a table."""

from collections import Counter
from dataclasses import dataclass, field

from doingoai_cli.readers.docx_flow import TableCell, TableRow, WordTable

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
    run_struck: bool = False
    struck: int = 0
    unstruck: int = 0


@dataclass(slots=True)
class OpenCell:
    """A cell of a table."""

    span: int = 1
    continues: bool = False
    lines: list[str] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)
    struck: int = 0
    unstruck: int = 0


@dataclass(slots=True)
class OpenTable:
    """A table, its row and cell that are open."""

    rows: list[TableRow] = field(default_factory=list)
    cells: list[TableCell] = field(default_factory=list)
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
            text = "\n".join(self.cell.lines).strip("\n")
            span, font = self.cell.span, main_font(self.cell.fonts)
            struck = self.cell.struck > 0 and not self.cell.unstruck
            self.cells.append(TableCell(self.col, span, text, font, self.cell.continues, struck))
            self.col += span
            self.cell = None
            self.widest = max(self.widest, len(self.cells))

    def close_row(self) -> None:
        """The open row ends."""
        if not self.deleted:
            self.rows.append(TableRow(tuple(self.cells), self.hidden))
        self.cells = []


def lines_of(table: WordTable) -> list[str]:
    """A small table in a cell as lines of text: its cells side by side, its rows below one another."""
    rows = (" ".join(" ".join(cell.text.split()) for cell in row.cells if cell.text) for row in table.rows)
    return [row for row in rows if row]


def main_font(fonts: Counter[str]) -> str | None:
    """The font of most of a text."""
    return fonts.most_common(1)[0][0] if fonts else None
