"""Windows (kỳ báo cáo): the days that a report speaks of; calendar ones, or those of the reporting regime.

Under Decree 09/2019/NĐ-CP a month closes on the 14th, half a year on 14 June and a year on 14 December; the
closing day is data of the outline.
"""

from datetime import date
from typing import NamedTuple

from doingoai_cli.model.counting import lies_within
from doingoai_cli.report.kinds import YEAR_MONTHS
from doingoai_cli.vietnamese.report_phrases import short_date
from doingoai_cli.vietnamese.time.periods import Period
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


class Window(NamedTuple):
    """The months `first` to `last` of `year`, each closing on `closing_day` (None: its last day)."""

    year: int
    """The calendar year reported on."""
    first: int = 1
    last: int = 12
    closing_day: int | None = None
    until: date | None = None
    """The day of the document, where that comes before its last day: nothing later can have been reported."""
    quarter: bool = False
    """Whether it is named as a quarter: "quý I/2020", not "3 tháng đầu năm 2020"."""

    @property
    def start(self) -> date:
        """The first day."""
        return self.months.days(self.closing_day)[0]

    @property
    def end(self) -> date:
        """The last day."""
        last = self.months.days(self.closing_day)[1]
        return min(last, self.until) if self.until else last

    @property
    def months(self) -> ReportingPeriod:
        """Its months, whatever days they close on."""
        return ReportingPeriod(self.year, self.first, self.last)

    @property
    def dated(self) -> bool:
        """Whether rows belong to it by their dates; to a whole calendar year they belong by their form."""
        return (self.first, self.last) != YEAR_MONTHS or self.closing_day is not None

    def at(self, day: date) -> "Window":
        """The window as a document of `day` can speak of it: nothing after it; one yet to begin stays whole."""
        return self._replace(until=day) if self.start <= day < self._replace(last=12, until=None).end else self

    @property
    def before(self) -> "Window":
        """The same days a year earlier."""
        return self._replace(year=self.year - 1, until=_year_before(self.until) if self.until else None)

    @property
    def cumulated(self) -> "Window":
        """From the beginning of its year to its end ("tính chung N tháng đầu năm")."""
        return self._replace(first=1, quarter=False)

    @property
    def rest(self) -> "Window | None":
        """What follows it in its year; None after a whole year."""
        return None if self.last == 12 else self._replace(first=self.last + 1, last=12, until=None, quarter=False)

    @property
    def label(self) -> str:
        """As running text names it: "năm 2019", "6 tháng đầu năm 2021", "quý III/2020", "tháng 8/2020"."""
        if self.last - self.first == 2 and not self.quarter and (self.first == 1 or self.last == 12):
            return f"3 tháng {'đầu' if self.first == 1 else 'cuối'} năm {self.year}"
        return self.months.label

    @property
    def stated(self) -> str:
        """The sentence by which the report says which days it counts."""
        begins, ends = short_date(self.start), short_date(self.end)
        cut = self.until is not None and self.end == self.until
        days = f"tính đến ngày {ends} (từ ngày {begins})" if cut else f"tính từ ngày {begins} đến hết ngày {ends}"
        return f"Số liệu {days}{' theo chế độ báo cáo định kỳ' if self.closing_day else ''}."

    def month_of(self, day: date) -> int | None:
        """The month (1 … 12) of its year to which `day` counts; None for a day of another year."""
        whole = self._replace(first=1, last=12, until=None)
        if not whole.start <= day <= whole.end:
            return None
        late = self.closing_day is not None and day.day > self.closing_day
        return (day.month + late - 1) % 12 + 1

    def holds(self, period: Period | None, row_year: int) -> bool | None:
        """Whether a time counts as within the window; None where that is unknown (`counting.lies_within`)."""
        return lies_within(period, row_year, self.start, self.end, calendar=self.closing_day is None)

    @property
    def following(self) -> "Window":
        """The period of the same length after it: the next month, the next quarter, what is left of the year."""
        if self.last == 12:
            return self._replace(year=self.year + 1, first=1, last=13 - self.first, until=None)
        length = self.last - self.first + 1
        return self._replace(first=self.last + 1, last=min(12, self.last + length), until=None)

    def following_month(self) -> "Window":
        """The month after its last one."""
        year, month = (self.year + 1, 1) if self.last == 12 else (self.year, self.last + 1)
        return self._replace(year=year, first=month, last=month, until=None)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)
