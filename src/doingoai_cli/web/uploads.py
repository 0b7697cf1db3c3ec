"""Files that come by the page (tải lên): names that Windows takes, never over a file that is there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from doingoai_cli.errors import DoingoaiError, reason_of
from doingoai_cli.pipeline.files import beside, make_folder, write_whole
from doingoai_cli.readers.folder import passed_over_within
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB
from doingoai_cli.vietnamese.numbers import format_number

_LONGEST = 100
"""Characters of a name: with the folders of a workspace's path it stays below the 260 that Windows opens."""
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


class Saved(NamedTuple):
    """What became of uploads: sentences by what they tell, what was not taken first."""

    refused: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    received: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of them, in this order."""
        return (*self.refused, *self.there, *self.unread, *self.received)

    @property
    def counts(self) -> str:
        """How many of each."""
        said = ((self.refused, "không nhận được"), (self.there, "đã có từ trước"), (self.unread, "không được đọc"))
        others = "".join(f"; {format_number(len(files))} tệp {what}" for files, what in said if files)
        return f"Đã nhận {format_number(len(self.unread) + len(self.received))} tệp{others}."


def save(uploads: Iterable[Upload], inbox: Path) -> Saved:
    """Write each into the inbox; one that cannot be written keeps no other one out.

    A file that is there already, byte for byte, is not written again.
    """
    known = dict(_digests(inbox))
    refused, there, unread, received = [], [], [], []
    for upload in uploads:
        digest = sha256(upload.data).digest()
        if digest in known:
            name = known[digest].name
            there.append(f"“{upload.name}”: tệp giống hệt đã có trong hộp thư đến ({name}), không ghi lại.")
            continue
        try:
            path = known[digest] = _written(upload, inbox)
        except DoingoaiError as error:
            refused.append(f"“{upload.name}”: không nhận. {error}")
        else:
            reason = passed_over_within(path.name, upload.data)
            name = path.relative_to(inbox).as_posix()
            if reason:
                unread.append(f"Đã nhận “{name}”, nhưng không đọc: {reason}.")
            else:
                received.append(f"Đã nhận “{name}”.")
    return Saved(tuple(refused), tuple(there), tuple(unread), tuple(received))


def _digests(inbox: Path) -> Iterator[tuple[bytes, Path]]:
    for path in inbox.rglob("*"):
        with suppress(OSError):  # one that another program holds open is compared with nothing
            if path.is_file() and not path.is_symlink():
                yield sha256(path.read_bytes()).digest(), path


def _written(upload: Upload, inbox: Path) -> Path:
    if len(upload.data) > DEFAULT_LIMITS.file_bytes:
        raise DoingoaiError(
            f"Tệp lớn hơn {DEFAULT_LIMITS.file_bytes // MIB} MB: đề nghị bỏ bớt hình ảnh rồi gửi lại."
        )
    path = free_path(inbox / legal_path(upload.name))
    write_whole(path, upload.data)
    return path


def withdraw(path: Path, inbox: Path, folder: Path) -> Path:
    """Move a submission out of the inbox, below `folder`: nothing is ever deleted; DoingoaiError: it stays."""
    return _moved(path, folder / datetime.now().strftime("%Y-%m-%d") / path.relative_to(inbox))


def put_back(path: Path, inbox: Path, folder: Path) -> Path:
    """Move a file that was withdrawn to `folder` back into the inbox; DoingoaiError: it stays."""
    return _moved(path, inbox / Path(*path.relative_to(folder).parts[1:]))


def _moved(path: Path, target: Path) -> Path:
    """Where a file lies now: at `target`, or beside what is there."""
    place = free_path(target)
    make_folder(place.parent)
    try:
        path.rename(place)
    except OSError as error:
        said = (
            f"Không chuyển được “{path.as_posix()}”: {reason_of(error)}. Đóng tệp ở chương trình khác rồi làm lại."
        )
        raise DoingoaiError(said) from error
    return place
