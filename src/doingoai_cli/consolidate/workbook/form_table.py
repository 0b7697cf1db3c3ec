"""The table of a form's sheet: where its columns stand, and the rows in it that are no record's."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doingoai_cli.consolidate.workbook import counted_columns
from doingoai_cli.consolidate.workbook.book import ROW, BookRow, Formula, Value, whole_column
from doingoai_cli.consolidate.workbook.columns import BookColumn, ColumnKind
from doingoai_cli.consolidate.workbook.counted_columns import STANDING
from doingoai_cli.consolidate.workbook.opinion_column import OPINION
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.model.forms import FormSpec, SectionSpec, fill_years
from doingoai_cli.model.grid import column_letters
from doingoai_cli.model.own_files import OwnColumn

COUNT_LINE_TEXT = "Tổng số được tính: "
"""How the line above the headings begins that counts the rows."""
FIRST = 7
"""Where the rows begin, below titles and headings."""


def subtitle_of(cycle: int) -> str:
    """The line below a form sheet's title."""
    return f"(Tổng hợp từ báo cáo của các cơ quan, đơn vị; kỳ {cycle})"


class OtherLine(NamedTuple):
    """What stands in a row that is no record's: a section's heading or total, or nothing yet."""

    heading: SectionSpec | None = None
    total: SectionSpec | None = None


class FormTable:
    """The columns of one form's sheet, with the formulas of the hidden ones; `filters`: what an officer's show."""

    def __init__(
        self,
        spec: FormSpec,
        columns: Sequence[BookColumn],
        filters: Mapping[int, tuple[str, ...]],
        cycle: int,
        province: str,
    ) -> None:
        self.spec, self.columns, self.filters, self.cycle, self.province = spec, columns, filters, cycle, province
        self.at = {column.key: i for i, column in enumerate(columns) if column.kind is not ColumnKind.OFFICIAL}
        self.fields = {c.key: i for i, c in enumerate(columns) if c.kind is ColumnKind.OFFICIAL}
        self._last_official = max(self.fields.values())
        cells, readings = self._cells(), counted_columns.readings_of(spec, cycle)
        self.readings = {name: bound(cells) for name, bound in readings.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.spec, self.columns, self.filters, self.cycle, self.province)

    def _cells(self) -> counted_columns.Cells:
        def of(col: int) -> str:
            return f"{column_letters(col + 1)}{ROW}"

        return counted_columns.Cells(
            {field: of(col) for field, col in self.fields.items()},
            of(self.at[OwnColumn.CODES]),
            of(self.at[OwnColumn.OPINION]),
            of(self.at[OPINION]),
            of(self.at[STANDING]) if STANDING in self.at else "",
            of(min(1, self._last_official)),
            of(self._last_official),
        )

    def other(self, line: OtherLine, counted: Sequence[RowCounts]) -> BookRow:
        """A row that is no record's; `counted`: what each row adds that figures count."""
        if line.heading:
            title = fill_years(line.heading.title, self.cycle, self.province)
            values = (title, *[None] * (len(self.columns) - 1))
            return BookRow(values, ("section.title", *self._styles("section")[1:]), height=20)
        if line.total:
            return self._total(line.total, counted)
        blank = len(self.columns) - len(self.readings)
        spare = [column.spare for column in self.readings.values()]
        return BookRow((*[None] * blank, *spare), ("",) * blank + ("hidden",) * len(spare))

    def _total(self, section: SectionSpec, counted: Sequence[RowCounts]) -> BookRow:
        values: list[Value] = [None] * len(self.columns)
        values[min(1, self._last_official)] = section.total
        inside = [counts for counts in counted if counts.section == section.id]
        for field in section.total_fields:
            reading = _SUMMED.get(field, "")
            if reading in self.at and field in self.fields:
                total = sum(map(counted_columns.ADDS[reading], inside))
                values[self.fields[field]] = self._sum(reading, section, total)
        return BookRow(tuple(values), self._styles("total"))

    def _sum(self, reading: str, section: SectionSpec, total: float) -> Formula:
        summed = (reading, counted_columns.COUNTED, counted_columns.SECTION)
        numbers, counted, parts = (whole_column(self.spec.form, self.at[heading]) for heading in summed)
        return Formula(f'SUMIFS({numbers},{counted},1,{parts},"{section.id}")', total)

    def _styles(self, style: str) -> tuple[str, ...]:
        return tuple("hidden" if column.kind is ColumnKind.HIDDEN else style for column in self.columns)


_SUMMED = {
    "vietnamese_delegates": counted_columns.VIETNAMESE, "foreign_delegates": counted_columns.FOREIGN,
    "days": counted_columns.DAYS, "members": counted_columns.PERSONS,
}  # fmt: skip
"""The hidden columns of the fields that a section's total sums."""
