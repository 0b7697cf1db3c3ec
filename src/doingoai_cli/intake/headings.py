"""Where a table's heading (dòng tiêu đề) stands: one to three rows, merged or not, anywhere in a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from types import MappingProxyType
from typing import NamedTuple

from doingoai_cli.intake.labels import Closeness, Finder, Hits, Labels
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import Range
from doingoai_cli.vietnamese.text import key

_TALLEST = 3
"""Rows of a heading that its labels tell; merged cells may reach one row further."""
FEWEST_FIELDS = 3
"""Known headings of one layout, the ordinal's apart, that make a heading."""
_FIRST_LOOK = 5
"""Cells of a row that are looked up before the row is taken for data."""

_WIDEST = 6
"""Columns of the parts of a last label that is not merged over them."""
_LONGEST_PART = 40
"""Characters of a part's label."""
_DEEPEST = 1000
"""Rows with text above the first heading; a sheet with more is a list of something else."""


class HeadingCell(NamedTuple):
    """One column of a heading: the texts over it from top to bottom, a merged cell's once."""

    col: int
    last: int
    """The last column that its merged cell covers without a heading of its own."""
    parts: tuple[str, ...]
    hits: Hits
    above: Hits = MappingProxyType({})
    """What the wide label above it names, of which it may be a part whatever its own text."""

    @property
    def label(self) -> str:
        """The heading as a person reads it."""
        return " ".join(" ".join(self.parts).split())


class Heading(NamedTuple):
    """A heading: indexes of its first and last row in `Sheet.rows`, and its columns from left to right."""

    first: int
    last: int
    cells: tuple[HeadingCell, ...]

    @property
    def layout(self) -> tuple[tuple[int, str], ...]:
        """What a heading printed again on the next page has in common with the first."""
        return tuple((cell.col, key(cell.label)) for cell in self.cells)


def find_headings(sheet: Sheet, labels: Labels) -> tuple[Heading, ...]:
    """The headings of a sheet from top to bottom; typed without diacritics only where no other is there."""
    return tuple(_scan(sheet, Finder(labels))) or tuple(_scan(sheet, Finder(labels, without_diacritics=True)))


def _scan(sheet: Sheet, find: Finder) -> Iterator[Heading]:
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
    """Whether a row may be of a heading: one that begins with a number, "1" or "(1)", is not."""
    first = next(iter(row.texts.values()))
    return not first.lstrip("(")[:1].isdigit()


def _has_label(row: Row, find: Finder) -> bool:
    return _may_head(row) and any(find(text) for text in islice(row.texts.values(), _FIRST_LOOK))


def _best_from(sheet: Sheet, index: int, find: Finder) -> Heading | None:
    """The heading that begins at row `index` or just below it: the most labels in the fewest rows."""
    best: Heading | None = None
    best_score = FEWEST_FIELDS - 1
    end = index
    while end < min(index + _TALLEST + 1, len(sheet.rows)) and _may_head(sheet.rows[end]):
        end += 1
    for height in range(1, _TALLEST + 1):
        for first in range(index, end - height + 1):
            cells, score = _read(sheet, first, first + height - 1, find)
            heading = Heading(first, first + height - 1, cells)
            if score > best_score and _is_all_heading(sheet, heading):
                best, best_score = heading, score
    if best is None:
        return None
    last = _last_by_merges(sheet, best)
    return best if last == best.last else Heading(best.first, last, _read(sheet, best.first, last, find)[0])


def known_fields(cells: Sequence[HeadingCell]) -> int:
    """How many fields of one layout, the ordinal's apart, the headings name at best."""
    fields: dict[str, set[str]] = {}
    for cell in cells:
        for spec_id, hit in cell.hits.items():
            if hit.field != "ordinal" and hit.closeness < Closeness.NOTED:
                fields.setdefault(spec_id, set()).add(hit.field)
    return max(map(len, fields.values()), default=0)


class _Line(NamedTuple):
    """A row of a heading, wherever that stands: rows are counted from the heading's first, in `merges` too."""

    row: int
    texts: tuple[tuple[int, str], ...]
    """By column."""
    merges: tuple[Range, ...]
    """That cover a part of it."""

    def merge_at(self, col: int) -> Range | None:
        """The merged range over a column."""
        return next((merge for merge in self.merges if merge.left <= col <= merge.right), None)


def _read(sheet: Sheet, first: int, last: int, find: Finder) -> tuple[tuple[HeadingCell, ...], int]:
    """The columns of the heading in some rows, and how many fields they name."""
    top = sheet.rows[first].number
    return _read_lines(tuple(_line(sheet, row, top) for row in sheet.rows[first : last + 1]), find)


def _line(sheet: Sheet, row: Row, top: int) -> _Line:
    merges = (Range(m.top - top, m.left, m.bottom - top, m.right) for m in sheet.merges.get(row.number, ()))
    return _Line(row.number - top, tuple(row.texts.items()), tuple(merges))


@lru_cache(maxsize=1024)  # saves 0.077 s
def _read_lines(lines: tuple[_Line, ...], find: Finder) -> tuple[tuple[HeadingCell, ...], int]:
    """The same: worked out once, for most agencies keep the heading of the blank form."""
    cols = sorted({col for line in lines for col, _ in line.texts})
    ends = [following - 1 for following in cols[1:]] + [0]
    texts = {(line.row, col): text for line in lines for col, text in line.texts}
    cells: list[HeadingCell] = []
    for col, end in zip(cols, ends, strict=True):
        cell = _cell(lines, texts, col, end, find)
        if cells and (0, col) not in texts:
            cell = _under_group(cell, cells[-1], find)
        cells.append(cell)
    return tuple(cells), known_fields(cells)


def _under_group(cell: HeadingCell, before: HeadingCell, find: Finder) -> HeadingCell:
    """A heading below a blank cell, under the label that stands further left and was not merged over it."""
    if len(cell.parts) > 1 and cell.parts[0] == before.parts[0]:  # merged over it after all
        return cell
    parts = (before.parts[0], *cell.parts)
    above = find(before.parts[0]) if len(before.parts) > 1 else {}
    if cell.hits:
        return cell._replace(parts=parts, above=_within(above)) if above else cell
    hits = find(" ".join(parts)) or _within(above)
    return cell._replace(parts=parts, hits=hits, above=_within(above)) if hits else cell


def _cell(
    lines: Sequence[_Line], texts: Mapping[tuple[int, int], str], col: int, end: int, find: Finder
) -> HeadingCell:
    """The heading over a column; `end` is the last column before the next one (0: none follows)."""
    parts: list[str] = []
    last = col
    seen = None
    for line in lines:
        text, merge = texts.get((line.row, col), ""), line.merge_at(col)
        if merge is not None and merge.top >= 0:
            if not text and merge != seen:
                text = texts.get((merge.top, merge.left), "")
            seen = merge
            last = merge.right
        if text:
            parts.append(text)
    if len(parts) == 1:
        parts, hits = _parted(parts[0], find)
    else:
        hits = _hits(parts, find)
    above = _within(find(parts[0])) if len(parts) > 1 else {}
    return HeadingCell(col, min(last, end) if end else last, tuple(parts), hits, above)


def _parted(text: str, find: Finder) -> tuple[list[str], Hits]:
    """A heading of one cell as label and part ("Kinh phí - NSNN"), and what it names."""
    hits = find(text)
    parted = find.parted(text)
    if parted is None:
        return [text], hits
    whole = find(parted[0])
    if not hits:
        return list(parted), _within(whole)
    same = all(whole[spec_id].field == hit.field for spec_id, hit in hits.items() if spec_id in whole)
    return (list(parted), _within({**whole, **hits})) if same else ([text], hits)


def _within(hits: Hits) -> Hits:
    """The hits of a wide label as those of its parts."""
    return {spec_id: hit._replace(within=True) for spec_id, hit in hits.items()}


def _hits(parts: Sequence[str], find: Finder) -> Hits:
    """The fields that a heading names, for each layout by the closest of: all its parts, the lowest, the upper.

    What is known by a part of its text alone gives way to what is not.
    """
    hits = dict(_within(find(parts[0])))
    for closer in (find(" ".join(parts[1:])), find(parts[-1]), find(" ".join(parts))):
        surer = {s: hit for s, hit in closer.items() if not hit.within or s not in hits or hits[s].within}
        hits.update(surer)
    return hits


def _is_all_heading(sheet: Sheet, heading: Heading) -> bool:
    """Whether each row below the first is rather labels than data."""
    known = {cell.col for cell in heading.cells if any(not hit.within for hit in cell.hits.values())}
    for row in sheet.rows[heading.first + 1 : heading.last + 1]:
        if 2 * len(row.texts.keys() & known) < len(row.texts):
            return False
    return True


def _last_by_merges(sheet: Sheet, heading: Heading) -> int:
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


def _open_spans(sheet: Sheet, heading: Heading) -> Iterator[tuple[int, int]]:
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
