"""One table of an OpenDocument spreadsheet while it is being read: rows, repeated ones too, and their cells."""

import re
from datetime import datetime

from doingoai_cli.model.grid import Cell, CellKind, Grid, Range
from doingoai_cli.readers.grids import MAX_COL, MAX_ROW, Strikes, Struck, struck_places
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.number_formats import Shown, ShownPrecision, Valued, as_shown, says_more_than_year
from doingoai_cli.readers.ods_drawings import OdsDrawings
from doingoai_cli.readers.ods_styles import OdfStyles
from doingoai_cli.readers.values import boolean, duration, iso_date, number
from doingoai_cli.readers.xml_events import Attributes, whole_number

_CELLS = ("table:table-cell", "table:covered-table-cell")
_PARAGRAPHS = ("text:p", "text:h")
_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
_BOOLEANS = ("of:=TRUE()", "of:=FALSE()")  # LibreOffice has no truth values: it keeps them as formulas
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # ODF 1.2, 6.1.2: more than one space is said with text:s
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_TELLING = re.compile(r"[^\W\d_]|[$€£¥₫]|\d\s*[/-]\s*\d")
_NUMBER = re.compile(r"\d+")


class OdfTable:
    """Follows the elements within one `table:table`."""

    def __init__(self, name: str, hidden: bool, styles: OdfStyles, meter: Meter) -> None:
        self._name, self._hidden = name, hidden
        self._styles, self._meter = styles, meter
        self._cells: list[Cell] = []
        self._merges: list[Range] = []
        self._hidden_rows: set[int] = set()
        self._hidden_cols: set[int] = set()
        self._col_styles: list[tuple[int, str]] = []
        self._columns = self._row = self._row_repeat = self._col = 0
        self._row_style = ""
        self._row_cells: list[Cell] = []
        self._struck: set[tuple[int, int]] = set()
        self._struck_parts: set[tuple[int, int]] = set()
        self._cell: _OpenOdfCell | None = None
        self.drawings = OdsDrawings()

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cell that is open; (0, 0) for none."""
        return (0, 0) if self._cell is None else (self._row, self._col + 1)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._cell is not None:
            self._cell.start(tag, attributes, self._styles)
        elif tag in _CELLS:
            self._cell = _OpenOdfCell(attributes)
        elif tag == "table:table-row":
            self._start_row(attributes)
        elif tag == "table:table-column":
            self._start_column(attributes)

    def _start_row(self, attributes: Attributes) -> None:
        self._row += max(self._row_repeat, 1)
        self._row_repeat = _repeat(attributes, "table:number-rows-repeated", MAX_ROW)
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._col, self._row_cells = 0, []
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._row + self._row_repeat - 1, MAX_ROW)
            self._hidden_rows.update(range(self._row, last + 1))

    def _start_column(self, attributes: Attributes) -> None:
        first = self._columns + 1
        self._columns += _repeat(attributes, "table:number-columns-repeated", MAX_COL)
        self._col_styles.append((self._columns, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility", "visible") != "visible":
            self._hidden_cols.update(range(first, min(self._columns, MAX_COL) + 1))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif self._cell is not None:
            self._cell.end(tag)
        elif tag == "table:table-row":
            self._cells += self._row_cells
            for further in range(1, self._row_repeat if self._row_cells else 1):
                self._cells += [cell._replace(row=cell.row + further) for cell in self._row_cells]

    def _end_cell(self, cell: "_OpenOdfCell") -> None:
        attributes, first = cell.attributes, self._col + 1
        repeat = _repeat(attributes, "table:number-columns-repeated", MAX_COL)
        self._col += repeat
        if "table:number-columns-spanned" in attributes or "table:number-rows-spanned" in attributes:
            self._merge(attributes, first)
        style = self._style(attributes, first)
        valued = self._as_shown(cell, style)
        formula = cell.formula()
        if valued is None and formula is not None and not attributes.get("office:value-type"):
            valued = CellKind.UNCALCULATED, formula
        if valued is None:
            return
        self._meter.add_cells(repeat * self._row_repeat)
        kind, value = valued
        font = cell.font() or self._styles.font(style)
        if cell.strikes.whole or self._styles.struck(style):
            self._struck.update((self._row, col) for col in range(first, first + repeat))
        elif cell.strikes.partial:
            self._struck_parts.update((self._row, col) for col in range(first, first + repeat))
        for col in range(first, first + repeat):
            self._row_cells.append(Cell(self._row, col, kind, value, formula, font))

    def _as_shown(self, cell: "_OpenOdfCell", style: str) -> Valued | None:
        """What the cell holds, as its format shows it."""
        valued = cell.valued()
        if valued is not None and isinstance(valued[1], datetime) and self._styles.shows_quarter(style):
            return CellKind.TEXT, f"Quý {(valued[1].month + 2) // 3}/{valued[1].year}"
        if valued is not None and valued[0] is CellKind.DATE:
            if self._styles.precision(style) is ShownPrecision.YEAR and says_more_than_year(
                _NUMBER.sub(" ", cell.shown())
            ):
                return CellKind.TEXT, cell.shown()
            return as_shown(Shown(self._styles.precision(style)), valued)
        if valued is not None and valued[0] is CellKind.NUMBER and self._styles.shows_words(style):
            shown = cell.shown()
            return (CellKind.TEXT, shown) if _TELLING.search(shown) else valued
        return valued

    def _merge(self, attributes: Attributes, col: int) -> None:
        rows = _repeat(attributes, "table:number-rows-spanned", MAX_ROW)
        cols = _repeat(attributes, "table:number-columns-spanned", MAX_COL)
        if rows > 1 or cols > 1:
            self._merges.append(Range(self._row, col, self._row + rows - 1, col + cols - 1))
            self._meter.check_merges(len(self._merges))

    def _style(self, attributes: Attributes, col: int) -> str:
        own = attributes.get("table:style-name", "") or self._row_style
        return own or next((style for last, style in self._col_styles if col <= last), "")

    def text(self, text: str) -> None:
        """Character data within."""
        if self._cell is not None:
            self._meter.add_text(len(text))
            self._cell.text(text)

    def grid(self, index: int) -> Grid:
        """What was read, once the table has ended."""
        return Grid(
            name=self._name,
            index=index,
            cells=tuple(self._cells),
            merges=tuple(self._merges),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_cols=frozenset(self._hidden_cols),
            hidden=self._hidden,
            **struck_places(self._cells, self._struck, self._struck_parts)._asdict(),
        )


class _OpenOdfCell:
    """A cell while it is being read: its paragraphs are lines of one text."""

    def __init__(self, attributes: Attributes) -> None:
        self.attributes = attributes
        self._lines: list[list[str]] = []
        self._lengths: dict[str, int] = {}
        self._spans: list[str | None] = []
        self._span_strikes: list[bool] = []
        self.strikes = Strikes()
        self._open = False

    def start(self, tag: str, attributes: Attributes, styles: OdfStyles) -> None:
        if tag in _PARAGRAPHS:
            self._lines.append([])
            self._open = True
        elif not self._open:
            return
        elif tag == "text:span":
            name = attributes.get("text:style-name", "")
            self._spans.append(styles.font(name))
            self._span_strikes.append(styles.struck(name))
        elif tag == "text:s":
            self._lines[-1].append(" " * _repeat(attributes, "text:c", 1000))
        elif tag == "text:tab":
            self._lines[-1].append("\t")
        elif tag == "text:line-break":
            self._lines[-1].append("\n")

    def end(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._open = False
        elif tag == "text:span" and self._spans:
            self._spans.pop()
            self._span_strikes.pop()

    def text(self, text: str) -> None:
        if self._open:
            shown = _SPACES.sub(" ", text)
            self._lines[-1].append(Struck(shown) if any(self._span_strikes) else shown)
            font = (self._spans[-1] if self._spans else None) or ""
            self._lengths[font] = self._lengths.get(font, 0) + len(text)
            self.strikes.add(text, struck=any(self._span_strikes))

    def font(self) -> str | None:
        """The font of most of its text, where spans name one; else None."""
        return (max(self._lengths, key=self._lengths.__getitem__) or None) if self._lengths else None

    def shown(self) -> str:
        """The text that a person sees."""
        return "\n".join("".join(self.strikes.kept(line)) for line in self._lines)

    def valued(self) -> Valued | None:
        """What the cell holds, None where that is nothing."""
        text = self.shown()
        attributes = self.attributes
        if attributes.get("calcext:value-type") == "error":
            return CellKind.ERROR, text
        match attributes.get("office:value-type"):
            case "float" if attributes.get("table:formula") in _BOOLEANS:
                return CellKind.BOOL, attributes["table:formula"] == _BOOLEANS[0]
            case "float" | "percentage" | "currency":
                return number(attributes.get("office:value", text))
            case "date":
                return iso_date(attributes.get("office:date-value", text))
            case "time":
                return duration(attributes.get("office:time-value", text))
            case "boolean":
                return boolean(attributes.get("office:boolean-value", text))
        if text in _ERRORS and "table:formula" in attributes:
            return CellKind.ERROR, text
        text = text or attributes.get("office:string-value", "")
        return (CellKind.TEXT, text) if text else None

    def formula(self) -> str | None:
        """The formula as Excel would write it, nearly: "of:=SUM([.A1:.A3])" → "=SUM(A1:A3)"; None for none."""
        stored = self.attributes.get("table:formula")
        if stored is None:
            return None
        return "=" + _REFERENCE.sub(_plain_reference, stored.partition("=")[2])


def _plain_reference(match: re.Match[str]) -> str:
    ends = match.group(1).split(":")
    return ":".join(end.removeprefix(".").replace(".", "!", 1) for end in ends)


def _repeat(attributes: Attributes, name: str, most: int) -> int:
    return whole_number(attributes[name], 1, most) if name in attributes else 1
