"""Windows (kỳ báo cáo): the days that a report speaks of; calendar ones, or those of the reporting regime.

Under Decree 09/2019/NĐ-CP a month closes on the 14th, half a year on 14 June and a year on 14 December; the
closing day is data of the outline.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.vietnamese.phrases import short_date
from doingoai_cli.vietnamese.time.periods import Period, Precision

YEAR_MONTHS = (1, 12)


class Kind(StrEnum):
    """The kinds of report; the values are those of `--kind`."""

    YEAR = "nam"
    HALF_YEAR = "6-thang"
    MONTH = "thang"


class Window(NamedTuple):
    """The months `first` to `last` of `year`, each closing on `closing_day` (None: its last day)."""

    year: int
    """The calendar year reported on."""
    first: int = 1
    last: int = 12
    closing_day: int | None = None

    @property
    def start(self) -> date:
        """The first day."""
        return _month_start(self.year, self.first, self.closing_day)

    @property
    def end(self) -> date:
        """The last day."""
        following = _month_start(self.year, self.last + 1, self.closing_day)
        return following - timedelta(days=1)

    @property
    def dated(self) -> bool:
        """Whether rows belong to it by their dates; to a whole calendar year they belong by their form."""
        return (self.first, self.last) != YEAR_MONTHS or self.closing_day is not None

    @property
    def before(self) -> "Window":
        """The same months a year earlier."""
        return self._replace(year=self.year - 1)

    @property
    def cumulated(self) -> "Window":
        """From the beginning of its year to its end ("tính chung N tháng đầu năm")."""
        return self._replace(first=1)

    @property
    def rest(self) -> "Window | None":
        """What follows it in its year; None after a whole year."""
        return None if self.last == 12 else self._replace(first=self.last + 1, last=12)

    @property
    def label(self) -> str:
        """As running text names it: "năm 2019", "6 tháng đầu năm 2021", "tháng 8/2020"."""
        if (self.first, self.last) == YEAR_MONTHS:
            return f"năm {self.year}"
        if self.first == self.last:
            return f"tháng {self.last}/{self.year}"
        if self.first == 1:
            return f"{self.last} tháng đầu năm {self.year}"
        if self.last == 12:
            return f"{13 - self.first} tháng cuối năm {self.year}"
        return f"từ tháng {self.first} đến tháng {self.last} năm {self.year}"

    @property
    def stated(self) -> str:
        """The sentence by which the report says which days it counts."""
        days = f"Số liệu tính từ ngày {short_date(self.start)} đến hết ngày {short_date(self.end)}"
        return f"{days} theo chế độ báo cáo định kỳ." if self.closing_day else f"{days}."

    def month_of(self, day: date) -> int | None:
        """The month (1 … 12) of its year to which `day` counts; None for a day of another year."""
        whole = self._replace(first=1, last=12)
        if not whole.start <= day <= whole.end:
            return None
        late = self.closing_day is not None and day.day > self.closing_day
        return (day.month + late - 1) % 12 + 1

    def holds(self, period: Period, row_year: int) -> bool | None:
        """Whether a time counts to the window; None where that cannot be said.

        A time given to the day counts on its first day; one that began before the calendar year of its own form
        counts on that year's first day, so that the months add up to the year. A coarser one counts only if it
        lies in the window as a whole.
        """
        if period.start is None or period.end is None:
            return None
        first, last = sorted((period.start, period.end))
        if self.closing_day is None:
            if last.year < row_year or first.year > row_year:
                return None
            first = max(first, date(row_year, 1, 1))
        if period.precision is Precision.DAY:
            return self.start <= first <= self.end
        if self.start <= first and last <= self.end:
            return True
        return False if last < self.start or first > self.end else None

    def following_month(self) -> "Window":
        """The month after its last one."""
        year, month = (self.year + 1, 1) if self.last == 12 else (self.year, self.last + 1)
        return self._replace(year=year, first=month, last=month)


def _month_start(year: int, month: int, closing_day: int | None) -> date:
    if closing_day is None:
        return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    closing = date(year, month, min(closing_day, monthrange(year, month)[1]))
    return closing + timedelta(days=1)
