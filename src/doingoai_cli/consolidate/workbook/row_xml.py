"""Rows as sheet XML, streamed: the one part of a workbook whose size grows with the inbox.

Texts stand inline, so nothing has to be held but the row at hand.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.sax.saxutils import escape

from doingoai_cli.consolidate.workbook.book import ROW, Formula, Link, Row, Sheet
from doingoai_cli.model.grid import column_letters

MAX_TEXT = 32_767
CUT = " […còn nữa, xem tệp gốc]"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
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
    usual = text.isprintable() and len(text) <= MAX_TEXT
    if usual and "&" not in text and "<" not in text and ">" not in text and "_x" not in text:
        return text
    return _ESCAPED.sub(r"_x005F_\1", escape(cell_text(text)))


class RowStream:
    """Turns a sheet's rows into XML; `links` is complete once the stream was read to its end."""

    def __init__(self, sheet: Sheet, styles: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.styles = {name: f' s="{number}"' for name, number in styles.items()}
        self.starts: dict[tuple[str, ...], list[str]] = {}
        """The beginnings of a row's cells, by their styles; "": a cell that is not written when it is blank."""
        self.links: list[tuple[str, str]] = []
        """(cell, target)."""
        self.groups: dict[str, int] = {}
        """The numbers of the shared formulas that are written already, by their texts."""

    def chunks(self) -> Iterator[bytes]:
        """The `<row>` elements, some hundreds at a time."""
        batch: list[str] = []
        for number, row in enumerate(self.sheet.rows, self.sheet.first_row + 1):
            batch.append(self._row(number, row))
            if len(batch) == _CHUNK:
                yield "".join(batch).encode("utf-8")
                batch.clear()
        yield "".join(batch).encode("utf-8")

    def _row(self, number: int, row: Row) -> str:
        height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
        parts = [f'<row r="{ROW}"{height}{_HIDDEN if row.hidden else ""}>']
        starts = self.starts.get(row.styles) or self._starts_of(row.styles)
        for start, value in zip(starts, row.values, strict=False):
            if value is None or value == "":
                if start:
                    parts.append(f"{start}/>")
            elif type(value) is str:
                parts.append(_text(start, value))
            elif type(value) is Formula:
                parts.append(self._shared(start, value, number) if value.shared else start + _formula(value))
            elif type(value) is Link:
                self.links.append((start.split('"')[1].replace(ROW, str(number)), value.target))
                parts.append(_text(start, value.text))
            else:
                parts.append(f"{start}><v>{value}</v></c>")
        parts.append("</row>")
        return "".join(parts).replace(ROW, str(number))

    def _shared(self, start: str, formula: Formula, number: int) -> str:
        """A cell of a shared formula: the first one has its text and says how far the others reach."""
        kind, value = _result(formula.value)
        group = self.groups.get(formula.text)
        if group is not None:
            return f'{start}{kind}><f t="shared" si="{group}"/><v>{value}</v></c>'
        group = self.groups[formula.text] = len(self.groups)
        letters = start.split('"')[1].removesuffix(ROW)
        reach = f"{letters}{number}:{letters}{self.sheet.first_row + len(self.sheet.rows)}"
        text = escape(formula.text)
        return f'{start}{kind}><f t="shared" ref="{reach}" si="{group}">{text}</f><v>{value}</v></c>'

    def _starts_of(self, styles: tuple[str, ...]) -> list[str]:
        cells = enumerate(styles, 1)
        starts = [
            f'<c r="{column_letters(col)}{ROW}"{self.styles[style]}' if style else "" for col, style in cells
        ]
        self.starts[styles] = starts
        return starts


def _text(start: str, text: str) -> str:
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


@lru_cache(maxsize=65536)  # saves 0.077 s
def _formula(formula: Formula) -> str:
    """All of a formula's cell but its beginning: the same in every row whose texts are the same."""
    kind, value = _result(formula.value)
    return f"{kind}><f>{escape(formula.text)}</f><v>{value}</v></c>"


def _result(value: str | float) -> tuple[str, str | float]:
    """The type of a formula's cell, and what it shows."""
    return (' t="str"', xml_text(value)) if isinstance(value, str) else ("", value)
