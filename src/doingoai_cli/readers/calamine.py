"""Workbooks through python-calamine, where nothing does better: .xlsb, and .xls that xlrd refuses.

calamine gives values and the sheets' visibility; of .xls also merged cells. It gives error values as blanks, and
neither hidden rows nor fonts nor, of .xlsb, merged cells: every workbook that comes this way says so. It can
panic or abort on damaged files, so it runs only in the worker process of `guard`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from doingoai_cli.model.grid import Cell, CellKind, Grid, NoteKind, Range, ReaderNote, Workbook
from doingoai_cli.readers.guard import never_raises
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.number_formats import Valued
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, unreadable
from doingoai_cli.readers.values import plain_number

_LOST = "trình đọc không thấy được ô lỗi (#REF! …), dòng và cột ẩn, phông chữ, hộp chữ và nút chọn trên ô{merges}"
_MERGES = ", ô gộp"

_BROKEN = corrupt("không đọc được cấu trúc sổ làm việc").unreadable


@never_raises(_BROKEN)
def read_binary(data: bytes, _name: str, meter: Meter) -> Workbook:
    """An Excel binary workbook (.xlsb), in the guarded process."""
    Package(data, meter)  # what it would inflate to, and whether it is encrypted
    return read_by_calamine(data, "xlsb", meter)


def read_by_calamine(data: bytes, format_: str, meter: Meter) -> Workbook:
    """All sheets of a workbook, with a note of what calamine cannot tell. Raises `GiveUp`."""
    try:
        book = CalamineWorkbook.from_object(BytesIO(data))
        meter.check_sheets(len(book.sheets_metadata))
        grids = tuple(_grids(book, meter))
    except PasswordError:
        raise GiveUp(unreadable(Reason.ENCRYPTED)) from None
    except (CalamineError, XmlError, ZipError, WorksheetNotFound, ValueError, OSError):
        raise GiveUp(_BROKEN) from None
    except BaseException as error:  # a panic of its Rust code is no `Exception`
        if type(error).__name__ != "PanicException":
            raise
        raise GiveUp(_BROKEN) from None
    if not grids:
        raise corrupt("không có trang tính nào")
    lost = _LOST.format(merges=_MERGES if format_ == "xlsb" else "")
    return Workbook(format_, grids, notes=(ReaderNote(NoteKind.CONVERTED, f"đọc từ .{format_} ({lost})"),))


def _grids(book: Any, meter: Meter) -> Iterator[Grid]:
    worksheets = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.typ in worksheets:
            content = book.get_sheet_by_index(index)
            yield Grid(
                name=sheet.name,
                index=index,
                cells=tuple(_cells(content, meter)),
                merges=tuple(
                    Range(top + 1, left + 1, bottom + 1, right + 1)
                    for (top, left), (bottom, right) in content.merged_cell_ranges or ()
                ),
                hidden=sheet.visible != SheetVisibleEnum.Visible,
            )


def _cells(sheet: Any, meter: Meter) -> Iterator[Cell]:
    """The cells at their own places: calamine leaves out what is blank before the first of them."""
    if sheet.start is None:
        return
    _, left = sheet.start
    # Rows before the first value are padded, columns are not.
    for row, values in enumerate(sheet.iter_rows(), start=1):
        meter.check_time()
        for col, value in enumerate(values, start=left + 1):
            valued = _valued(value)
            if valued is not None:
                meter.add_cells(1)
                yield Cell(row, col, *valued)


def _valued(value: object) -> Valued | None:
    match value:
        case bool():
            return CellKind.BOOL, value
        case int() | float():
            return plain_number(float(value))
        case datetime() | time():
            return CellKind.DATE, value
        case date():
            return CellKind.DATE, datetime(value.year, value.month, value.day)
        case timedelta():
            return plain_number(value / timedelta(days=1))
        case str() if value:
            return CellKind.TEXT, value
    return None
