"""Which files an inbox holds (duyệt thư mục), and reading one without ever blocking.

Called by the pipeline alone: stages take bytes.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.readers.file_types import OLE, PDF, RAR, RTF, SEVEN_ZIP, TNEF, ZIP
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable


class PassOverReason(StrEnum):
    """Why an entry of a folder is not read (bỏ qua); the value is Vietnamese, for people."""

    LOCK = "tệp khóa của Excel, Word hoặc LibreOffice"
    TEMPORARY = "tệp tạm"
    SYSTEM = "tệp của hệ điều hành"
    HIDDEN = "tệp hoặc thư mục ẩn"
    LINK = "liên kết, không đi theo"
    PICTURE = "hình trong nội dung thư, không phải tệp đính kèm"
    LIST = "danh sách của cán bộ tổng hợp, không phải tệp nộp"
    WITHDRAWN = "các tệp đã rút khỏi hộp thư đến"
    OTHER = "không phải bảng tính hay văn bản Word"


WITHDRAWN_FOLDER = "da-rut"
"""Where the page moves what was withdrawn from an inbox: no part of one, whatever folder is read."""


class FoundFile(NamedTuple):
    """A file to read, or an entry that is passed over; `path` as the caller wrote its beginning."""

    path: Path
    passed_over: PassOverReason | None = None


_ARCHIVES = (".zip", ".7z", ".rar", ".eml", ".msg", ".dat")
_NEVER_READ = (
    ".heic", ".webp", ".bmp", ".gif", ".jfif", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".numbers", ".pages",
    ".gsheet", ".gdoc", ".et", ".ett", ".wps", ".xps", ".oxps", ".p7m", ".slk", ".dif", ".dbf", ".sxc", ".uos",
    ".xlw", ".wk1", ".wks", ".prn",
)  # fmt: skip
"""What agencies send and nobody reads here, scans too: an inbox loses nothing in silence, CT01 says what to do."""
_READ = frozenset((
    ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".rtf", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls",
    ".xlt", ".xlsb", ".ods", ".ots", ".docx", ".docm", ".dotx", ".odt", ".ott", ".fods", ".htm", ".html",
    ".mht", ".mhtml", ".csv", ".tsv", ".xml", ".doc", *_ARCHIVES, *_NEVER_READ,
))  # fmt: skip
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,9}")
_KNOWN_BEGINNINGS = (ZIP, OLE, PDF, RAR, SEVEN_ZIP, RTF, TNEF)
_TABLE_TEXT = ".txt"
"""Excel's "Text (Tab delimited)", where it has lines of columns enough; else a note."""
_FEWEST_LINES, _FEWEST_TABS = 2, 4
_PARTS_OF_DOCUMENTS = (
    b"xl/work", b"word/document.xml", b"application/vnd.oasis.opendocument.", *(
        name.encode("utf-16-le") for name in ("Workbook", "WordDocument")
    )
)  # fmt: skip
"""Names within workbooks and Word documents."""
_BEGINNING = 1 << 16
"""Bytes that tell what a file is where its name does not."""
_SYSTEM = frozenset((".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"))
_LOCK = re.compile(r"~\$.*|\.~lock\..*#", re.DOTALL)
_TEMPORARY = re.compile(
    r"~.*\.tmp|~wr[ldf].*|.*~|.*\.(?:tmp|temp|part|partial|crdownload|download|swp|bak)", re.IGNORECASE | re.DOTALL
)
_NUMBER = re.compile(r"(\d+)")


def expand(paths: Iterable[Path]) -> tuple[FoundFile, ...]:
    """Every file that `paths` name, folders walked through, in natural order, each file once.

    What is named outright is to be read whatever it is; only entries of a folder are passed over. Links in a
    folder are not followed. A folder that calls itself a workbook ("x.xlsx") is an entry that cannot be read.
    """
    found: dict[str, FoundFile] = {}
    for path in paths:
        is_folder = path.suffix.lower() not in _READ and path.is_dir()
        for item in _walk(path) if is_folder else (FoundFile(path),):
            found.setdefault(os.path.abspath(item.path), item)  # noqa: PTH100 - Path.resolve follows links
    return tuple(found.values())


def _walk(folder: Path) -> Iterator[FoundFile]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    except OSError:
        yield FoundFile(folder)  # reading it will say why
        return
    for entry in entries:
        path = folder / entry.name
        reason = _reason(entry)
        if reason is not None:
            yield FoundFile(path, reason)
        elif entry.is_dir(follow_symlinks=False) and path.suffix.lower() not in _READ:
            yield from _walk(path)
        else:
            yield FoundFile(path)


def _reason(entry: "os.DirEntry[str]") -> PassOverReason | None:
    reason = _by_name(entry.name)
    if reason is not None:
        return reason
    if entry.is_symlink():
        return PassOverReason.LINK
    if entry.is_dir(follow_symlinks=False):
        return PassOverReason.WITHDRAWN if entry.name == WITHDRAWN_FOLDER else None
    if is_read(entry.name):
        return None
    if entry.is_file(follow_symlinks=False):
        with suppress(OSError), open(entry, "rb") as file:  # noqa: PTH123 - an entry, not a path
            return None if _is_known(entry.name, file.read(_BEGINNING)) else PassOverReason.OTHER
    return PassOverReason.OTHER


def _is_known(name: str, beginning: bytes) -> bool:
    """Whether a file whose name does not say that agencies send it is such a one, by how it begins."""
    if _says_no_kind(name):
        return beginning.startswith(_KNOWN_BEGINNINGS)
    if beginning.startswith((ZIP, OLE)):  # renamed, or a slip: "bieu.xslx"
        return any(part in beginning for part in _PARTS_OF_DOCUMENTS)
    lines = (
        beginning.split(b"\n") if name.lower().endswith(_TABLE_TEXT) else []
    )  # in UTF-16, too, a tab is one byte
    return sum(line.count(b"\t") >= _FEWEST_TABS for line in lines) >= _FEWEST_LINES


def is_read(name: str) -> bool:
    """Whether a name says that agencies send such files."""
    return Path(name.lower()).suffix in _READ


def _says_no_kind(name: str) -> bool:
    """Whether a name has no suffix, or only what looks like one: "Mẫu 02.A", "báo cáo tháng 9.2019"."""
    return _SUFFIX.fullmatch(Path(name).suffix) is None


def _by_name(name: str) -> PassOverReason | None:
    if _LOCK.fullmatch(name):
        return PassOverReason.LOCK
    if name.lower() in _SYSTEM:
        return PassOverReason.SYSTEM
    if _TEMPORARY.fullmatch(name):
        return PassOverReason.TEMPORARY
    return PassOverReason.HIDDEN if name.startswith(".") else None


def passed_over_within(name: str, data: bytes) -> PassOverReason | None:
    """Why a file in an archive is not read, by its name ("/" between the folders within); None where it is.

    What it holds tells where its name does not.
    """
    for part in name.split("/"):
        reason = _by_name(part)
        if reason is not None:
            return reason
    return None if is_read(name) or _is_known(name, data[:_BEGINNING]) else PassOverReason.OTHER


_SURROGATE = re.compile(r"\\udc([89a-f][0-9a-f])")


def shown_path(path: Path) -> str:
    """A path as it is shown and kept: with "/", and what is no UTF-8 in its names as `\\udc80` … `\\udcff`."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def real_path(shown: str) -> Path:
    """The path on disk that `shown_path` shows."""
    return Path(_SURROGATE.sub(lambda match: chr(0xDC00 + int(match[1], 16)), shown))


def natural_key(name: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """Orders names as people do: "b2" before "b10", whatever their case."""
    pieces = _NUMBER.split(name.casefold())
    return tuple((0, int(piece)) if index % 2 else (1, piece) for index, piece in enumerate(pieces)), name


def read_bytes(path: Path, limit: int = DEFAULT_LIMITS.file_bytes) -> bytes | Unreadable:
    """A regular file's content, or why there is none: nothing that could block is ever opened."""
    try:
        state = path.stat()
        problem = _problem(state, limit)
        if problem is not None:
            return problem
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            state = os.fstat(file.fileno())
            problem = _problem(state, limit)  # it may have been swapped in between
            # Room for all that a file may be takes longer than reading one: 80 µs.
            data = file.read(state.st_size + 1) if problem is None else b""
            if len(data) > state.st_size:  # it has grown
                data += file.read(limit + 1 - len(data))
    except FileNotFoundError:
        return unreadable(Reason.MISSING)
    except PermissionError:
        return unreadable(Reason.UNREADABLE, "Không có quyền đọc tệp hoặc thư mục", "Cấp quyền đọc rồi chạy lại")
    except (OSError, ValueError) as error:
        return unreadable(Reason.UNREADABLE, f"Hệ điều hành không đọc được tệp ({type(error).__name__})")
    if len(data) > limit:
        problem = _over(limit)
    return problem or data


def _problem(state: os.stat_result, limit: int) -> Unreadable | None:
    if stat.S_ISDIR(state.st_mode):
        return unreadable(Reason.NOT_REGULAR, "Đây là thư mục, không phải tệp")
    if not stat.S_ISREG(state.st_mode):
        return unreadable(Reason.NOT_REGULAR)
    if not state.st_size:
        return unreadable(Reason.EMPTY)
    return _over(limit) if state.st_size > limit else None


def _over(limit: int) -> Unreadable:
    return unreadable(Reason.TOO_LARGE, f"Tệp vượt quá giới hạn an toàn (hơn {limit // MIB} MB)")
