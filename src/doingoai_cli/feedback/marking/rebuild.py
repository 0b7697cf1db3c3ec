"""A copy of the values as .xlsx, for what cannot be marked where it stands (.xls, .ods, .docx, .xlsb)."""

import io
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doingoai_cli.feedback.marking.worksheet import Place, place_of
from doingoai_cli.model.grid import Addressing, Cell, Grid, Workbook

_WORD_PLACE = re.compile(r"hàng (\d+), cột (\d+)")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NAME_LIMIT = 31
_WIDTH = 18
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
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"text_wrap": True, "valign": "top", "num_format": "dd/mm/yyyy"})
    names: dict[str, str] = {}
    for grid in workbook.grids:
        names[grid.name] = _free_name(grid.name, set(names.values()))
        _write(book.add_worksheet(names[grid.name]), grid, text, day)
    visible = [grid for grid in workbook.grids if not grid.hidden]
    if visible:
        book.get_worksheet_by_name(names[visible[0].name]).activate()
        book.get_worksheet_by_name(names[visible[0].name]).set_first_sheet()
    book.close()
    return Rebuilt(buffer.getvalue(), names)


def place_in(address: str) -> Place | None:
    """A cell as its grid names it: "F12", or "hàng 12, cột 6" in a Word table."""
    word = _WORD_PLACE.fullmatch(address)
    return Place(int(word[1]), int(word[2])) if word else place_of(address)


def _free_name(name: str, taken: set[str]) -> str:
    bare = _FORBIDDEN.sub(" ", name).strip()[:_NAME_LIMIT] or "Trang tính"
    used = {other.lower() for other in taken}
    candidate, number = bare, 1
    while candidate.lower() in used:
        number += 1
        candidate = f"{bare[: _NAME_LIMIT - 4]} ({number})"
    return candidate


def _write(sheet: Worksheet, grid: Grid, text: Format, day: Format) -> None:
    for merged in grid.merges:
        if merged.bottom > merged.top or merged.right > merged.left:
            place = (merged.top - 1, merged.left - 1, merged.bottom - 1, merged.right - 1)
            sheet.merge_range(*place, "", text)
    last = 1
    for cell in grid.cells:
        _write_cell(sheet, cell, text, day)
        last = max(last, cell.col)
    sheet.set_column(0, last - 1, _WIDTH)
    for row in grid.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for col in grid.hidden_cols:
        sheet.set_column(col - 1, col - 1, _WIDTH, None, {"hidden": True})
    if grid.hidden:
        sheet.hide()
    if grid.addressing is Addressing.WORD:
        sheet.set_landscape()


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
            sheet.write_string(*place, cell.value[:32_767], text)
