"""An Excel binary workbook (.xlsb) → `Workbook`: our own pass, because libraries lose its error values.

Its formulas are stored as tokens, not text: values and errors are read, a formula's text is not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.readers import xlsb_records
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.styles import NO_STYLES, CellStyle, Styles, is_date_id
from doingoai_cli.readers.unreadable import corrupt
from doingoai_cli.readers.values import Valued, from_serial, plain_number
from doingoai_cli.readers.xlsb_records import fields, records, wide_string
from doingoai_cli.readers.xlsx import custom_properties
from doingoai_cli.readers.xlsx_cells import MAX_COL, Context, SheetData, in_order, shared_string
from doingoai_cli.readers.xlsx_strings import SharedStrings


class _Sheet(NamedTuple):
    name: str
    relationship: str
    hidden: bool


class _Main(NamedTuple):
    sheets: tuple[_Sheet, ...]
    names: dict[str, str]
    epoch_1904: bool


def read_binary(package: Package, part: str, meter: Meter) -> Workbook:
    """The workbook whose main part is `part`. Raises `GiveUp`."""
    main = _main(package.read(part) or b"", meter)
    meter.check_sheets(len(main.sheets))
    relationships = package.relationships(part)
    styles, fonts = NO_STYLES, tuple[str, ...]()
    strings = SharedStrings([], {})
    parts = {relationship.kind: relationship.target for relationship in relationships}
    if parts.get("styles", "") in package:
        styles, fonts = _styles(package.read(parts["styles"]) or b"", meter)
    if parts.get("sharedStrings", "") in package:
        strings = _strings(package.read(parts["sharedStrings"]) or b"", fonts, meter)
    context = Context(strings, styles, epoch_1904=main.epoch_1904)
    targets = {relationship.id: relationship for relationship in relationships}
    grids = []
    for index, sheet in enumerate(main.sheets):
        relationship = targets.get(sheet.relationship)
        data = package.read(relationship.target) if relationship is not None else None
        if relationship is None or data is None:
            raise corrupt(f"thiếu dữ liệu của trang tính “{sheet.name}”")
        if relationship.kind == "worksheet":
            grids.append(Grid(sheet.name, index, *_sheet(data, context, meter), hidden=sheet.hidden))
    if not grids:
        raise corrupt("không có trang tính nào")
    return Workbook("xlsb", tuple(grids), {**custom_properties(package), **main.names})


def _main(data: bytes, meter: Meter) -> _Main:
    sheets: list[_Sheet] = []
    names: dict[str, str] = {}
    epoch_1904 = False
    for number, content in records(data, meter):
        if number == xlsb_records.SHEET:
            state, _ = fields("II", content)
            identity, end = wide_string(content, 8)
            sheets.append(_Sheet(wide_string(content, end)[0], identity, state != 0))
        elif number == xlsb_records.WORKBOOK_PROPERTIES:
            epoch_1904 = bool(fields("I", content)[0] & 1)
        elif number == xlsb_records.NAME:
            names[f"name:{wide_string(content, 9)[0]}"] = ""
    return _Main(tuple(sheets), names, epoch_1904)


def _styles(data: bytes, meter: Meter) -> tuple[Styles, tuple[str, ...]]:
    fonts: list[str] = []
    codes: dict[int, str] = {}
    formats: list[tuple[int, int]] = []
    of_cells = False
    for number, content in records(data, meter):
        if number == xlsb_records.FONT:
            fonts.append(wide_string(content, 21)[0])
        elif number == xlsb_records.FORMAT:
            codes[fields("H", content)[0]] = wide_string(content, 2)[0]
        elif number in (xlsb_records.BEGIN_CELL_XFS, xlsb_records.END_CELL_XFS):
            of_cells = number == xlsb_records.BEGIN_CELL_XFS
        elif number == xlsb_records.XF and of_cells:
            _, number_format, font = fields("HHH", content)
            formats.append((number_format, font))
    styles = Styles.of(
        [
            CellStyle(fonts[font] if font < len(fonts) else None, is_date_id(number_format, codes))
            for number_format, font in formats
        ]
    )
    return styles, tuple(fonts)


def _strings(data: bytes, fonts: Sequence[str], meter: Meter) -> SharedStrings:
    texts: list[str] = []
    run_fonts: dict[int, str] = {}
    for number, content in records(data, meter):
        if number == xlsb_records.SHARED_ITEM:
            meter.add_text(len(content))
            text, font = _rich(content, 0, fonts)
            if font is not None:
                run_fonts[len(texts)] = font
            texts.append(text)
    return SharedStrings(texts, run_fonts)


def _rich(content: bytes, at: int, fonts: Sequence[str]) -> tuple[str, str | None]:
    """A string with runs, and the font of most of it."""
    (flags,) = fields("B", content, at)
    text, end = wide_string(content, at + 1)
    if not flags & 1:
        return text, None
    (count,) = fields("I", content, end)
    lengths: Counter[int] = Counter()
    runs = [fields("HH", content, end + 4 + 4 * index) for index in range(min(count, len(text)))]
    for index, (start, font) in enumerate(runs):
        following = runs[index + 1][0] if index + 1 < len(runs) else len(text)
        lengths[font] += following - start
    main = lengths.most_common(1)
    return text, fonts[main[0][0]] if main and main[0][0] < len(fonts) else None


def _sheet(data: bytes, context: Context, meter: Meter) -> SheetData:
    cells: list[Cell] = []
    merges: list[Range] = []
    hidden_rows: set[int] = set()
    hidden_cols: set[int] = set()
    row = 0
    for number, content in records(data, meter):
        if number == xlsb_records.ROW:
            row = fields("I", content)[0] + 1
            if fields("B", content, 11)[0] & 0x10:
                hidden_rows.add(row)
        elif number in _CELL_RECORDS:
            cells.extend(_cell(number, content, row, context))
            meter.add_cells(1)
        elif number == xlsb_records.COLUMNS:
            first, last, width, _, flags = fields("IIIIH", content)
            if flags & 1 or not width:
                hidden_cols.update(range(first + 1, min(last + 1, MAX_COL) + 1))
        elif number == xlsb_records.MERGE:
            top, bottom, left, right = fields("IIII", content)
            merges.append(Range(top + 1, left + 1, bottom + 1, right + 1))
            meter.check_merges(len(merges))
    return SheetData(in_order(cells), tuple(merges), frozenset(hidden_rows), frozenset(hidden_cols))


_CELL_RECORDS = frozenset((*range(xlsb_records.CELL_RK, xlsb_records.FORMULA_ERROR + 1), xlsb_records.CELL_RICH))


def _cell(number: int, content: bytes, row: int, context: Context) -> Iterator[Cell]:
    col, style_and_flags = fields("II", content)
    index = style_and_flags & 0xFFFFFF
    style = context.style(index)
    font = style.font
    if number == xlsb_records.CELL_SHARED:
        (item,) = fields("I", content, 8)
        font = context.strings.fonts.get(item, font)
    kind, value = _valued(number, content, style, context)
    if value != "":
        yield Cell(row, col + 1, kind, value, None, font)


def _valued(number: int, content: bytes, style: CellStyle, context: Context) -> Valued:
    match number:
        case xlsb_records.CELL_SHARED:
            return CellKind.TEXT, shared_string(str(fields("I", content, 8)[0]), context.strings)
        case xlsb_records.CELL_TEXT | xlsb_records.FORMULA_TEXT:
            return CellKind.TEXT, wide_string(content, 8)[0]
        case xlsb_records.CELL_RICH:
            return CellKind.TEXT, wide_string(content, 9)[0]
        case xlsb_records.CELL_BOOL | xlsb_records.FORMULA_BOOL:
            return CellKind.BOOL, bool(fields("B", content, 8)[0])
        case xlsb_records.CELL_ERROR | xlsb_records.FORMULA_ERROR:
            return CellKind.ERROR, xlsb_records.ERRORS.get(fields("B", content, 8)[0], "#N/A")
        case xlsb_records.CELL_RK:
            return _number(xlsb_records.compact_number(fields("I", content, 8)[0]), style, context)
    return _number(xlsb_records.real(content, 8), style, context)


def _number(value: float, style: CellStyle, context: Context) -> Valued:
    when = from_serial(value, context.epoch_1904) if style.is_date else None
    if when is not None:
        return CellKind.DATE, when
    return plain_number(value)
