"""Excel's XML of 2003 (SpreadsheetML 2003, .xml or .xls) → `Workbook`, in one counted pass."""

from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.readers.grids import MAX_COL, MAX_ROW, in_order, struck_places
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.number_formats import Shown, Valued, as_shown, shown_by
from doingoai_cli.readers.unreadable import corrupt
from doingoai_cli.readers.values import boolean, iso_date, number
from doingoai_cli.readers.xml_events import Attributes, attribute, parse, whole_number

_NAMED_FORMATS = {"Short Date": "dd/mm/yyyy", "Medium Date": "d-mmm-yy", "Long Date": "dd/mm/yyyy",
                  "General Date": "dd/mm/yyyy", "Short Time": "h:mm"}  # fmt: skip


def read_spreadsheetml(data: bytes, meter: Meter) -> Workbook:
    """All sheets. Raises `GiveUp`."""
    reader = _SpreadsheetMl(meter)
    parse(data, reader.start, reader.end, reader.text)
    if not reader.grids:
        raise corrupt("không có trang tính nào")
    return Workbook("xml-2003", tuple(reader.grids))


class _SpreadsheetMl:
    """Follows the elements: styles first, then sheets, rows, cells."""

    def __init__(self, meter: Meter) -> None:
        self.grids: list[Grid] = []
        self._meter = meter
        self._fonts: dict[str, str] = {}
        self._formats: dict[str, str] = {}
        self._struck_styles: set[str] = set()
        self._style = ""
        self._sheet: _OpenXmlSheet | None = None
        self._cell: _OpenXmlCell | None = None
        self._in_data = self._in_comment = False

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "Style":
                self._style = attribute(attributes, "ID")
            case "Font" if self._sheet is None:
                self._fonts[self._style] = attribute(attributes, "FontName")
                if attribute(attributes, "StrikeThrough") == "1":
                    self._struck_styles.add(self._style)
            case "NumberFormat" if self._sheet is None:
                code = attribute(attributes, "Format")
                self._formats[self._style] = _NAMED_FORMATS.get(code, code)
            case "Worksheet":
                self._meter.check_sheets(len(self.grids) + 1)
                self._sheet = _OpenXmlSheet(attribute(attributes, "Name"))
            case _ if self._sheet is not None:
                self._in_sheet(self._sheet, tag, attributes)

    def _in_sheet(self, sheet: "_OpenXmlSheet", tag: str, attributes: Attributes) -> None:
        match tag:
            case "Column":
                sheet.column(attributes)
            case "Row":
                sheet.row_begins(attributes)
            case "Cell":
                self._cell = _OpenXmlCell(sheet.cell_begins(attributes), attributes)
                self._meter.check_merges(len(sheet.merges))
            case "Comment":
                self._in_comment = True
            case "Data" if self._cell is not None and not self._in_comment:
                self._in_data = True
                self._cell.kind = attribute(attributes, "Type")

    def end(self, tag: str) -> None:
        if tag == "Data":
            self._in_data = False
        elif tag == "Comment":
            self._in_comment = False
        elif tag == "Cell" and self._cell is not None and self._sheet is not None:
            self._end_cell(self._cell, self._sheet)
            self._cell = None
        elif tag == "Worksheet" and self._sheet is not None:
            self.grids.append(self._sheet.grid(len(self.grids)))
            self._sheet = None

    def _end_cell(self, cell: "_OpenXmlCell", sheet: "_OpenXmlSheet") -> None:
        style = cell.style or "Default"
        valued = cell.valued(shown_by(self._formats.get(style, "")))
        if valued is None:
            return
        self._meter.add_cells(1)
        row, col = cell.place
        font = self._fonts.get(style) or self._fonts.get("Default") or None
        sheet.cells.append(Cell(row, col, *valued, cell.formula, font))
        if style in self._struck_styles:
            sheet.struck.add((row, col))

    def text(self, text: str) -> None:
        if self._in_data and self._cell is not None:
            self._meter.add_text(len(text))
            self._cell.parts.append(text)


class _OpenXmlCell:
    """A cell while it is being read."""

    def __init__(self, place: tuple[int, int], attributes: Attributes) -> None:
        self.place = place
        self.kind = ""
        self.parts: list[str] = []
        self.style = attribute(attributes, "StyleID")
        self.formula = attribute(attributes, "Formula") or None

    def valued(self, shown: Shown | None) -> Valued | None:
        """What it holds; None where that is nothing."""
        text = "".join(self.parts)
        if not text:
            return (CellKind.UNCALCULATED, self.formula) if self.formula else None
        match self.kind:
            case "Number":
                plain = number(text)
                return as_shown(shown, plain) if shown is not None and shown.precision is None else plain
            case "DateTime":
                return as_shown(shown, iso_date(text)) if shown is not None else iso_date(text)
            case "Boolean":
                return boolean(text)
            case "Error":
                return CellKind.ERROR, text
        return CellKind.TEXT, text


class _OpenXmlSheet:
    """A sheet while it is being read; rows and cells without an index follow the one before them."""

    def __init__(self, name: str) -> None:
        self.cells: list[Cell] = []
        self.merges: list[Range] = []
        self.struck: set[tuple[int, int]] = set()
        self._name = name
        self._row = self._col = self._column = 0
        self._next_row = 1
        self._hidden_rows: set[int] = set()
        self._hidden_cols: set[int] = set()

    def column(self, attributes: Attributes) -> None:
        """A column's settings."""
        first = _whole(attributes, "Index") or self._column + 1
        self._column = min(first + _whole(attributes, "Span"), MAX_COL)
        if attribute(attributes, "Hidden") == "1":
            self._hidden_cols.update(range(first, self._column + 1))

    def row_begins(self, attributes: Attributes) -> None:
        """A `Row` element: which row it is, how many it stands for, and whether they are hidden."""
        self._row = _whole(attributes, "Index") or self._next_row
        last = min(self._row + _whole(attributes, "Span"), MAX_ROW)
        self._next_row = last + 1
        self._col = 0
        if attribute(attributes, "Hidden") == "1":
            self._hidden_rows.update(range(self._row, last + 1))

    def cell_begins(self, attributes: Attributes) -> tuple[int, int]:
        """A cell's place."""
        col = _whole(attributes, "Index") or self._col + 1
        across, down = _whole(attributes, "MergeAcross"), _whole(attributes, "MergeDown")
        if across or down:
            self.merges.append(Range(self._row, col, self._row + down, col + across))
        self._col = col + across
        return self._row, col

    def grid(self, index: int) -> Grid:
        """What was read, once the sheet has ended."""
        cells = in_order(self.cells)
        return Grid(
            self._name,
            index,
            cells,
            merges=tuple(self.merges),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_cols=frozenset(self._hidden_cols),
            **struck_places(cells, self.struck)._asdict(),
        )


def _whole(attributes: Attributes, name: str) -> int:
    return whole_number(attribute(attributes, name), 0, MAX_ROW)
