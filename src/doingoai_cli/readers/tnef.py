"""What Outlook packs a letter's attachments in (winmail.dat, TNEF), opened by tnefparse in the guarded process."""

from collections.abc import Iterator
from typing import Any

from tnefparse import TNEF

from doingoai_cli.readers.contents import ContainedFile
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.mail import STUMBLES
from doingoai_cli.readers.texts import decoded


def open_tnef(data: bytes, meter: Meter) -> Iterator[ContainedFile]:
    """The attachments within. Raises `GiveUp` past a limit, and what the library lets out."""
    for number, attachment in enumerate(TNEF(data, do_checksum=False).attachments, start=1):
        content = bytes(attachment.data)
        meter.add_inflated(len(content))
        yield ContainedFile(_name(attachment) or f"đính kèm {number}", content)


def _name(attachment: Any) -> str:
    try:
        name = attachment.long_filename()
        return (decoded(name) if isinstance(name, bytes) else str(name)).strip("\0 ")
    except STUMBLES:
        return ""
