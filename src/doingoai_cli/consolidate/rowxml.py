"""Rows as sheet XML, streamed: the one part of a workbook whose size grows with the inbox.

Texts stand inline, so nothing has to be held but the row at hand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from doingoai_cli.consolidate.book import Formula, Link, Row, Sheet
from doingoai_cli.model.grid import column_letters

MAX_TEXT = 32_767
CUT = " […còn nữa, xem tệp gốc]"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_UNUSUAL = re.compile(rf"[&<>]|{_ILLEGAL.pattern}|{_ESCAPED.pattern}")
_CHUNK = 400
_HIDDEN = ' hidden="1"'


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: no control characters, at most 32,767 characters.

    What is cut off stays in the sender's file, and the cell says so.
    """
    text = _ILLEGAL.sub("", text)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(CUT)] + CUT


def xml_text(text: str) -> str:
    """A cell's text within XML; "_x000D_" typed by somebody stays what it is."""
    if len(text) <= MAX_TEXT and _UNUSUAL.search(text) is None:
        return text
    return _ESCAPED.sub(r"_x005F_\1", escape(cell_text(text)))


class RowStream:
    """Turns a sheet's rows into XML; `links` is complete once the stream was read to its end."""

    def __init__(self, sheet: Sheet, styles: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.styles = {name: f' s="{number}"' for name, number in styles.items()}
        self.links: list[tuple[str, str]] = []
        """(cell, target)."""

    def chunks(self) -> Iterator[bytes]:
        """The `<row>` elements, some hundreds at a time."""
        batch: list[str] = []
        letters: list[str] = []
        for number, row in enumerate(self.sheet.rows, self.sheet.first_row + 1):
            if len(row.values) > len(letters):
                letters = [column_letters(col) for col in range(1, len(row.values) + 1)]
            batch.append(self._row(number, row, letters))
            if len(batch) == _CHUNK:
                yield "".join(batch).encode("utf-8")
                batch.clear()
        yield "".join(batch).encode("utf-8")

    def _row(self, number: int, row: Row, letters: Sequence[str]) -> str:
        height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
        parts = [f'<row r="{number}"{height}{_HIDDEN if row.hidden else ""}>']
        styles = self.styles
        for letter, value, style in zip(letters, row.values, row.styles, strict=False):
            if value is None or value == "":
                if style:
                    parts.append(f'<c r="{letter}{number}"{styles[style]}/>')
            elif type(value) is str:
                parts.append(_text(f"{letter}{number}", value, styles[style]))
            elif isinstance(value, Formula):
                parts.append(_formula(f"{letter}{number}", value, styles[style]))
            elif isinstance(value, Link):
                self.links.append((f"{letter}{number}", value.target))
                parts.append(_text(f"{letter}{number}", value.text, styles[style]))
            else:
                parts.append(f'<c r="{letter}{number}"{styles[style]}><v>{value}</v></c>')
        parts.append("</row>")
        return "".join(parts)


def _text(at: str, text: str, style: str) -> str:
    return f'<c r="{at}"{style} t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _formula(at: str, formula: Formula, style: str) -> str:
    text = escape(formula.text)
    if isinstance(formula.value, str):
        return f'<c r="{at}"{style} t="str"><f>{text}</f><v>{xml_text(formula.value)}</v></c>'
    return f'<c r="{at}"{style}><f>{text}</f><v>{formula.value}</v></c>'
