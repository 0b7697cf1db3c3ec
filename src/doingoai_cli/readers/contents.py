"""What an archive or a letter holds (tệp nén, thư): its files by name, each to be read like any other.

Opened in the guarded process, by what its bytes are and not by its name. Nothing is inflated uncounted, nothing
that comes out is written to disk, names lead nowhere: they only say what a file is called.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from doingoai_cli.readers.file_types import OLE, RAR, SEVEN_ZIP, TNEF, ZIP, looks_like_mail
from doingoai_cli.readers.guard import function_of, never_raises, read_guarded
from doingoai_cli.readers.limits import DEFAULT_LIMITS, Limits, Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, Unreadable, too_large, unreadable

DEEPEST = 3
"""How deep archives and letters may lie in one another."""
_OPENERS = "doingoai_cli.readers.contents:open_here"
_BY_MAGIC = {
    ZIP: "archives:open_zip_archive",
    SEVEN_ZIP: "archives:open_seven_zip",
    RAR: "rar:open_rar",
    TNEF: "tnef:open_tnef",
    OLE: "outlook:open_outlook",
}
"""What opens each kind, by its first bytes: loaded then, so that no library of another kind is."""
_LONGEST_NAME = 150
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class ContainedFile(NamedTuple):
    """One file in an archive or letter; `data` or why it cannot be had."""

    name: str
    """With "/" for the folders within; unique among its neighbours."""
    data: bytes | Unreadable
    in_text: bool = False
    """Whether it is a picture that the letter's own text shows: a logo, mostly."""


class Contents(NamedTuple):
    """What an archive or a letter holds."""

    kind: str
    """"tệp nén" or "thư"."""
    items: tuple[ContainedFile, ...]
    sender: str = ""
    """As the letter states it: "Sở Y tế <syt@…>"; "" of an archive."""
    subject: str = ""
    sent: datetime | None = None
    """Local time of this machine; None of an archive."""


def open_contents(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Contents | Unreadable:
    """The files in an archive or letter; never raises."""
    return read_guarded(_OPENERS, data, name, limits, Contents)


@never_raises(unreadable(Reason.CORRUPT, "Tệp nén hoặc thư bị hỏng"))
def open_here(data: bytes, name: str, meter: Meter) -> Contents:
    """The same, within the guarded process."""
    if len(data) > meter.limits.file_bytes:
        raise too_large(f"hơn {meter.limits.file_bytes >> 20} MB")
    opener = next((opener for magic, opener in _BY_MAGIC.items() if data.startswith(magic)), "")
    opener = opener or ("mail:open_mail" if looks_like_mail(data) else "")
    if not opener:
        raise GiveUp(unreadable(Reason.UNREADABLE, f"Không nhận ra tệp nén hoặc thư ({name})"))
    found = function_of(f"doingoai_cli.readers.{opener}")(data, meter)
    contents = found if isinstance(found, Contents) else Contents("tệp nén", tuple(found))
    return contents._replace(items=tuple(_named_apart(contents.items)))


def _named_apart(items: Iterable[ContainedFile]) -> Iterator[ContainedFile]:
    """The files under names that are fit to be shown, each once."""
    taken: set[str] = set()
    for item in items:
        name = shown_name(item.name)
        stem, dot, suffix = name.rpartition(".")
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}){dot}{suffix}" if dot else f"{suffix} ({number})"
        taken.add(name.casefold())
        yield item._replace(name=name)


def shown_name(name: str, longest: int = _LONGEST_NAME) -> str:
    """A name from within an archive as a person can read it: it leads nowhere and holds no control characters."""
    parts = _UNPRINTABLE.sub("", name.replace("\\", "/")).split("/")
    named = [part.strip() for part in parts if part.strip(". ") and not re.fullmatch(r"[A-Za-z]:", part)]
    return "/".join(_shortened(part, longest) for part in named[-4:]) or "không tên"


def _shortened(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 8:
        return name[:longest]
    return f"{stem[: longest - len(suffix) - 2]}….{suffix}"
