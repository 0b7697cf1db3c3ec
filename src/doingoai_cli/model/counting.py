"""What counts, and as how much: the one reading of a row that figures, live formulas and exports share.

The consolidated workbook's formulas and the report's figures must give the same numbers; both ask here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cache

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import Direction, FormCatalogue, Stage
from doingoai_cli.model.opinions import Opinion, opinion_of
from doingoai_cli.model.records import Agreement, AidProject, Conference, Record, Trip
from doingoai_cli.vietnamese.money.usd import UsdValue
from doingoai_cli.vietnamese.time.periods import Period, Precision, beginning
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

# By names of their own, which are found in a tenth of the time: each row is asked ten times.
_DAY, _MONTH, _QUARTER = Precision.DAY, Precision.MONTH, Precision.QUARTER

UNCOUNTED_CODES = frozenset({"TH05", "TH06"})
"""Rows that are not to be counted in any kind (seed 001, III.1, Lưu ý (ii), (iii))."""


def is_counted(row: ConsolidatedRow) -> bool:
    """Whether figures count the row: no code forbids it, and no officer refused it or said "Không tính"."""
    return row.counted and not UNCOUNTED_CODES.intersection(row.codes)


def review_counts(rows: Iterable[ConsolidatedRow]) -> Mapping[Opinion | str, int]:
    """How many rows have each opinion, as `stated_opinion` reads it."""
    counts: Counter[Opinion | str] = Counter()
    for text, number in Counter(row.review.opinion for row in rows).items():
        counts[stated_opinion(text)] += number
    return counts


def stated_opinion(text: str) -> Opinion | str:
    """The opinion that an officer's words state; `OTHER_OPINION` where they state none, `NO_OPINION` for none."""
    return opinion_of(text) or (OTHER_OPINION if text.strip() else NO_OPINION)


NO_OPINION = "chưa có ý kiến"
OTHER_OPINION = "ý kiến khác"


def rows_of(
    rows: Iterable[ConsolidatedRow],
    catalogue: FormCatalogue,
    model: type[Record],
    direction: Direction | None,
    stage: Stage | None,
) -> tuple[ConsolidatedRow, ...]:
    """The rows whose forms say of themselves that they hold records of that model, direction and stage."""
    found = []
    for row in rows:
        role = catalogue.role_of(row.record)
        if role and issubclass(role.model, model) and role.direction is direction and role.stage is stage:
            found.append(row)
    return tuple(found)


def persons(record: Record) -> int:
    """How many persons ("lượt người") travel; 0 where the number cannot be read."""
    return max(record.members.value or 0, 0) if isinstance(record, Trip) else 0


def delegates(record: Record) -> tuple[int, int]:
    """Vietnamese and foreign delegates of a conference; 0 where a number cannot be read."""
    if not isinstance(record, Conference):
        return 0, 0
    return max(record.vietnamese_delegates.value or 0, 0), max(record.foreign_delegates.total or 0, 0)


def conference_days(record: Record) -> int:
    """How many days a conference lasts; 0 where the number cannot be read."""
    return max(record.days.value or 0, 0) if isinstance(record, Conference) else 0


def usd(record: Record) -> int | Decimal | None:
    """The value of a project in US dollars; None where none is given for sure."""
    value = getattr(record, "value", None)
    return value.value if isinstance(value, UsdValue) else None


def dollars(record: Record) -> int | float:
    """The same as a number of a spreadsheet; 0 where none is given for sure."""
    value = usd(record) or 0
    return int(value) if value == int(value) else float(value)


def period_of(record: Record) -> Period | None:
    """The record's time; None for a model without one."""
    period = getattr(record, "period", None)
    return period if isinstance(period, Period) else None


def last_day(record: Record) -> date:
    """The last day of a record's time; that of its year where it cannot be read."""
    period = period_of(record)
    return period.days[1] if period and period.days else date(record.year, 12, 31)


def time_of(record: Record) -> str:
    """The words of a row's time, whichever of its columns gives it; "" where none does."""
    period = period_of(record)
    return period.text if period else ""


def month_of(record: Record) -> int | None:
    """The month (1 … 12) in which the record begins, within its form's year; None where it is not given."""
    return _first_month(record, _MONTH)


def quarter_of(record: Record) -> int | None:
    """The quarter (1 … 4) in which the record begins, within its form's year; None where it is not given."""
    month = _first_month(record, _QUARTER)
    return month and (month + 2) // 3


def _first_month(record: Record, coarsest: Precision) -> int | None:
    period = period_of(record)
    if period is None or period.days is None or period.precision > coarsest:
        return None
    first, last = period.days
    if first.year == record.year:
        return first.month
    # A journey over the turn of the year belongs to January of the year that it reaches.
    return 1 if first.year < record.year <= last.year else None


def lies_within(period: Period | None, row_year: int, first: date, last: date, *, calendar: bool) -> bool | None:
    """Whether a time counts as within `first` … `last`; None where that is unknown.

    A time given to the day counts on its first day. With `calendar`, one that began before the calendar year of
    its own form (`row_year`) and reaches into it counts on that year's first day, so that the months add up to
    the year. A coarser time counts only if it lies within as a whole.
    """
    if period is None or period.days is None:
        return None
    begins, ends = period.days
    if calendar and begins.year < row_year <= ends.year:
        begins = date(row_year, 1, 1)
    if period.precision is _DAY:
        return first <= begins <= last
    if first <= begins and ends <= last:
        return True
    return False if ends < first or begins > last else None


# --- the year that a row belongs to (kỳ báo cáo) -------------------------------------------------------------


def counting_time(record: Record, stage: Stage | None) -> Period | None:
    """The time at which a row counts: when a project begins, an agreement ends; else its own. None for none."""
    if isinstance(record, AidProject):
        return beginning(record.period)
    if isinstance(record, Agreement) and stage is Stage.ENDED:
        return Period(record.validity.text, record.ends, record.ends, Precision.DAY) if record.ends else None
    return period_of(record)


@cache  # saves 0.014 s
def _days_of(year: int, closing: int | None) -> tuple[date, date]:
    return ReportingPeriod(year).days(closing)


class Standing(IntEnum):
    """How a row of what took place stands to the year reported on."""

    INSIDE = 0
    OUTSIDE = 1
    """Its time lies in another year (ngoài kỳ báo cáo)."""
    UNDATED = 2
    """It counts by its date and has none that can be read."""


_INSIDE, _OUTSIDE, _UNDATED = Standing
_OF_ITS_YEAR = (None, Stage.PLANNED)


def standing(record: Record, stage: Stage | None, year: int) -> Standing:
    """How a row stands to `year`; a plan (or what its form does not say) belongs to its form's year."""
    if stage in _OF_ITS_YEAR:
        return _INSIDE
    closing = record.CLOSING_DAY
    time = counting_time(record, stage)
    inside = lies_within(time, record.year, *_days_of(year, closing), calendar=closing is None)
    if inside is None:
        return _UNDATED if record.BY_DATE else _INSIDE
    return _INSIDE if inside else _OUTSIDE
