"""Kinds over the time of a row (thời gian thực hiện): readable, in its year, fine enough, in order."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from doingoai_cli.checks.kind import FieldKind, FieldName, FieldValue, Hit, RowFacts, SectionId, in_sections
from doingoai_cli.vietnamese.terms import Terms
from doingoai_cli.vietnamese.time.periods import Period, Precision, touches

_SAID: dict[Precision, str] = {
    Precision.DAY: "ngày",
    Precision.MONTH: "tháng",
    Precision.QUARTER: "quý",
    Precision.HALF: "một khoảng rộng",
    Precision.YEAR: "năm",
}
_UNREAD = Precision.NONE  # by a name of its own, which is found in a tenth of the time: each new time is asked
_FINEST = {"day": Precision.DAY, "month": Precision.MONTH, "quarter": Precision.QUARTER}


class _OfTime(FieldKind):
    FIELDS = ("period",)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        time = cell.value
        if not isinstance(time, Period) or not self._wrong(time, row):
            return None
        return Hit(cell.field, {"year": row.year, "given": _SAID.get(time.precision, "")})

    @abstractmethod
    def _wrong(self, period: Period, row: RowFacts) -> bool: ...


class ReadableTime(_OfTime):
    """A time must be readable at all (DL03)."""

    kind: Literal["readable-time"]
    ABOUT = "Thời gian phải đọc được (ngày, tháng, quý, nửa năm hoặc năm)."
    PARAMS = {"instead": "theo trường: từ nói thời gian theo một việc khác (hiệu lực: “kể từ ngày ký”), không xét"}
    instead: Mapping[FieldName, Terms] = field(default_factory=dict)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        hit, instead = super().fault(cell, row), self.instead.get(cell.field)
        return None if hit and instead and instead.first(cell.text) else hit

    def _wrong(self, period: Period, row: RowFacts) -> bool:
        return period.precision is _UNREAD


class InYear(_OfTime):
    """A time must touch the row's year (DL04); not judged where the title states a wrong year (CT08)."""

    kind: Literal["in-year"]
    ABOUT = "Thời gian phải thuộc năm của biểu mẫu; chạm vào năm đó là được. Không xét khi tiêu đề ghi sai năm."
    OFFERS = {"year": "năm của các dòng trong biểu"}

    def _wrong(self, period: Period, row: RowFacts) -> bool:
        return period.precision is not _UNREAD and not touches(period, row.year) and not row.misdated


class PreciseTime(_OfTime):
    """A readable time must be fine enough (DR14, DV03, TH02, HN02)."""

    kind: Literal["precise-time"]
    ABOUT = "Thời gian đọc được thì phải cụ thể đến mức yêu cầu."
    PARAMS = {
        "to": "mức cụ thể cần có: ngày, tháng hoặc quý",
        "sections": "chỉ xét các mục này của biểu (trống: mọi mục)",
    }
    OFFERS = {"given": "mức cụ thể đã ghi (tháng, quý, năm)"}
    to: Literal["day", "month", "quarter"]
    sections: tuple[SectionId, ...] = ()

    def _wrong(self, period: Period, row: RowFacts) -> bool:
        return in_sections(row, self.sections) and _FINEST[self.to] < period.precision < Precision.NONE


class TimeOrder(_OfTime):
    """A time must not end before it starts (TH03)."""

    kind: Literal["time-order"]
    ABOUT = "Ngày kết thúc không được trước ngày bắt đầu."

    def _wrong(self, period: Period, row: RowFacts) -> bool:
        return period.reversed
