"""Letters as Outlook saves them (.msg), by python-oxmsg, below its own `Message`.

That decodes the names of attachments as Latin-9, whatever code page the letter states, and knows no letter that is
attached to a letter.
"""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.parser import HeaderParser
from email.policy import default as modern
from email.utils import format_datetime
from io import BytesIO
from typing import NamedTuple

from olefile import OleFileIO
from oxmsg.domain import constants as tags
from oxmsg.domain.model import ATTACH_HDR_OFFSET, MSG_HDR_OFFSET
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from doingoai_cli.readers.contents import DEEPEST, ContainedFile, Contents
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.mail import MOST_PARTS, holds_form, is_picture, pictures_shown
from doingoai_cli.readers.texts import decoded
from doingoai_cli.readers.unreadable import GiveUp, Reason, unreadable

_SHORT_NAME, _DISPLAY_NAME = tags.PID_ATTACH_FILENAME, 0x3001
_OBJECT = f"__substg1.0_{tags.PID_ATTACH_DATA_BINARY:04X}000D"
_SAVE_APART = "Lưu tệp đính kèm ra ngoài rồi gửi riêng"
_ONLY_A_LINK = unreadable(Reason.UNREADABLE, "Thư không chứa tệp này mà chỉ có đường dẫn tới tệp", _SAVE_APART)
_TOO_DEEP = unreadable(Reason.TOO_LARGE, f"Thư kèm trong thư quá {DEEPEST} lớp", _SAVE_APART)


class _OutlookLetter(NamedTuple):
    """What one letter says; its attachments are read one by one."""

    storage: Storage
    properties: Properties
    code_page: str
    sender: str
    subject: str
    sent: datetime | None


def open_outlook(data: bytes, meter: Meter) -> Contents:
    """What a letter holds. Raises `GiveUp` past a limit, and what the library lets out."""
    with OleFileIO(BytesIO(data)) as ole:
        letter = _letter(Storage.from_ole(ole))
    items = list(_attached(letter, meter, 1))
    body = _body(letter)
    if holds_form(body):
        items.append(ContainedFile("nội dung thư.html", body))
    sent = letter.sent.astimezone().replace(tzinfo=None) if letter.sent else None
    return Contents("thư", tuple(items), sender=letter.sender, subject=letter.subject, sent=sent)


def _letter(storage: Storage, code_page: str = "") -> _OutlookLetter:
    properties = Properties(storage, properties_header_offset=_head(storage))
    stated = properties.int_prop_value(tags.PID_MESSAGE_CODEPAGE) or properties.int_prop_value(
        tags.PID_INTERNET_CODEPAGE
    )
    if stated:
        code_page = "utf-8" if stated == 65001 else f"cp{stated}"
    sent = properties.date_prop_value(tags.PID_CLIENT_SUBMIT_TIME) or properties.date_prop_value(
        tags.PID_MESSAGE_DELIVERY_TIME
    )
    sender, subject = (
        _sender(storage, properties, code_page),
        _text(storage, properties, code_page, tags.PID_SUBJECT),
    )
    return _OutlookLetter(storage, properties, code_page, sender, subject, sent)


def _head(storage: Storage) -> int:
    """How many bytes stand before a letter's properties of 16 each: eight less in an attached one (MS-OXMSG).

    Some programs write those eight there too.
    """
    return MSG_HDR_OFFSET - 8 if len(storage.properties_stream_bytes) % 16 == 8 else MSG_HDR_OFFSET


def _text(storage: Storage, properties: Properties, code_page: str, tag: int) -> str:
    """The text under `tag` on one line, "" where there is none.

    Letters that are not in Unicode say in which code page they are, their attachments and recipients do not.
    """
    return " ".join(_lines(storage, properties, code_page, tag).split())


def _lines(storage: Storage, properties: Properties, code_page: str, tag: int) -> str:
    for one in properties:
        if one.pid == tag and one.ptyp in (tags.PTYP_STRING, tags.PTYP_STRING8):
            stored = storage.property_stream_bytes(tag, one.ptyp)
            text = (
                stored.decode("utf-16-le", "replace")
                if one.ptyp == tags.PTYP_STRING
                else decoded(stored, code_page)
            )
            return unicodedata.normalize("NFC", text).replace("\0", "")
    return ""


def _sender(storage: Storage, properties: Properties, code_page: str) -> str:
    """'Sở Y tế <syt@…>'; no roster knows addresses within Exchange ("/O=…")."""
    headers = _lines(storage, properties, code_page, tags.PID_TRANSPORT_MESSAGE_HEADERS)
    stated = HeaderParser(policy=modern).parsestr(headers).get("from", "")
    if stated:
        return " ".join(str(stated).split())
    name, *addresses = (
        _text(storage, properties, code_page, tag)
        for tag in (tags.PID_SENDER_NAME, tags.PID_SENDER_SMTP_ADDRESS, tags.PID_SENDER_EMAIL_ADDRESS)
    )
    address = next((address for address in addresses if "@" in address), "")
    name = name or _text(storage, properties, code_page, tags.PID_SENT_REPRESENTING_NAME)
    return f"{name} <{address}>".strip() if address and address != name else name


def _body(letter: _OutlookLetter) -> bytes:
    """The letter's text as a page, b"" where it has none; a page says itself in which encoding it is."""
    for one in letter.properties:
        if one.pid == tags.PID_HTML and one.ptyp == tags.PTYP_BINARY:
            return letter.storage.property_stream_bytes(one.pid, one.ptyp)
    return _lines(letter.storage, letter.properties, letter.code_page, tags.PID_BODY_HTML).encode()


def _attached(letter: _OutlookLetter, meter: Meter, depth: int) -> Iterator[ContainedFile]:
    shown = pictures_shown(_body(letter))
    for number, storage in enumerate(letter.storage.iter_attachment_storages(), start=1):
        if number > MOST_PARTS:
            raise GiveUp(unreadable(Reason.TOO_LARGE, f"Thư có hơn {MOST_PARTS} tệp đính kèm"))
        properties = Properties(storage, properties_header_offset=ATTACH_HDR_OFFSET)
        named = (tags.PID_ATTACH_LONG_FILENAME, _SHORT_NAME, _DISPLAY_NAME)
        name = next(filter(None, (_text(storage, properties, letter.code_page, tag) for tag in named)), "")
        inner = next(filter(_is_letter, storage.storages), None)
        if inner is not None:
            yield from _attached_letter(_letter(inner, letter.code_page), name, meter, depth)
            continue
        content = properties.binary_prop_value(tags.PID_ATTACH_DATA_BINARY)
        meter.add_inflated(len(content or b""))
        in_text = _text(storage, properties, "", tags.PID_ATTACH_CONTENT_ID).encode() in shown and is_picture(name)
        yield ContainedFile(name or f"đính kèm {number}", _ONLY_A_LINK if content is None else content, in_text)


def _is_letter(storage: Storage) -> bool:
    """Whether a letter is stored there, and no object of another program."""
    return storage.name == _OBJECT and any(stream.name == "__properties_version1.0" for stream in storage.streams)


def _attached_letter(letter: _OutlookLetter, name: str, meter: Meter, depth: int) -> Iterator[ContainedFile]:
    """A letter within the letter as it would have been sent, and what of it cannot be had."""
    name = letter.subject or name or "thư kèm theo"
    if depth >= DEEPEST:
        yield ContainedFile(f"{name}.eml", _TOO_DEEP)
        return
    mail = EmailMessage()
    mail["From"], mail["Subject"] = letter.sender, letter.subject
    if letter.sent:
        mail["Date"] = format_datetime(letter.sent)
    mail.set_content("")
    if holds_form(body := _body(letter)):
        mail.add_attachment(body, maintype="text", subtype="html", filename="nội dung thư.html")
    for item in _attached(letter, meter, depth + 1):
        if isinstance(item.data, bytes) and not item.in_text:
            mail.add_attachment(item.data, maintype="application", subtype="octet-stream", filename=item.name)
        else:
            yield item._replace(name=f"{name}/{item.name}")
    yield ContainedFile(f"{name}.eml", mail.as_bytes())
