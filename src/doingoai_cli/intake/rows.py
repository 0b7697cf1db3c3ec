"""The rows below a heading, told apart (phân loại dòng): records, furniture, and what is neither (CT09).

The end of a table is a matter of meaning: notes, totals and signatures, never a count of rows.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.intake import other_rows
from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.merged_rows import grouped_rows
from doingoai_cli.intake.sections import Section, first_section, next_section, read_section
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import CellKind
from doingoai_cli.vietnamese.text import is_blank, key


class RowKind(StrEnum):
    """What a row below a heading is."""

    RECORD = "record"
    HEADING = "heading"
    """The heading again, or the printed column numbers."""
    SECTION = "section"
    TOTAL = "total"
    NIL = "nil"
    FILLER = "filler"
    NOTE = "note"
    SIGNATURE = "signature"
    UNKNOWN = "unknown"
    """Neither a record nor furniture: CT09."""


class Block(NamedTuple):
    """One row, or the rows that merged cells join to one record, with the section that it stands in."""

    kind: RowKind
    rows: tuple[Row, ...]
    section: Section


class _Past(NamedTuple):
    """What the rows above tell of the next one."""

    section: Section
    ended: bool = False
    """Whether notes or a signature block have begun."""
    notes: bool = False
    """Whether the row above was a note that may go on."""
    signed: bool = False
    foreign: bool = False
    """Whether the heading of another table, that is no known form, has come."""
    numbered: bool = False
    """Whether the table's records have running numbers."""


_ENDS = (RowKind.NOTE, RowKind.SIGNATURE)


def read_body(sheet: Sheet, region: Region) -> Iterator[Block]:
    """The blocks of a region's body, from top to bottom; every row of it in exactly one."""
    reader = _Reader(sheet, region)
    columns = region.recognised.columns
    groups = [(rows, reader.full_kind(rows)) for rows in grouped_rows(sheet, region.body, columns)]
    numbered = any(kind is RowKind.RECORD and reader.is_numbered(rows) for rows, kind in groups)
    past = _Past(first_section(region.recognised), numbered=numbered)
    last_full = max((i for i, (_, kind) in enumerate(groups) if kind is RowKind.RECORD), default=-1)
    for index, (rows, full_kind) in enumerate(groups):
        kind = full_kind or reader.sparse_kind(rows, past, tail=index > last_full)
        past = reader.after(past, kind, rows)
        yield Block(kind, rows, past.section)


class _Reader:
    """What does not change from row to row: the sheet, the layout, its columns."""

    def __init__(self, sheet: Sheet, region: Region) -> None:
        self._sheet = sheet
        self._spec = region.recognised.spec
        columns = region.recognised.columns
        self._cols, self._ordinal, self._name = columns.cols, columns.first("ordinal"), columns.first("name")
        self._full = max(3, (2 * len(columns.fields) + 4) // 5)
        self._labels = frozenset(key(text) for row in region.heading for text in row.texts.values())
        self._top = region.body[0].number if region.body else 0
        title = region.recognised.title
        self._years = tuple(sorted(set(title.years))) if title else ()

    def full_kind(self, rows: Sequence[Row]) -> RowKind | None:
        """What a row is that fills so many columns that little but a record does; None for a sparser one."""
        if self._filled(rows) < self._full:
            return None
        values = _values(rows)
        first, second = values[0], values[1] if len(values) > 1 else ""
        if other_rows.is_number(first) and not other_rows.is_number(second):
            if all(map(is_blank, values[1:])):
                return RowKind.FILLER
            return RowKind.NIL if other_rows.all_nil(values[1:]) else RowKind.RECORD
        if other_rows.is_numbers_row(values) or self._repeats_heading(values):
            return RowKind.HEADING
        if other_rows.is_total(first) or (is_blank(first) and other_rows.is_total(second)):
            return RowKind.TOTAL
        if all(map(is_blank, values)):
            return RowKind.FILLER
        if 2 * sum(map(other_rows.is_closing, values)) >= len(values):
            return RowKind.SIGNATURE
        return RowKind.NIL if other_rows.all_nil(values) else RowKind.RECORD

    def is_numbered(self, rows: Sequence[Row]) -> bool:
        """Whether a running number stands before a row or group."""
        return other_rows.is_number(self._ordinal_text(rows))

    def _filled(self, rows: Sequence[Row]) -> int:
        """How many of the form's columns hold something, values from merged cells above included."""
        if len(rows) == 1 and rows[0].number not in self._sheet.merges:
            return len(rows[0].texts.keys() & self._cols)
        cols = {col for row in rows for col in row.texts if col in self._cols}
        for merge in self._sheet.merges.get(rows[0].number, ()):
            if self._top <= merge.top < rows[0].number:
                cols |= {col for col in self._cols if merge.left <= col <= merge.right}
        return len(cols)

    def _repeats_heading(self, values: Sequence[str]) -> bool:
        return all(key(text) in self._labels for text in values)

    def sparse_kind(self, rows: Sequence[Row], past: _Past, *, tail: bool) -> RowKind:
        """What a sparsely filled row or group is; `tail`: no full record comes at or after it."""
        values = _values(rows)
        ordinal = self._ordinal_text(rows)
        pairs = [pair for row in rows for pair in row.texts.items()]
        content = [text for col, text in pairs if col != self._ordinal and not is_blank(text)]
        if not content and (not ordinal or other_rows.is_ordinal(ordinal) or self._formula_in_ordinal(rows)):
            return RowKind.FILLER
        if other_rows.all_nil(content or [ordinal]):
            return RowKind.NIL
        if other_rows.is_numbers_row(values) or (len(values) > 1 and self._repeats_heading(values)):
            return RowKind.HEADING
        if other_rows.is_ordinal_label(ordinal):
            return RowKind.UNKNOWN
        furniture = self._furniture(rows, values, past, tail)
        if furniture is not None:
            return furniture
        if past.foreign:
            return RowKind.UNKNOWN
        if self._section(rows, past, tail) is not None:
            return RowKind.SECTION
        return RowKind.RECORD if self._is_begun(rows, ordinal, past, tail) else RowKind.UNKNOWN

    def _furniture(self, rows: Sequence[Row], values: Sequence[str], past: _Past, tail: bool) -> RowKind | None:
        first, together = values[0], " ".join(values)
        own_number = other_rows.is_number(self._ordinal_text(rows)) and not first.startswith("(")
        if own_number and self._name_text(rows):
            return None
        if other_rows.is_note(first) or (len(values) <= 3 and other_rows.is_note(together)):
            return RowKind.NOTE
        if other_rows.is_count_line(together) or any(map(other_rows.is_total, values[:2])):
            return RowKind.TOTAL
        if tail and self._is_signature(rows, values, past):
            return RowKind.SIGNATURE
        goes_on = len(values) == 1 and (
            other_rows.goes_on(first) or first[-1:] in ".;:" or self._is_reached(rows[0])
        )
        return RowKind.NOTE if tail and past.notes and goes_on else None

    def _is_reached(self, row: Row) -> bool:
        """Whether a merged cell from a row above covers a part of this one."""
        return any(merge.top < row.number for merge in self._sheet.merges.get(row.number, ()))

    def _is_signature(self, rows: Sequence[Row], values: Sequence[str], past: _Past) -> bool:
        if other_rows.is_number(self._ordinal_text(rows)) or len(values) > 5:
            return False
        telling = sum(other_rows.is_closing(text) for text in values)
        if past.signed and all(
            other_rows.is_person(text) or other_rows.is_closing(text) or other_rows.goes_on(text)
            for text in values
        ):
            return True
        return 2 * telling >= len(values)

    def _section(self, rows: Sequence[Row], past: _Past, tail: bool) -> Section | None:
        """The section that a row opens; None where it is no section row."""
        if len(rows) > 1 or past.ended:
            return None
        row = rows[0]
        texts = dict(row.texts)
        number = texts.pop(self._ordinal, "") if len(texts) == 2 else ""
        if len(texts) != 1 or (number and other_rows.is_number(number)):
            return None
        ((col, text),) = texts.items()
        if number and not other_rows.is_ordinal(number):
            return None
        merge = self._sheet.merge_at(row.number, col)
        wide = merge is not None and merge.right - merge.left >= 2
        outstanding = wide or col == self._ordinal
        lonely = not tail and (outstanding or (past.numbered and other_rows.is_unit(text)))
        grouping = bool(number) and past.numbered and other_rows.is_group(text)
        return read_section(
            self._spec, past.section, number, text, alone_suffices=lonely or grouping, years=self._years
        )

    def _is_begun(self, rows: Sequence[Row], ordinal: str, past: _Past, tail: bool) -> bool:
        """Whether a sparsely filled row is a record all the same."""
        filled = {
            col for row in rows for col, text in row.texts.items() if col in self._cols and not is_blank(text)
        }
        content = filled - {self._ordinal}
        named = self._name in content
        if not content:
            return False
        if ordinal and other_rows.is_ordinal(ordinal):
            return not past.ended or (named and len(content) >= 3)
        if past.ended:
            return False
        if len(content) == 1 and self._filled(rows) <= 1:
            return named and not past.numbered
        return named or not tail or len(content) >= 3

    # --- what the next row is read with --------------------------------------------------------------------

    def after(self, past: _Past, kind: RowKind, rows: Sequence[Row]) -> _Past:
        """What the next row is read with."""
        if kind is RowKind.SECTION:
            return past._replace(section=self._section(rows, past, False) or past.section)
        if kind is RowKind.TOTAL and self._spec.sections:
            return past._replace(section=past.section._replace(closed=True))
        if kind is RowKind.RECORD:
            if past == _Past(past.section, numbered=True) and not past.section.closed:
                return past
            section = next_section(self._spec, past.section) if past.section.closed else past.section
            return _Past(section, numbered=past.numbered or self.is_numbered(rows))
        return past._replace(
            ended=past.ended or kind in _ENDS,
            notes=kind is RowKind.NOTE,
            signed=past.signed or kind is RowKind.SIGNATURE,
            foreign=past.foreign
            or (kind is RowKind.UNKNOWN and other_rows.is_ordinal_label(self._ordinal_text(rows))),
        )

    def _ordinal_text(self, rows: Sequence[Row]) -> str:
        return next((row.texts[self._ordinal] for row in rows if self._ordinal in row.texts), "")

    def _name_text(self, rows: Sequence[Row]) -> str:
        return next((row.texts[self._name] for row in rows if self._name in row.texts), "")

    def _formula_in_ordinal(self, rows: Sequence[Row]) -> bool:
        cells = [row.cells[self._ordinal] for row in rows if self._ordinal in row.cells]
        return any(cell.kind is CellKind.UNCALCULATED or cell.formula is not None for cell in cells)


def _values(rows: Sequence[Row]) -> list[str]:
    return [text for row in rows for text in row.texts.values()]
