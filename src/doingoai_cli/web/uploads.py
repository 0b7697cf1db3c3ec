"""Files that come by the page (tải lên): names that Windows takes, never over a file that is there."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.files import beside, write_whole
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB

WITHDRAWN_FOLDER = "da-rut"
"""Where a withdrawn or replaced file is moved to, beside the inbox: nothing is ever deleted."""
_LONGEST = 100
"""Characters of a name: with the folders of a desk's path it stays below the 260 that Windows opens."""
_DEEPEST = 3
"""Folders below the inbox that are kept of a dropped folder ("2020-08/…" says the period)."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


class Upload(NamedTuple):
    """One file as the browser sent it; `name` may have folders ("2020-08/so-y-te.xlsx")."""

    name: str
    data: bytes


def legal_name(name: str) -> str:
    """One part of a path as Windows takes it: no signs it forbids, no reserved name, not too long."""
    text = unicodedata.normalize("NFC", name)
    text = "".join("_" if unicodedata.category(sign) in ("Cf", "Cs", "Co") else sign for sign in text)
    text = _FORBIDDEN.sub("_", text).strip(" .")
    stem, dot, suffix = text.rpartition(".")
    if not dot:
        stem, suffix = text, ""
    stem, suffix = stem[: _LONGEST - len(suffix[:10]) - 1].rstrip(" ."), suffix[:10]
    text = f"{stem}.{suffix}" if dot else stem
    if not stem or _RESERVED.fullmatch(text) or text.startswith("~$"):
        text = f"tep-{text.lstrip('~$.')}"
    return text


def legal_path(name: str) -> Path:
    """The relative path below the inbox for an upload's name: the last folders of it, each made legal."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", ".", "..")]
    return Path(*(legal_name(part) for part in parts[-_DEEPEST - 1 :])) if parts else Path("tep")


def free_path(path: Path) -> Path:
    """`path`, or the first of "name (2).xlsx", "name (3).xlsx", … where nothing stands."""
    return next(each for each in beside(path) if not (each.exists() or each.is_symlink()))


def save(uploads: Iterable[Upload], inbox: Path) -> tuple[str, ...]:
    """Write each into the inbox; a sentence each. A file that is there already, byte for byte, is not written."""
    files = (path for path in inbox.rglob("*") if path.is_file() and not path.is_symlink())
    known = {sha256(path.read_bytes()).digest(): path for path in files}
    lines = []
    for upload in uploads:
        digest = sha256(upload.data).digest()
        there = known.get(digest)
        if there is not None:
            lines.append(f"“{upload.name}”: tệp giống hệt đã có trong hộp thư đến ({there.name}), không ghi lại.")
            continue
        if len(upload.data) > DEFAULT_LIMITS.file_bytes:
            lines.append(f"“{upload.name}”: không nhận, tệp lớn hơn {DEFAULT_LIMITS.file_bytes // MIB} MB.")
            continue
        path = free_path(inbox / legal_path(upload.name))
        write_whole(path, upload.data)
        known[digest] = path
        lines.append(f"Đã nhận “{path.relative_to(inbox).as_posix()}”.")
    return tuple(lines)


def withdraw(path: Path, inbox: Path) -> str:
    """Move a submission out of the inbox; the sentence that says where it lies now. DoingoaiError: it stays."""
    if not path.resolve().is_relative_to(inbox.resolve()):
        raise DoingoaiError(f"“{path}” không nằm trong hộp thư đến.")
    day = datetime.now().strftime("%Y-%m-%d")
    target = free_path(inbox.parent / WITHDRAWN_FOLDER / day / path.relative_to(inbox))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    except OSError as error:
        raise DoingoaiError(f"Không chuyển được “{path}”: tệp đang mở ở chương trình khác?") from error
    return f"Đã rút “{path.name}”; tệp được giữ ở {target.as_posix()}."


def put_back(path: Path, inbox: Path) -> str:
    """Move a withdrawn file back into the inbox; the sentence that says so. DoingoaiError for any other file."""
    folder = inbox.parent / WITHDRAWN_FOLDER
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DoingoaiError(f"“{path}” không nằm trong thư mục các tệp đã rút.")
    target = free_path(inbox / Path(*path.relative_to(folder).parts[1:]))
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    return f"Đã đưa “{target.name}” trở lại hộp thư đến."
