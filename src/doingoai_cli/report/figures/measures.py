"""What is measured, and how: each measure with its definition and the clause that asks for it.

A figure's id is scope, subject and measure: `out.delegations`, `cumulated.in.persons`, `plan.out.delegations`.
The subjects themselves are declared beside this module, one module per kind of record (`subjects` lists them).
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import counting_time, time_of
from doingoai_cli.model.forms import Direction, Role, Stage
from doingoai_cli.model.matching import country_codes
from doingoai_cli.model.records import Conference, PlannedTrip, RealisedTrip, Record
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.groupings import Grouping
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.money.amounts import Money
from doingoai_cli.vietnamese.report_phrases import in_one_line, number, short_date
from doingoai_cli.vietnamese.time.periods import Period

Rows = tuple[ConsolidatedRow, ...]
CUMULATED = "cumulated."
"""The scope of figures from the beginning of the year on (lũy kế)."""
PARTLY = "dòng chỉ đọc được một phần"
ROWS_UNIT = "dòng"
"""The unit of figures that count rows: what was read, what was set aside."""


class Measured(NamedTuple):
    """A measure's value with the rows behind it; None where nothing can be read, `note` says how much was."""

    value: int | Decimal | None
    rows: Rows
    note: str = ""


class Measure(NamedTuple):
    """One thing that is counted of a set of rows."""

    id: str
    label: str
    unit: str
    definition: str
    of: Callable[[Rows], Measured]
    clause: str = ""
    compared: bool = False
    """Whether the report compares it with the year before."""
    of_province: Callable[[Rows, str], Measured] | None = None
    """How it counts for a province, where that depends on who sent the rows."""


def measured_for(measure: Measure, province: str) -> Callable[[Rows], Measured]:
    """How a measure counts for a province: who led a delegation depends on whose it is."""
    of_province = measure.of_province
    return (lambda rows: of_province(rows, province)) if of_province else measure.of


class Subject(NamedTuple):
    """A set of rows that is measured: those whose forms say that they hold records of this kind."""

    id: str
    label: str
    model: type[Record]
    direction: Direction | None
    stage: Stage
    measures: tuple[Measure, ...]
    groupings: tuple[Grouping, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    """What its tables show: heading and measure; the first one counts rows."""
    unit: str = "đoàn"
    """What a row is, in running text."""
    planning: str = ""
    """What a plan is of, in running text ("kế hoạch đoàn ra"); "": its label."""
    money: bool = False
    """Whether its money is shown by source."""
    spans_years: bool = False
    """Whether its rows may lie in several years, so that its tables name none."""
    states: Callable[[Facts], Iterator[str]] | None = None
    """The sentences of `statement("…")` in an outline; None: what measures and groupings give by themselves."""

    @property
    def role(self) -> Role:
        """What a form must declare for its rows to count."""
        return Role(self.model, self.direction, self.stage)

    @property
    def planned(self) -> bool:
        """Whether its rows are a plan for the coming year."""
        return self.stage is Stage.PLANNED

    def measure(self, measure_id: str) -> Measure:
        """The measure with that id."""
        return next(m for m in self.measures if m.id == measure_id)

    @property
    def closing_day(self) -> int | None:
        """The day on which its own reporting months close, whatever the outline says; None: as that says."""
        return self.model.CLOSING_DAY

    def when(self, record: Record) -> Period | None:
        """The time at which a row counts to a window; None where it states none."""
        return counting_time(record, self.stage)

    def time_said(self, record: Record) -> str:
        """The words of that time, so that a reader sees why a row is outside: of what has ended, its last day."""
        when = self.when(record) if self.stage is Stage.ENDED else None
        return (
            f"hết hiệu lực ngày {short_date(when.end)}"
            if when and when.end
            else in_one_line(time_of(record), " - ")
        )

    def window(self, window: Window) -> Window:
        """The days of a report's window that its rows are counted in."""
        return window._replace(closing_day=self.closing_day) if self.closing_day else window


def counted_where(rows: Rows, test: Callable[[ConsolidatedRow], bool]) -> Measured:
    """How many rows pass a test."""
    chosen = tuple(row for row in rows if test(row))
    return Measured(len(chosen), chosen)


def summed(rows: Rows, value: Callable[[ConsolidatedRow], int | Decimal | None], unit: str) -> Measured:
    """The sum of what can be read, with "đọc được n/m" where something cannot."""
    read = tuple((row, v) for row in rows if (v := value(row)) is not None)
    note = "" if len(read) == len(rows) else f"đọc được {number(len(read))}/{number(len(rows))} {unit}"
    total = None if rows and not read else sum(v for _, v in read)
    whole = int(total) if total is not None and total == int(total) else total
    return Measured(whole, tuple(row for row, _ in read), note)


def money_of(row: ConsolidatedRow) -> Money:
    """The money cell of a row: Kinh phí, Nguồn kinh phí or Tổng kinh phí."""
    record = row.record
    if isinstance(record, RealisedTrip):
        return record.cost
    if isinstance(record, PlannedTrip):
        return record.funding
    return record.budget if isinstance(record, Conference) else Money("")


def different(rows: Rows, values_of: Callable[[ConsolidatedRow], Iterable[str]]) -> Measured:
    """How many different things the rows name."""
    return Measured(len({item for row in rows for item in values_of(row)}), rows)


COUNTRIES = Measure(
    "countries", "số nước, vùng lãnh thổ", "nước",
    "Số nước khác nhau nhận ra được trong cột nước của các đoàn được tính.",
    lambda rows: different(rows, lambda row: country_codes(row.record)),
)  # fmt: skip

AGENCIES = Measure(
    "agencies", "số cơ quan, đơn vị", "cơ quan",
    "Số cơ quan, đơn vị khác nhau có dòng được tính.",
    lambda rows: different(rows, lambda row: (row.agency_key or row.agency,)),
)  # fmt: skip

AMOUNTS = Measure(
    "amounts_read", "số dòng đọc được kinh phí", ROWS_UNIT,
    "Số dòng mà ô kinh phí cho biết ít nhất một số tiền; các dòng khác không được đoán.",
    lambda rows: _read_in_part(counted_where(rows, lambda row: bool(money_of(row).amounts))),
)  # fmt: skip


def _read_in_part(read: Measured) -> Measured:
    """With the number of rows of whose money something could not be read."""
    partly = sum(money_of(row).partly for row in read.rows)
    return read._replace(note=f"{number(partly)} {PARTLY}" if partly else "")


def uncompared(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The same measures of a plan, which is compared with no year before."""
    return tuple(measure._replace(compared=False) for measure in measures)
