"""Text files under an Excel name (tệp chữ mang tên Excel): which of them are tables, and in which encoding.

Web systems export pages, XML of Excel 2003 and delimited text as ".xls"; each opens in Excel without a word.
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from contextlib import suppress
from enum import StrEnum

from doingoai_cli.model.grid import Cell, CellKind, Grid, Workbook
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, unreadable

_LOOKED_AT = 65536
_FEW_ZEROS, _MANY_ZEROS = 0.02, 0.5
"""Shares of zero bytes in the two halves of UTF-16: of a text in Latin letters one half is mostly zeros."""
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta|div|style|center)\b",
    re.I | re.S,
)
_MHTML = re.compile(r"(?:mime-version|content-type|x-document-type):", re.I)
_SAVED_PAGE = re.compile(r"from:\s*<saved by", re.I)
_SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
_FLAT_SHEET = re.compile(r"<office:document\b[^>]*opendocument\.spreadsheet", re.S)
_SEPARATORS = ";,\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_LEAST_COLUMNS = 3
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]")
_FEWEST_LOST = 5
_PAST_LATIN_1 = re.compile(r"[\u0100-\u1eff]")
# Excel's "CSV (Comma delimited)" keeps the letters of one code page, of Windows in English none of Vietnamese.
_LETTERS_LOST = unreadable(
    Reason.CORRUPT,
    "Chữ có dấu đã mất khi lưu thành tệp chữ: mỗi chữ còn lại một dấu “?”",
    "Mở sổ gốc, lưu dạng .xlsx (hoặc “CSV UTF-8”) rồi gửi lại",
)
_SAMPLE = 200
"""Lines from which the separator is told."""


class TextKind(StrEnum):
    """What a text file is."""

    HTML = "html"
    MHTML = "mhtml"
    SPREADSHEETML = "xml-2003"
    FLAT_SHEET = "fods"
    DELIMITED = "csv"


def text_kind(data: bytes) -> TextKind | None:
    """What table a text file holds, told by its beginning; None where it holds none that is known."""
    text = beginning(data)
    if text is None or not text.strip():
        return None
    if _HTML.match(text):
        return TextKind.HTML
    if _MHTML.match(text) or _SAVED_PAGE.match(text):
        return TextKind.MHTML
    if text.lstrip().startswith("<"):
        if _SPREADSHEETML in text:
            return TextKind.SPREADSHEETML
        return TextKind.FLAT_SHEET if _FLAT_SHEET.search(text) else None
    return TextKind.DELIMITED if _separator(text.rpartition("\n")[0] or text) else None


def beginning(data: bytes) -> str | None:
    """The beginning of `data` as text; None where it is no text."""
    head = data[:_LOOKED_AT]
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return head[: len(head) & ~1].decode("utf-16", errors="replace").lstrip("\ufeff")
    if b"\x00" in head:
        return None
    text = head.removeprefix(BOM_UTF8).decode("utf-8", errors="replace")
    odd = sum(character < " " and character not in "\t\r\n\f" for character in text)
    return text if odd * 50 <= len(text) else None


def with_byte_order_mark(data: bytes) -> bytes:
    """A UTF-16 text that lacks its byte order mark with it; anything else as it is."""
    head = data[:_LOOKED_AT]
    if b"\x00" not in head or len(data) % 2 or head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    blank = [head[first::2].count(0) / max(len(head) // 2, 1) for first in (0, 1)]
    if blank[0] < _FEW_ZEROS and blank[1] > _MANY_ZEROS:
        return BOM_UTF16_LE + data
    return BOM_UTF16_BE + data if blank[1] < _FEW_ZEROS and blank[0] > _MANY_ZEROS else data


_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def page_text(data: bytes) -> str:
    """A page's text: by its byte order mark or as UTF-8, else in the encoding that it states."""
    stated = _CHARSET.search(data[:4096])
    return decoded(data, stated[1].decode("ascii", errors="replace") if stated else "")


def decoded(data: bytes, stated: str = "") -> str:
    """The text of a file: by its byte order mark, as UTF-8, as `stated`, else in a code page of Windows.

    That is the Vietnamese one or the Western one, which may hold TCVN3 or VNI: that is for others to tell.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data[: len(data) & ~1].decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", stated):
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding, errors="strict" if encoding == "utf-8-sig" else "replace")
    return data.decode("cp1258" if _is_1258(data) else "cp1252", errors="replace")


_VOWELS = frozenset(b"aeiouyAEIOUY\xe2\xea\xf4\xe3\xf5\xfd\xc2\xca\xd4\xc3\xd5\xdd")
_D_BEGINS_A_WORD = re.compile(rb"(?:^|[\s;,\"])[\xd0\xf0][a-z\xe0-\xff]")
_TONES = frozenset(b"\xcc\xd2\xde\xec\xf2")


def _is_1258(data: bytes) -> bool:
    """Whether tones stand behind vowels, as code page 1258 writes them; TCVN3 has letters of its own there."""
    places = [at for at, byte in enumerate(data[: 1 << 20]) if byte in _TONES]
    behind = sum(at > 0 and data[at - 1] in _VOWELS for at in places)
    if places:
        return behind * 10 >= len(places) * 9
    return _D_BEGINS_A_WORD.search(data[: 1 << 20]) is not None


def read_delimited(data: bytes, meter: Meter) -> Workbook:
    """A delimited text (CSV, TSV) as one sheet of texts. Raises `GiveUp`."""
    text = decoded(data)
    meter.add_text(len(text))
    if not _PAST_LATIN_1.search(text) and len(_LOST.findall(text)) >= _FEWEST_LOST:
        raise GiveUp(_LETTERS_LOST)
    stated = _SEPARATOR_LINE.match(text)
    body = text[stated.end() :] if stated else text
    separator = stated[1] if stated else _separator("\n".join(body.splitlines()[:_SAMPLE]))
    if not separator:
        raise corrupt("không thấy dấu phân cách cột")
    cells: list[Cell] = []
    first = 2 if stated else 1  # Excel counts the line that states the separator, and shows nothing there
    try:
        for row, fields in enumerate(csv.reader(body.splitlines(keepends=True), delimiter=separator), start=first):
            filled = [(col, field) for col, field in enumerate(fields, start=1) if field.strip()]
            meter.add_cells(len(filled))
            cells += [Cell(row, col, CellKind.TEXT, field.replace("\r\n", "\n")) for col, field in filled]
            if not row % 1000:
                meter.check_time()
    except csv.Error:
        raise corrupt("một ô dài quá mức, hoặc dấu ngoặc kép không khép") from None
    return Workbook("csv", (Grid("Trang 1", 0, tuple(cells)),))


def _separator(text: str) -> str:
    """The sign that cuts most lines into equally many fields, at least three; "" where none does."""
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        return stated[1]
    lines = text.splitlines(keepends=True)[:_SAMPLE]
    best, most = "", 1
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        same = max((count for width, count in widths.items() if width >= _LEAST_COLUMNS), default=0)
        if same > most:
            best, most = separator, same
    return best
