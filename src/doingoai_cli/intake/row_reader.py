"""What a row below a heading is (loại dòng): a record, another kind of row, or neither (CT09)."""

from collections.abc import Sequence

from doingoai_cli.intake import closing_lines, other_rows, row_kinds, sums
from doingoai_cli.intake.column_numbers import is_numbers_row
from doingoai_cli.intake.headings import same_labels
from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.row_kinds import RECORD, BodyRowKind, Past, are_crosses, says_nothing, text_at, values_of
from doingoai_cli.intake.sections import RowSection, lone_section, next_section, read_section
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.vietnamese.text import is_blank, key
from doingoai_cli.vietnamese.totals import is_total, is_total_of_part

_ENDS = (BodyRowKind.NOTE, BodyRowKind.SIGNATURE)
_SUMS = (BodyRowKind.TOTAL, BodyRowKind.SUBTOTAL)


class RowReader:
    """What does not change from row to row: the sheet, the layout, its columns."""

    def __init__(self, sheet: Sheet, region: Region) -> None:
        self._sheet = sheet
        self._spec = region.recognised.spec
        columns = region.recognised.columns
        self._cols, self._ordinal, self._name = columns.cols, columns.first("ordinal"), columns.first("name")
        self._full = max(3, (2 * len(columns.fields) + 4) // 5)
        self._heading = region.heading
        self._top = region.body[0].number if region.body else 0
        title = region.recognised.title
        self._years = tuple(sorted(set(title.years))) if title else ()

    def full_kind(self, rows: Sequence[Row]) -> BodyRowKind | None:
        """What a row is that fills as many columns as hardly any but a record does; None for a sparser one."""
        if self._filled(rows) < self._full:
            return None
        if other_rows.is_example(self._ordinal_text(rows)) or other_rows.is_example(text_at(rows, self._name)):
            return BodyRowKind.UNKNOWN
        if len(rows) == 1 and row_kinds.is_plain_record(rows[0], self._ordinal):
            return RECORD
        line = self._line(rows)
        may_be_sums = line is not None and line.counts and (is_total(line.label) or not self._is_past_name(line))
        return None if may_be_sums else self._kind_of_full(rows)

    def _kind_of_full(self, rows: Sequence[Row]) -> BodyRowKind:
        values = values_of(rows)
        first, second = values[0], values[1] if len(values) > 1 else ""
        if is_numbers_row(values) or other_rows.are_hints(values):
            return BodyRowKind.HEADING
        if are_crosses(values):
            return BodyRowKind.FILLER
        if other_rows.are_zeros(text_at(rows, self._name), values[1:]):
            return BodyRowKind.NIL
        if row_kinds.say_nothing_in(rows, self._cols - {self._ordinal}):
            return BodyRowKind.FILLER if all(map(says_nothing, values[1:])) else BodyRowKind.UNKNOWN
        if other_rows.is_number(first) and not other_rows.is_number(second):
            return BodyRowKind.NIL if other_rows.all_nil(values[1:]) else BodyRowKind.RECORD
        if self._repeats_heading(values):
            return BodyRowKind.HEADING
        if is_total(first) or (is_blank(first) and is_total(second)):
            return BodyRowKind.TOTAL
        if closing_lines.are_signed(values):
            return BodyRowKind.SIGNATURE
        return BodyRowKind.NIL if other_rows.all_nil(values) else BodyRowKind.RECORD

    def is_numbered(self, rows: Sequence[Row]) -> bool:
        """Whether a running number stands before a row or group."""
        return other_rows.is_number(self._ordinal_text(rows))

    def levels(self, groups: Sequence[tuple[Sequence[Row], BodyRowKind | None]]) -> frozenset[sums.SumLevel]:
        """How the running numbers of the records are written, of the full ones where there are any."""
        full = {text_at(rows, self._ordinal) for rows, kind in groups if kind is RECORD}
        return frozenset().union(*map(sums.levels_of, full))

    def restarts(self, groups: Sequence[tuple[Sequence[Row], BodyRowKind | None]]) -> frozenset[int]:
        """The sparse rows that head records of their own though they are numbered as records are."""
        return row_kinds.restarts(groups, self._ordinal, self._name)

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
        labels = {key(text) for row in self._heading for text in row.texts.values()}
        return same_labels(sum(key(text) in labels for text in values), len(values))

    def sparse_kind(self, rows: Sequence[Row], past: Past, *, tail: bool) -> BodyRowKind:
        """What a sparsely filled row or group is; `tail`: no full record comes at or after it."""
        values = values_of(rows)
        ordinal = self._ordinal_text(rows)
        content = [
            text
            for row in rows
            for col, text in row.texts.items()
            if col != self._ordinal
            and not (says_nothing(text) or (col != self._name and other_rows.is_unfilled(text)))
        ]
        if self._spec.sections and len(values) == 1 and self._section(rows, past, tail) is not None:
            return BodyRowKind.SECTION
        if not content and (
            not ordinal or other_rows.is_ordinal(ordinal) or row_kinds.has_formula_in(rows, self._ordinal)
        ):
            return BodyRowKind.FILLER
        if other_rows.all_nil(content or [ordinal]) or other_rows.are_zeros(text_at(rows, self._name), content):
            return BodyRowKind.NIL
        if len(values) == 1 and (other_rows.is_page_number(values[0]) or other_rows.is_letterhead(values[0])):
            return BodyRowKind.FILLER
        may_be_hints = not tail or rows[0].number == self._top
        of_heading = is_numbers_row(values) or (len(values) > 1 and self._repeats_heading(values))
        if of_heading or (may_be_hints and other_rows.are_hints(values)):
            return BodyRowKind.HEADING
        if other_rows.is_ordinal_label(ordinal):
            return BodyRowKind.UNKNOWN
        if (kind := self._kind_of_sums(rows, past)) is not None:
            return kind
        unlabelled = not ordinal and not text_at(rows, self._name) and (tail or len(values) > 1)
        if unlabelled and sums.are_sums(rows):
            return BodyRowKind.SUBTOTAL
        non_records = self._non_records(rows, values, past, tail)
        if non_records is not None:
            return non_records
        if past.foreign:
            return BodyRowKind.UNKNOWN
        if self._section(rows, past, tail) is not None:
            return BodyRowKind.SECTION
        return BodyRowKind.RECORD if self._is_begun(rows, ordinal, past, tail) else BodyRowKind.UNKNOWN

    def _non_records(
        self, rows: Sequence[Row], values: Sequence[str], past: Past, tail: bool
    ) -> BodyRowKind | None:
        first, together = values[0], " ".join(values)
        if self.is_numbered(rows) and not first.startswith("(") and text_at(rows, self._name):
            return None
        if (
            other_rows.is_note(first)
            or (len(values) <= 3 and other_rows.is_note(together))
            or (len(values) == 1 and other_rows.is_attachment(first))
        ):
            return BodyRowKind.NOTE
        if other_rows.is_count_line(together) or any(map(is_total, values[:2])):
            return BodyRowKind.TOTAL
        if any(map(sums.is_sum, values[:2])) or (past.summed and other_rows.is_item(first)):
            return BodyRowKind.SUBTOTAL
        if tail and self._is_signature(rows, values, past):
            return BodyRowKind.SIGNATURE
        reached = any(merge.top < rows[0].number for merge in self._sheet.merges.get(rows[0].number, ()))
        goes_on = len(values) == 1 and (other_rows.continues_list(first) or first[-1:] in ".;:" or reached)
        return BodyRowKind.NOTE if tail and past.notes and goes_on else None

    def _is_signature(self, rows: Sequence[Row], values: Sequence[str], past: Past) -> bool:
        if self.is_numbered(rows) or len(values) > 5:
            return False
        if past.signed and all(closing_lines.may_sign(text) or other_rows.continues_list(text) for text in values):
            return True
        return closing_lines.are_signed(values)

    def _line(self, rows: Sequence[Row]) -> sums.SumLine | None:
        return sums.read_line(rows[0], self._ordinal) if len(rows) == 1 else None

    def _kind_of_sums(self, rows: Sequence[Row], past: Past) -> BodyRowKind | None:
        """Total, subtotal or section, where a label stands beside nothing but counts; else None."""
        line = self._line(rows)
        if line is None or not line.counts:
            return BodyRowKind.FILLER if line is None and are_crosses(values_of(rows)) else None
        if is_total(line.label):  # "Cộng A" of a unit closes no section of the form
            of_unit = past.section.unit is not None and is_total_of_part(line.label)
            return BodyRowKind.SUBTOTAL if of_unit else BodyRowKind.TOTAL
        part = other_rows.is_item(line.label) or (line.is_part and not self._spec.sections)
        if line.is_subtotal or (past.summed and part):
            return BodyRowKind.SUBTOTAL
        return BodyRowKind.SECTION if not past.ended and self._heads_records(line, past) else None

    def _is_past_name(self, line: sums.SumLine) -> bool:
        """Whether a line's label stands behind the columns of running numbers and names: a field's own text."""
        return line.col > max(self._ordinal, self._name) > 0

    def _heads_records(self, line: sums.SumLine, past: Past) -> bool:
        if self._is_past_name(line):
            return False
        return line.heads(past.levels) or (not line.number and line.col == self._ordinal)

    def _section(self, rows: Sequence[Row], past: Past, tail: bool) -> RowSection | None:
        """The section that a row opens; None where it is no section row."""
        if past.numbered and len(rows) == 1 and not (tail or past.ended):
            own = lone_section(self._spec, rows[0], self._years)
            if own is not None:
                return own
        line = self._line(rows) if not past.ended else None
        if line is None:
            return None
        row, (number, col, text, counts) = rows[0], line
        heads = self._heads_records(line, past) or row.number in past.restarts
        if (counts or other_rows.is_number(number)) and not heads:
            return None
        merge = self._sheet.merge_at(row.number, col)
        numbered = other_rows.numbered_title(text)
        titled = merge is not None or text.isupper() or (numbered is not None and numbered[1][:1].isalpha())
        if self._is_past_name(line) and not titled:
            return None  # a word in a column of its own
        outstanding = col == self._ordinal or (merge is not None and merge.right - merge.left >= 2)
        several = other_rows.is_group(text) if past.numbered else other_rows.is_plural(text)
        lonely = not tail and (outstanding or several)
        as_above = not (past.headed - past.levels).isdisjoint(sums.levels_of(number))
        grouping = as_above or (heads and not tail) or other_rows.is_group(text)
        grouping = grouping and bool(number) and (past.numbered or (heads and not tail and not number.isdecimal()))
        suffices = lonely or grouping or counts
        return read_section(self._spec, past.section, number, text, alone_suffices=suffices, years=self._years)

    def _is_begun(self, rows: Sequence[Row], ordinal: str, past: Past, tail: bool) -> bool:
        """Whether a sparsely filled row is a record all the same."""
        cells = ((col, text) for row in rows for col, text in row.texts.items() if col != self._ordinal)
        content = {col for col, text in cells if col in self._cols and not says_nothing(text)}
        named = self._name in content
        if not content:
            return False
        if ordinal and other_rows.is_ordinal(ordinal):
            return not past.ended or (named and len(content) >= 3)
        if past.ended or (past.numbered and (not named or other_rows.is_rest_of_name(text_at(rows, self._name)))):
            return False
        if len(content) == 1 and self._filled(rows) <= 1:
            name = text_at(rows, self._name)  # "- Đoàn số 1 chờ ý kiến": a remark below the table
            return named and not past.numbered and name[0] not in "-–*+•" and not other_rows.is_unit(name)
        return named or not tail or len(content) >= 3

    def after(self, past: Past, kind: BodyRowKind, rows: Sequence[Row]) -> Past:
        """What the next row is read with."""
        if kind is BodyRowKind.SECTION:
            section, own = self._section(rows, past, False), sums.levels_of(self._ordinal_text(rows))
            return past._replace(section=section or past.section, summed=False, headed=past.headed | own)
        if kind is BodyRowKind.TOTAL and self._spec.sections:
            return past._replace(section=past.section._replace(closed=True), summed=True)
        if kind is RECORD:
            section = next_section(self._spec, past.section) if past.section.closed else past.section
            numbered = past.numbered or self.is_numbered(rows)
            return Past(section, numbered=numbered, levels=past.levels, headed=past.headed, restarts=past.restarts)
        labelled = kind is BodyRowKind.UNKNOWN and other_rows.is_ordinal_label(self._ordinal_text(rows))
        return past._replace(
            ended=past.ended or kind in _ENDS, notes=kind is BodyRowKind.NOTE, summed=kind in _SUMS,
            signed=past.signed or kind is BodyRowKind.SIGNATURE, foreign=past.foreign or labelled,
        )  # fmt: skip

    def _ordinal_text(self, rows: Sequence[Row]) -> str:
        return text_at(rows, self._ordinal)
