"""What a file is when it is no workbook (nhận dạng tệp): told by its first bytes, never by its name."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable

from doingoai_cli.readers.texts import beginning
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first record (BOF of BIFF 2, 3, 4, 5, 8) of an Excel stream without the OLE container around it.
BARE_XLS = tuple(b"\x09" + rest for rest in (b"\0\4\0", b"\2\6\0", b"\4\6\0", b"\x08\x08\0", b"\x08\x10\0"))

RTF = b"{\\rtf"
PDF = b"%PDF-"
RAR = b"Rar!\x1a\x07"
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
TNEF = b"\x78\x9f\x3e\x22"
"""What Outlook packs attachments in (winmail.dat)."""

_LOOKED_AT = 65536
_SHORT = 2
_CONTENT_TYPES = "[content_types].xml"

_SAVE_AS_XLSX = "Mở bằng Excel, chọn Lưu thành (Save As) dạng Sổ làm việc Excel (.xlsx) rồi gửi lại"
_SEND_EXCEL = "Gửi lại biểu mẫu bằng tệp Excel (.xlsx), không gửi bản chụp hay bản in"
_UNPACK = "Giải nén rồi gửi từng tệp bên trong"

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "tệp ảnh (PNG)", _SEND_EXCEL),
    (b"\xff\xd8\xff", "tệp ảnh (JPEG)", _SEND_EXCEL),
    (b"GIF8", "tệp ảnh (GIF)", _SEND_EXCEL),
    (b"BM", "tệp ảnh (BMP)", _SEND_EXCEL),
    (b"II*\x00", "tệp ảnh (TIFF)", _SEND_EXCEL),
    (b"MM\x00*", "tệp ảnh (TIFF)", _SEND_EXCEL),
    (b"\x1f\x8b", "tệp nén (gzip)", _UNPACK),
    (b"SQLite format 3", "cơ sở dữ liệu", _SEND_EXCEL),
    (b"MZ", "tệp chương trình", "Không mở tệp; xác minh với cơ quan gửi"),
)


def by_magic(data: bytes) -> Unreadable | None:
    """What `data` is by its first bytes, as the reason why it is no workbook; None where they tell nothing."""
    is_text = b"\0" not in data[:512]
    for magic, what, advice in _MAGIC:
        if data.startswith(magic) and not (is_text and len(magic) == _SHORT):  # two letters may begin any text
            return _foreign(what, advice)
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return _foreign("tệp ảnh hoặc phim (HEIC, WEBP, MP4)", _SEND_EXCEL)
    if data[257:262] == b"ustar":
        return _foreign("tệp nén (TAR)", _UNPACK)
    if data.startswith((SEVEN_ZIP, RAR, TNEF)) or looks_like_mail(data):
        return unreadable(Reason.CONTAINER)
    return None


def not_a_workbook(data: bytes) -> Unreadable:
    """What `data` is, as the reason why it cannot be read."""
    known = by_magic(data)
    if known is not None:
        return known
    text = beginning(data)
    if text is None:
        return unreadable(Reason.UNREADABLE, "Không nhận ra định dạng (tệp hỏng hoặc không phải bảng tính)")
    if not text.strip():
        return unreadable(Reason.EMPTY, "Tệp chỉ có khoảng trắng")
    if text.lstrip().startswith("<"):
        return _foreign("tệp XML", _SAVE_AS_XLSX)
    return _foreign("tệp văn bản thuần", "Nhập số liệu vào biểu mẫu Excel (.xlsx) rồi gửi lại")


def foreign_package(names: tuple[str, ...], start: str) -> Unreadable:
    """What a zip package without a workbook is; `names` are its parts, `start` its main part."""
    place = start.partition("/")[0]
    if place == "ppt" or "presentation" in start or any(name.startswith("ppt/") for name in names):
        return _foreign("bản trình chiếu (PowerPoint)", _SEND_EXCEL)
    if place == "visio":
        return _foreign("bản vẽ (Visio)", _SEND_EXCEL)
    if any(name.endswith(".iwa") for name in names):
        return _foreign("tệp của Apple Numbers hoặc Pages", "Xuất sang Excel (.xlsx) rồi gửi lại")
    if _CONTENT_TYPES in names:
        return unreadable(Reason.CORRUPT, "Tệp bị hỏng (tệp Office thiếu phần chính)")
    return unreadable(Reason.CONTAINER)


def is_other_package(names: Iterable[str]) -> bool:
    """Whether a zip package is a document of Apple's or of an office program, by the names of its parts."""
    return any(name.endswith(".iwa") or name == _CONTENT_TYPES for name in names)


def foreign_open_document() -> Unreadable:
    """What an ODF package that is neither a spreadsheet nor a text is."""
    return _foreign("tệp OpenDocument không phải bảng tính", _SEND_EXCEL)


def foreign_ole(streams: frozenset[str]) -> Unreadable:
    """What an OLE container without a workbook is; `streams` are the names at its top, lower case."""
    if "worddocument" in streams:
        return unreadable(Reason.LEGACY_WORD)
    if "powerpoint document" in streams:
        return _foreign("bản trình chiếu PowerPoint đời cũ (.ppt)", _SEND_EXCEL)
    if any(stream.startswith("__") for stream in streams):
        return unreadable(Reason.CONTAINER)
    return _foreign("tệp Office đời cũ không phải bảng tính", _SEND_EXCEL)


_HEADER = re.compile(rb"([!-9;-~]+):[ \t]?.*\r?\n(?:[ \t].*\r?\n)*")
_OF_MAILBOX = re.compile(rb"\AFrom [^\r\n]{1,200}\r?\n")
_OF_LETTERS = frozenset((b"from", b"to", b"date", b"subject", b"received", b"return-path", b"message-id"))
_ARCHIVED_PAGE = re.compile(
    rb"^(?:x-document-type:|content-type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE
)


def bare_mail(data: bytes) -> bytes:
    """A letter from its first header on: without a mark of its encoding and the line that mailboxes put before."""
    return _OF_MAILBOX.sub(b"", data.removeprefix(BOM_UTF8), count=1)


def looks_like_mail(data: bytes) -> bool:
    """Whether a text begins with the headers of a letter; a page archived by Excel begins alike, but is none."""
    head, seen = bare_mail(data[:_LOOKED_AT]), set[bytes]()
    at = 0
    while match := _HEADER.match(head, at):
        seen.add(match[1].lower())
        at = match.end()
    if len(seen & _OF_LETTERS) < 2:
        return False
    saved = re.search(rb"^from:\s*<saved by", head[:at], re.IGNORECASE | re.MULTILINE)
    return saved is None and (b"received" in seen or _ARCHIVED_PAGE.search(head[:at]) is None or b"to" in seen)


def _foreign(what: str, advice: str) -> Unreadable:
    return unreadable(Reason.NOT_A_SPREADSHEET, f"Tệp không phải bảng tính mà là {what}", advice)
