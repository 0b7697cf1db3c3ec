"""Kinds over how long a delegation stays (K2.5)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from doingoai_cli.checks.kind import NOTHING, Context, Hit, RowKind, RuleCode
from doingoai_cli.checks.kinds.outbound import country_names
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.purposes import organised_centrally
from doingoai_cli.vietnamese.terms import Terms


class StayLimit(RowKind):
    """The most days per country, and for travelling (DR11, K2.5); more for central bodies and large events."""

    kind: Literal["stay-limit"]
    ABOUT = (
        "Số ngày không vượt mức: số ngày mỗi nước × số nước + ngày đi đường; sự kiện lớn, đoàn Trung ương: mức "
        "ngoại lệ."
    )
    PARAMS = {
        "days_per_country": "số ngày cho mỗi nước",
        "exception_days": "số ngày cho mỗi nước khi được ngoại lệ",
        "travel_days": "số ngày đi, về và quá cảnh của cả chuyến",
        "central": "đoàn do Trung ương tổ chức, tháp tùng được ngoại lệ",
        "events": "sự kiện lớn được ngoại lệ, nêu ở tên, danh nghĩa hoặc nội dung",
        "not_for": "danh nghĩa không xét (đào tạo, đề tài …)",
    }
    OFFERS = {
        "days": "số ngày", "limit": "mức áp dụng", "per_country": "số ngày mỗi nước", "number": "số nước",
        "countries": "tên các nước", "travel_days": "ngày đi, về, quá cảnh", "ordinary": "mức thông thường",
        "exception": "lý do ngoại lệ, trống nếu không có",
    }  # fmt: skip
    days_per_country: Annotated[int, Field(ge=1)] = 3
    exception_days: Annotated[int, Field(ge=1)] = 5
    travel_days: Annotated[int, Field(ge=0)] = 2
    central: bool = True
    events: Terms = Terms(())
    not_for: Terms = Terms(())
    FIELDS = ("days",)

    @property
    def stated(self) -> Mapping[str, Any]:
        """The limits of a trip to one country."""
        limits = {"limit": self.allowed(1), "ordinary": self.allowed(1), "per_country": self.days_per_country}
        return {**super().stated, **limits, "number": 1}

    def allowed(self, countries: int, exceptional: bool = False) -> int:
        """The most days for that number of countries."""
        return (self.exception_days if exceptional else self.days_per_country) * countries + self.travel_days

    def exception(self, record: Record) -> str:
        """Why the exception applies; "" where it does not."""
        for name in ("name", "nature", "activities"):
            text = record.text(name)
            if not text:
                continue
            event = self.events.asserted(text)
            if event:
                return f"tham dự sự kiện lớn ({event})"
            if self.central and organised_centrally(text):
                return "đoàn do cơ quan Trung ương tổ chức hoặc tháp tùng"
        return ""

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit: past the limit that applies."""
        return self.past(record, explained=False)

    def past(self, record: Record, explained: bool) -> Sequence[Hit]:
        """The hit of a stay past its limit; `explained`: past the ordinary one, within the exception's."""
        days = getattr(record, "days", None)
        destinations = getattr(record, "countries", None)
        if days is None or days.value is None or not isinstance(destinations, Destinations):
            return NOTHING
        number = len(destinations.countries) - destinations.choices
        ordinary = self.allowed(number)
        if not number or days.value <= ordinary or self._exempt(record):
            return NOTHING
        reason = self.exception(record)
        limit = self.allowed(number, exceptional=bool(reason))
        if (days.value <= limit) is not explained:
            return NOTHING
        params = {
            "days": days.value,
            "limit": limit,
            "number": number,
            "countries": " ".join(destinations.text.split())
            if destinations.choices
            else country_names(destinations),
            "per_country": self.exception_days if reason else self.days_per_country,
            "travel_days": self.travel_days,
            "ordinary": ordinary,
            "exception": reason,
        }
        return (Hit("days", params),)

    def _exempt(self, record: Record) -> bool:
        if not record.sound("days") or not record.sound("countries"):
            return True
        return self.not_for.asserted(record.text("nature")) is not None


class StayExplained(RowKind):
    """Days past the ordinary limit of rule `of`, within its exception: to be explained (DR12)."""

    kind: Literal["stay-explained"]
    ABOUT = "Số ngày vượt mức thông thường nhưng trong mức ngoại lệ của quy tắc `of`: phải giải trình."
    PARAMS = {"of": "mã quy tắc loại stay-limit mà mức được lấy theo"}
    of: RuleCode = "DR11"
    FIELDS = ("days",)
    OFFERS = StayLimit.OFFERS

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit."""
        kind = context.kinds.get(self.of)
        return kind.past(record, explained=True) if isinstance(kind, StayLimit) else NOTHING
