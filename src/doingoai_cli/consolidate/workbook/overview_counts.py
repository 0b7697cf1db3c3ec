"""What a record adds to the workbook's figures (số được tính của từng dòng), read once for each record."""

from collections.abc import Callable
from typing import NamedTuple

from doingoai_cli.model.counting import (
    Standing,
    conference_days,
    delegates,
    dollars,
    month_of,
    persons,
    quarter_of,
    standing,
)
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.matching import country_codes
from doingoai_cli.model.records import RealisedTrip, Record
from doingoai_cli.vietnamese.places.countries import country_name

IN_PLAN, OFF_PLAN = 1, 2
KINDS = {True: IN_PLAN, False: OFF_PLAN, None: 0}
"""A delegation's kind (Trong KH, Ngoài KH) as formulas count it."""


def section_of(spec: FormSpec, record: Record) -> str:
    """The section that a record stands in; the first where none was told."""
    known = {section.id for section in spec.sections}
    return record.section if record.section in known else spec.sections[0].id


def standing_in(spec: FormSpec, cycle: int) -> Callable[[Record], Standing]:
    """Tells of any record of a form how it stands to the year that its sheet reports on."""
    sections = [section.id for section in spec.sections] or [""]
    of_section = {section: (spec.stage_of(section), spec.rows_year(cycle, section)) for section in sections}

    def stands(record: Record) -> Standing:
        stage, year = of_section.get(record.section) or of_section[sections[0]]
        return standing(record, stage, year)

    return stands


class RowCounts(NamedTuple):
    """What a row adds to the overview, to its hidden columns and to totals, read from its record once."""

    standing: Standing
    section: str
    """As `section_of`; "" where the form has none."""
    month: int
    quarter: int
    countries: tuple[str, ...]
    plan: int
    """`IN_PLAN`, `OFF_PLAN` or 0."""
    persons: int
    delegates: tuple[int, int]
    days: int
    dollars: float


NOTHING_COUNTED = RowCounts(Standing.INSIDE, "", 0, 0, (), 0, 0, (0, 0), 0, 0)


def counts_in(spec: FormSpec, cycle: int) -> Callable[[Record], RowCounts]:
    """What reads the counts of a form's records; those that add the same have one value."""
    stands, known = standing_in(spec, cycle), dict[RowCounts, RowCounts]()

    def counts(record: Record) -> RowCounts:
        found = RowCounts(
            stands(record),
            section_of(spec, record) if spec.sections else "",
            month_of(record) or 0,
            quarter_of(record) or 0,
            country_names(record),
            KINDS[record.planned] if isinstance(record, RealisedTrip) else 0,
            persons(record),
            delegates(record),
            conference_days(record),
            dollars(record),
        )
        return known.setdefault(found, found)

    return counts


def country_names(record: Record) -> tuple[str, ...]:
    """The Vietnamese names of a record's countries; none where it has none that is known."""
    return tuple(map(country_name, country_codes(record)))
