"""A sheet's XML in its parts, for the passes that look at its bytes (`xlsx_fast`, `xlsx_rows`)."""

import re
from collections.abc import Iterator

from doingoai_cli.readers.limits import MIB

_OTHER_ENCODING = re.compile(rb"""\bencoding=["'](?!utf-8["'])""", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:worksheet|macrosheet)\b")
_UNUSUAL = ((b":", b":c>"), (b"!", b"<!"), (b"?", b"<?"))
"""Prefixed cells, comments, instructions: most sheets lack the one byte, told in a tenth of the time."""
_END = b"</sheetData>"
# What is mostly not there is looked for from the end: `rfind` takes 7 ms of 20 MB, `in` and `find` 16 to 21.
_MAX_HEAD, _MAX_PENDING = MIB, 16 * MIB


class Unaccounted(Exception):  # noqa: N818 - a signal between two passes, not an error
    """The quick pass met something that it cannot account for."""


class SheetXml:
    """A sheet's XML cut in three: what stands before the rows, the rows in pieces, what follows them."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self._buffer = b""
        while (begin := self._buffer.find(b"<sheetData")) < 0 or (end := self._buffer.find(b">", begin)) < 0:
            self._more(_MAX_HEAD)
        self.head, self._buffer = self._buffer[: end + 1], self._buffer[end + 1 :]
        if not _ROOT.search(self.head) or b"<!" in self.head or _OTHER_ENCODING.search(self.head):
            raise Unaccounted

    def _more(self, limit: int) -> None:
        chunk = next(self._source, None)
        if chunk is None or len(self._buffer) > limit:
            raise Unaccounted
        self._buffer += chunk

    def bodies(self) -> Iterator[bytes]:
        """The rows, whole ones in each piece."""
        if self.head.endswith(b"/>"):
            return
        while self._buffer.rfind(_END) < 0:
            cut = self._buffer.rfind(b"<row")
            if cut > 0:
                yield self._buffer[:cut]
                self._buffer = self._buffer[cut:]
            self._more(_MAX_PENDING)
        end = self._buffer.find(_END)
        yield self._buffer[:end]
        self._buffer = self._buffer[end:]

    def tail(self) -> bytes:
        """What follows the rows. Raises `Unaccounted` where that is very long, or more than plain XML."""
        for chunk in self._source:
            self._buffer += chunk
            if len(self._buffer) > _MAX_PENDING:
                raise Unaccounted
        if b"<!" in self._buffer:
            raise Unaccounted
        return self._buffer


def check_usual(body: bytes) -> None:
    """Raises `Unaccounted` for rows with prefixed cells, comments or instructions."""
    if any(mark in body and body.rfind(element) >= 0 for mark, element in _UNUSUAL):
        raise Unaccounted
