"""Letters (thư điện tử): .eml by the standard library, .msg by python-oxmsg. Their attachments are what counts."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import Any

from oxmsg import Message as OutlookMessage

from doingoai_cli.readers.contents import ContainedFile, Contents
from doingoai_cli.readers.file_types import bare_mail
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, unreadable

_ROW = re.compile(r"<tr\b.*?</tr>", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_FORM_COLUMNS = 5
_MOST_PARTS = 500
_STUMBLES = (ValueError, LookupError, AttributeError, TypeError)
"""What the parser raises over odd headers."""


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
    except _STUMBLES:
        return ""


def _date(text: str) -> datetime | None:
    try:
        sent = parsedate_to_datetime(text)
        return sent.astimezone().replace(tzinfo=None) if sent.tzinfo else sent
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _items(message: EmailMessage, meter: Meter) -> Iterator[ContainedFile]:
    body = 0
    for count, part in enumerate(_leaves(message)):
        if count > _MOST_PARTS:
            raise GiveUp(unreadable(Reason.TOO_LARGE, f"Thư có hơn {_MOST_PARTS} phần"))
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
            yield ContainedFile(name, content)
        elif _holds_form(content):
            body += 1
            yield ContainedFile(f"nội dung thư {body}.html" if body > 1 else "nội dung thư.html", content)


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
    except _STUMBLES:
        return "tệp đính kèm"


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _holds_form(html: bytes) -> bool:
    """Whether the text of a letter holds a table as wide as a form."""
    text = html.decode("latin-1")
    return any(len(_CELL.findall(row)) >= _FORM_COLUMNS for row in _ROW.findall(text[: 1 << 22]))


def open_outlook(data: bytes, meter: Meter) -> Contents:
    """A letter as Outlook saves it (.msg). Raises `GiveUp` past a limit, and what the library lets out."""
    message = OutlookMessage.load(data)
    items: list[ContainedFile] = []
    for number, attachment in enumerate(message.attachments, start=1):
        if number > _MOST_PARTS:
            raise GiveUp(unreadable(Reason.TOO_LARGE, f"Thư có hơn {_MOST_PARTS} tệp đính kèm"))
        name = attachment.file_name or attachment.properties.str_prop_value(_SHORT_NAME) or f"đính kèm {number}"
        content = attachment.file_bytes
        if content is None:
            what = unreadable(
                Reason.UNREADABLE, "Tệp đính kèm là một thư khác, hoặc chỉ là đường dẫn", _SAVE_APART
            )
            items.append(ContainedFile(name, what))
            continue
        meter.add_inflated(len(content))
        items.append(ContainedFile(name, content))
    body = (message.html_body or "").encode()
    if _holds_form(body):
        items.append(ContainedFile("nội dung thư.html", body))
    sent = message.sent_date or None
    return Contents(
        "thư",
        tuple(items),
        sender=" ".join((message.sender or "").split()),
        subject=" ".join(message.subject.split()),
        sent=sent.astimezone().replace(tzinfo=None) if sent else None,
    )


_SHORT_NAME = 0x3704
_SAVE_APART = "Lưu tệp đính kèm ra ngoài rồi gửi riêng"
