"""A copy of the values as .xlsx, for what cannot be marked where it stands (.xls, .ods, .docx, .xlsb)."""

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from math import ceil
from statistics import median
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doingoai_cli.feedback.marking.worksheet import MarkPlace, place_of_address
from doingoai_cli.grouping import grouped
from doingoai_cli.model.excel_limits import cell_text, free_name
from doingoai_cli.model.grid import Cell, Grid, Workbook, display

_WORD_PLACE = re.compile(r"hàng (\d+), cột (\d+)")
_A4 = 9
_HAIR = 7
_LINE = 16.5
"""The height of one line."""
_PAGE = 118.0
"""How wide the columns of a printed page are together, in characters."""
_BLANK = 9.0
"""The width of a column without texts of its own."""
_FONT = {"font_name": "Times New Roman", "font_size": 12}


class Rebuilt(NamedTuple):
    """The copy, and the name that each of the sender's sheets has in it."""

    data: bytes
    sheets: Mapping[str, str]


def rebuild(workbook: Workbook) -> Rebuilt:
    """The workbook's values, merged cells and hidden rows, columns and sheets; formats are not carried over."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": _FONT})
    book.set_properties({"created": datetime(2000, 1, 1)})
    look = {"text_wrap": True, "valign": "top", "border": _HAIR}
    text, day = book.add_format(look), book.add_format({**look, "num_format": "dd/mm/yyyy"})
    names: dict[str, str] = {}
    taken: list[str] = []
    for grid in workbook.grids:
        taken.append(free_name(grid.name, taken))
        names.setdefault(grid.name, taken[-1])
        _write(book.add_worksheet(taken[-1]), grid, text, day)
    visible = [grid for grid in workbook.grids if not grid.hidden]
    if visible:
        book.get_worksheet_by_name(names[visible[0].name]).activate()
        book.get_worksheet_by_name(names[visible[0].name]).set_first_sheet()
    book.close()
    return Rebuilt(buffer.getvalue(), names)


def place_in(address: str) -> MarkPlace | None:
    """The place that a grid calls "F12", or "hàng 12, cột 6" in a Word table; None for anything else."""
    word = _WORD_PLACE.fullmatch(address)
    return MarkPlace(int(word[1]), int(word[2])) if word else place_of_address(address)


def _write(sheet: Worksheet, grid: Grid, text: Format, day: Format) -> None:
    for merged in grid.merges:
        if merged.bottom > merged.top or merged.right > merged.left:
            place = (merged.top - 1, merged.left - 1, merged.bottom - 1, merged.right - 1)
            with suppress(OverlappingRange):  # of two merged areas that overlap, the first stands
                sheet.merge_range(*place, "", text)
    for cell in grid.cells:
        _write_cell(sheet, cell, text, day)
    widths = _widths(grid)
    for col, width in widths.items():
        sheet.set_column(col - 1, col - 1, width, None, {"hidden": col in grid.hidden_cols})
    for row, lines in _lines(grid, widths).items():
        sheet.set_row(row - 1, lines * _LINE, None, {"hidden": row in grid.hidden_rows})
    if grid.hidden:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _widths(grid: Grid) -> dict[int, float]:
    """A width for every column that most of its own texts fit in two lines of, wider where the page has room."""
    across = {(area.top, area.left) for area in grid.merges if area.right > area.left}
    own = [cell for cell in grid.cells if (cell.row, cell.col) not in across]
    lengths = grouped((cell.col, len(display(cell.value))) for cell in own)
    widths = {col: min(max(median(texts) / 2 + 3, _BLANK), 30) for col, texts in lengths.items()}
    room = min(_PAGE / max(sum(widths.values()), 1), 2)
    return {col: width * room if room > 1 and width > _BLANK else width for col, width in widths.items()}


def _lines(grid: Grid, widths: Mapping[int, float]) -> dict[int, int]:
    """How many lines each row takes; a text merged over columns has all of them, one over rows room in others."""
    merged = {(area.top, area.left): area for area in grid.merges}
    lines: dict[int, int] = {}
    for cell in grid.cells:
        area = merged.get((cell.row, cell.col))
        if area is None or area.top == area.bottom:
            last = area.right if area else cell.col
            width = sum(widths.get(col, _BLANK) for col in range(cell.col, min(last, cell.col + 200) + 1))
            needed = sum(ceil(max(len(part), 1) / width) for part in display(cell.value).split("\n"))
            lines[cell.row] = max(lines.get(cell.row, 1), min(needed, 20))
    return lines


def _write_cell(sheet: Worksheet, cell: Cell, text: Format, day: Format) -> None:
    place = (cell.row - 1, cell.col - 1)
    match cell.value:
        case bool():
            sheet.write_boolean(*place, cell.value, text)
        case int() | float():
            sheet.write_number(*place, cell.value, text)
        case datetime() | date() | time():
            sheet.write_datetime(*place, cell.value, day)
        case _:
            sheet.write_string(*place, cell_text(cell.value), text)
