"""Periods of reporting (kỳ báo cáo): months of a year, their days where months close early, their codes."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import roman


def _month_start(year: int, month: int, closing_day: int | None) -> date:
    """The first day of a month (1 … 13) that closes on `closing_day`: the day after the one before closed."""
    if closing_day is None:
        return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    closing = date(year, month, min(closing_day, monthrange(year, month)[1]))
    return closing + timedelta(days=1)


class ReportingPeriod(NamedTuple):
    """The months `first` to `last` (1 … 12) of a year."""

    year: int
    first: int = 1
    last: int = 12

    @property
    def whole(self) -> bool:
        """Whether it is the whole year."""
        return (self.first, self.last) == (1, 12)

    def contains(self, other: "ReportingPeriod") -> bool:
        """Whether every month of `other` is one of its months."""
        return self.year == other.year and self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "ReportingPeriod") -> bool:
        """Whether the two have a month in common."""
        return self.year == other.year and self.first <= other.last and other.first <= self.last

    def days(self, closing_day: int | None = None) -> tuple[date, date]:
        """Its first and last day; months close on `closing_day`, without one on their last.

        In the regime of reports (chế độ báo cáo; Decree 09/2019/NĐ-CP) a year is 15 December to 14 December.
        """
        following = _month_start(self.year, self.last + 1, closing_day)
        return _month_start(self.year, self.first, closing_day), following - timedelta(days=1)

    @property
    def label(self) -> str:
        """As running text names it: "tháng 8/2020", "quý III/2020", "6 tháng đầu năm 2020", "năm 2020"."""
        months = self.last - self.first + 1
        if self.whole:
            return f"năm {self.year}"
        if months == 1:
            return f"tháng {self.first}/{self.year}"
        if months == 3 and self.last % 3 == 0:
            return f"quý {roman(self.last // 3)}/{self.year}"
        if self.first == 1:
            return f"{months} tháng đầu năm {self.year}"
        if self.last == 12:
            return f"{months} tháng cuối năm {self.year}"
        return f"từ tháng {self.first} đến tháng {self.last}/{self.year}"

    @property
    def code(self) -> str:
        """As the command line names it: "2020-08", "2020-Q3", "2020-H1", "2020-9M", "2020"."""
        months = self.last - self.first + 1
        if self.whole:
            return f"{self.year}"
        if months == 1:
            return f"{self.year}-{self.first:02d}"
        if months == 3 and self.last % 3 == 0:
            return f"{self.year}-Q{self.last // 3}"
        if months == 6 and self.last % 6 == 0:
            return f"{self.year}-H{self.last // 6}"
        return f"{self.year}-{months}M" if self.first == 1 else f"{self.year}-{self.first:02d}..{self.last:02d}"


_MONTH_FIRST = re.compile(r"(?P<month>0?[1-9]|1[0-2])\s*[-_./]\s*(?P<year>20\d\d)")
""""08-2020", "8.2020"."""
_SEPARATORS = re.compile(r"[\s_./]+|(?<=\d)-\s*|(?<=^20\d\d)(?=(?:0[1-9]|1[0-2])$)")
_CODE = re.compile(
    r"(?P<year>20\d\d)(?:-(?:(?P<month>0?[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<months>[1-9]|1[0-2])M))?",
    re.IGNORECASE,
)


def period_of_code(text: str) -> ReportingPeriod | None:
    """The period of a code ("2020-08", "202008", "2020-Q3", "2020-H1", "2020-9M", "2020"); None for no code."""
    found = _CODE.fullmatch(_SEPARATORS.sub("-", text.strip())) or _MONTH_FIRST.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"])
    if found["month"]:
        return ReportingPeriod(year, int(found["month"]), int(found["month"]))
    if found["quarter"]:
        return ReportingPeriod(year, 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"]))
    if found["half"]:
        return ReportingPeriod(year, 6 * int(found["half"]) - 5, 6 * int(found["half"]))
    return ReportingPeriod(year, 1, int(found["months"] or 12))
