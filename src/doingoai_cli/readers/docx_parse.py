"""One pass over a Word document's XML → its flow of paragraphs and tables.

Tracked insertions are read, tracked deletions are not; of alternative content only the first choice is. A table in
a cell of another one comes right after the outer one.
"""

from collections import Counter
from dataclasses import dataclass, field

from doingoai_cli.readers.docx_flow import Block, Paragraph, Table, TableCell, TableRow
from doingoai_cli.readers.docx_fonts import WordFonts, font_name
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.xml_events import Attributes, attribute

_MAX_SPAN = 1000
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback"))
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
# Ticks and boxes that Word takes from symbol fonts (Wingdings), as the characters that anyone can read.
_SYMBOLS = {"FC": "✓", "FE": "☑", "FD": "☒", "78": "☒", "A8": "☐", "6F": "☐", "FB": "✗"}


class FlowReader:
    """Follows the elements of `document.xml`; `blocks` is the flow, empty paragraphs left out."""

    def __init__(self, fonts: WordFonts, meter: Meter) -> None:
        self.blocks: list[Block] = []
        self._fonts, self._meter = fonts, meter
        self._tables: list[_OpenTable] = []
        self._nested: list[Table] = []
        self._paragraphs: list[_OpenParagraph] = []
        self._skipped = self._seen = 0
        self._runs = 0  # open ones: a text box stands in a run and has runs of its own
        self._in_text = self._in_row_properties = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        self._seen += 1
        if self._seen & 0xFFFF == 0:
            self._meter.check_time()
        if tag == "del" and self._in_row_properties and self._tables:
            self._tables[-1].deleted = True
        if self._skipped or tag in _LEFT_OUT or tag.endswith("Change"):
            self._skipped += 1
        elif not self._start_table(tag, attributes):
            self._start_text(tag, attributes)

    def _start_table(self, tag: str, attributes: Attributes) -> bool:
        if tag == "tbl":
            self._tables.append(_OpenTable())
            return True
        if not self._tables:
            return False
        table = self._tables[-1]
        match tag:
            case "tr":
                table.open_row()
            case "tc":
                table.cell = _OpenCell()
            case "trPr":
                self._in_row_properties = True
            case "gridBefore":
                table.col += _count(attributes, least=0)
            case "hidden" if self._in_row_properties:
                table.hidden = attribute(attributes, "val") not in ("0", "false", "off")
            case "gridSpan" if table.cell is not None:
                table.cell.span = _count(attributes, least=1)
            case "vMerge" if table.cell is not None:
                table.cell.continues = attribute(attributes, "val") != "restart"
            case _:
                return False
        return True

    def _start_text(self, tag: str, attributes: Attributes) -> None:
        if tag == "p":
            self._paragraphs.append(_OpenParagraph())
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        if tag == "pStyle":
            paragraph.style = attribute(attributes, "val")
        elif tag == "r":
            self._runs += 1
            paragraph.run_font = paragraph.run_style = ""
        elif not self._runs:
            return
        elif tag == "t":
            self._in_text = True
        elif tag == "rFonts":
            paragraph.run_font = font_name(attributes)
        elif tag == "rStyle":
            paragraph.run_style = attribute(attributes, "val")
        elif tag in _BREAKS:
            paragraph.parts.append(_BREAKS[tag])
        elif tag == "sym":
            paragraph.parts.append(_symbol(attribute(attributes, "char")))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "r":
            self._runs -= 1
        elif tag == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif tag == "trPr":
            self._in_row_properties = False
        elif self._tables:
            self._end_table(tag, self._tables[-1])

    def _end_paragraph(self, open_: "_OpenParagraph") -> None:
        text, fonts = "".join(open_.parts), open_.fonts
        cell = self._tables[-1].cell if self._tables else None
        if cell is not None:
            cell.lines.append(text)
            cell.fonts.update(fonts)
        elif text.strip():
            self._meter.add_cells(1)
            self.blocks.append(Paragraph(text, _main(fonts)))

    def _end_table(self, tag: str, table: "_OpenTable") -> None:
        if tag == "tc":
            table.close_cell()
        elif tag == "tr":
            self._meter.add_cells(len(table.cells))
            table.close_row()
        elif tag == "tbl":
            self._tables.pop()
            done = Table(tuple(table.rows))
            if self._tables:
                self._nested.append(done)
            else:
                self.blocks += [done, *self._nested]
                self._nested = []

    def text(self, text: str) -> None:
        """Character data within."""
        if self._in_text and self._paragraphs and not self._skipped:
            self._meter.add_text(len(text))
            paragraph = self._paragraphs[-1]
            paragraph.parts.append(text)
            font = self._fonts.resolve(paragraph.run_font, paragraph.run_style, paragraph.style)
            if font:
                paragraph.fonts[font] += len(text.strip())


@dataclass(slots=True)
class _OpenParagraph:
    parts: list[str] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)
    style: str = ""
    run_font: str = ""
    run_style: str = ""


@dataclass(slots=True)
class _OpenCell:
    span: int = 1
    continues: bool = False
    lines: list[str] = field(default_factory=list)
    fonts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _OpenTable:
    rows: list[TableRow] = field(default_factory=list)
    cells: list[TableCell] = field(default_factory=list)
    cell: _OpenCell | None = None
    col: int = 1
    hidden: bool = False
    deleted: bool = False

    def open_row(self) -> None:
        self.cells, self.cell, self.col = [], None, 1
        self.hidden = self.deleted = False

    def close_cell(self) -> None:
        if self.cell is not None:
            text = "\n".join(self.cell.lines).strip("\n")
            span, font = self.cell.span, _main(self.cell.fonts)
            self.cells.append(TableCell(self.col, span, text, font, self.cell.continues))
            self.col += span
            self.cell = None

    def close_row(self) -> None:
        if not self.deleted:
            self.rows.append(TableRow(tuple(self.cells), self.hidden))
        self.cells = []


def _main(fonts: Counter[str]) -> str | None:
    return fonts.most_common(1)[0][0] if fonts else None


def _count(attributes: Attributes, least: int) -> int:
    value = attribute(attributes, "val")
    return max(least, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 9 else least


def _symbol(code: str) -> str:
    known = _SYMBOLS.get(code.upper().removeprefix("F0"))
    if known is not None:
        return known
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
