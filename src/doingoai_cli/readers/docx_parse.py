"""One pass over a Word document's XML → its flow of paragraphs and tables.

Tracked insertions are read, tracked deletions and hidden text are not; of alternative content only the first
choice is. A form control says what it shows. A table in a cell of another one is part of that cell's text, unless
the outer one only lays out the page or the inner one is large enough to be a form: it then comes right after.
"""

from doingoai_cli.readers.docx_controls import OBJECTS, OFF, FormField, WordObjects
from doingoai_cli.readers.docx_flow import (
    FORM_COLUMNS,
    LAYOUT_COLUMNS,
    Block,
    OpenCell,
    OpenParagraph,
    OpenTable,
    Paragraph,
    WordTable,
    lines_of,
    main_font,
)
from doingoai_cli.readers.docx_fonts import WordFonts, font_name
from doingoai_cli.readers.grids import Struck
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.xml_events import Attributes, attribute, whole_number

_MAX_SPAN = 1000
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback", "rt"))  # rt: a reading aid above the text
# A soft hyphen is the "ư" of TCVN3: that it is none is seen by whoever knows the encoding.
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
# Ticks and boxes that Word takes from symbol fonts (Wingdings), as the characters that anyone can read.
_SYMBOLS = {"FC": "✓", "FE": "☑", "FD": "☒", "78": "☒", "A8": "☐", "6F": "☐", "FB": "✗"}


class FlowReader:
    """Follows the elements of `document.xml`; `blocks` is the flow, empty paragraphs left out."""

    def __init__(self, fonts: WordFonts, meter: Meter) -> None:
        self.blocks: list[Block] = []
        self.objects = WordObjects()
        self.deletes_in_tables = False
        """Whether a tracked deletion, which is not read, stands in a table (Track Changes)."""
        self._fonts, self._meter = fonts, meter
        self._tables: list[OpenTable] = []
        self._nested: list[WordTable] = []
        self._field: FormField | None = None
        self._placeholders = [False]  # of open content controls: whether they show only what to fill in
        self._paragraphs: list[OpenParagraph] = []
        self._skipped = 0
        self._runs = 0  # open ones: a text box stands in a run and has runs of its own
        self._in_text = self._in_row_properties = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "del" and self._in_row_properties and self._tables:
            self._tables[-1].deleted = self.deletes_in_tables = True
        elif tag == "delText" and self._tables:
            self.deletes_in_tables = True
        if self._skipped or tag in _LEFT_OUT or tag.endswith("Change") or self._is_placeholder(tag):
            self._skipped += 1
        elif tag in OBJECTS:
            self.objects.start(tag, attributes)
        elif self._start_control(tag, attributes):
            return
        elif not self._start_table(tag, attributes):
            self._start_text(tag, attributes)

    def _is_placeholder(self, tag: str) -> bool:
        return tag == "sdtContent" and self._placeholders[-1]

    def _start_control(self, tag: str, attributes: Attributes) -> bool:
        """Content controls that show a prompt, and form fields of old, which have no text of their own."""
        if tag == "sdt":
            self._placeholders.append(False)
        elif tag == "showingPlcHdr":
            self._placeholders[-1] = attribute(attributes, "val") not in OFF
        elif tag == "ffData":
            self._field = FormField()
        elif self._field is not None:
            self._field.start(tag, attributes)
        else:
            return False
        return True

    def _start_table(self, tag: str, attributes: Attributes) -> bool:
        if tag == "tbl":
            self._tables.append(OpenTable())
            return True
        if not self._tables:
            return False
        table = self._tables[-1]
        match tag:
            case "tr":
                table.open_row()
            case "tc":
                table.cell = OpenCell()
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
            self._paragraphs.append(OpenParagraph())
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        if tag == "pStyle":
            paragraph.style = attribute(attributes, "val")
        elif tag == "r":
            self._runs += 1
            paragraph.run_font = paragraph.run_style = ""
            paragraph.run_hidden, paragraph.run_struck = False, None
        elif not self._runs:
            return
        elif tag == "t":
            self._in_text = True
        elif tag in _BREAKS and not paragraph.run_hidden:
            paragraph.parts.append(_BREAKS[tag])
        elif tag == "sym":
            paragraph.parts.append(_symbol(attribute(attributes, "char")))
        else:
            _format_run(paragraph, tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "sdt" and len(self._placeholders) > 1:
            self._placeholders.pop()
        elif tag == "ffData" and self._field is not None:
            if self._paragraphs:
                self._paragraphs[-1].parts.append(self._field.text())
            self._field = None
        elif tag == "r":
            self._runs -= 1
        elif tag == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif tag == "trPr":
            self._in_row_properties = False
        elif self._tables:
            self._end_table(tag, self._tables[-1])

    def _end_paragraph(self, open_: "OpenParagraph") -> None:
        fonts, strikes = open_.fonts, open_.strikes
        cell = self._tables[-1].cell if self._tables else None
        text = "".join(strikes.kept(open_.parts) if cell is not None else open_.parts)
        if cell is not None:
            cell.lines.append(Struck(text) if strikes.whole else text)
            cell.fonts.update(fonts)
            cell.strikes.struck += strikes.struck
            cell.strikes.plain += strikes.plain
        elif text.strip():
            self._meter.add_cells(1)
            self.blocks.append(Paragraph(text, main_font(fonts)))

    def _end_table(self, tag: str, table: "OpenTable") -> None:
        if tag == "tc":
            table.close_cell()
        elif tag == "tr":
            self._meter.add_cells(len(table.cells))
            table.close_row()
        elif tag == "tbl":
            self._tables.pop()
            done = WordTable(tuple(table.rows))
            outer = self._tables[-1].cell if self._tables else None
            if not self._tables:
                self.blocks += [done, *self._nested]
                self._nested = []
            elif outer is None or done.columns >= self._own_from():
                self._nested.append(done)
            else:
                outer.lines += lines_of(done)

    def _own_from(self) -> int:
        """So many columns make an inner table one of its own: fewer do in a table that lays out the page."""
        return LAYOUT_COLUMNS + 1 if len(self._tables) == 1 and self._tables[0].is_narrow else FORM_COLUMNS

    def text(self, text: str) -> None:
        """Character data within."""
        if self._in_text and self._paragraphs and not self._skipped and not self._paragraphs[-1].run_hidden:
            self._meter.add_text(len(text))
            paragraph = self._paragraphs[-1]
            font = self._fonts.resolve(paragraph.run_font, paragraph.run_style, paragraph.style)
            if font:
                paragraph.fonts[font] += len(text.strip())
            struck = paragraph.run_struck
            if struck is None:
                struck = self._fonts.strikes(paragraph.run_style, paragraph.style)
            paragraph.parts.append(Struck(text) if struck else text)
            paragraph.strikes.add(text, struck=struck)


def _format_run(paragraph: OpenParagraph, tag: str, attributes: Attributes) -> None:
    """A property of the run that is open."""
    match tag:
        case "rFonts":
            paragraph.run_font = font_name(attributes)
        case "rStyle":
            paragraph.run_style = attribute(attributes, "val")
        case "vanish" | "webHidden":
            paragraph.run_hidden = attribute(attributes, "val") not in OFF
        case "strike" | "dstrike":
            paragraph.run_struck = bool(paragraph.run_struck) or attribute(attributes, "val") not in OFF


def _count(attributes: Attributes, least: int) -> int:
    return whole_number(attribute(attributes, "val"), least, _MAX_SPAN)


def _symbol(code: str) -> str:
    known = _SYMBOLS.get(code.upper().removeprefix("F0"))
    if known is not None:
        return known
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
