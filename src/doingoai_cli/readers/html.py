"""Pages under an Excel name (trang web mang tên Excel) → `Workbook`: laid out from top to bottom, as Excel does.

Text between tables is a row of its own; a table's rows follow one another. What a table only lays out (a page
within a page) is walked through. lxml reads pages as browsers do, whatever they lack, in the guarded process.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from itertools import pairwise
from typing import Any

from lxml import html as pages

from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.readers.grids import Strikes, Struck, in_order, struck_places
from doingoai_cli.readers.guard import never_raises
from doingoai_cli.readers.html_parts import (
    as_lines,
    children_with,
    chosen_text,
    control_text,
    drop_rulers,
    number_of_cells,
    rows_of,
    span_of,
    squeezed,
)
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.texts import TextKind, page_text, text_kind
from doingoai_cli.readers.unreadable import Reason, corrupt, unreadable

_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template", "xml", "comment"))
_BLOCKS = frozenset(
    ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "ul", "ol", "center", "body",
     "section", "article", "header", "footer", "form", "blockquote", "pre", "dd", "dt", "caption")
)  # fmt: skip
_STRIKES = frozenset(("s", "strike", "del"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_NO_HEIGHT = re.compile(r"(?<![\w-])height\s*:\s*0(?![\d.])", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*\"?'?([^;,\"']+)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_LAYOUT_COLUMNS = 2
_FORM_COLUMNS = 5


@never_raises(unreadable(Reason.CORRUPT, "Trang web mang tên Excel bị hỏng"))
def read_page(data: bytes, _name: str, meter: Meter) -> Workbook:
    """A page, or one that is archived with its pictures (MHTML), in the guarded process.

    Raises `GiveUp` where it has no table, or cannot be read.
    """
    grids: list[Grid] = []
    for part in _archived(data) if text_kind(data) is TextKind.MHTML else (data,):
        text = page_text(part)
        meter.add_text(len(text))
        grids += _HtmlPage(text, meter).grids(len(grids))
        meter.check_sheets(len(grids))
    if not grids:
        raise corrupt("trang web không có chữ nào")
    return Workbook("html", tuple(grids))


def _archived(data: bytes) -> Iterator[bytes]:
    """The pages of an archived page; Excel writes one per sheet."""
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and b"<table" in content.lower():
                yield content


class _HtmlPage:
    """One page, laid out from top to bottom."""

    def __init__(self, text: str, meter: Meter) -> None:
        self._meter = meter
        self._cells: list[Cell] = []
        self._merges: list[Range] = []
        self._hidden: set[int] = set()
        self._struck: set[tuple[int, int]] = set()
        self._struck_parts: set[tuple[int, int]] = set()
        self._row = 0
        self._line: list[str] = []
        self._tops = [1]
        self._wide: tuple[int, int] | None = None  # columns and last row of the wide table above
        # A declared encoding is of no use any more, and lxml refuses it in a text.
        root = pages.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        styles = "".join(str(text) for style in root.iter("style") for text in style.itertext())
        self._looks = {found[1]: found[2] for found in _CLASS.finditer(styles)}
        body = root.find("body")
        self._walk(root if body is None else body)
        self._end_line()

    def grids(self, first: int) -> Iterator[Grid]:
        """One grid, or one for each wide table with the text above it; rows count through the page."""
        ordered = in_order(self._cells)
        for top, below in pairwise((*self._tops, self._row + 1)):
            cells = tuple(cell for cell in ordered if top <= cell.row < below)
            if cells:
                yield Grid(
                    f"Trang {first + 1}",
                    first,
                    cells,
                    merges=tuple(merge for merge in self._merges if top <= merge.top < below),
                    hidden_rows=frozenset(self._hidden),
                    **struck_places(cells, self._struck, self._struck_parts)._asdict(),
                )
                first += 1

    def _walk(self, element: Any) -> None:
        """Everything in an element: text gathers in lines, tables are rows."""
        self._line.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SILENT and not self._is_hidden(child):
                self._enter(child)
            self._line.append(child.tail or "")

    def _enter(self, child: Any) -> None:
        if child.tag == "table" and not self._lays_out(child):
            self._end_line()
            self._table(child)
        elif child.tag == "br" or child.tag in _BLOCKS:
            self._end_line()
            self._walk(child)
            self._end_line()
        else:
            self._walk(child)

    def _lays_out(self, table: Any) -> bool:
        """Whether a table only puts other tables side by side."""
        inner = any(number_of_cells(row) > _LAYOUT_COLUMNS for row in table.findall(".//table//tr"))
        return inner and max(map(number_of_cells, rows_of(table)), default=0) <= _LAYOUT_COLUMNS

    def _end_line(self) -> None:
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            self._row += 1
            self._add(1, text, None)

    def _add(self, col: int, text: str, font: str | None) -> None:
        self._meter.add_cells(1)
        self._cells.append(Cell(self._row, col, CellKind.TEXT, text, None, font))

    def _table(self, table: Any) -> None:
        drop_rulers(table)
        columns = max(map(number_of_cells, rows_of(table)), default=0)
        if columns >= _FORM_COLUMNS and self._wide is not None and self._wide != (columns, self._row):
            self._tops.append(self._wide[1] + 1)  # another grid, unless it goes on with the table right above
        taken: dict[int, int] = {}  # column → the last row that a cell above reaches to
        for row in rows_of(table):
            self._row += 1
            self._meter.check_time()
            if self._is_hidden(row) or _NO_HEIGHT.search(self._look(row)) or row.get("height") == "0":
                self._hidden.add(self._row)
            col = 1
            for cell in children_with(row, "td", "th"):
                while taken.get(col, 0) >= self._row:
                    col += 1
                across, down = span_of(cell, "colspan"), span_of(cell, "rowspan")
                self._cell(cell, col, across, down)
                taken.update(dict.fromkeys(range(col, col + across), self._row + down - 1))
                col += across
        if columns >= _FORM_COLUMNS:
            self._wide = columns, self._row

    def _cell(self, cell: Any, col: int, across: int, down: int) -> None:
        if across > 1 or down > 1:
            self._merges.append(Range(self._row, col, self._row + down - 1, col + across - 1))
            self._meter.check_merges(len(self._merges))
        pieces, strikes = list(self._pieces(cell)), Strikes()
        for piece in pieces:
            strikes.add(piece, struck=isinstance(piece, Struck))
        text = as_lines("".join(strikes.kept(pieces)))
        if text:
            self._add(col, text, self._font(cell))
            if strikes.whole or self._strikes(cell.getparent()):
                self._struck.add((self._row, col))
            elif strikes.partial:
                self._struck_parts.add((self._row, col))

    def _pieces(self, element: Any) -> Iterator[str]:
        """The pieces of an element's text, those that it strikes through as such."""
        pieces = self._own_pieces(element)
        yield from map(Struck, pieces) if self._strikes(element) else pieces

    def _own_pieces(self, element: Any) -> Iterator[str]:
        yield squeezed(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SILENT and not self._is_hidden(child):
                if child.tag == "br" or child.tag in _BLOCKS:
                    yield "\n"
                if child.tag == "input":
                    yield control_text(child)
                if child.tag == "select":
                    yield chosen_text(child)
                else:
                    yield from self._pieces(child)
                if child.tag in _BLOCKS:
                    yield "\n"
            yield squeezed(child.tail)

    def _look(self, element: Any) -> str:
        classes = (element.get("class") or "").split()
        return ";".join((element.get("style") or "", *(self._looks.get(name, "") for name in classes)))

    def _is_hidden(self, element: Any) -> bool:
        return element.get("hidden") is not None or _HIDDEN.search(self._look(element)) is not None

    def _font(self, cell: Any) -> str | None:
        for element in (*(child for child in cell.iter() if isinstance(child.tag, str)),)[:3]:
            found = _FONT.search(self._look(element))
            if found or element.get("face"):
                return found[1].strip() if found else str(element.get("face"))
        return None

    def _strikes(self, element: Any) -> bool:
        return element.tag in _STRIKES or _LINE_THROUGH.search(self._look(element)) is not None
