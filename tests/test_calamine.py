"""What goes through python-calamine: binary workbooks and .xls that xlrd refuses. Each says what was not seen."""

import struct
from datetime import datetime
from pathlib import Path

import openpyxl
from office import convert, needs_office
from oldbinaries import record
from rawbooks import packed, relationships

from doingoai_cli.model.grid import CellKind, NoteKind, Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.unreadable import Unreadable

_STYLES = (
    record(278)
    + record(615, "I", 1)
    + record(44, "HT", 164, "dd/mm/yyyy")
    + record(616)
    + record(617, "I", 2)
    + record(47, "HHHHHHH", 0, 0, 0, 0, 0, 0, 0)
    + record(47, "HHHHHHH", 0, 164, 1, 0, 0, 0, 0)
    + record(618)
    + record(279)
)
_STRINGS = (
    record(159, "II", 2, 2)
    + record(19, "BT", 0, "Sở Y tế")
    + record(19, "BTIHHHH", 1, "Đoàn ra", 2, 0, 0, 2, 1)
    + record(160)
)
_SHEET = (
    record(129)
    + record(148, "IIII", 0, 9, 0, 9)
    + record(60, "IIIIH", 1, 2, 2560, 0, 1)
    + record(145)
    + record(0, "IIHBB", 0, 0, 300, 0, 0)
    + record(7, "III", 0, 0, 0)
    + record(7, "III", 1, 0, 1)
    + record(2, "III", 2, 0, 7 << 2 | 2)
    + record(2, "III", 3, 0, 750 << 2 | 3)
    + record(2, "III", 4, 0, ((-3 << 2) | 2) & 0xFFFFFFFF)
    + record(5, "IId", 5, 1, 43588.0)
    + record(1, "II", 6, 1)
    + record(0, "IIHBB", 9, 0, 300, 0, 0x10)
    + record(3, "IIB", 0, 0, 0x17)
    + record(4, "IIB", 1, 0, 1)
    + record(8, "IITH", 2, 0, "kết quả", 0)
    + record(9, "IIdH", 3, 0, 0.5, 0)
    + record(11, "IIBH", 4, 0, 0x2A, 0)
    + record(146)
    + record(176, "IIII", 9, 10, 0, 2)
    + record(130)
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
            "xl/workbook.bin": record(131)
            + record(153, "I", 0)
            + record(143)
            + record(156, "IITT", 1, 1, "rId1", "Mẫu 02.A")
            + record(144)
            + record(132),
            "xl/_rels/workbook.bin.rels": rels.encode(),
            "xl/worksheets/sheet1.bin": sheet,
            "xl/styles.bin": _STYLES,
            "xl/sharedStrings.bin": _STRINGS,
        }
    )


def test_a_binary_workbook_gives_its_values_and_says_what_was_not_seen() -> None:
    result = read_workbook(_book(), "a.xlsb")
    assert isinstance(result, Workbook), result
    (grid,) = result.grids
    assert (result.format, grid.name, grid.hidden) == ("xlsb", "Mẫu 02.A", True)
    assert [(grid.address(cell.row, cell.col), cell.kind, cell.value) for cell in grid.cells] == [
        ("A1", CellKind.TEXT, "Sở Y tế"),
        ("B1", CellKind.TEXT, "Đoàn ra"),
        ("C1", CellKind.NUMBER, 7),
        ("D1", CellKind.NUMBER, 7.5),
        ("E1", CellKind.NUMBER, -3),
        ("F1", CellKind.DATE, datetime(2019, 5, 3)),
        ("B10", CellKind.BOOL, True),
        ("C10", CellKind.TEXT, "kết quả"),
        ("D10", CellKind.NUMBER, 0.5),
    ]
    ((kind, what, *_),) = result.notes
    assert kind is NoteKind.CONVERTED
    assert "ô lỗi" in what
    assert "ô gộp" in what


def test_a_cut_part_is_a_file_that_cannot_be_read() -> None:
    result = read_workbook(_book(_SHEET[:-3]), "a.xlsb")
    assert isinstance(result, Unreadable) or result.notes


_TEXTS = enumerate((b"TT", b"Doan"))


def _record2(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def test_a_sheet_of_excel_2_without_fonts_and_formats_is_read() -> None:
    label = [_record2(4, struct.pack("<HH3sB", 0, col, b"\0\0\0", len(t)) + t) for col, t in _TEXTS]
    number = _record2(3, struct.pack("<HH3sd", 1, 0, b"\0\0\0", 7.0))
    data = _record2(9, struct.pack("<HH", 2, 0x10)) + b"".join(label) + number + _record2(10, b"")
    result = read_workbook(data, "a.xls")
    assert isinstance(result, Workbook)
    assert [cell.value for cell in result.grids[0].cells] == ["TT", "Doan", 7]


@needs_office
def test_an_xls_that_xlrd_refuses_is_read_by_the_other_reader(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["TT", "Tên đoàn"])
    book.active.append([1, "Đoàn A"])
    book.save(tmp_path / "a.xlsx")
    data = convert(tmp_path / "a.xlsx", "xls", tmp_path / "out").read_bytes()
    texts = b"\xfc\x00" + struct.pack("<HII", 47, 3, 3)  # the shared strings, and how many there are
    odd = data.replace(texts, b"\xfc\x00" + struct.pack("<HII", 47, 900, 900))
    assert odd != data
    result = read_workbook(odd, "a.xls")
    assert isinstance(result, Workbook), result
    assert [cell.value for cell in result.grids[0].cells] == ["TT", "Tên đoàn", 1, "Đoàn A"]
    assert "đọc từ .xls" in result.notes[0].what
