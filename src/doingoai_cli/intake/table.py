"""A region of a sheet → a `Table` with what was observed on the way (CT04, CT06, CT07, CT08, CT09)."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from doingoai_cli.intake import other_rows
from doingoai_cli.intake.direction_and_stage import direction_of
from doingoai_cli.intake.layout import Region, SheetForms
from doingoai_cli.intake.records import RecordReader
from doingoai_cli.intake.row_kinds import RECORD, BodyRowKind
from doingoai_cli.intake.rows import Block, read_body, unstated_sections
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.intake.titles import FormTitle, period_of
from doingoai_cli.model.findings import Observation, Place, cell_place
from doingoai_cli.model.forms import FormSpec, Stage
from doingoai_cli.model.grid import CellKind, column_letters
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.model.submissions import Table, Total
from doingoai_cli.vietnamese.breakdowns import Breakdown, read_breakdown
from doingoai_cli.vietnamese.counts import read_count

_KIND_OF = itemgetter(2)
_FAULTY = frozenset({CellKind.ERROR, CellKind.UNCALCULATED})
_MANY_CELLS = 5
"""Cells from which a row above a heading is no title or letterhead."""


class TableRead(NamedTuple):
    """A table with its observations, and how many of its rows are no records."""

    table: Table
    observations: tuple[Observation, ...]
    non_records: int
    data_rows: frozenset[int]
    """The numbers of the rows of its records and of CT09."""


def title_cycle(region: Region) -> int | None:
    """The plan year Y that a table's title states; None where it states no year."""
    title = region.recognised.title
    if title is None or not title.years:
        return None
    spec = region.recognised.spec
    if spec.sections and len(title.years) == 1 and "dự kiến" in title.line.text.casefold():
        return title.years[0]
    return _year_of(spec, title) + spec.title_year


def _year_of(spec: FormSpec, title: FormTitle) -> int:
    """Which year of a title is the form's: of several, the last for a plan, the first for what took place."""
    return max(title.years) if spec.stage is Stage.PLANNED else min(title.years)


class TableReader:
    """Reads the records of a region's table for cycle Y."""

    def __init__(self, sheet: Sheet, region: Region, file: str, cycle: int) -> None:
        self._sheet = sheet
        self._region = region
        self._spec: FormSpec = region.recognised.spec
        self._file = file
        self._cycle = cycle

    def read(self) -> TableRead:
        """The table, and what is to be said of it."""
        region, spec, grid = self._region, self._spec, self._sheet.grid
        columns = region.recognised.columns
        blocks = tuple(read_body(self._sheet, region))
        records = RecordReader(self._sheet, region, self._file, self._cycle).read(blocks)
        others = [block for block in blocks if block.kind is not RECORD]  # few
        counts = tuple(self._counts(others))
        unknown = [row for block in others if block.kind is BodyRowKind.UNKNOWN for row in block.rows]
        unknown_above = [row for row in region.above if len(row.texts) >= _MANY_CELLS]
        strange = [*unknown_above, *unknown]
        record_rows = [row for block in blocks if block.kind is RECORD for row in block.rows]
        rows = len(region.above) + len(region.heading) + len(region.body)
        title = region.recognised.title
        table = Table(
            form=spec.form,
            spec=spec.id,
            sheet=grid.name,
            sheet_index=grid.index,
            header_row=region.header_row,
            year=_stated_year(spec, title, self._cycle),
            rows_year=spec.rows_year(self._cycle),
            columns={field: places[0].col for field, places in columns.fields.items()},
            missing=tuple(missing.column.field for missing in columns.missing),
            records=records,
            totals=(*counts, *self._totals(others)),
            nil=not records and any(block.kind is BodyRowKind.NIL for block in others),
            evidence=region.recognised.evidence,
            period=period_of(spec, title, region.lines, spec.rows_year(self._cycle)),
            unstated=unstated_sections(spec, blocks),
        )
        observations = (
            *self._wrong_year(title),
            *self._missing_columns(),
            *self._wrong_counts(counts, blocks, len(records)),
            *self._faulty_cells(records, record_rows),
            *(self._observe("CT09", row.number, min(row.texts), value=_excerpt(row)) for row in strange),
        )
        data_rows = frozenset(row.number for row in (*record_rows, *strange))
        return TableRead(table, observations, rows - len(record_rows) - len(strange), data_rows)

    def _observe(
        self, code: str, row: int, col: int, *, value: str | None = None, **params: object
    ) -> Observation:
        place = cell_place(self._file, self._sheet.grid, row, col)
        return Observation(code, place, form=self._spec.form, value=value, params=params)

    # --- CT08, CT04 --------------------------------------------------------------------------------------------

    def _wrong_year(self, title: FormTitle | None) -> Iterator[Observation]:
        if title is None or not title.years:
            return
        expected = _expected_years(self._spec, self._cycle)
        wrong = [year for year in title.years if year not in expected]
        if wrong and (self._spec.sections or len(wrong) == len(title.years)):
            line = title.year_line
            nearest = min(expected, key=lambda year: abs(year - wrong[0]))
            yield self._observe(
                "CT08", line.row, line.col, value=line.text, year=wrong[0], expected=nearest,
                expected_years=expected, cycle=self._cycle,
            )  # fmt: skip

    def _missing_columns(self) -> Iterator[Observation]:
        recognised = self._region.recognised
        cols = recognised.columns.cols
        for missing in recognised.columns.missing:
            column = missing.column
            observation = self._observe(
                "CT04", self._region.header_row, min(cols, default=1), label=column.label, group=column.group,
                suggestion=missing.suggestion, evidence=recognised.evidence, against=recognised.against,
            )  # fmt: skip
            yield observation._replace(field=column.field)

    # --- CT06 --------------------------------------------------------------------------------------------------

    def _faulty_cells(self, records: Sequence[Record], rows: Sequence[Row]) -> Iterator[Observation]:
        """Errors and formulas without a value in records; the form's own TT formula is computed instead."""
        if _FAULTY.isdisjoint(map(_KIND_OF, self._sheet.grid.cells)):
            return  # nearly every sheet
        cols = self._region.recognised.columns.cols
        for record in records:
            for field, source in record.cells.items():
                computed = field == "ordinal" and source.kind is CellKind.UNCALCULATED
                if source.kind in _FAULTY and not computed:
                    column = self._spec.column(field)
                    label = column.label if column else field
                    fault = self._fault(source.row, source.col, source.kind, record.text(field), label)
                    yield fault._replace(field=field, ordinal=record.ordinal)
        for row in rows:
            for col, cell in row.cells.items():
                if col not in cols and cell.kind in _FAULTY:
                    label = self._region.recognised.columns.extras.get(col, column_letters(col))
                    yield self._fault(row.number, col, cell.kind, row.texts[col], label)

    def _fault(self, row: int, col: int, kind: CellKind, text: str, label: str) -> Observation:
        return self._observe("CT06", row, col, value=text, kind=kind.value, label=label)

    # --- CT07 and the totals of form 03 --------------------------------------------------------------------------

    def _counts(self, blocks: Iterable[Block]) -> Iterator[Total]:
        """The numbers of delegations that typed count lines state, above the table or below it."""
        below = [row for block in blocks if block.kind is BodyRowKind.TOTAL for row in block.rows]
        for row in (*self._region.above, *below):
            typed = {col: text for col, text in row.texts.items() if row.cells[col].formula is None}
            text = " ".join(typed.values())
            if not other_rows.is_count_line(text) or direction_of([text]) not in (None, self._spec.direction):
                continue
            stated = other_rows.stated_count(text)
            if stated is not None:
                col = next((c for c, t in reversed(typed.items()) if str(stated) in t), min(typed))
                yield Total(None, "", stated, self._sheet.grid.address(row.number, col), self._own(row), text)

    def _own(self, row: Row) -> int:
        return self._sheet.grid.own_row(row.number)

    def _wrong_counts(self, counts: Sequence[Total], blocks: Iterable[Block], rows: int) -> Iterator[Observation]:
        grid = self._sheet.grid
        parts = {self._own(row): numbers for row, numbers in _parts_above(blocks)} if counts else {}
        for total in counts:
            if total.stated != rows and total.stated not in parts.get(total.row, ()):
                place = Place(self._file, grid.name, grid.index, total.row, total.cell)
                params = {"stated": total.stated, "counted": rows}
                yield Observation("CT07", place, form=self._spec.form, value=total.text, params=params)

    def _totals(self, blocks: Iterable[Block]) -> Iterator[Total]:
        """What the TỔNG CỘNG row of each section states; a grand total below it is no section's."""
        closed: set[str] = set()
        fields = self._region.recognised.columns.fields
        for block in blocks:
            if block.kind is not BodyRowKind.TOTAL or block.section.id in closed:
                continue
            section = self._spec.section(block.section.id)
            closed.add(block.section.id)
            for field in section.total_fields if section else ():
                total = self._total(field, block.rows[0], fields[field][0].col) if field in fields else None
                if total is not None:
                    yield total._replace(section=block.section.id)

    def _total(self, field: str, row: Row, col: int) -> Total | None:
        cell = row.cells.get(col)
        if cell is None or cell.kind in _FAULTY or (cell.formula is not None and cell.value == 0):
            return None  # 0 is what a library stores for a formula that nobody has computed
        text = row.texts[col]
        kind = column_types(self._spec.record_model)[field]
        stated = read_breakdown(text).total if kind is Breakdown else read_count(text).value
        if stated is None:
            return None
        return Total(field, "", stated, self._sheet.grid.address(row.number, col), self._own(row), text)


def _parts_above(blocks: Iterable[Block]) -> Iterator[tuple[Row, frozenset[int]]]:
    """What a line of sums may count: the records above it, since the sum before it, and in its section."""
    above = summed = section = 0
    for block in blocks:
        match block.kind:
            case BodyRowKind.RECORD:
                above += 1
            case BodyRowKind.SECTION:
                section = above
            case BodyRowKind.TOTAL | BodyRowKind.SUBTOTAL:
                yield block.rows[0], frozenset((above, above - summed, above - section))
                summed = above


def stray_rows(sheet: Sheet, layout: SheetForms, file: str) -> Iterator[Observation]:
    """CT09 for the rows of tables that are no known form, below or above a known one."""
    for row in layout.strays:
        yield Observation("CT09", cell_place(file, sheet.grid, row.number, min(row.texts)), value=_excerpt(row))


def _expected_years(spec: FormSpec, cycle: int) -> tuple[int, ...]:
    """The years that a form's title may state in cycle Y."""
    if spec.sections:
        return tuple(sorted({cycle - section.rows for section in spec.sections}))
    return (cycle - spec.title_year,)


def _stated_year(spec: FormSpec, title: FormTitle | None, cycle: int) -> int | None:
    if title is None or not title.years:
        return None
    return next((y for y in title.years if y in _expected_years(spec, cycle)), _year_of(spec, title))


def _excerpt(row: Row) -> str:
    return " | ".join(row.texts.values())[:200]
