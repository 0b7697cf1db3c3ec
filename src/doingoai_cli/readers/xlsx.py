"""An Excel package (.xlsx, .xlsm) → `Workbook`: which sheets there are, and what they need of their workbook.

The seam before our own passes over sheet XML (`xlsx_fast`, `xlsx_thorough`): nothing else knows them. They stay
because no library gives errors, formulas, hidden rows, fonts, formats and strikes at once, and openpyxl stops at
parts that have nothing to do with the data. CPU of one workbook of 5 sheets × 12 columns, in milliseconds:

| | 20 rows a sheet | 2,000 rows a sheet |
|---|---|---|
| quick pass | 1.5 | 138 |
| thorough pass | 6 | 550 |
| python-calamine 0.9.1 (values alone) | 0.6 | 54 |
| openpyxl 3.1.5 | 11 | 1,030 |
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.model.grid import Cell, Grid, NoteKind, ReaderNote, Workbook
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.overlays import SheetTexts
from doingoai_cli.readers.package import Package, Relationship
from doingoai_cli.readers.properties import custom_properties
from doingoai_cli.readers.sheet_xml import SheetXml, Unaccounted
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt
from doingoai_cli.readers.xlsx_cells import CellContext, SheetData
from doingoai_cli.readers.xlsx_controls import has_controls, with_controls
from doingoai_cli.readers.xlsx_fast import read_quickly, read_rows
from doingoai_cli.readers.xlsx_rows import PlainRow, read_plain_rows
from doingoai_cli.readers.xlsx_strings import SharedStrings, read_shared_strings
from doingoai_cli.readers.xlsx_styles import Styles, read_styles
from doingoai_cli.readers.xlsx_thorough import read_thoroughly
from doingoai_cli.readers.xml_events import Attributes, attribute, parse

_SHEETS = frozenset(("worksheet", "xlMacrosheet", "xlIntlMacrosheet"))
_TRUE = ("1", "true")
_NO_STYLES = "có phần định dạng bị hỏng (ngày tháng có thể hiện thành số)"
_ON_CONDITION = "chữ gạch ngang theo định dạng có điều kiện (vùng {where}), nếu có dòng nào đang bị gạch"
_CONDITIONAL = re.compile(
    rb"""<(?:\w+:)?conditionalFormatting\b[^>]*?\bsqref\s*=\s*["']([^"']*)["'][^>]*>(.*?)</(?:\w+:)?conditionalFormatting>""",
    re.DOTALL,
)
_CONDITION = re.compile(rb"""\bdxfId\s*=\s*["'](\d{1,6})["']""")
_LONGEST_RANGE = 100


class _ListedSheet(NamedTuple):
    name: str
    relationship: str
    hidden: bool


def read_ooxml(package: Package, part: str, meter: Meter) -> Workbook:
    """The workbook whose main part is `part`. Raises `GiveUp`."""
    sheets = OoxmlSheets(package, part, meter)
    filled = [sheets.filled(grid) for grid in sheets.frame.grids]
    texts = SheetTexts(filled)
    shown = [sheets.with_controls(grid, texts) for grid in filled]
    notes = tuple(note for _, of_sheet in shown for note in of_sheet)
    return replace(sheets.frame, grids=tuple(grid for grid, _ in shown), notes=(*sheets.frame.notes, *notes))


_SMALL = 64 << 10


class OoxmlSheets:
    """A workbook whose sheets are read one by one, when they are asked for. All raise `GiveUp`."""

    frame: Workbook
    """The workbook, its sheets without their cells."""

    def __init__(self, package: Package, part: str, meter: Meter, *, formula_texts: bool = True) -> None:
        """`formula_texts`: see `CellContext`."""
        self._package, self._meter = package, meter
        main = _main_part(package, part, meter)
        relationships = package.relationships(part)
        context, notes = _context(package, relationships, main, meter)
        self._context = replace(context, formula_texts=formula_texts)
        self._parts: dict[int, str] = {}
        targets = {relationship.id: relationship for relationship in relationships}
        grids = []
        for index, sheet in enumerate(main.sheets):
            if not sheet.relationship:  # a module of macros of old, kept in the list of sheets
                continue
            relationship = targets.get(sheet.relationship)
            if relationship is None or relationship.external or relationship.target not in package:
                raise corrupt(f"thiếu dữ liệu của trang tính “{sheet.name}”")
            if relationship.kind in _SHEETS:
                self._parts[index] = relationship.target
                grids.append(Grid(sheet.name, index, (), hidden=sheet.hidden))
        if not grids:
            raise corrupt("không có trang tính nào")
        format_ = "xlsm" if any(relationship.kind == "vbaProject" for relationship in relationships) else "xlsx"
        self.frame = Workbook(format_, tuple(grids), {**custom_properties(package), **main.names}, notes)

    def filled(self, grid: Grid) -> Grid:
        """A sheet of the frame with what it holds."""
        content = _read_sheet(self._package, self._parts[grid.index], self._context, self._meter)
        return replace(grid, **content._asdict())

    def shown(self, grid: Grid) -> Grid:
        """The same, with what controls over its cells show."""
        return self.with_controls(self.filled(grid), SheetTexts(self.frame.grids, self.filled))[0]

    def part(self, grid: Grid) -> bytes:
        """The XML of a sheet of the frame."""
        return b"".join(self._package.chunks(self._parts[grid.index]))

    def beginning(self, grid: Grid) -> Iterator[bytes]:
        """The same in small pieces, for whoever wants only the first of them."""
        yield from self._package.chunks(self._parts[grid.index], _SMALL)

    def cells(self, rows: bytes) -> tuple[Cell, ...]:
        """The cells of some `<row>` elements of a sheet, in their order, as `filled` gives them.

        Raises `Unaccounted` for what only the thorough pass reads.
        """
        return read_rows(rows, self._context)

    def rows(self, grid: Grid, columns: int) -> Iterator[PlainRow]:
        """The rows of a sheet of the frame, and what their first cells say (`PlainRow`). Raises `Unaccounted`."""
        return read_plain_rows(self._package.chunks(self._parts[grid.index]), columns, self._context)

    def bodies(self, grid: Grid) -> Iterator[bytes]:
        """The `<row>` elements of a sheet of the frame, whole ones in each piece. Raises `Unaccounted`."""
        sheet = SheetXml(self._package.chunks(self._parts[grid.index]))
        yield from sheet.bodies()
        sheet.tail()  # the part is proven when it was read to its end

    def has_controls(self, grid: Grid) -> bool:
        """Whether controls may show something in the cells of a sheet."""
        return has_controls(self._package, self._parts[grid.index])

    def with_controls(self, grid: Grid, texts: SheetTexts) -> tuple[Grid, tuple[ReaderNote, ...]]:
        """A filled sheet, with what controls over its cells show; what of it is unread."""
        part = self._parts[grid.index]
        grid, notes = with_controls(grid, self._package, part, self._meter, texts)
        struck, where = self._context.styles.struck_on_condition, ""
        if struck:
            with suppress(GiveUp):  # a sheet too large to be looked through once more
                where = _struck_on_condition(self._package.read(part) or b"", struck)
        said = ReaderNote(NoteKind.UNREAD, _ON_CONDITION.format(where=where), grid.index, 1, 1)
        return grid, (*notes, said) if where else notes


def _struck_on_condition(sheet: bytes, struck: frozenset[int]) -> str:
    """The ranges of a sheet whose rows a condition may strike through: "A4:K9, M1"; "" for none."""
    ranges = [
        found[1].decode("ascii", errors="replace").strip().replace(" ", ", ")
        for found in _CONDITIONAL.finditer(sheet)
        if any(int(index) in struck for index in _CONDITION.findall(found[2]))
    ]
    return ", ".join(ranges)[:_LONGEST_RANGE]


def read_ooxml_properties(package: Package, part: str, meter: Meter) -> Mapping[str, str]:
    """The properties alone of the workbook whose main part is `part`. Raises `GiveUp`."""
    return {**custom_properties(package), **_main_part(package, part, meter).names}


def sheet_parts(package: Package, part: str, meter: Meter) -> dict[str, str]:
    """The parts of the sheets of the workbook whose main part is `part`, by the sheets' names. Raises `GiveUp`."""
    targets = {relationship.id: relationship.target for relationship in package.relationships(part)}
    sheets = _main_part(package, part, meter).sheets
    return {sheet.name: target for sheet in sheets if (target := targets.get(sheet.relationship))}


def _main_part(package: Package, part: str, meter: Meter) -> "_MainPart":
    data = package.read(part)
    if data is None:
        raise corrupt("thiếu phần sổ làm việc")
    main = _MainPart(meter)
    parse(data, main.start, main.end, main.text)
    return main


def _read_sheet(package: Package, part: str, context: CellContext, meter: Meter) -> SheetData:
    cells, text = meter.cells, meter.text
    try:
        return read_quickly(package.chunks(part), context, meter)
    except Unaccounted:
        meter.cells, meter.text = cells, text
        return read_thoroughly(package.chunks(part), context, meter)


def _context(
    package: Package, relationships: tuple[Relationship, ...], main: "_MainPart", meter: Meter
) -> tuple[CellContext, tuple[ReaderNote, ...]]:
    """What the sheets need of their workbook; a note where its formats are damaged."""
    strings, styles, notes = SharedStrings([], {}), Styles(), tuple[ReaderNote, ...]()
    for relationship in relationships:
        if relationship.external or relationship.target not in package:
            continue
        if relationship.kind == "sharedStrings":
            strings = read_shared_strings(package.chunks(relationship.target), meter)
        elif relationship.kind == "styles":
            styles, notes = _styles(package, relationship.target)
    return CellContext(strings, styles, epoch_1904=main.epoch_1904, recalculated=main.recalculated), notes


def _styles(package: Package, part: str) -> tuple[Styles, tuple[ReaderNote, ...]]:
    """The formats; none, and a note, where that part is damaged: the values stand without them."""
    try:
        return read_styles(package.read(part) or b""), ()
    except GiveUp as given_up:
        if given_up.unreadable.reason is not Reason.CORRUPT:
            raise
        return Styles(), (ReaderNote(NoteKind.CONVERTED, _NO_STYLES),)


class _MainPart:
    """Follows the elements of `workbook.xml`."""

    def __init__(self, meter: Meter) -> None:
        self.sheets: list[_ListedSheet] = []
        self._meter = meter
        self.names: dict[str, str] = {}
        self.epoch_1904 = False
        self.recalculated = False
        self._name: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "sheet":
                state = attributes.get("state", "visible")
                identity = attribute(attributes, "id")
                self.sheets.append(_ListedSheet(attributes.get("name", ""), identity, state != "visible"))
                self._meter.check_sheets(len(self.sheets))
            case "workbookPr":
                self.epoch_1904 = attributes.get("date1904") in _TRUE
            case "calcPr":
                self.recalculated = attributes.get("fullCalcOnLoad") in _TRUE
            case "definedName":
                self._name = f"name:{attributes.get('name', '')}"
                self.names[self._name] = ""

    def end(self, tag: str) -> None:
        if tag == "definedName":
            self._name = None

    def text(self, text: str) -> None:
        if self._name is not None:
            self.names[self._name] += text
