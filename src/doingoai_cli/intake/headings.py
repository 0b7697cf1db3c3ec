"""Where a table's heading (dòng tiêu đề) stands: one to three rows, merged or not, anywhere in a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from doingoai_cli.intake.heading_cells import FEWEST_FIELDS, HeadingCell, HeadingTexts, read_cells
from doingoai_cli.intake.labels import LabelFinder, Labels
from doingoai_cli.intake.other_rows import is_ordinal_label
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.vietnamese.text import key

_TALLEST = 3
"""Rows of a heading that its labels tell; merged cells may reach one row further."""
_FIRST_LOOK = 5
"""Cells of a row that are looked up before the row is taken for data."""

_WIDEST = 6
"""Columns of the parts of a last label that is not merged over them."""
_LONGEST_PART = 40
"""Characters of a part's label."""
_DEEPEST = 1000
"""Rows with text above the first heading; a sheet with more is a list of something else."""


class TableHeading(NamedTuple):
    """A heading: indexes of its first and last row in `Sheet.rows`, and what they say."""

    first: int
    last: int
    texts: HeadingTexts

    @property
    def cells(self) -> tuple[HeadingCell, ...]:
        """Its columns from left to right."""
        return self.texts.cells

    def prints_again(self, first: "TableHeading") -> bool:
        """Whether it is the heading `first`, printed on the next page, perhaps without some of its labels."""
        labels, own = first.lowest, self.lowest
        return same_labels(sum(labels.get(col) == label for col, label in own.items()), max(len(labels), len(own)))

    @property
    def lowest(self) -> Mapping[int, str]:
        """The label of each column, without those above it."""
        return {cell.col: key(cell.parts[-1]) for cell in self.cells}


def same_labels(agreeing: int, number: int) -> bool:
    """Whether enough labels of two headings agree for the second to be the first repeated."""
    return 5 * agreeing >= 4 * number


def find_headings(sheet: Sheet, labels: Labels) -> tuple[TableHeading, ...]:
    """The headings of a sheet from top to bottom; diacritics are ignored only where there is no other."""
    return tuple(_scan(sheet, LabelFinder(labels))) or tuple(
        _scan(sheet, LabelFinder(labels, without_diacritics=True))
    )


def _scan(sheet: Sheet, find: LabelFinder) -> Iterator[TableHeading]:
    index, rows = 0, sheet.rows
    end = min(len(rows), _DEEPEST)
    while index < end:
        heading = _best_from(sheet, index, find) if _has_label(rows[index], find) else None
        if heading is None:
            index += 1
        else:
            yield heading
            index, end = heading.last + 1, len(rows)


def _may_head(row: Row) -> bool:
    """Whether a row may be of a heading: one that begins with a number, "1" or "(1)", is not.

    A number before "TT" is a sheet's own row, pasted with it, or the column's own number ("(1) TT").
    """
    texts = iter(row.texts.values())
    first = next(texts)
    if not first.isdecimal():  # as nearly every row of a table begins
        if not first.lstrip("(")[:1].isdigit():
            return True
        if is_ordinal_label(first.lstrip("(.) \n0123456789")):
            return True
    return is_ordinal_label(next(texts, ""))


def _has_label(row: Row, find: LabelFinder) -> bool:
    return _may_head(row) and any(find(text) for text in islice(row.texts.values(), _FIRST_LOOK))


def _best_from(sheet: Sheet, index: int, find: LabelFinder) -> TableHeading | None:
    """The heading that begins at row `index` or just below it: the most labels in the fewest rows."""
    best: TableHeading | None = None
    best_score = FEWEST_FIELDS - 1
    end = index
    while end < min(index + _TALLEST + 1, len(sheet.rows)) and _may_head(sheet.rows[end]):
        end += 1
    for height in range(1, _TALLEST + 1):
        for first in range(index, end - height + 1):
            texts = read_cells(sheet, first, first + height - 1, find)
            heading = TableHeading(first, first + height - 1, texts)
            if texts.fields > best_score and _is_all_heading(sheet, heading):
                best, best_score = heading, texts.fields
    if best is None:
        return None
    last = _last_by_merges(sheet, best)
    return best if last == best.last else best._replace(last=last, texts=read_cells(sheet, best.first, last, find))


def _is_all_heading(sheet: Sheet, heading: TableHeading) -> bool:
    """Whether each row below the first is rather labels than data."""
    for row in sheet.rows[heading.first + 1 : heading.last + 1]:
        if 2 * len(row.texts.keys() & heading.texts.known) < len(row.texts):
            return False
    return True


def _last_by_merges(sheet: Sheet, heading: TableHeading) -> int:
    """The index of the last row that merged heading cells reach down to, or that stands under wide ones."""
    rows, last = sheet.rows, heading.last
    top = rows[heading.first].number
    own = rows[heading.first : last + 1]
    merges = [merge for row in own for merge in sheet.merges.get(row.number, ()) if merge.top >= top]
    bottom = max((m.bottom for m in merges if m.bottom <= top + _TALLEST), default=0)
    while last + 1 < len(rows) and rows[last + 1].number <= bottom:
        last += 1
    below = rows[last + 1] if last + 1 < len(rows) else None
    if last == heading.last and below is not None and len(below.texts) > 1:
        wide = [m for m in merges if m.right > m.left and m.bottom == rows[last].number]
        spans = [(m.left, m.right) for m in wide] or list(_open_spans(sheet, heading))
        if _are_parts(below, spans):
            last += 1
    return last


def _open_spans(sheet: Sheet, heading: TableHeading) -> Iterator[tuple[int, int]]:
    """The columns of each label that has blank cells to its right, up to the next label."""
    cols = sorted(sheet.rows[heading.last].texts)
    for col, following in pairwise(cols):
        if following - col > 1 and sheet.merge_at(sheet.rows[heading.last].number, col) is None:
            yield col, following - 1
    if cols and cols[-1] > 1:
        yield cols[-1], cols[-1] + _WIDEST


def _are_parts(row: Row, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a row below a heading is nothing but the labels of the parts of its wide columns."""
    counts = [sum(left <= col <= right for col in row.texts) for left, right in spans]
    if sum(counts) < len(row.texts) or max(counts, default=0) < 2:
        return False
    return all(len(text) <= _LONGEST_PART and not text[:1].isdigit() for text in row.texts.values())
