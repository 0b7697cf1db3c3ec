"""Kinds over the time of a row (thời gian thực hiện): readable, in its year, fine enough, in order."""

from abc import abstractmethod
from typing import Literal

from doingoai_cli.checks.kind import Context, FieldKind, Hit, in_sections
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.time.periods import Period, Precision, touches

_SAID: dict[Precision, str] = {
    Precision.DAY: "ngày",
    Precision.MONTH: "tháng",
    Precision.QUARTER: "quý",
    Precision.HALF: "mùa, học kỳ hoặc nửa năm",
    Precision.YEAR: "năm",
}
_FINEST = {"day": Precision.DAY, "month": Precision.MONTH, "quarter": Precision.QUARTER}


class _OfTime(FieldKind):
    FIELDS = ("period",)

    def _fault(self, record: Record, name: str, context: Context) -> Hit | None:
        time = getattr(record, name, None)
        if not isinstance(time, Period) or not self._wrong(time, record, context):
            return None
        return Hit(name, {"year": record.year, "given": _SAID.get(time.precision, "")})

    @abstractmethod
    def _wrong(self, period: Period, record: Record, context: Context) -> bool: ...


class ReadableTime(_OfTime):
    """A time must be readable at all (DL03)."""

    kind: Literal["readable-time"]
    ABOUT = "Thời gian phải đọc được (ngày, tháng, quý, nửa năm hoặc năm)."

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        return period.precision is Precision.NONE


class InYear(_OfTime):
    """A time must touch the row's year (DL04); not judged where the title states a wrong year (CT08)."""

    kind: Literal["in-year"]
    ABOUT = "Thời gian phải thuộc năm của biểu mẫu; chạm vào năm đó là được. Không xét khi tiêu đề ghi sai năm."
    OFFERS = {"year": "năm của các dòng trong biểu"}

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        if period.precision is Precision.NONE or touches(period, record.year):
            return False
        observed = context.submission.observations
        return not any(o.code == "CT08" and o.form in (None, record.form) for o in observed)


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
    sections: tuple[str, ...] = ()

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        return in_sections(record, self.sections) and _FINEST[self.to] < period.precision < Precision.NONE


class TimeOrder(_OfTime):
    """A time must not end before it starts (TH03)."""

    kind: Literal["time-order"]
    ABOUT = "Ngày kết thúc không được trước ngày bắt đầu."

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        return period.reversed
