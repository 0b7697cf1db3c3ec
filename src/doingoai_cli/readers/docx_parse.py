"""One pass over a Word document's XML → its flow of paragraphs and tables.

Tracked insertions are read, tracked deletions and hidden text are not; of alternative content only the first
choice is. A form control says what it shows.
"""

from collections.abc import Mapping

from doingoai_cli.readers.document_flow import Flow, OpenCell, OpenParagraph, OpenTable
from doingoai_cli.readers.docx_controls import OBJECTS, FormField, WordObjects, is_on
from doingoai_cli.readers.docx_fonts import WordFonts, font_name, outline_level
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.symbol_fonts import drawn
from doingoai_cli.readers.xml_events import Attributes, attribute, whole_number

_MAX_SPAN = 1000
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback", "rt"))  # rt: a reading aid above the text
# A soft hyphen is the "ư" of TCVN3: only what knows the encoding can see that.
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


class FlowReader(Flow):
    """Follows the elements of `document.xml`; `targets` are the names of the parts that it refers to, by ids."""

    def __init__(self, fonts: WordFonts, meter: Meter, targets: Mapping[str, str]) -> None:
        super().__init__(meter)
        self.objects = WordObjects()
        self.deletes_in_tables = False
        """Whether a tracked deletion, which is not read, stands in a table (Track Changes)."""
        self.hides_in_tables = False
        """Whether hidden text, which is not read, stands in a table."""
        self._fonts, self._targets = fonts, targets
        self._field: FormField | None = None
        self._placeholders = [False]  # of open content controls: whether they show only what to fill in
        self._skipped = 0
        self._runs = 0  # open ones: a text box stands in a run and has runs of its own
        self._in_text = self._in_row_properties = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "del" and self._in_row_properties and self.tables:
            self.tables[-1].deleted = self.deletes_in_tables = True
        elif tag == "delText" and self.tables:
            self.deletes_in_tables = True
        if self._skipped or tag in _LEFT_OUT or tag.endswith("Change") or self._is_placeholder(tag):
            self._skipped += 1
        elif tag in OBJECTS:
            self.pictures += self.objects.start(tag, attributes, self._targets)
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
            self._placeholders[-1] = is_on(attributes)
        elif tag == "ffData":
            self._field = FormField()
        elif self._field is not None:
            self._field.start(tag, attributes)
        else:
            return False
        return True

    def _start_table(self, tag: str, attributes: Attributes) -> bool:
        if tag == "tbl":
            self.tables.append(OpenTable())
            return True
        if not self.tables:
            return False
        table = self.tables[-1]
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
                table.hidden = is_on(attributes)
            case "gridSpan" if table.cell is not None:
                table.cell.span = _count(attributes, least=1)
            case "vMerge" if table.cell is not None:
                table.cell.continues = attribute(attributes, "val") != "restart"
            case _:
                return False
        return True

    def _start_text(self, tag: str, attributes: Attributes) -> None:
        if tag == "p":
            self.open_paragraph()
        if not self.paragraphs:
            return
        paragraph = self.paragraphs[-1]
        if tag == "pStyle":
            paragraph.style = attribute(attributes, "val")
            paragraph.level = self._fonts.level(paragraph.style)
        elif tag == "outlineLvl":
            paragraph.level = outline_level(attributes)
        elif tag == "numPr":
            paragraph.listed = True
        elif tag == "r":
            self._runs += 1
            paragraph.run_font = paragraph.run_style = ""
            paragraph.run_hidden = paragraph.run_bold = False
            paragraph.run_struck = None
        elif not self._runs:
            return
        elif tag == "t":
            self._in_text = True
        elif tag in _BREAKS and not paragraph.run_hidden:
            paragraph.parts.append(_BREAKS[tag])
        elif tag == "sym":
            paragraph.parts.append(_symbol(attribute(attributes, "char"), attribute(attributes, "font")))
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
            if self.paragraphs:
                self.paragraphs[-1].parts.append(self._field.text())
            self._field = None
        elif tag == "r":
            self._runs -= 1
        elif tag == "p" and self.paragraphs:
            self.close_paragraph()
        elif tag == "trPr":
            self._in_row_properties = False
        elif self.tables:
            self._end_table(tag, self.tables[-1])

    def _end_table(self, tag: str, table: "OpenTable") -> None:
        if tag == "tc":
            table.close_cell()
        elif tag == "tr":
            self.meter.add_cells(len(table.cells))
            table.close_row()
        elif tag == "tbl":
            self.close_table()

    def text(self, text: str) -> None:
        """Character data within."""
        if not self._in_text or not self.paragraphs or self._skipped:
            return
        if self.paragraphs[-1].run_hidden:
            self.hides_in_tables |= bool(self.tables and text.strip())
        else:
            self.meter.add_text(len(text))
            paragraph = self.paragraphs[-1]
            font = self._fonts.resolve(paragraph.run_font, paragraph.run_style, paragraph.style)
            struck = paragraph.run_struck
            if struck is None:
                struck = self._fonts.strikes(paragraph.run_style, paragraph.style)
            paragraph.add(text, font, struck=struck, bold=paragraph.run_bold)


def _format_run(paragraph: OpenParagraph, tag: str, attributes: Attributes) -> None:
    """A property of the run that is open."""
    match tag:
        case "rFonts":
            paragraph.run_font = font_name(attributes)
        case "rStyle":
            paragraph.run_style = attribute(attributes, "val")
        case "b":
            paragraph.run_bold = is_on(attributes)
        case "vanish" | "webHidden":
            paragraph.run_hidden = is_on(attributes)
        case "strike" | "dstrike":
            paragraph.run_struck = bool(paragraph.run_struck) or is_on(attributes)


def _count(attributes: Attributes, least: int) -> int:
    return whole_number(attribute(attributes, "val"), least, _MAX_SPAN)


def _symbol(code: str, font: str) -> str:
    """A sign that Word takes from a symbol font, as the character that anyone can read."""
    try:
        return drawn(chr(int(code, 16)), font or "Wingdings")
    except (ValueError, OverflowError):
        return ""
