"""Which columns of a heading fill which fields of a layout (cột → trường), and which are missing or further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from doingoai_cli.intake.heading_cells import HeadingCell, HeadingTexts
from doingoai_cli.intake.labels import Closeness, label_likeness
from doingoai_cli.model.forms import ColumnSpec, FormSpec
from doingoai_cli.model.grid import column_letters
from doingoai_cli.vietnamese.money.units import unit_said
from doingoai_cli.vietnamese.text import key

_SURELY = 85.0
"""Likeness (0 … 100) from which a heading that nothing else claims is taken for a misspelt column."""
_PERHAPS = 62.0
"""Likeness from which a missing column's finding asks "có phải cột …?"."""
_NEUTRAL = frozenset(
    map(key, ("Ghi chú", "STT phụ", "STT", "TT", "Số TT", "Cơ quan", "Đơn vị", "Nguồn", "Vi phạm"))
)
"""Further columns that say nothing about which form it is."""

_REMARK = "ghi chú"


class ColumnPlace(NamedTuple):
    """A column of a field; `part` names it where the field has several ("Ngân sách" under "Kinh phí").

    `unit`: that in which its heading says it counts money.
    """

    col: int
    part: str = ""
    unit: str = ""


class Missing(NamedTuple):
    """A column that was not found, with the heading that looks most like it."""

    column: ColumnSpec
    suggestion: str | None = None


@dataclass(frozen=True)
class Columns:
    """The columns of one table, as one layout reads its heading."""

    fields: Mapping[str, tuple[ColumnPlace, ...]]
    """In the layout's order."""
    extras: Mapping[int, str]
    """Further columns: their headings by column number."""
    missing: tuple[Missing, ...]
    fit: float
    """0 … 1: how well heading and layout cover each other."""
    wording: float = 0.0
    """0 … 1: the share of the fields whose heading is the layout's own label, not a synonym."""

    @cached_property  # a table asks six times
    def cols(self) -> frozenset[int]:
        """The columns of all fields."""
        return frozenset(place.col for places in self.fields.values() for place in places)

    @cached_property  # 20 µs a file: its tables share few headings with the next
    def single(self) -> Mapping[str, tuple[int, int, str]] | None:
        """Each field's place among the fields, its column, the column's letters; None where one has several."""
        if any(len(places) > 1 for places in self.fields.values()):
            return None
        cols = [places[0].col for places in self.fields.values()]
        return {
            field: (at, col, column_letters(col))
            for at, (field, col) in enumerate(zip(self.fields, cols, strict=True))
        }

    def first(self, field: str) -> int:
        """The first column of a field; 0 where the table has none."""
        places = self.fields.get(field)
        return places[0].col if places else 0

    @property
    def known(self) -> int:
        """How many fields, the ordinal's apart."""
        return len(self.fields) - ("ordinal" in self.fields)


def fit_columns(spec: FormSpec, heading: HeadingTexts) -> Columns:
    """The columns that a layout's labels tell exactly."""
    owners, whole_groups = _owners(spec, heading)
    return _columns(spec, heading, owners, whole_groups, {})


def read_columns(spec: FormSpec, heading: HeadingTexts) -> Columns:
    """The same, with slips of the pen read as what they surely mean and suggestions for what is still missing."""
    owners, whole_groups = _owners(spec, heading)
    columns = _columns(spec, heading, owners, whole_groups, {})
    taken = {index for indexes in owners.values() for index in indexes}
    loose = [i for i, cell in enumerate(heading.cells) if i not in taken and not cell.hits]
    if not columns.missing or not loose:
        return columns
    suggestions: dict[str, str] = {}
    pairs = [
        (label_likeness(heading.cells[i].label, m.column), i, m.column) for i in loose for m in columns.missing
    ]
    for score, index, column in sorted(pairs, key=lambda pair: -pair[0]):
        if score < _PERHAPS:
            break
        if index in taken or column.field in owners or column.field in suggestions:
            continue
        if score >= _SURELY:
            owners[column.field] = [index]
            taken.add(index)
        else:
            suggestions[column.field] = heading.cells[index].label
    return _columns(spec, heading, owners, whole_groups, suggestions)


def _owners(spec: FormSpec, heading: HeadingTexts) -> tuple[dict[str, list[int]], frozenset[str]]:
    """The heading cells of each field, and the groups that one column stands for ("Loại đoàn")."""
    claims = sorted(
        (hit.closeness, hit.within or _within_another(spec, cell, hit.field), index, hit.field)
        for index, cell in enumerate(heading.cells)
        if (hit := cell.hits.get(spec.id)) is not None
    )
    owners: dict[str, list[int]] = {}
    whole_groups: set[str] = set()
    for closeness, _, index, field in claims:
        if field in owners:
            all_of_it = [*owners[field], index]
            if (
                closeness is Closeness.ALSO
                or _has_further(spec, field, heading, all_of_it)
                or _are_parts(spec, heading, all_of_it)
            ):
                owners[field].append(index)
        elif closeness is not Closeness.ALSO:
            owners[field] = [index]
            column = spec.column(field)
            if closeness is Closeness.GROUP and column is not None:
                whole_groups.add(column.group)
    taken = {index for indexes in owners.values() for index in indexes}
    for index, cell in enumerate(heading.cells):  # "Kinh phí: NSNN | Đối tác" beside a column "Đối tác làm việc"
        above = cell.above.get(spec.id)
        if above is not None and index not in taken and above.field in owners and key(cell.parts[-1]) != _REMARK:
            owners[above.field].append(index)
    return owners, frozenset(whole_groups)


def _within_another(spec: FormSpec, cell: HeadingCell, field: str) -> bool:
    """Whether the label above a heading names another field than its own does."""
    above = cell.above.get(spec.id)
    return above is not None and above.field != field and above.closeness is not Closeness.GROUP


def _has_further(spec: FormSpec, field: str, heading: HeadingTexts, indexes: Sequence[int]) -> bool:
    """Whether one of a field's headings is of a further column, though it would do alone ("Mục đích")."""
    column = spec.column(field)
    further = {key(label) for label in column.also} if column else ()
    return bool(further) and any(key(heading.cells[index].label) in further for index in indexes)


def _are_parts(spec: FormSpec, heading: HeadingTexts, indexes: Sequence[int]) -> bool:
    """Whether headings of one field are its parts: all but one stand under its label, or go on with it."""
    cells = [heading.cells[index] for index in indexes]
    if key(cells[-1].parts[-1]) == _REMARK:
        return False
    same_label = all(len(c.parts) > 1 for c in cells) and len({key(c.parts[0]) for c in cells}) == 1
    return same_label or any(cell.hits[spec.id].within for cell in cells)


def _columns(
    spec: FormSpec,
    heading: HeadingTexts,
    owners: Mapping[str, Sequence[int]],
    whole_groups: frozenset[str],
    suggestions: Mapping[str, str],
) -> Columns:
    taken = {index for indexes in owners.values() for index in indexes}
    unknown = [cell for index, cell in enumerate(heading.cells) if index not in taken]
    needed = [c for c in spec.columns if not c.optional and not (c.group and c.group in whole_groups)]
    expected = sum(1 for c in needed if c.field not in owners) + len(owners)
    official = sum(1 for field, indexes in owners.items() if _is_own_label(spec, field, heading.cells[indexes[0]]))
    foreign = sum(1 for cell in unknown if key(cell.label) not in _NEUTRAL)
    return Columns(
        fields={
            c.field: _places(spec, c.field, [heading.cells[i] for i in owners[c.field]])
            for c in spec.columns
            if c.field in owners
        },
        extras={col: cell.label for cell in unknown for col in range(cell.col, cell.last + 1)},
        missing=tuple(Missing(c, suggestions.get(c.field)) for c in needed if c.field not in owners),
        fit=2 * len(owners) / (expected + len(owners) + foreign),
        wording=official / len(owners) if owners else 0.0,
    )


def _is_own_label(spec: FormSpec, field: str, cell: HeadingCell) -> bool:
    hit = cell.hits.get(spec.id)
    return hit is not None and hit.field == field and hit.closeness is Closeness.OFFICIAL


def _places(spec: FormSpec, field: str, cells: Sequence[HeadingCell]) -> tuple[ColumnPlace, ...]:
    cells = sorted(cells, key=lambda cell: cell.col)
    return tuple(
        ColumnPlace(
            col,
            " ".join(cell.parts[-1].split()) if len(cells) > 1 and _is_part(spec, field, cell) else "",
            unit_said(cell.label),
        )
        for cell in cells
        for col in range(cell.col, cell.last + 1)
    )


def _is_part(spec: FormSpec, field: str, cell: HeadingCell) -> bool:
    """Whether a heading names the field only by the label that it is a part of."""
    hit = cell.hits.get(spec.id)
    return len(cell.parts) > 1 and (hit is None or hit.within or hit.field != field)
