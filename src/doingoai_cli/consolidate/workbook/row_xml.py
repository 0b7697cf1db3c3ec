"""Rows as sheet XML, streamed: the one part of a workbook whose size grows with the inbox.

Texts stand inline, so nothing has to be held but the row at hand. What comes again is held as it is written, in
UTF-8: a row of bytes is put together in 5 µs less than one of characters.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape  # `xml.sax.saxutils` would load half of `urllib`: 18 ms
from itertools import islice
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.book import FIT, ROW, BookRow, BookSheet, Formula, KeyedRows, Link
from doingoai_cli.consolidate.workbook.heights import ColumnRoom, height_for, lines_of, rooms_of
from doingoai_cli.model.excel_limits import MAX_UNITS, cell_text
from doingoai_cli.model.grid import column_letters

_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
BLOCK = 400
_MOST = 1024
"""Different texts of a column, and formulas, that are known at once."""
_HIDDEN = ' hidden="1"'
_ROW = ROW.encode()


def xml_text(text: str) -> str:
    """A cell's text within XML; "_x000D_" typed by somebody stays what it is."""
    usual = len(text) <= MAX_UNITS // 2 and text.isprintable()
    if usual and "&" not in text and "<" not in text and ">" not in text and "_x" not in text:
        return text
    return _ESCAPED.sub(r"_x005F_\1", escape(cell_text(text), quote=False))


class Stored(NamedTuple):
    """A block of rows as a package holds it: deflated by itself, so that it can stand in another one."""

    data: bytes
    crc: int
    size: int
    groups: tuple[tuple[str, int], ...]
    """The shared formulas that are written when the block ends."""
    reach: int | None
    """The rows of the sheet, where the block says how far a shared formula reaches."""
    told: bytes
    """See `KeyedRows.told`."""


class RowBlock(NamedTuple):
    """Some rows of a sheet."""

    xml: bytes
    """b"" where they are stored already."""
    key: bytes = b""
    """Of all that they are made of; b"" where that cannot be told."""
    stored: Stored | None = None
    groups: tuple[tuple[str, int], ...] = ()
    reach: int | None = None
    told: bytes = b""


class RowStream:
    """Turns a sheet's rows into XML; `links` is complete once the stream was read to its end."""

    def __init__(self, sheet: BookSheet, styles: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.styles = {name: f' s="{number}"' for name, number in styles.items()}
        self.starts: dict[tuple[str, ...], list[bytes]] = {}
        """The beginnings of a row's cells, by their styles; b"": a cell that is not written when it is blank."""
        self.links: list[tuple[str, str]] = []
        """(cell, target)."""
        self.fitting: list[_Fitted | None] = [*map(_Fitted, rooms_of(sheet.widths[: sheet.fitted]))]
        self.fitting += [None] * (len(sheet.widths) - sheet.fitted)
        self.groups: dict[str, int] = {}
        """The numbers of the shared formulas that are written already, by their texts."""
        self.repeated: dict[int, bytes] = {}
        """Cells of these but their beginnings, by what is `held`: rows that say the same have the same formula."""
        self.held: list[Formula] = []

    def blocks(
        self, known: Mapping[bytes, Stored] | None, begin: int = 0, end: int | None = None
    ) -> Iterator[RowBlock]:
        """The `<row>` elements, some hundreds at a time; those that are `known` are not made again.

        None: nobody asks for their keys. `begin`, `end`: of which rows, where a process makes but some of a sheet.
        """
        rows = self.sheet.rows
        if isinstance(rows, KeyedRows):
            end = len(rows) if end is None else end
            for start in range(begin, end, BLOCK):
                yield self._block(rows, start, min(start + BLOCK, end), known)
            return
        numbered = enumerate(rows, self.sheet.first_row + 1)
        while batch := [self._row(number, row) for number, row in islice(numbered, BLOCK)]:
            yield RowBlock(b"".join(batch))

    def _block(self, rows: KeyedRows, start: int, stop: int, known: Mapping[bytes, Stored] | None) -> RowBlock:
        key = b"" if known is None else self._key(rows.key(start, stop), start)
        stored = known.get(key) if known else None
        if stored is not None and stored.reach in (None, len(rows)):
            self.groups = dict(stored.groups)
            return RowBlock(b"", key, stored)
        shared, links = len(self.groups), len(self.links)
        numbered = enumerate(rows.made(start, stop), self.sheet.first_row + 1 + start)
        xml = b"".join([self._row(number, row) for number, row in numbered])
        reach = len(rows) if len(self.groups) > shared else None
        told = b"" if known is None else rows.told(start, stop)
        key = key if len(self.links) == links else b""
        return RowBlock(xml, key, None, tuple(self.groups.items()), reach, told)

    def _key(self, rows: bytes | None, start: int) -> bytes:
        if rows is None:
            return b""
        told = (start, self.sheet.first_row, self.sheet.widths, self.sheet.fitted, self.styles, self.groups)
        return sha256(rows + repr(told).encode("utf-8", "surrogatepass")).digest()

    def _row(self, number: int, row: BookRow) -> bytes:
        parts = [b""]  # the row's beginning stands here once its height is known
        lines = 1
        starts = self.starts.get(row.styles) or self._starts_of(row.styles)
        repeated = self.repeated
        for start, fitting, value in zip(starts, self.fitting, row.values, strict=False):
            if isinstance(value, str):
                text = value
            elif isinstance(value, Formula):
                parts.append(start + (repeated.get(id(value)) or self._formula(start, value, number)))
                continue
            elif isinstance(value, Link):
                self.links.append((f"{_letters(start)}{number}", value.target))
                text = value.text
            elif value is None:
                text = ""
            else:
                parts.append(start + f"><v>{value}</v></c>".encode())
                continue
            if not text:
                if start:
                    parts.append(start + b"/>")
            elif fitting is None:
                parts.append(start + _text(text))
            else:
                content, needed = fitting[text]
                parts.append(start + content)
                if needed > lines:
                    lines = needed
        height = height_for(lines) if row.height == FIT else row.height
        high = f' ht="{height:g}" customHeight="1"' if height is not None else ""
        parts[0] = f'<row r="{number}"{high}{_HIDDEN if row.hidden else ""}>'.encode()
        parts.append(b"</row>")
        return b"".join(parts).replace(_ROW, b"%d" % number)

    def _formula(self, start: bytes, formula: Formula, number: int) -> bytes:
        """All of a formula's cell but its beginning.

        The first of a shared one has its text and says how far the others reach.
        """
        result = formula.value
        kind, value = (' t="str"', xml_text(result)) if isinstance(result, str) else ("", result)
        group = self.groups.get(formula.text) if formula.shared else None
        if group is not None:
            cell = f'{kind}><f t="shared" si="{group}"/><v>{value}</v></c>'.encode()
            if len(self.held) < _MOST:
                self.repeated[id(formula)] = cell
                self.held.append(formula)
            return cell
        text, shared = escape(formula.text, quote=False), ""
        if formula.shared:
            group = self.groups[formula.text] = len(self.groups)
            letters = _letters(start)
            reach = f"{letters}{number}:{letters}{self.sheet.first_row + len(self.sheet.rows)}"
            shared = f' t="shared" ref="{reach}" si="{group}"'
        return f"{kind}><f{shared}>{text}</f><v>{value}</v></c>".encode()

    def _starts_of(self, styles: tuple[str, ...]) -> list[bytes]:
        cells = enumerate(styles, 1)
        starts = [
            f'<c r="{column_letters(col)}{ROW}"{self.styles[style]}'.encode() if style else b""
            for col, style in cells
        ]
        self.starts[styles] = starts
        return starts


def _letters(start: bytes) -> str:
    """The letters of the column whose cells begin so."""
    return start.decode().split('"')[1].removesuffix(ROW)


def _text(text: str) -> bytes:
    """All of a text's cell but its beginning."""
    return f' t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'.encode()


class _Fitted(dict[str, tuple[bytes, int]]):
    """A column's texts: all of a cell but its beginning, with the lines that the text takes there.

    What comes again is taken from here: that saves 0.2 of 6.2 s of a merge of 200 into a workbook that is there.
    """

    def __init__(self, room: ColumnRoom) -> None:
        self._room = room

    def __missing__(self, text: str) -> tuple[bytes, int]:
        if len(self) >= _MOST:
            self.clear()
        found = self[text] = _text(text), lines_of(text, self._room)
        return found
