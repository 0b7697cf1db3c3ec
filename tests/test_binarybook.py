"""Excel's binary workbooks, written record by record (MS-XLSB): no library writes them."""

import struct
from datetime import datetime

from rawbooks import packed, relationships

from doingoai_cli.model.grid import CellKind, Range, Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.unreadable import Reason, Unreadable


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _record(number: int, layout: str = "", *values: object) -> bytes:
    """A record of numbers by a `struct` layout, in which "T" stands for a counted text."""
    content = b""
    for letter, value in zip(layout, values, strict=True):
        if letter == "T":
            text = str(value)
            content += struct.pack("<I", len(text)) + text.encode("utf-16-le")
        else:
            content += struct.pack("<" + letter, value)
    return _varint(number) + _varint(len(content)) + content


def _font(name: str) -> bytes:
    return _record(43, "Q" + "Q" + "I" + "B" + "T", 0, 0, 0, 0, name)


_STYLES = (
    _font("Arial")
    + _font(".VnTime")
    + _record(44, "HT", 164, "dd/mm/yyyy")
    + _record(617)
    + _record(47, "HHH", 0, 0, 0)
    + _record(47, "HHH", 0, 164, 1)
    + _record(618)
)
_STRINGS = _record(19, "BT", 0, "Sở Y tế") + _record(19, "BTIHHHH", 1, "Đoàn ra", 2, 0, 0, 2, 1)
_SHEET = (
    _record(60, "IIIIH", 1, 2, 2560, 0, 1)
    + _record(145)
    + _record(0, "IIHBB", 0, 0, 300, 0, 0)
    + _record(7, "III", 0, 0, 0)
    + _record(7, "III", 1, 0, 1)
    + _record(2, "III", 2, 0, 7 << 2 | 2)
    + _record(2, "III", 3, 0, 750 << 2 | 3)
    + _record(2, "III", 4, 0, ((-3 << 2) | 2) & 0xFFFFFFFF)
    + _record(5, "IId", 5, 1, 43588.0)
    + _record(1, "II", 6, 1)
    + _record(0, "IIHBB", 9, 0, 300, 0, 0x10)
    + _record(3, "IIB", 0, 0, 0x17)
    + _record(4, "IIB", 1, 0, 1)
    + _record(8, "IITH", 2, 0, "kết quả", 0)
    + _record(9, "IIdH", 3, 0, 0.5, 0)
    + _record(11, "IIBH", 4, 0, 0x2A, 0)
    + _record(146)
    + _record(176, "IIII", 9, 10, 0, 2)
)


def _book(sheet: bytes = _SHEET) -> bytes:
    rels = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.bin"),
        ("rId2", "styles", "styles.bin"),
        ("rId3", "sharedStrings", "sharedStrings.bin"),
    )
    return packed(
        {
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")).encode(),
            "xl/workbook.bin": _record(153, "I", 0) + _record(156, "IITT", 1, 1, "rId1", "Mẫu 02.A"),
            "xl/_rels/workbook.bin.rels": rels.encode(),
            "xl/worksheets/sheet1.bin": sheet,
            "xl/styles.bin": _STYLES,
            "xl/sharedStrings.bin": _STRINGS,
        }
    )


def test_everything_a_binary_sheet_holds() -> None:
    result = read_workbook(_book(), "a.xlsb")
    assert isinstance(result, Workbook), result
    (grid,) = result.grids
    assert (result.format, grid.name, grid.hidden) == ("xlsb", "Mẫu 02.A", True)
    assert [(grid.address(cell.row, cell.col), cell.kind, cell.value, cell.font) for cell in grid.cells] == [
        ("A1", CellKind.TEXT, "Sở Y tế", "Arial"),
        ("B1", CellKind.TEXT, "Đoàn ra", ".VnTime"),
        ("C1", CellKind.NUMBER, 7, "Arial"),
        ("D1", CellKind.NUMBER, 7.5, "Arial"),
        ("E1", CellKind.NUMBER, -3, "Arial"),
        ("F1", CellKind.DATE, datetime(2019, 5, 3), ".VnTime"),
        ("A10", CellKind.ERROR, "#REF!", "Arial"),
        ("B10", CellKind.BOOL, True, "Arial"),
        ("C10", CellKind.TEXT, "kết quả", "Arial"),
        ("D10", CellKind.NUMBER, 0.5, "Arial"),
        ("E10", CellKind.ERROR, "#N/A", "Arial"),
    ]
    assert grid.merges == (Range(10, 1, 11, 3),)
    assert (grid.hidden_rows, grid.hidden_cols) == ({10}, {2, 3})


def test_a_cut_part_is_named() -> None:
    result = read_workbook(_book(_SHEET[:-3]), "a.xlsb")
    assert isinstance(result, Unreadable)
    assert result.reason is Reason.TRUNCATED
