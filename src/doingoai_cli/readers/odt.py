"""The tables of an OpenDocument text (.odt) → `Workbook`, laid out as those of a Word document are."""

from dataclasses import dataclass, field

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.docx import laid_out
from doingoai_cli.readers.docx_flow import Block, Paragraph, WordCell, WordRow, WordTable, lines_of
from doingoai_cli.readers.grids import Strikes, Struck
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.ods import named_styles, user_properties
from doingoai_cli.readers.ods_styles import OdfStyles
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.xml_events import Attributes, parse, whole_number

_PASSED_OVER = frozenset(
    ("text:tracked-changes", "office:annotation", "text:note", "office:forms", "text:ruby-text")
)
_PARAGRAPHS = ("text:p", "text:h")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_MOST_REPEATED = 1000


def read_opendocument_text(package: Package, meter: Meter) -> Workbook:
    """The tables of the document with the text around them. Raises `GiveUp` for one that has neither."""
    flow = _Flow(named_styles(package), meter)
    parse(package.chunks("content.xml"), flow.start, flow.end, flow.text, meter=meter, keep_prefixes=True)
    return laid_out(flow.blocks, "odt", user_properties(package))


@dataclass(slots=True)
class _OpenTextCell:
    covered: bool
    span: int
    repeat: int
    rows: int
    lines: list[str] = field(default_factory=list)
    font: str | None = None
    strikes: Strikes = field(default_factory=Strikes)


@dataclass(slots=True)
class _Table:
    rows: list[WordRow] = field(default_factory=list)
    cells: list[WordCell] = field(default_factory=list)
    cell: _OpenTextCell | None = None
    col: int = 1
    below: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Column → how many rows a cell above still covers there, and its width."""
    repeat: int = 1
    hidden: bool = False

    def close_cell(self) -> None:
        """A cell ends: one that is covered from above goes on with that one's place."""
        cell, self.cell = self.cell, None
        if cell is None:
            return
        text = "\n".join(cell.strikes.kept(cell.lines)).strip("\n")
        look = (cell.strikes.whole, cell.strikes.partial)
        for _ in range(cell.repeat):
            left, span = self.below.get(self.col, (0, 1))
            if cell.covered and left:
                self.cells.append(WordCell(self.col, span, "", None, True))
                self.below[self.col] = (left - 1, span)
            elif not cell.covered:
                self.cells.append(WordCell(self.col, cell.span, text, cell.font, False, *look))
                self.below[self.col] = (cell.rows - 1, cell.span)
            self.col += 1

    def close_row(self) -> None:
        """A row ends."""
        row = WordRow(tuple(self.cells), self.hidden)
        self.rows += [row] * (self.repeat if any(cell.text for cell in self.cells) else 1)
        self.cells = []


class _Flow:
    """Follows the elements of `content.xml`; `blocks` is the flow, empty paragraphs left out."""

    def __init__(self, styles: OdfStyles, meter: Meter) -> None:
        self.blocks: list[Block] = []
        self._styles, self._meter = styles, meter
        self._tables: list[_Table] = []
        self._parts: list[str] = []
        self._strikes = Strikes()
        self._spans: list[str] = []
        self._paragraph = ""
        self._open = self._in_body = False
        self._skipped = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipped or tag in _PASSED_OVER or attributes.get("text:display") == "none":
            self._skipped += 1
        elif not self._in_body:
            self._in_body = tag == "office:body"
            self._styles.start(tag, attributes)
        elif tag in _PARAGRAPHS:
            self._parts, self._strikes, self._open = [], Strikes(), True
            self._paragraph = attributes.get("text:style-name", "")
        elif self._open and tag.startswith("text:"):
            self._in_paragraph(tag, attributes)
        else:
            self._in_table(tag, attributes)

    def _in_paragraph(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "text:span":
                self._spans.append(attributes.get("text:style-name", ""))
            case "text:s":
                self._parts.append(" " * _count(attributes, "text:c"))
            case "text:tab":
                self._parts.append("\t")
            case "text:line-break":
                self._parts.append("\n")

    def _in_table(self, tag: str, attributes: Attributes) -> None:
        if tag == "table:table":
            self._tables.append(_Table())
        elif not self._tables:
            return
        elif tag == "table:table-row":
            table = self._tables[-1]
            table.col, table.cells = 1, []
            table.repeat = _count(attributes, "table:number-rows-repeated")
            table.hidden = attributes.get("table:visibility", "visible") != "visible"
        elif tag in _CELLS:
            self._tables[-1].cell = _OpenTextCell(
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
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
        elif tag == "text:span" and self._spans:
            self._spans.pop()
        elif self._tables:
            self._end_table(tag, self._tables[-1])

    def _end_table(self, tag: str, table: _Table) -> None:
        if tag in _CELLS:
            self._meter.add_cells(table.cell.repeat if table.cell else 0)
            table.close_cell()
        elif tag == "table:table-row":
            table.close_row()
        elif tag == "table:table":
            self._tables.pop()
            done = WordTable(tuple(table.rows))
            outer = self._tables[-1].cell if self._tables else None
            if outer is not None:
                outer.lines += lines_of(done)
            elif not self._tables:
                self.blocks.append(done)

    def _end_paragraph(self) -> None:
        cell = self._tables[-1].cell if self._tables else None
        text = "".join(self._strikes.kept(self._parts) if cell is not None else self._parts)
        self._open, self._spans = False, []
        font = self._styles.font(self._paragraph)
        if cell is not None:
            cell.lines.append(Struck(text) if self._strikes.whole else text)
            cell.font = cell.font or font
        elif text.strip():
            self._meter.add_cells(1)
            self.blocks.append(Paragraph(text, font))

    def text(self, text: str) -> None:
        if self._open and not self._skipped:
            self._meter.add_text(len(text))
            struck = any(map(self._styles.struck, (*self._spans, self._paragraph)))
            self._parts.append(Struck(text) if struck else text)
            self._strikes.add(text, struck=struck)
            cell = self._tables[-1].cell if self._tables else None
            if cell is not None and text.strip():
                style = self._spans[-1] if self._spans else self._paragraph
                cell.font = self._styles.font(style) or cell.font
                cell.strikes.add(text, struck=struck)


def _count(attributes: Attributes, name: str) -> int:
    return whole_number(attributes.get(name, ""), 1, _MOST_REPEATED)
