"""The records of Excel's binary parts (.xlsb; MS-XLSB 2.1.4): a number, a length, and little-endian fields."""

from collections.abc import Iterator
from struct import error as StructError  # noqa: N812 - the module spells its exception in lower case
from struct import unpack_from

from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, unreadable

ROW = 0
CELL_RK, CELL_ERROR, CELL_BOOL, CELL_REAL, CELL_TEXT, CELL_SHARED = 2, 3, 4, 5, 6, 7
FORMULA_TEXT, FORMULA_NUMBER, FORMULA_BOOL, FORMULA_ERROR = 8, 9, 10, 11
CELL_RICH = 62
SHARED_ITEM = 19
NAME = 39
FONT, FORMAT, XF = 43, 44, 47
BEGIN_CELL_XFS, END_CELL_XFS = 617, 618
COLUMNS = 60
WORKBOOK_PROPERTIES = 153
SHEET = 156
MERGE = 176

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

_CLOCK = 1 << 16


def records(part: bytes, meter: Meter) -> Iterator[tuple[int, bytes]]:
    """(number, content) of each record. Raises `GiveUp` where the part ends within one."""
    at, end, seen = 0, len(part), 0
    while at < end:
        seen += 1
        if seen % _CLOCK == 0:
            meter.check_time()
        number, at = _varint(part, at, 2)
        length, at = _varint(part, at, 4)
        if at + length > end:
            raise GiveUp(unreadable(Reason.TRUNCATED))
        yield number, part[at : at + length]
        at += length


def _varint(part: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for index in range(most):
        if at >= len(part):
            raise GiveUp(unreadable(Reason.TRUNCATED))
        byte = part[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return value, at


def fields(layout: str, content: bytes, at: int = 0) -> tuple[int, ...]:
    """Numbers at `at`, by a `struct` layout without its byte order. Raises `GiveUp` where content is short."""
    try:
        return unpack_from("<" + layout, content, at)
    except StructError:
        raise corrupt("bản ghi nhị phân bị ngắn") from None


def real(content: bytes, at: int) -> float:
    """A 64-bit number."""
    return float(fields("d", content, at)[0])


def compact_number(value: int) -> float:
    """An RK number: 30 bits of a whole number or of a float, perhaps in hundredths."""
    if value & 2:
        whole = value >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        number = real(bytes(4) + (value & 0xFFFFFFFC).to_bytes(4, "little"), 0)
    return number / 100 if value & 1 else number


def wide_string(content: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 string and where it ends; an absent one (length 0xFFFFFFFF) is ""."""
    (length,) = fields("I", content, at)
    begin = at + 4
    if length == 0xFFFFFFFF:
        return "", begin
    end = begin + 2 * length
    if end > len(content):
        raise corrupt("bản ghi nhị phân bị ngắn")
    return content[begin:end].decode("utf-16-le", errors="replace"), end
