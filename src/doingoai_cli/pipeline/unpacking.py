"""Archives and letters in an inbox: each file in them is read as if it lay in the folder itself.

A file within has the path of what it lies in before its own name ("inbox/thu.eml/bieu-mau.xlsx").
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.messages import OPENED
from doingoai_cli.model.submissions import Origin
from doingoai_cli.readers.container import is_archive, read_workbook
from doingoai_cli.readers.contents import DEEPEST, Contents, open_contents
from doingoai_cli.readers.file_types import OLE, ZIP, not_a_workbook
from doingoai_cli.readers.folder import PassOverReason, passed_over_within, read_bytes
from doingoai_cli.readers.limits import DEFAULT_LIMITS, Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable

_TOO_DEEP = unreadable(
    Reason.TOO_LARGE, f"Tệp nén hoặc thư lồng nhau quá {DEEPEST} lớp", "Giải nén rồi gửi từng tệp bên trong"
)
_MOST = 100
"""Archives and letters within one file: each is opened apart."""
_TOO_MANY = unreadable(
    Reason.TOO_LARGE, f"Trong một tệp có hơn {_MOST} tệp nén hoặc thư", "Giải nén rồi gửi từng tệp bên trong"
)
_EMPTY = {
    "thư": unreadable(
        Reason.NOT_A_SPREADSHEET, "Thư không có tệp đính kèm", "Xem nội dung thư; đề nghị gửi kèm biểu mẫu (.xlsx)"
    ),
    "tệp nén": unreadable(Reason.EMPTY, "Tệp nén không có tệp nào", "Đề nghị cơ quan nén và gửi lại"),
}


class Unpacked(NamedTuple):
    """What became of one file: its bytes to be read, why it cannot be, or why it is passed over."""

    path: str
    data: bytes | Unreadable
    origin: Origin | None
    passed_over: str = ""


def is_container(data: bytes, name: str) -> bool:
    """Whether a file in an archive or letter is itself an archive or letter."""
    if data.startswith(ZIP):
        return is_archive(data)
    found = read_workbook(data, name) if data.startswith(OLE) else not_a_workbook(data)
    return isinstance(found, Unreadable) and found.reason is Reason.CONTAINER


def unpacked(data: bytes, path: str) -> Iterator[Unpacked]:
    """An archive or letter, and all that lies in it, to a depth of three; in its own order."""
    yield from _Opening().inside(data, path, None, 1)


class _Opening:
    """One archive or letter being opened; what lies in it shares one limit of size and of number."""

    def __init__(self) -> None:
        self._left = DEFAULT_LIMITS.inflated_bytes
        self._opened = 0

    def inside(self, data: bytes, path: str, outer: Origin | None, depth: int) -> Iterator[Unpacked]:
        self._opened += 1
        if depth > DEEPEST or self._opened > _MOST:
            yield Unpacked(path, _TOO_DEEP if depth > DEEPEST else _TOO_MANY, outer)
            return
        limits: Limits = replace(DEFAULT_LIMITS, inflated_bytes=max(self._left, 1))
        found = open_contents(data, Path(path).name, limits)
        if isinstance(found, Unreadable) or not found.items:
            yield Unpacked(path, found if isinstance(found, Unreadable) else _EMPTY[found.kind], outer)
            return
        origin = _origin(found, path, outer)
        has_files = not all(one.in_text for one in found.items)
        inner = [
            item
            for one in found.items
            for item in (
                [Unpacked(f"{path}/{one.name}", b"", origin, PassOverReason.PICTURE.value)]
                if one.in_text and has_files
                else self._item(one.name, one.data, path, origin, depth)
            )
        ]
        yield Unpacked(path, b"", origin if found.kind == "thư" else outer, _said(found, inner))
        yield from inner

    def _item(
        self, name: str, data: bytes | Unreadable, path: str, origin: Origin, depth: int
    ) -> Iterator[Unpacked]:
        whole = f"{path}/{name}"
        passed_over = passed_over_within(name, b"" if isinstance(data, Unreadable) else data)
        if passed_over is not None:
            yield Unpacked(whole, b"", origin, passed_over.value)
        elif isinstance(data, Unreadable):
            yield Unpacked(whole, data, origin)
        else:
            self._left -= len(data)
            if is_container(data, name):
                yield from self.inside(data, whole, origin, depth + 1)
            else:
                yield Unpacked(whole, data, origin)


def _origin(contents: Contents, path: str, outer: Origin | None) -> Origin:
    """Where files in it come from: the letter that they lie in, or that an archive came with."""
    if contents.kind == "thư" or outer is None:
        return Origin(path, contents.sender, contents.subject, contents.sent)
    return outer._replace(container=path)


def _said(contents: Contents, inner: list[Unpacked]) -> str:
    read = sum(1 for one in inner if not one.passed_over)
    from_whom = f" của {contents.sender}" if contents.sender else ""
    subject = f" “{contents.subject}”" if contents.subject else ""
    return f"{OPENED}{contents.kind}{from_whom}{subject}, {read} tệp bên trong được đọc riêng"


def file_of(path: Path) -> Path:
    """The file on disk that a path leads into; the path itself where there is no such file."""
    outer = (path, *path.parents) if not path.exists() else ()
    return next((one for one in outer if one.is_file()), path)


def bytes_at(path: Path) -> bytes | Unreadable:
    """A file's content, also of one that lies in an archive or letter."""
    outer = file_of(path)
    data = read_bytes(outer)
    if outer == path or isinstance(data, Unreadable):
        return data
    return _within(data, path.relative_to(outer).as_posix())


def _within(data: bytes, name: str) -> bytes | Unreadable:
    found = open_contents(data, "")
    if isinstance(found, Unreadable):
        return found
    for item in found.items:
        if item.name == name:
            return item.data
        if name.startswith(f"{item.name}/") and not isinstance(item.data, Unreadable):
            return _within(item.data, name.removeprefix(f"{item.name}/"))
    return unreadable(Reason.MISSING)
