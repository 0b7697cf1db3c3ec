"""Hidden columns that give live formulas numbers to count: what each row counts as, itself a formula.

A text such as "07 người (02 nữ)" was understood when merging; its formula keeps that reading as long as the text
stands, and reads a plain number or "Quý II" by itself once an officer types one.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.consolidate.workbook import plain_formulas as formulas
from doingoai_cli.consolidate.workbook.book import Formula
from doingoai_cli.consolidate.workbook.opinion_column import OPINION, OPINION_NUMBERS, is_text, opinion_formula
from doingoai_cli.consolidate.workbook.overview_counts import IN_PLAN, OFF_PLAN, RowCounts
from doingoai_cli.consolidate.workbook.plain_formulas import PlainFormula
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import UNCOUNTED_CODES, Standing, is_counted
from doingoai_cli.model.forms import FormSpec, Stage
from doingoai_cli.model.opinions import LEFT_OUT
from doingoai_cli.model.records import Conference, RealisedTrip, column_types
from doingoai_cli.vietnamese.money.usd import UsdValue

# In brackets, so that no column of an officer is taken for one of them.
COUNTED, PERSONS, PLAN, COUNTRIES = "[Được tính]", "[Số người]", "[Loại đoàn]", "[Nước]"
VIETNAMESE, FOREIGN, DAYS, SECTION = "[ĐB Việt Nam]", "[ĐB nước ngoài]", "[Số ngày]", "[Mục]"
MONTH, QUARTER = "[Tháng]", "[Quý]"
USD = "[Giá trị USD]"
STANDING = "[Ngoài kỳ]"
"""0, 1 or 2: a `Standing`."""
ADDS: Mapping[str, Callable[[RowCounts], int | float]] = {
    PERSONS: lambda counts: counts.persons,
    VIETNAMESE: lambda counts: counts.delegates[0],
    FOREIGN: lambda counts: counts.delegates[1],
    DAYS: lambda counts: counts.days,
    USD: lambda counts: counts.dollars,
}
"""What a row adds to the sum of each hidden column that is summed."""
APART = -1
"""What counts as `COUNTED` for a row that lies outside the year, or has no day, and would count otherwise."""


class Cells(NamedTuple):
    """Where the cells of any row stand: references by field, and those of our own columns ("C" and `ROW`)."""

    fields: dict[str, str]
    codes: str
    opinion: str
    verdict: str
    standing: str
    """"" where the form holds nothing that took place."""
    first: str
    """First and last official cell, the ordinal apart."""
    last: str

    def of(self, field: str) -> str:
        """The cell of a field; an empty text where the form has no such column."""
        return self.fields.get(field, '""')


Reading = Callable[[ConsolidatedRow, RowCounts], Formula | str]
"""What gives a row's formula, or text."""


class Column(NamedTuple):
    """A hidden column bound to its cells."""

    reading: Reading
    spare: Formula | str
    """What stands in a spare row."""


ReadingColumn = Callable[[Cells], Column]


def readings_of(spec: FormSpec, cycle: int) -> dict[str, ReadingColumn]:
    """The hidden columns of a form, in order, by their headings."""
    fields = {column.field for column in spec.columns}
    columns: dict[str, ReadingColumn] = {OPINION: _opinion}
    stages = {spec.stage_of(section.id) for section in spec.sections} or {spec.stage}
    if not stages <= _UNDATED_STAGES:
        columns[STANDING] = _standing(spec, cycle)
    columns[COUNTED] = _counted
    if "members" in fields:
        columns[PERSONS] = _as_read("members", formulas.NUMBER, ADDS[PERSONS])
    if spec.sections:
        columns[SECTION] = lambda _cells: Column(lambda _row, counts: counts.section, "")
    if issubclass(spec.record_model, Conference):
        columns[VIETNAMESE] = _as_read("vietnamese_delegates", formulas.NUMBER, ADDS[VIETNAMESE])
        columns[FOREIGN] = _as_read("foreign_delegates", formulas.NUMBER, ADDS[FOREIGN])
        columns[DAYS] = _as_read("days", formulas.NUMBER, ADDS[DAYS])
    if issubclass(spec.record_model, RealisedTrip):
        columns[PLAN] = _plan
    if "period" in fields and spec.stage is Stage.PLANNED:
        columns[QUARTER] = _as_read("period", formulas.QUARTER, lambda counts: counts.quarter)
    elif "period" in fields:
        columns[MONTH] = _as_read("period", formulas.MONTH, lambda counts: counts.month)
    if "countries" in fields:
        columns[COUNTRIES] = _as_read("countries", formulas.COUNTRIES, lambda c: f"|{'|'.join(c.countries)}|")
    if column_types(spec.record_model).get("value") is UsdValue:
        columns[USD] = _as_read("value", formulas.DOLLARS, ADDS[USD])
    return columns


def _as_read(field: str, plain: PlainFormula, value_of: Callable[[RowCounts], float | str]) -> ReadingColumn:
    """A column with what a field was read as while its cell holds that text; else with what `plain` gives."""

    def column(cells: Cells) -> Column:
        at = cells.of(field)
        formula = plain.formula(at)

        @lru_cache(maxsize=4096)  # saves 0.7 s of a merge of 200 workbooks into one that is there (6.2 s)
        def formula_for(text: str, value: float | str) -> Formula:
            if plain.gives(text) == value:
                return Formula(formula, value, shared=True)
            shown = f'"{value}"' if isinstance(value, str) else str(value)
            return Formula(f"IF({is_text(at, text)},{shown},{formula})", value)

        spare = Formula(formula, plain.blank, shared=True)
        return Column(lambda row, counts: formula_for(row.record.text(field), value_of(counts)), spare)

    return column


def _opinion(cells: Cells) -> Column:
    at, sent = cells.opinion, f"{cells.first}:{cells.last}"
    spare = opinion_formula(at, sent, "", filled=False)
    return Column(lambda row, _counts: opinion_formula(at, sent, row.review.opinion, filled=True), spare)


def _counted(cells: Cells) -> Column:
    told = f'LEFT({cells.codes},FIND("(",{cells.codes}&"(")-1)'
    barred = "".join(f',1-ISNUMBER(SEARCH("{code}",{told}))' for code in sorted(UNCOUNTED_CODES))
    barred += "".join(f",1-({cells.verdict}={OPINION_NUMBERS[opinion]})" for opinion in sorted(LEFT_OUT))
    apart = f"*IF({cells.standing}=0,1,{APART})" if cells.standing else ""
    text = f'IF(COUNTA({cells.first}:{cells.last})=0,"",MIN(1{barred}){apart})'
    inside = Standing.INSIDE
    no, yes, spare, aside = (Formula(text, value, shared=True) for value in (0, 1, "", APART))

    def reading(row: ConsolidatedRow, counts: RowCounts) -> Formula:
        if not is_counted(row):
            return no
        return yes if counts.standing is inside else aside

    return Column(reading, spare)


_UNDATED_STAGES = frozenset({None, Stage.PLANNED})
_TIMES = ("signed", "decision")
"""Where the time stands on forms that have no Thời gian thực hiện: agreements, awards."""


def _standing(spec: FormSpec, cycle: int) -> ReadingColumn:
    """How a row stands to its year: by its time as read, as long as its cell holds that text."""
    fields = [column.field for column in spec.columns]
    otherwise = int(Standing.UNDATED if spec.record_model.BY_DATE else Standing.INSIDE)

    def of_section(section: str, cells: Cells) -> Column:
        stage, year = spec.stage_of(section), spec.rows_year(cycle, section)
        if stage in _UNDATED_STAGES:
            always = Formula("0", 0, shared=True)
            return Column(lambda _row, _counts: always, always)
        wanted = "validity" if stage is Stage.ENDED else "period"
        field = next((f for f in (wanted, *_TIMES) if f in fields), "")
        plain = formulas.other_year(year, otherwise)
        return _as_read(field, plain, lambda counts: int(counts.standing))(cells)

    def column(cells: Cells) -> Column:
        columns = {s.id: of_section(s.id, cells) for s in spec.sections} or {"": of_section("", cells)}
        first = next(iter(columns.values()))
        return Column(lambda row, counts: columns[counts.section].reading(row, counts), first.spare)

    return column


def _plan(cells: Cells) -> Column:
    inside, outside = cells.of("in_plan"), cells.of("off_plan")
    plain = (
        f'IF(AND({inside}&""<>"",{outside}&""=""),{IN_PLAN},IF(AND({inside}&""="",{outside}&""<>""),{OFF_PLAN},0))'
    )

    def formula_for(mark_inside: str, mark_outside: str, value: int) -> Formula:
        by_place = (
            IN_PLAN if mark_inside and not mark_outside
            else OFF_PLAN if mark_outside and not mark_inside
            else 0
        )  # fmt: skip
        if by_place == value:
            return Formula(plain, value, shared=True)
        as_read = f"AND({is_text(inside, mark_inside)},{is_text(outside, mark_outside)})"
        return Formula(f"IF({as_read},{value},{plain})", value)

    def reading(row: ConsolidatedRow, counts: RowCounts) -> Formula:
        return formula_for(row.record.text("in_plan"), row.record.text("off_plan"), counts.plan)

    return Column(reading, formula_for("", "", 0))
