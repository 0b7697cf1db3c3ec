"""An OpenDocument text (.odt) → `Workbook` of its tables, or its `DocumentText`, as of a Word document."""

from dataclasses import dataclass, field

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.document_flow import Flow, OpenCell, OpenTable
from doingoai_cli.readers.document_parts import Picture, WordCell, WordRow
from doingoai_cli.readers.docx import DocumentText, laid_out
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.ods import named_styles, user_properties
from doingoai_cli.readers.ods_styles import OdfStyles, millimetres
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.xml_events import Attributes, parse, whole_number

_PASSED_OVER = frozenset(
    ("text:tracked-changes", "office:annotation", "text:note-citation", "office:forms", "text:ruby-text")
)
_PARAGRAPHS = ("text:p", "text:h")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_MOST_REPEATED = 1000
_MOST_LEVELS = 10


def read_opendocument_text(package: Package, meter: Meter) -> Workbook:
    """The tables of the document with the text around them. Raises `GiveUp` for one that has neither."""
    return laid_out(read_text(package, meter).flow.blocks, "odt", user_properties(package))


def read_text(package: Package, meter: Meter) -> DocumentText:
    """The text of the document. Raises `GiveUp`."""
    flow = _OdtFlow(named_styles(package), meter)
    parse(package.chunks("content.xml"), flow.start, flow.end, flow.text, meter=meter, keep_prefixes=True)
    return DocumentText(flow, user_properties(package), package)


@dataclass(slots=True)
class _OdtCell(OpenCell):
    covered: bool = False
    repeat: int = 1
    rows: int = 1


@dataclass(slots=True)
class _OdtTable(OpenTable):
    below: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Column → how many rows a cell above still covers there, and its width."""
    repeat: int = 1

    def close_cell(self) -> None:
        """A cell ends: one that is covered from above goes on with that one's place."""
        cell, self.cell = self.cell, None
        if not isinstance(cell, _OdtCell):
            return
        for _ in range(cell.repeat):
            left, span = self.below.get(self.col, (0, 1))
            if cell.covered and left:
                self.cells.append(WordCell(self.col, span, "", None, True))
                self.below[self.col] = (left - 1, span)
            elif not cell.covered:
                self.cells.append(cell.closed(self.col))
                self.below[self.col] = (cell.rows - 1, cell.span)
            self.col += 1

    def close_row(self) -> None:
        """A row ends."""
        row = WordRow(tuple(self.cells), self.hidden)
        self.rows += [row] * (self.repeat if any(cell.text for cell in self.cells) else 1)
        self.widest = max(self.widest, len(self.cells))
        self.cells = []


@dataclass(slots=True)
class _OdtFrame:
    width: str
    picture: str | None = None
    """The part that it shows; "" for an object of another program."""


class _OdtFlow(Flow):
    """Follows the elements of `content.xml`."""

    def __init__(self, styles: OdfStyles, meter: Meter) -> None:
        super().__init__(meter)
        self._styles = styles
        self._lists = 0
        self._frames: list[_OdtFrame] = []
        self._in_body = False
        self._skipped = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipped or tag in _PASSED_OVER or attributes.get("text:display") == "none":
            self._skipped += 1
        elif not self._in_body:
            self._in_body = tag == "office:body"
            self._styles.start(tag, attributes)
        elif tag in _PARAGRAPHS:
            style, level = attributes.get("text:style-name", ""), attributes.get("text:outline-level", "")
            own = whole_number(level, 0, _MOST_LEVELS)
            self.open_paragraph(own or self._styles.level(style), style, listed=self._lists > 0)
        elif tag == "text:note":
            self.in_note = True
        elif tag == "text:list-item":
            self._lists += 1
        elif tag.startswith("draw:"):
            self._in_drawing(tag, attributes)
        elif self.paragraphs and tag.startswith("text:"):
            self._in_paragraph(tag, attributes)
        else:
            self._in_table(tag, attributes)

    def _in_drawing(self, tag: str, attributes: Attributes) -> None:
        if tag == "draw:frame":
            self._frames.append(_OdtFrame(attributes.get("svg:width", "")))
        elif self._frames and tag == "draw:object":
            self._frames[-1].picture = ""
        elif self._frames and tag == "draw:image" and self._frames[-1].picture is None:
            self._frames[-1].picture = attributes.get("xlink:href", "").removeprefix("./")

    def _in_paragraph(self, tag: str, attributes: Attributes) -> None:
        paragraph = self.paragraphs[-1]
        match tag:
            case "text:span":
                paragraph.spans.append(attributes.get("text:style-name", ""))
            case "text:s":
                paragraph.parts.append(" " * _count(attributes, "text:c"))
            case "text:tab":
                paragraph.parts.append("\t")
            case "text:line-break":
                paragraph.parts.append("\n")

    def _in_table(self, tag: str, attributes: Attributes) -> None:
        if tag == "table:table":
            self.tables.append(_OdtTable())
        elif not self.tables or not isinstance(table := self.tables[-1], _OdtTable):
            return
        elif tag == "table:table-row":
            table.open_row()
            table.repeat = _count(attributes, "table:number-rows-repeated")
            table.hidden = attributes.get("table:visibility", "visible") != "visible"
        elif tag in _CELLS:
            table.cell = _OdtCell(
                covered=tag == _CELLS[1],
                span=_count(attributes, "table:number-columns-spanned"),
                repeat=_count(attributes, "table:number-columns-repeated"),
                rows=_count(attributes, "table:number-rows-spanned"),
            )

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif not self._in_body:
            self._styles.end(tag)
        elif tag in _PARAGRAPHS and self.paragraphs:
            self.close_paragraph()
        elif tag == "text:span" and self.paragraphs and self.paragraphs[-1].spans:
            self.paragraphs[-1].spans.pop()
        elif tag == "text:note":
            self.in_note = False
        elif tag == "text:list-item":
            self._lists -= 1
        elif tag == "draw:frame":
            self._end_frame(self._frames.pop())
        elif self.tables:
            self._end_table(tag, self.tables[-1])

    def _end_frame(self, frame: _OdtFrame) -> None:
        if frame.picture is not None:
            self.pictures.append(Picture(frame.picture, millimetres(frame.width)))
            if not self.paragraphs:
                self.place_pictures()

    def _end_table(self, tag: str, table: OpenTable) -> None:
        if tag in _CELLS:
            self.meter.add_cells(table.cell.repeat if isinstance(table.cell, _OdtCell) else 0)
            table.close_cell()
        elif tag == "table:table-row":
            table.close_row()
        elif tag == "table:table":
            self.close_table()

    def text(self, text: str) -> None:
        if self.paragraphs and not self._skipped:
            self.meter.add_text(len(text))
            paragraph = self.paragraphs[-1]
            styles = (*reversed(paragraph.spans), paragraph.style)
            fonts = (self._styles.font(style) for style in styles)
            bold = (self._styles.bold(style) for style in styles)
            paragraph.add(
                text,
                next(filter(None, fonts), None),
                struck=any(map(self._styles.struck, styles)),
                bold=next((said for said in bold if said is not None), False),
            )


def _count(attributes: Attributes, name: str) -> int:
    return whole_number(attributes.get(name, ""), 1, _MOST_REPEATED)
