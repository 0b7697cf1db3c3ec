"""The parts of a printed table on several pages, and words that a narrow cell tore, put together again."""

import re
import unicodedata
from typing import TypeGuard

from doingoai_cli.readers.document_parts import LAYOUT_COLUMNS, Block, WordRow, WordTable

_NUMBER = re.compile(r"\d{1,4}[.)]?")
_LETTER = re.compile(r"[^\W\d_][.)]?")
"""As a running number: "a", "b)"."""
_MOST_LINES = 6
"""Between the parts of a table on two pages."""
_JOINING = ("-", "/")
_CLOSING = ",.;:!?)"
_VOWELS = re.compile(r"[aeiouy]")


def with_page(blocks: list[Block], page: list[Block]) -> list[Block]:
    """The blocks with those of the next page: a table that breaks off goes on with the first one there.

    Lines between its parts (a page's header or footer, what was cut at its edge) stand below it then.
    """
    above = next((at for at in reversed(range(len(blocks))) if is_form(blocks[at])), None)
    below = next((at for at, block in enumerate(page) if is_form(block)), None)
    if above is None or below is None:
        return blocks + page
    upper, lower = blocks[above], page[below]
    between = blocks[above + 1 :] + page[:below]
    if not (is_form(upper) and is_form(lower) and upper.columns == lower.columns):
        return blocks + page
    if between and not (len(between) <= _MOST_LINES and is_without_heading(lower)):
        return blocks + page
    said = blocks[:above]  # a page's header is printed again on the next one
    between = [block for block in between if block not in said]
    return [*said, _joined(upper, lower), *between, *page[below + 1 :]]


def is_without_heading(table: WordTable) -> bool:
    """Whether a table begins with the rest of a row, or its first full row has a running number.

    Lines of sections and sums may stand above that; where no row is full there is no heading either.
    """
    if not table.rows or _goes_on(table.rows[0]):
        return bool(table.rows)
    full = (row for row in table.rows if 2 * sum(bool(cell.text) for cell in row.cells) > table.columns)
    first = next((row.cells[0] for row in full), None)
    return first is None or (first.col == 1 and _NUMBER.fullmatch(first.text) is not None)


def is_form(block: Block | None) -> TypeGuard[WordTable]:
    """Whether a block is a ruled table, and no line of text in columns."""
    return isinstance(block, WordTable) and block.columns > LAYOUT_COLUMNS


def _joined(above: WordTable, below: WordTable) -> WordTable:
    """A table that goes on over a page, without the heading rows that are printed again."""
    texts = [tuple(cell.text for cell in row.cells) for row in above.rows]
    again = 0
    for old, row in zip(texts, below.rows, strict=False):
        if old != tuple(cell.text for cell in row.cells):
            break
        again += 1
    rest = below.rows[again:]
    if rest and above.rows and _goes_on(rest[0]):
        rest = (_row_joined(above.rows[-1], rest[0]), *rest[1:])
        return WordTable((*above.rows[:-1], *rest))
    return WordTable((*above.rows, *rest))


def _goes_on(row: WordRow) -> bool:
    """Whether the first row of a page is the rest of the last one above: much of it blank, and it begins nothing.

    A delegation that is only not numbered fills nearly all of its columns, and begins with a capital.
    """
    blank = sum(not cell.text for cell in row.cells)
    first = row.cells[0].text if row.cells else ""
    rest = not first or (first[0].islower() and not _LETTER.fullmatch(first))
    return len(row.cells) > LAYOUT_COLUMNS and rest and blank * 3 >= len(row.cells)


def _row_joined(above: WordRow, below: WordRow) -> WordRow:
    rest = {cell.col: cell.text for cell in below.cells}
    cells = (cell._replace(text=_text_joined(cell.text, rest.get(cell.col, ""))) for cell in above.cells)
    return WordRow(tuple(cells), above.hidden, above.cut or below.cut)


def _text_joined(above: str, below: str) -> str:
    if not above or not below:
        return above or below
    return above + ("" if is_torn(above, below.split()[0]) else " ") + below


def is_torn(before: str, after: str) -> bool:
    """Whether a cell narrower than a word tore it.

    The rest has no vowel, closes a clause, goes on with a number's digits, or behind a hyphen or slash ("BC-SYT").
    """
    if before[-1:] in _JOINING and before[-2:-1].isalnum():
        return True
    if (before[-1:].isdigit() and after[:1].isdigit()) or after[:1] in _CLOSING:
        return True
    letters = unicodedata.normalize("NFD", after)
    return before[-1:].isalpha() and after[:1].islower() and not _VOWELS.search(letters)
