"""The columns of a heading: the texts over each from top to bottom, and the fields that they name (ô tiêu đề)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from doingoai_cli.intake.labels import Closeness, Hits, LabelFinder
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import Range

FEWEST_FIELDS = 3
"""Known headings of one layout, the ordinal's apart, that make a heading."""


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


@dataclass(frozen=True, slots=True, eq=False)
class HeadingTexts:
    """What some rows say as a heading: most agencies keep that of the blank form, so that there is one for all.

    It is equal to itself alone: what depends on it is looked up without looking at its cells.
    """

    cells: tuple[HeadingCell, ...]
    """Its columns from left to right."""
    fields: int
    """How many fields of one layout they name."""
    known: frozenset[int]
    """The columns whose own text names a field."""
    starts: tuple[int, ...]
    """The first columns of the second, third … table, where several stand side by side (hai bảng cạnh nhau)."""


def known_fields(cells: Sequence[HeadingCell]) -> int:
    """How many fields of one layout, the ordinal's apart, the headings name at best."""
    fields: dict[str, set[str]] = {}
    for cell in cells:
        for spec_id, hit in cell.hits.items():
            if hit.field != "ordinal" and hit.closeness < Closeness.NOTED:
                fields.setdefault(spec_id, set()).add(hit.field)
    return max(map(len, fields.values()), default=0)


class _HeadingRow(NamedTuple):
    """A row of a heading, wherever that stands: rows are counted from the heading's first, in `merges` too."""

    row: int
    texts: tuple[tuple[int, str], ...]
    """(column, text) from left to right."""
    merges: tuple[Range, ...]
    """The merged ranges that cover a part of it."""

    def merge_at(self, col: int) -> Range | None:
        """The merged range over a column (1-based); None where there is none."""
        return next((merge for merge in self.merges if merge.left <= col <= merge.right), None)


def read_cells(sheet: Sheet, first: int, last: int, find: LabelFinder) -> HeadingTexts:
    """The heading in some rows."""
    top = sheet.rows[first].number
    return _read_lines(tuple(_line(sheet, row, top) for row in sheet.rows[first : last + 1]), find)


def _line(sheet: Sheet, row: Row, top: int) -> _HeadingRow:
    merges = (Range(m.top - top, m.left, m.bottom - top, m.right) for m in sheet.merges.get(row.number, ()))
    return _HeadingRow(row.number - top, tuple(row.texts.items()), tuple(merges))


@lru_cache(maxsize=1024)  # saves 0.077 s
def _read_lines(lines: tuple[_HeadingRow, ...], find: LabelFinder) -> HeadingTexts:
    cols = sorted({col for line in lines for col, _ in line.texts})
    ends = [following - 1 for following in cols[1:]] + [0]
    texts = {(line.row, col): text for line in lines for col, text in line.texts}
    cells: list[HeadingCell] = []
    for col, end in zip(cols, ends, strict=True):
        cell = _cell(lines, texts, col, end, find)
        if cells and (0, col) not in texts:
            cell = _under_group(cell, cells[-1], find)
        cells.append(cell)
    known = (cell.col for cell in cells if any(not hit.within for hit in cell.hits.values()))
    return HeadingTexts(tuple(cells), known_fields(cells), frozenset(known), tuple(_later_starts(cells)))


def _later_starts(cells: Sequence[HeadingCell]) -> Iterator[int]:
    """The first columns of the second, third … table: where a field begins anew, enough of them on both sides."""
    named = [name for cell in cells for name in _named(cell)]
    if len(set(named)) == len(named):  # nothing begins anew: nearly all
        return
    cut = next((i for i in range(1, len(cells)) if _begins_anew(cells[:i], cells[i:])), None)
    if cut is not None:
        yield cells[cut].col
        yield from _later_starts(cells[cut:])


def _begins_anew(before: Sequence[HeadingCell], cells: Sequence[HeadingCell]) -> bool:
    if known_fields(before) < FEWEST_FIELDS or known_fields(cells) < FEWEST_FIELDS:
        return False
    earlier = {named for cell in before for named in _named(cell)}
    # One label twice may be a slip; a table that begins anew names more of what the first one does.
    return not earlier.isdisjoint(_named(cells[0])) and named_again(before, cells) >= FEWEST_FIELDS


def named_again(before: Sequence[HeadingCell], cells: Sequence[HeadingCell]) -> int:
    """How many fields of one layout some headings name that others name as well."""
    earlier = {named for cell in before for named in _named(cell)}
    again = {named for cell in cells for named in _named(cell)} & earlier
    return max(Counter(spec_id for spec_id, _ in again).values(), default=0)


def _named(cell: HeadingCell) -> Iterator[tuple[str, str]]:
    """The fields that a heading names in full, by layout."""
    for spec_id, hit in cell.hits.items():
        if hit.closeness <= Closeness.SYNONYM and not hit.within:
            yield spec_id, hit.field


def _under_group(cell: HeadingCell, before: HeadingCell, find: LabelFinder) -> HeadingCell:
    """A heading below a blank cell, under the label that stands further left and was not merged over it."""
    if len(cell.parts) > 1 and cell.parts[0] == before.parts[0]:  # merged over it after all
        return cell
    parts = (before.parts[0], *cell.parts)
    above = find(before.parts[0]) if len(before.parts) > 1 else {}
    if cell.hits:
        return cell._replace(parts=parts, above=_within(above)) if above else cell
    joined = find(" ".join(parts))
    hits = _closer(_within(above), joined) if joined else _within(above)
    return cell._replace(parts=parts, hits=hits, above=_within(above)) if hits else cell


def _cell(
    lines: Sequence[_HeadingRow], texts: Mapping[tuple[int, int], str], col: int, end: int, find: LabelFinder
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
        parts, hits = _label_and_part(parts[0], find)
    else:
        hits = _hits(parts, find)
    above = _within(find(parts[0])) if len(parts) > 1 else {}
    return HeadingCell(col, min(last, end) if end else last, tuple(parts), hits, above)


def _label_and_part(text: str, find: LabelFinder) -> tuple[list[str], Hits]:
    """A heading of one cell as label and part ("Kinh phí - NSNN"), and what it names."""
    hits = find(text)
    split = find.label_and_part(text)
    if split is None:
        return [text], hits
    whole = find(split[0])
    if not hits:
        return list(split), _within(whole)
    same = all(whole[spec_id].field == hit.field for spec_id, hit in hits.items() if spec_id in whole)
    return (list(split), _within({**whole, **hits})) if same else ([text], hits)


def _within(hits: Hits) -> Hits:
    """The hits of a wide label as those of its parts."""
    return {spec_id: hit._replace(within=True) for spec_id, hit in hits.items()}


def _hits(parts: Sequence[str], find: LabelFinder) -> Hits:
    """The fields that a heading names, for each layout by the closest of: all its parts, the lowest, the upper.

    What is known by a part of its text alone gives way to what is not.
    """
    hits = _within(find(parts[0]))
    for closer in (find(" ".join(parts[1:])), find(parts[-1]), find(" ".join(parts))):
        hits = _closer(hits, closer)
    return hits


def _closer(hits: Hits, closer: Hits) -> Hits:
    """Hits with those of a closer text; "Số ngày: Làm việc" is a part, though "số ngày làm việc" says days."""
    surer = {
        spec_id: hit
        for spec_id, hit in closer.items()
        if spec_id not in hits
        or (hit.closeness is not Closeness.ENDED and (not hit.within or hits[spec_id].within))
    }
    return {**hits, **surer}
