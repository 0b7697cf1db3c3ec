"""The kinds of document that an outline is for (loại văn bản): their one list, by the values of `--kind`.

A new kind is one line here; an outline (`templates/docx/*.yaml`) says `kind:` with its value.
"""

from enum import StrEnum
from typing import Literal, Self

YEAR_MONTHS = (1, 12)
Asked = Literal["", "month", "quarter"]


class ReportKind(StrEnum):
    """A kind: its value, what people call it, the months that it speaks of, or what they depend on.

    `asked`: the option that must say which month or quarter. `of_plan`: it presents the plan of the year to come
    and is no report. `by_plan_year`: `--year` is the plan year; for the others it is the year reported on.
    """

    label: str
    months: tuple[int, int]
    asked: Asked
    of_plan: bool
    by_plan_year: bool

    def __new__(
        cls,
        value: str,
        label: str,
        months: tuple[int, int] = YEAR_MONTHS,
        asked: Asked = "",
        of_plan: bool = False,
    ) -> Self:
        """A member from its line."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label, kind.months, kind.asked, kind.of_plan = label, months, asked, of_plan
        kind.by_plan_year = of_plan or (months == YEAR_MONTHS and not asked)
        return kind

    YEAR = "nam", "Báo cáo năm"
    HALF_YEAR = "6-thang", "Báo cáo 6 tháng", (1, 6)
    MONTH = "thang", "Báo cáo tháng", YEAR_MONTHS, "month"
    QUARTER = "quy", "Báo cáo quý", YEAR_MONTHS, "quarter"
    NINE_MONTHS = "9-thang", "Báo cáo 9 tháng", (1, 9)
    PLAN = "ke-hoach", "Kế hoạch đoàn ra, đoàn vào", YEAR_MONTHS, "", True
    PROPOSAL = "to-trinh", "Tờ trình kế hoạch", YEAR_MONTHS, "", True
