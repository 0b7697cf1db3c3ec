"""A printed table that is wider than its paper: its columns on further pages are put beside the first ones.

Spreadsheets print such a table down and then across, or across and then down. What belongs together stands at the
same heights of two pages.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from doingoai_cli.readers.document_parts import Block, WordCell, WordRow, WordTable
from doingoai_cli.readers.pdf_pages import is_without_heading

Tops = tuple[float, ...]
"""The heights at which the rows of a table begin."""

_NEAR = 1.5
_LEAST_ROWS = 3


class PrintedPage(NamedTuple):
    """A page: its only table between the lines above and below it; None where it has none, or several."""

    above: tuple[Block, ...]
    table: WordTable | None = None
    below: tuple[Block, ...] = ()
    tops: Tops = ()

    @property
    def blocks(self) -> list[Block]:
        """All that stands on it, from top to bottom."""
        return [*self.above, *([self.table] if self.table else []), *self.below]


def on_one_height(tops: Tops, others: Tops) -> bool:
    """Whether two tables have their rows at the same heights."""
    return len(tops) == len(others) > 0 and all(
        abs(top - other) <= _NEAR for top, other in zip(tops, others, strict=True)
    )


def put_side_by_side(pages: Iterable[PrintedPage]) -> list[list[Block]]:
    """The blocks of each page with those of the pages to its right."""
    first: list[PrintedPage] = []  # as they were printed
    whole: list[PrintedPage] = []
    parts: list[int] = []  # how many pages stand to the right of each
    last = -1  # to the right of which one the page before stood
    for page in pages:
        at = _left_of(first, parts, page, last)
        if at is None:
            first.append(page)
            whole.append(page)
            parts.append(0)
        else:
            whole[at] = _beside(whole[at], first[at], page)
            parts[at] += 1
            last = at
        if page.table is None:
            last = -1
    return [page.blocks for page in whole]


def _left_of(first: Sequence[PrintedPage], parts: Sequence[int], page: PrintedPage, last: int) -> int | None:
    """Which page a further one stands to the right of; None for one that stands by itself.

    Those that follow on a right part are told by their heights alone, the first right part by its heading too.
    """
    if page.table is None or not first:
        return None
    start = len(first) - 1
    while start > 0 and _goes_on(first[start - 1].table, first[start].table):
        start -= 1
    following = last + 1 if last + 1 < len(first) else last
    expected = last >= start and (following > last or (last > start and parts[last] < parts[start]))
    if expected and on_one_height(first[following].tops, page.tops):
        return following
    return start if _has_further_columns(first[start], page) else None


def _has_further_columns(left: PrintedPage, page: PrintedPage) -> bool:
    """Whether a page has a heading at the height of another one's, with further labels behind repeated columns."""
    if left.table is None or page.table is None or len(page.tops) < _LEAST_ROWS:
        return False
    if not on_one_height(left.tops, page.tops):
        return False
    rest = _from_column(page.table, _repeated(left.table, page.table))
    labels = {cell.text for cell in rest.rows[0].cells if cell.text}
    return bool(labels) and not is_without_heading(rest) and labels.isdisjoint(_labels(left.table))


def _labels(table: WordTable) -> set[str]:
    return {cell.text for cell in table.rows[0].cells}


def _goes_on(above: WordTable | None, below: WordTable | None) -> bool:
    """Whether a table is the next part of the one on the page before, with its heading printed again or not."""
    if above is None or below is None or above.columns != below.columns:
        return False
    return is_without_heading(below) or _first_text(above) == _first_text(below)


def _first_text(table: WordTable) -> str:
    return table.rows[0].cells[0].text if table.rows and table.rows[0].cells else ""


def _beside(whole: PrintedPage, first: PrintedPage, page: PrintedPage) -> PrintedPage:
    """A page with the columns of one to its right, and the lines of both; what both print is said once."""
    assert whole.table is not None
    assert first.table is not None
    assert page.table is not None
    right = _from_column(page.table, _repeated(first.table, page.table))
    width = max(cell.col + cell.span - 1 for row in whole.table.rows for cell in row.cells)
    rows = zip(whole.table.rows, right.rows, strict=True)
    table = WordTable(tuple(_row_beside(row, other, width) for row, other in rows))
    above = (*whole.above, *(block for block in page.above if block not in whole.above))
    below = (*whole.below, *(block for block in page.below if block not in whole.below))
    return whole._replace(above=above, table=table, below=below)


def _row_beside(row: WordRow, other: WordRow, width: int) -> WordRow:
    moved = (cell._replace(col=cell.col + width) for cell in other.cells)
    return row._replace(cells=(*row.cells, *moved), cut=row.cut or other.cut)


def _repeated(left: WordTable, right: WordTable) -> int:
    """How many of the first columns are printed again on the page to the right."""
    columns = 0
    while (texts := _column(left, columns + 1)) and any(texts) and texts == _column(right, columns + 1):
        columns += 1
    return columns


def _column(table: WordTable, col: int) -> list[str]:
    cells = (cell for row in table.rows for cell in row.cells if cell.col == col)
    return [cell.text for cell in cells]


def _from_column(table: WordTable, dropped: int) -> WordTable:
    def kept(cells: Iterable[WordCell]) -> tuple[WordCell, ...]:
        return tuple(cell._replace(col=cell.col - dropped) for cell in cells if cell.col > dropped)

    return WordTable(tuple(row._replace(cells=kept(row.cells)) for row in table.rows))
