"""The thorough pass over a sheet's XML (đường kỹ): a parser's events, for whatever the quick pass leaves to it."""

from collections.abc import Iterable

from doingoai_cli.model.grid import ADDRESS, Cell, Range, column_number
from doingoai_cli.readers.grids import MAX_COL, in_order, struck_places
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.xlsx_cells import CellContext, CellFormula, RawCell, SharedFormulas, SheetData, make_cell
from doingoai_cli.readers.xlsx_strings import RichText
from doingoai_cli.readers.xml_events import Attributes, parse


def read_thoroughly(chunks: Iterable[bytes], context: CellContext, meter: Meter) -> SheetData:
    """One sheet. Raises `GiveUp` for broken or unsafe XML and past a limit."""
    reader = _SheetEvents(context, meter)
    parse(chunks, reader.start, reader.end, reader.text, meter=meter)
    cells = in_order(reader.cells)
    return SheetData(
        cells,
        tuple(reader.merges),
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_cols),
        *struck_places(cells, reader.struck, reader.struck_parts),
    )


class _SheetEvents:
    """Follows one sheet's elements; a cell or row without a reference stands after the one before it."""

    def __init__(self, context: CellContext, meter: Meter) -> None:
        self.cells: list[Cell] = []
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_cols: set[int] = set()
        self.struck: set[tuple[int, int]] = set()
        self.struck_parts: set[tuple[int, int]] = set()
        self._context, self._meter = context, meter
        self._shared = SharedFormulas()
        self._row = self._col = 0
        self._in_data = False
        self._cell: _OpenSheetCell | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._cell is not None:
            self._cell.start(tag, attributes)
            return
        match tag:
            case "sheetData":
                self._in_data = True
            case "row" if self._in_data:
                self._start_row(attributes)
            case "c" if self._in_data:
                self._start_cell(attributes)
            case "col" if not self._in_data:
                self._column(attributes)
            case "mergeCell" if not self._in_data:
                self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._col = 0
        if attributes.get("hidden") in ("1", "true") or _is_zero(attributes.get("ht")):
            self.hidden_rows.add(self._row)

    def _start_cell(self, attributes: Attributes) -> None:
        reference = ADDRESS.fullmatch(attributes.get("r", ""))
        if reference is None:
            self._col += 1
        else:
            self._col, self._row = column_number(reference.group(1).upper()), int(reference.group(2))
        self._cell = _OpenSheetCell(attributes)

    def _column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in ("1", "true") or _is_zero(attributes.get("width")):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.hidden_cols.update(range(int(first), min(int(last), MAX_COL) + 1))

    def _merge(self, reference: str) -> None:
        ends = [ADDRESS.fullmatch(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            (left, top), (right, bottom) = ends[0].groups(), ends[1].groups()
            self.merges.append(
                Range(int(top), column_number(left.upper()), int(bottom), column_number(right.upper()))
            )
            self._meter.check_merges(len(self.merges))

    def end(self, tag: str) -> None:
        if tag == "sheetData":
            self._in_data = False
        if self._cell is None:
            return
        if tag != "c":
            self._cell.end(tag)
            return
        raw = self._cell.raw(self._row, self._col, self._shared)
        cell = make_cell(raw, self._context)
        strings = self._context.strings
        if raw.style in self._context.styles.struck or _strikes(raw, self._cell.struck, strings.struck):
            self.struck.add((self._row, self._col))
        if _strikes(raw, self._cell.struck_partly, strings.struck_parts):
            self.struck_parts.add((self._row, self._col))
        self._cell = None
        if cell is not None:
            self.cells.append(cell)
            self._meter.add_cells(1)

    def text(self, text: str) -> None:
        if self._cell is not None:
            self._meter.add_text(len(text))
            self._cell.text(text)


class _OpenSheetCell:
    """A `c` element while it is being read."""

    def __init__(self, attributes: Attributes) -> None:
        self._kind = attributes.get("t", "")
        style = attributes.get("s", "")
        self._style = int(style) if style.isdecimal() else 0
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._group: str | None = None
        self._inline: RichText | None = None
        self._into = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._inline is not None:
            self._inline.start(tag, attributes)
        elif tag == "is":
            self._inline = RichText()
        elif tag == "v":
            self._into, self._value = tag, []
        elif tag == "f":
            self._into, self._formula = tag, []
            self._group = attributes.get("si")

    def end(self, tag: str) -> None:
        if self._inline is not None:
            self._inline.end(tag)
        elif tag == self._into:
            self._into = ""

    def text(self, text: str) -> None:
        if self._inline is not None:
            self._inline.text(text)
        elif self._into == "v" and self._value is not None:
            self._value.append(text)
        elif self._into == "f" and self._formula is not None:
            self._formula.append(text)

    @property
    def struck(self) -> bool:
        """Whether the runs of its own text are struck through."""
        return self._inline is not None and self._inline.struck

    @property
    def struck_partly(self) -> bool:
        """Whether some of these runs are, and some are not."""
        return self._inline is not None and self._inline.struck_partly

    def raw(self, row: int, col: int, shared: SharedFormulas) -> RawCell:
        formula = None
        if self._formula is not None:
            formula = shared.text(row, col, CellFormula("".join(self._formula), self._group))
        if self._inline is not None:
            text, font = self._inline.finish()
            return RawCell(row, col, "inlineStr", self._style, text, formula, font)
        value = None if self._value is None else "".join(self._value)
        return RawCell(row, col, self._kind, self._style, value, formula)


def _strikes(raw: RawCell, by_runs: bool, texts: frozenset[int]) -> bool:
    """Whether a cell's own runs, or those of the shared text that it points to, are struck."""
    value = raw.value or ""
    return by_runs or (raw.kind == "s" and value.isdecimal() and int(value) in texts)


def _is_zero(size: str | None) -> bool:
    return size is not None and size.strip("0.") == "" and size.startswith("0")
