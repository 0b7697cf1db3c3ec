# ruff: noqa: E501 - layouts of records
"""Binary files that no library writes: Outlook's letters (.msg) and Excel's binary workbooks (.xlsb), for tests."""

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from rawbooks import packed, relationships

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
Storage = Mapping[str, "bytes | Storage"]
Attached = Mapping[str, "bytes | Storage | None"]
"""Files, `attached_letter`s, and what a letter only links to, by name."""


def compound(root: Storage) -> bytes:
    """An OLE container (MS-CFB, version 3)."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, _NONE, _NONE, b""]]
    _add(entries, 0, root)
    large, fat = _Sectors(_SECTOR), []
    small = _Sectors(_MINI)
    starts = [(small if len(entry[5]) < _CUTOFF else large).put(entry[5]) for entry in entries]  # type: ignore[arg-type]
    stream = b"".join(small.sectors)
    entries[0][5], starts[0] = stream, large.put(stream)
    mini_table = large.put(_table(small.chain))
    at = large.put(b"".join(_entry(entry, start) for entry, start in zip(entries, starts, strict=True)))
    needed = next(n for n in range(1, 110) if n * 128 >= len(large.chain) + n)
    places = list(range(len(large.sectors), len(large.sectors) + needed))
    fat = _table([*large.chain, *[_FAT] * needed])
    mini_sectors = -(-len(small.chain) * 4 // _SECTOR)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, needed, at, 0, _CUTOFF, mini_table, mini_sectors, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - needed))
    return header + b"".join(large.sectors) + fat.ljust(needed * _SECTOR, b"\xff")


class _Sectors:
    """Sectors of one size, and which follows which."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.sectors: list[bytes] = []
        self.chain: list[int] = []

    def put(self, data: bytes) -> int:
        """Where `data` begins."""
        if not data:
            return _END
        first, count = len(self.sectors), -(-len(data) // self.size)
        cut = (data[i * self.size : (i + 1) * self.size] for i in range(count))
        self.sectors += [piece.ljust(self.size, b"\0") for piece in cut]
        self.chain += [*range(first + 1, first + count), _END]
        return first


def _table(chain: Sequence[int]) -> bytes:
    data = struct.pack(f"<{len(chain)}I", *chain)
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\xff")


def _add(entries: list[list[object]], parent: int, storage: Storage) -> None:
    numbers = []
    for name, content in storage.items():
        numbers.append(len(entries))
        is_stream = isinstance(content, bytes)
        entries.append([name, 2 if is_stream else 1, _NONE, _NONE, _NONE, content if is_stream else b""])
    for number, following in zip(numbers, [*numbers[1:], _NONE], strict=True):
        entries[number][3] = following  # a list, each the right sibling of the one before it
    entries[parent][4] = numbers[0] if numbers else _NONE
    for number, content in zip(numbers, storage.values(), strict=True):
        if not isinstance(content, bytes):
            _add(entries, number, content)


def _entry(entry: Sequence[object], start: int) -> bytes:
    name, kind, left, right, child, data = entry
    spelt = str(name).encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", spelt, len(spelt) + 2, kind, 1, left, right, child, bytes(16), 0, 0, 0, start, len(data)  # type: ignore[arg-type]
    )  # fmt: skip


def outlook_letter(
    sender: str, subject: str, sent: datetime, attached: Attached, code_page: int = 0, page: str = ""
) -> bytes:
    """A letter as Outlook saves it, in Unicode or in a code page; the id of what is attached is its name."""
    return compound(_letter(sender, subject, sent, attached, code_page, bytes(8), page))


def attached_letter(sender: str, subject: str, sent: datetime, attached: Attached) -> Storage:
    """A letter to be attached to another one."""
    return _letter(sender, subject, sent, attached, 0, b"")


def _letter(
    sender: str, subject: str, sent: datetime, attached: Attached, code_page: int, rest: bytes, page: str = ""
) -> Storage:
    ticks = int((sent.astimezone(UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    headers = f"From: {sender}\r\nSubject: {subject}\r\n"
    storage: dict[str, bytes | Storage] = {"__nameid_version1.0": {"__substg1.0_00020102": b"\0" * 16}}
    properties = bytes(8) + struct.pack("<4I", 0, len(attached), 0, len(attached)) + rest
    properties += struct.pack("<IIQ", 0x00390040, 6, ticks)
    if code_page:
        properties += struct.pack("<IIII", 0x3FFD0003, 6, code_page, 0)
    for tag, text in ((0x001A, "IPM.Note"), (0x0037, subject), (0x007D, headers)):
        properties += _text_property(storage, tag, text, code_page)
    properties += _text_property(storage, 0x1013, page, code_page) if page else b""
    storage["__properties_version1.0"] = properties
    for number, (name, content) in enumerate(attached.items()):
        within: dict[str, bytes | Storage] = {}
        is_file = isinstance(content, bytes)
        properties = bytes(8) + struct.pack("<IIII", 0x37050003, 6, 1 if is_file else 5, 0)
        properties += _text_property(within, 0x3707 if is_file else 0x3001, name, code_page)
        properties += _text_property(within, 0x3712, name, code_page)
        if content is not None:
            kind = 0x0102 if is_file else 0x000D
            properties += struct.pack("<IIII", 0x37010000 | kind, 6, len(content), 0)
            within[f"__substg1.0_3701{kind:04X}"] = content
        within["__properties_version1.0"] = properties
        storage[f"__attach_version1.0_#{number:08X}"] = within
    return storage


def _text_property(storage: dict[str, "bytes | Storage"], tag: int, text: str, code_page: int) -> bytes:
    """The property of a text, which is put into `storage`."""
    kind = 0x001E if code_page else 0x001F
    stored = text.encode(f"cp{code_page}" if code_page else "utf-16-le")
    storage[f"__substg1.0_{tag:04X}{kind:04X}"] = stored
    return struct.pack("<IIII", tag << 16 | kind, 6, len(stored) + (1 if code_page else 2), 0)


def record(number: int, layout: str = "", *values: object) -> bytes:
    """A record of an .xlsb part: numbers by a `struct` layout, in which "T" stands for a counted text."""
    content = b""
    for letter, value in zip(layout, values, strict=True):
        if letter == "T":
            content += struct.pack("<I", len(str(value))) + str(value).encode("utf-16-le")
        else:
            content += struct.pack("<" + letter, value)
    return _varint(number) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def binary_workbook(rows: Sequence[Sequence[str]], sheet: str = "Mẫu 02.A") -> bytes:
    """An .xlsb of one sheet with these texts."""
    cells = b"".join(
        record(0, "IIHBB", at, 0, 300, 0, 0)
        + b"".join(record(6, "IIT", col, 0, text) for col, text in enumerate(row) if text)
        for at, row in enumerate(rows)
    )
    last = max(map(len, rows)) - 1
    styles = (
        record(278) + record(617, "I", 1) + record(47, "HHHHHHH", 0, 0, 0, 0, 0, 0, 0) + record(618) + record(279)
    )
    rels = relationships(("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin"))
    return packed(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")).encode(),
            "xl/workbook.bin": record(131) + record(153, "I", 0) + record(143) + record(156, "IITT", 0, 1, "rId1", sheet)
            + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": rels.encode(),
            "xl/worksheets/sheet1.bin": record(129) + record(148, "IIII", 0, len(rows) - 1, 0, last) + record(145) + cells
            + record(146) + record(130),
            "xl/styles.bin": styles,
        }
    )  # fmt: skip
