"""Sheets as pipe tables: text → `Grid` with real addresses, and grids → the bytes of an .xlsx.

    grid('''
        | Sở Y tế |          |
                                     (an empty line is an empty row)
        | TT      | Tên đoàn |
        | 1       | Đoàn A   |
    ''')

A cell is text, but: 7 and 2.5 are numbers (05 is text), 2019-05-03 is a date, #REF! an error, "=A1+1" a formula
that was never calculated, "=A1+1 → 8" one with its stored value. "\\n" within a cell is a line break.
"""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from doingoai_cli.model.grid import Cell, CellKind, Grid, Range

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ERROR = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL)[!?]?")


def grid(
    text: str,
    *,
    start: str = "A1",
    merges: str = "",
    hidden_rows: Iterable[int] = (),
    hidden_cols: str = "",
    name: str = "Sheet1",
    index: int = 0,
    hidden: bool = False,
) -> Grid:
    """The grid that a pipe table shows; `merges` as "A1:B2 C3:C4", `hidden_cols` as "C D"."""
    letters, first_row = coordinate_from_string(start)
    first_col = column_index_from_string(letters)
    lines = text.strip("\n").rstrip().split("\n")
    cells = [
        made
        for row, line in enumerate(lines, first_row)
        for col, shown in enumerate(line.strip().strip("|").split("|") if line.strip() else (), first_col)
        if (made := _cell(row, col, shown.strip())) is not None
    ]
    return Grid(
        name,
        index,
        tuple(cells),
        tuple(_range(merge) for merge in merges.split()),
        frozenset(hidden_rows),
        frozenset(map(column_index_from_string, hidden_cols.split())),
        hidden,
    )


def _cell(row: int, col: int, shown: str) -> Cell | None:
    if not shown:
        return None
    if shown.startswith("="):
        formula, arrow, stored = shown.partition(" → ")
        if not arrow:
            return Cell(row, col, CellKind.UNCALCULATED, formula, formula)
        value = _cell(row, col, stored)
        return value._replace(formula=formula) if value else None
    if _NUMBER.fullmatch(shown):
        return Cell(row, col, CellKind.NUMBER, float(shown))
    if _DATE.fullmatch(shown):
        return Cell(row, col, CellKind.DATE, datetime.fromisoformat(shown))
    if _ERROR.fullmatch(shown):
        return Cell(row, col, CellKind.ERROR, shown)
    return Cell(row, col, CellKind.TEXT, shown.replace("\\n", "\n"))


def _range(reference: str) -> Range:
    left, top, right, bottom = range_boundaries(reference)
    return Range(top, left, bottom, right)


# --- what people do to sheets --------------------------------------------------------------------------------


def moved(sheet: Grid, row: Callable[[int], int] = lambda r: r, col: Callable[[int], int] = lambda c: c) -> Grid:
    """`sheet` with every row and column number replaced, merges and hidden rows with them."""
    cells = sorted((c._replace(row=row(c.row), col=col(c.col)) for c in sheet.cells), key=lambda c: c[:2])
    return replace(
        sheet,
        cells=tuple(cells),
        merges=tuple(Range(row(m.top), col(m.left), row(m.bottom), col(m.right)) for m in sheet.merges),
        hidden_rows=frozenset(map(row, sheet.hidden_rows)),
        hidden_cols=frozenset(map(col, sheet.hidden_cols)),
    )


def shift_from(start: int, by: int) -> Callable[[int], int]:
    """Numbers from `start` on move by `by`: what inserting rows or columns does."""
    return lambda number: number + by if number >= start else number


# --- files ---------------------------------------------------------------------------------------------------


def xlsx(grids: Iterable[Grid], properties: Mapping[str, str] | None = None) -> bytes:
    """The grids as an .xlsx; `properties` as in `Workbook.properties`, defined names prefixed with "name:"."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})

    def font(name: str) -> Any:
        return book.add_format({"font_name": name})

    for sheet in grids:
        page = book.add_worksheet(sheet.name)
        for merge in sheet.merges:
            page.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
        for cell in sheet.cells:
            _write(page, cell, dates, font)
        for number in sheet.hidden_rows:
            page.set_row(number - 1, None, None, {"hidden": True})
        for col in sheet.hidden_cols:
            page.set_column(col - 1, col - 1, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
    for name, value in (properties or {}).items():
        if name.startswith("name:"):
            book.define_name(name.removeprefix("name:"), f"={value}")
        else:
            book.set_custom_property(name, value, "text")
    book.close()
    return buffer.getvalue()


def _write(page: Any, cell: Cell, dates: Any, font: Callable[[str], Any]) -> None:
    at = (cell.row - 1, cell.col - 1)
    match cell.kind:
        case CellKind.DATE:
            page.write_datetime(*at, cell.value, dates)
        case CellKind.NUMBER if cell.formula is None:
            page.write_number(*at, cell.value)
        case CellKind.ERROR:
            page.write_formula(*at, "=NA()", None, cell.value)
        case CellKind.UNCALCULATED:
            page.write_formula(*at, cell.formula, None, "")
        case _ if cell.formula is not None:
            page.write_formula(*at, cell.formula, None, cell.value)
        case _:
            page.write_string(*at, str(cell.value), font(cell.font) if cell.font else None)
