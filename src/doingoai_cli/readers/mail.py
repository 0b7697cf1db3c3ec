"""Letters as they are sent (thư điện tử, .eml), by the standard library. Their attachments are what counts."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from doingoai_cli.readers.contents import ContainedFile, Contents
from doingoai_cli.readers.file_types import bare_mail
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, unreadable

_ROW = re.compile(r"<tr\b.*?</tr>", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_FORM_COLUMNS = 5
_PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg", ".emz", ".wmz")
_SHOWN = re.compile(rb"\bcid:([^\s\"'<>)]+)", re.IGNORECASE)
MOST_PARTS = 500
STUMBLES = (ValueError, LookupError, AttributeError, TypeError)
"""What parsers of letters raise over odd names and headers."""


def open_mail(data: bytes, meter: Meter) -> Contents:
    """A letter as it is sent (.eml). Raises `GiveUp` past a limit."""
    message = message_from_bytes(bare_mail(data), policy=policy.default)
    items = list(_items(message, meter))
    return Contents(
        "thư",
        tuple(items),
        sender=_header(message, "from"),
        subject=_header(message, "subject"),
        sent=_date(_header(message, "date")),
    )


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except STUMBLES:
        return ""


def _date(text: str) -> datetime | None:
    try:
        sent = parsedate_to_datetime(text)
        return sent.astimezone().replace(tzinfo=None) if sent.tzinfo else sent
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _items(message: EmailMessage, meter: Meter) -> Iterator[ContainedFile]:
    texts = (part for part in _leaves(message) if part.get_content_type() == "text/html" and not _file_name(part))
    body, shown = 0, pictures_shown(b"".join(map(_content, texts)))
    for count, part in enumerate(_leaves(message)):
        if count > MOST_PARTS:
            raise GiveUp(unreadable(Reason.TOO_LARGE, f"Thư có hơn {MOST_PARTS} phần"))
        kind = part.get_content_type()
        name = _file_name(part) or (f"đính kèm {count + 1}" if _is_attached(kind) else "")
        if kind == "message/rfc822":
            inner: Any = part.get_payload(0)
            letter = inner.as_bytes()
            meter.add_inflated(len(letter))
            yield ContainedFile(name or f"{_header(inner, 'subject') or 'thư kèm theo'}.eml", letter)
            continue
        if not name and kind != "text/html":
            continue
        content = _content(part)
        meter.add_inflated(len(content))
        if name:
            in_text = is_picture(name) and _header(part, "content-id").strip("<>").encode() in shown
            yield ContainedFile(name, content, in_text)
        elif holds_form(content):
            body += 1
            yield ContainedFile(f"nội dung thư {body}.html" if body > 1 else "nội dung thư.html", content)


def is_picture(name: str) -> bool:
    """Whether a file is a picture by its name."""
    return name.lower().endswith(_PICTURES)


def _is_attached(kind: str) -> bool:
    """Whether a part without a name is a file all the same: no text, picture or signature of the letter itself."""
    return kind.startswith("application/") and not kind.endswith(("-signature", "/ms-tnef", "/pgp-encrypted"))


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; a letter within the letter is one of them."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    parts: Any = message.get_payload()
    for part in parts:
        yield from _leaves(part)


def _file_name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except STUMBLES:
        return "tệp đính kèm"


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def pictures_shown(page: bytes) -> frozenset[bytes]:
    """The ids of the attachments that a letter's text shows in its midst."""
    return frozenset(unquote_to_bytes(found) for found in _SHOWN.findall(page[: 1 << 22]))


def holds_form(html: bytes) -> bool:
    """Whether the text of a letter holds a table as wide as a form."""
    text = html.decode("latin-1")
    return any(len(_CELL.findall(row)) >= _FORM_COLUMNS for row in _ROW.findall(text[: 1 << 22]))
