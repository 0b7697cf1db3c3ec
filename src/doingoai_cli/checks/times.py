"""Kinds over the time of a row (thời gian thực hiện): readable, in its year, fine enough, in order."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from doingoai_cli.checks.kind import NOTHING, Context, Hit, RowKind
from doingoai_cli.checks.values import blank
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.periods import Period, Precision, touches

_SAID: dict[Precision, str] = {
    Precision.DAY: "ngày", Precision.MONTH: "tháng", Precision.QUARTER: "quý", Precision.HALF: "nửa năm",
    Precision.YEAR: "năm",
}  # fmt: skip
_FINEST = {"day": Precision.DAY, "month": Precision.MONTH, "quarter": Precision.QUARTER}


class _OfTime(RowKind):
    FIELDS: ClassVar[tuple[str, ...]] = ("period",)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit a time."""
        period = getattr(record, fields[0], None)
        if not isinstance(period, Period) or not self._wrong(period, record, context):
            return NOTHING
        if blank(record.text(fields[0])) or not record.sound(fields[0]):
            return NOTHING
        return (Hit(fields[0], {"year": record.year, "given": _SAID.get(period.precision, "")}),)

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        raise NotImplementedError


class ReadableTime(_OfTime):
    """Thời gian phải đọc được (ngày, tháng, quý, nửa năm hoặc năm)."""

    kind: Literal["readable-time"]

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        return period.precision is Precision.NONE


class InYear(_OfTime):
    """Thời gian phải thuộc năm của biểu mẫu; chạm vào năm đó là được. Không xét khi tiêu đề ghi sai năm."""

    kind: Literal["in-year"]
    OFFERS: ClassVar = {"year": "năm của các dòng trong biểu"}

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        if period.precision is Precision.NONE or touches(period, record.year):
            return False
        observed = context.submission.observations
        return not any(o.code == "CT08" and o.form in (None, record.form) for o in observed)


class PreciseTime(_OfTime):
    """Thời gian đọc được thì phải cụ thể đến mức yêu cầu."""

    kind: Literal["precise-time"]
    to: Literal["day", "month", "quarter"] = Field(description="mức cụ thể cần có: ngày, tháng hoặc quý")
    sections: tuple[str, ...] = Field((), description="chỉ xét các mục này của biểu (trống: mọi mục)")
    OFFERS: ClassVar = {"given": "mức cụ thể đã ghi (tháng, quý, năm)"}

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        if self.sections and record.section not in self.sections:
            return False
        return _FINEST[self.to] < period.precision < Precision.NONE


class TimeOrder(_OfTime):
    """Ngày kết thúc không được trước ngày bắt đầu."""

    kind: Literal["time-order"]

    def _wrong(self, period: Period, record: Record, context: Context) -> bool:
        return period.reversed
