"""The tables of a PDF with a text layer (what Word prints) → `Workbook`, laid out as those of a Word document are.

Cells are found by their ruled lines (pdfplumber). A line of text that could have taken the next word ends a
paragraph; one that could not was broken by the page. A table goes on over pages. All of it is only as sure as a
printed page is: each such workbook says that it must be compared. Runs in the guarded process.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import pdfplumber

from doingoai_cli.model.grid import NoteKind, ReaderNote, Workbook
from doingoai_cli.readers.document_parts import (
    Block,
    Paragraph,
    WordCell,
    WordRow,
    WordTable,
    main_font,
)
from doingoai_cli.readers.docx import laid_out
from doingoai_cli.readers.guard import never_raises
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.pdf_across import PrintedPage, Tops, put_side_by_side
from doingoai_cli.readers.pdf_pages import is_form, is_torn, with_page
from doingoai_cli.readers.pdf_tables import NEAR, edges_of, ruled_tables, sides_of, tops_of
from doingoai_cli.readers.pdf_words import Box, PageWord, Placed, placed, words_of
from doingoai_cli.readers.unreadable import GiveUp, Reason, too_large, unreadable

NOTE = "đọc từ PDF"
_MOST_PAGES = 200
_FAR = 18.0
"""Points between words that stand in columns of their own."""
_PADDING = 6.0
"""Points that Word leaves free at the edge of a cell."""
_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
_PAGE_AT_SIDE = re.compile(r"\W*(?:trang\s*\d{1,3}|(?:trang\s*)?\d{1,3}\s*/\s*\d{1,3})\W*", re.IGNORECASE)
_CUT = "phần chữ bị cắt hoặc tràn ra khỏi ô ở hàng này"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SCAN = unreadable(
    Reason.NOT_A_SPREADSHEET,
    "Tệp PDF là bản chụp (scan), không có chữ để đọc",
    "Gửi lại biểu mẫu bằng tệp Excel (.xlsx) hoặc Word, không gửi bản chụp",
)
_LOCKED = unreadable(Reason.ENCRYPTED, advice="Bỏ mật khẩu rồi gửi lại, hoặc gửi biểu mẫu Excel (.xlsx)")
_NO_TABLE = unreadable(
    Reason.NOT_A_SPREADSHEET,
    "Tệp PDF có chữ nhưng không thấy bảng kẻ ô nào",
    "Gửi lại biểu mẫu bằng tệp Excel (.xlsx) hoặc Word; văn bản báo cáo thì gửi bằng Word (.docx)",
)


class _TextLine(NamedTuple):
    """A line of words that stand side by side."""

    words: tuple[PageWord, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@never_raises(unreadable(Reason.CORRUPT, "Tệp PDF bị hỏng", "Gửi lại biểu mẫu bằng tệp Excel (.xlsx)"))
def read_pdf(data: bytes, _name: str, meter: Meter) -> Workbook:
    """The tables of a PDF, in the guarded process. Raises `GiveUp` where it has none, or cannot be read."""
    try:
        blocks = _blocks(data, meter)
    except Exception as error:  # pdfplumber wraps those of pdfminer
        if "Password" in type(error).__name__ or "Password" in repr(error):
            raise GiveUp(_LOCKED) from None
        raise
    if not any(map(is_form, blocks)):
        raise GiveUp(_NO_TABLE if blocks else _SCAN)
    workbook = laid_out(blocks, "pdf", {})
    return replace(workbook, is_prose=False, notes=(ReaderNote(NoteKind.CONVERTED, NOTE), *workbook.notes))


def _blocks(data: bytes, meter: Meter) -> list[Block]:
    blocks: list[Block] = []
    for page in put_side_by_side(_pages(data, meter)):
        blocks = with_page(blocks, page)
    return blocks


def _pages(data: bytes, meter: Meter) -> Iterator[PrintedPage]:
    heights: list[Tops] = []
    with pdfplumber.open(BytesIO(data)) as document:
        if len(document.pages) > _MOST_PAGES:
            raise too_large(f"hơn {_MOST_PAGES} trang")
        for page in document.pages:
            meter.check_time()
            found = _of_page(page, heights, meter)
            heights += [found.tops] if found.tops else []
            yield found
            page.close()


def _of_page(page: Any, heights: Sequence[Tops], meter: Meter) -> PrintedPage:
    """The page's tables and the lines of text between them; `heights`: of the rows of tables on earlier pages."""
    tables = ruled_tables(page, heights)
    columns = {table.bbox: sides_of(table) for table in tables}
    words: Sequence[PageWord] = words_of(page, columns)
    meter.add_text(sum(len(word.text) for word in words))
    pieces: list[tuple[float, Block]] = []
    for table in tables:
        meter.add_cells(len(table.cells))
        found = placed(words, table.cells, columns[table.bbox])
        words = found.outside
        pieces.append((table.bbox[1], _table(table.cells, found)))
    for line in _without_page_numbers(_lines(words)):
        meter.add_cells(1)
        top, (below, wide) = (
            line.words[0].top,
            (tables[-1].bbox[1], columns[tables[-1].bbox]) if tables else (0, ()),
        )
        pieces.append((top, _beside(line, page.width, len(wide) - 1 if wide and top > below else 2)))
    blocks = [block for _, block in sorted(pieces, key=lambda piece: piece[0])]
    if len(tables) != 1:
        return PrintedPage(tuple(blocks))
    at = sum(top < tables[0].bbox[1] for top, _ in pieces)
    only = blocks[at]
    assert isinstance(only, WordTable)
    return PrintedPage(tuple(blocks[:at]), only, tuple(blocks[at + 1 :]), tops_of(tables[0]))


def _without_page_numbers(lines: Sequence[_TextLine]) -> Iterator[_TextLine]:
    """The lines without page numbers, which may stand beside the first or last one ("Mẫu 03    Trang 2/3")."""
    for number, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line.text):
            continue
        gap = _gap(line) if number in (0, len(lines) - 1) else None
        parts = [_TextLine(line.words[:gap]), _TextLine(line.words[gap:])] if gap else [line]
        rest = [part for part in parts if not _PAGE_AT_SIDE.fullmatch(part.text)]
        if rest:
            yield line if len(rest) == len(parts) else rest[0]


def _gap(line: _TextLine) -> int | None:
    """Behind which of its words the next one stands far apart."""
    return next((at for at, (a, b) in enumerate(pairwise(line.words), 1) if b.x0 - a.x1 > _FAR), None)


def _beside(line: _TextLine, width: float, right: int) -> Block:
    """A line of text; what stands far apart on it (a letterhead) as two cells, the second one at `right`."""
    gap = _gap(line)
    on_the_right = line.words[0].x0 > width * 0.45
    if gap is None and not on_the_right:
        return Paragraph(line.text, _font(line.words))
    parts = ((), line.words) if on_the_right else (line.words[:gap], line.words[gap:])
    cells = (
        WordCell(col, 1, _TextLine(part).text, _font(part), False)
        for col, part in zip((1, right), parts, strict=True)
        if part
    )
    return WordTable((WordRow(tuple(cells), False),))


def _table(cells: Sequence[Box], placed: Placed) -> WordTable:
    """A ruled table by its cells' boxes: rows and columns are where edges are, spans reach over several."""
    columns = edges_of(cell[0] for cell in cells)
    tops = edges_of(cell[1] for cell in cells)
    rows: list[list[WordCell]] = [[] for _ in tops]
    cut = {_at(tops, box[1]) for box in placed.cut}
    for box in cells:
        col, row = _at(columns, box[0]), _at(tops, box[1])
        span = max(1, sum(box[0] - NEAR < edge < box[2] - NEAR for edge in columns))
        down = max(1, sum(box[1] - NEAR < edge < box[3] - NEAR for edge in tops))
        own = placed.words.get(box, ())
        rows[row].append(WordCell(col + 1, span, _text(own, box[2]), _font(own), False))
        for further in range(row + 1, min(row + down, len(rows))):
            rows[further].append(WordCell(col + 1, span, "", None, True))
    said = (WordRow(tuple(sorted(row)), False, _CUT if number in cut else "") for number, row in enumerate(rows))
    return WordTable(tuple(row for row in said if row.cells))


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _lines(words: Sequence[PageWord]) -> list[_TextLine]:
    """Words as lines: those whose middles are at one height, from left to right."""
    lines: list[list[PageWord]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if lines and abs(word.middle - lines[-1][0].middle) <= min(NEAR, word.size / 2):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_TextLine(tuple(sorted(line, key=lambda word: word.x0))) for line in lines]


def _text(words: Sequence[PageWord], right: float) -> str:
    """A cell's text: lines that the page broke are joined, those that the writer ended stay apart."""
    lines = _lines(words)
    if not lines:
        return ""
    text = lines[0].text
    for line, following in pairwise(lines):
        first = following.words[0]
        room = right - _PADDING - line.words[-1].x1
        width = first.x1 - first.x0
        ended = room > width + NEAR
        broken = room < width and is_torn(line.words[-1].text, first.text)
        text += ("\n" if ended else "" if broken else " ") + following.text
    return text


def _font(words: Sequence[PageWord]) -> str | None:
    """The font of most of some words, without the mark of a subset."""
    return main_font(Counter(_SUBSET.sub("", font) for word in words for font in word.fonts))
