"""Kinds over the days that a row names (ngày ký, hiệu lực, báo cáo): their order, what each state needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from doingoai_cli.checks.kind import (
    NOTHING,
    Context,
    FieldKind,
    FieldName,
    FieldValue,
    Hit,
    RowFacts,
    RowKind,
    SectionId,
    in_sections,
)
from doingoai_cli.model.records import Agreement, Record
from doingoai_cli.vietnamese.agreement_terms import State, Validity
from doingoai_cli.vietnamese.documents import DocumentRef, read_document
from doingoai_cli.vietnamese.report_phrases import short_date
from doingoai_cli.vietnamese.text import is_blank
from doingoai_cli.vietnamese.time.periods import Period, Precision
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


def day_of(record: Record, field: str) -> date | None:
    """The day that a field names: of a time given to the day the first, of a term the last; None for any other."""
    value = getattr(record, field, None)
    if isinstance(value, Validity):
        return record.ends if isinstance(record, Agreement) else value.until
    if isinstance(value, DocumentRef):
        return value.date
    return value.start if isinstance(value, Period) and value.precision is Precision.DAY else None


class DatesInOrder(RowKind):
    """The days of several columns must follow one another (ký ≤ hiệu lực ≤ hết hiệu lực)."""

    kind: Literal["dates-in-order"]
    ABOUT = (
        "Các ngày ở những cột này phải theo thứ tự (ký, hiệu lực, hết hiệu lực). Ô không có ngày cụ thể thì không "
        "xét."
    )
    OFFERS = {"earlier": "ngày của cột trước", "later": "ngày của cột này", "before": "tên cột trước"}
    NEEDS_FIELD = True

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per day that comes before that of an earlier column; what names no day is not judged."""
        return tuple(self._faults(record, fields, context))

    def _faults(self, record: Record, fields: tuple[str, ...], context: Context) -> Iterator[Hit]:
        latest: tuple[date, str] | None = None
        for name in fields:
            day = day_of(record, name) if record.sound(name) else None
            if day is None:
                continue
            if latest and day < latest[0]:
                labels = context.layout.labels
                yield Hit(name, {
                    "earlier": short_date(latest[0]), "later": short_date(day),
                    "before": labels.get(latest[1], latest[1]),
                })  # fmt: skip
            else:
                latest = day, name


class StateDate(RowKind):
    """Each state of an agreement needs its day: one in force that of signing, one that is over that of its end."""

    kind: Literal["state-date"]
    ABOUT = (
        "Mỗi tình trạng của thỏa thuận phải có ngày ở cột của nó (còn hiệu lực: ngày ký; hết hiệu lực: ngày hết "
        "hiệu lực)."
    )
    PARAMS = {"dates": "tình trạng (in-force, expired, terminated, planned): trường phải có ngày"}
    OFFERS = {"state": "tình trạng đã ghi", "lacking": "tên cột còn thiếu ngày"}
    dates: Mapping[State, str]
    FIELDS = ("state",)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per state whose column gives no day (for one that is planned: no time)."""
        if not isinstance(record, Agreement) or record.state.state is None:
            return NOTHING
        name = self.dates.get(record.state.state)
        if name is None or not record.has(name) or not record.sound(name) or self._told(record, name):
            return NOTHING
        return (Hit(name, {"state": record.state.text, "lacking": context.layout.labels.get(name, name)}),)

    def _told(self, record: Agreement, name: str) -> bool:
        value = getattr(record, name, None)
        if isinstance(value, Validity):
            return value.unread or day_of(record, name) is not None
        # A day that cannot be read, or is a month, has a rule of its own.
        return not is_blank(record.text(name))


AsOf = Annotated[str, Field(pattern=r"^\d{1,2}/\d{1,2}$")]


class NotPast(RowKind):
    """What is over must not be listed as in force; judged by a day of the year reported on."""

    kind: Literal["not-past"]
    ABOUT = "Thỏa thuận đã hết hiệu lực không ghi là còn hiệu lực; xét theo một ngày của năm báo cáo."
    PARAMS = {"as_of": "ngày/tháng của năm báo cáo dùng để xét"}
    OFFERS = {"end": "ngày hết hiệu lực"}
    as_of: AsOf = "15/5"
    FIELDS = ("state",)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit an agreement that is said to be in force and had ended before that day."""
        if not isinstance(record, Agreement) or record.state.state is not State.IN_FORCE:
            return NOTHING
        day, month = (int(part) for part in self.as_of.split("/"))
        if record.ends is None or record.ends >= date(record.year, month, day) or not record.sound(fields[0]):
            return NOTHING
        return (Hit(fields[0], {"end": short_date(record.ends)}),)


class PlannedYear(FieldKind):
    """What is planned must not be planned for a year that is past."""

    kind: Literal["planned-year"]
    ABOUT = "Thời gian dự kiến không được thuộc năm đã qua."
    PARAMS = {
        "sections": "chỉ xét các mục này của biểu (trống: mọi mục)",
        "years_back": "số năm trước năm kế hoạch còn được chấp nhận",
    }
    OFFERS = {"year": "năm kế hoạch", "planned": "năm dự kiến đã ghi"}
    sections: tuple[SectionId, ...] = ()
    years_back: Annotated[int, Field(ge=0)] = 1
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        time = cell.value
        if not isinstance(time, Period) or not time.start or not time.end or not in_sections(row, self.sections):
            return None
        year = max(time.start, time.end).year
        late = year < row.year - self.years_back
        return Hit(cell.field, {"year": row.year, "planned": year}) if late else None


class ReportedWithin(RowKind):
    """A report must come within so many days of what it reports on; rows that name no report are not judged."""

    kind: Literal["reported-within"]
    ABOUT = (
        "Văn bản báo cáo nêu trong các trường này phải có ngày trong hạn kể từ ngày của trường `after`. Không nêu "
        "báo cáo thì không xét."
    )
    PARAMS = {
        "after": "trường có ngày của sự việc phải báo cáo",
        "days": "số ngày được phép",
        "since": "chỉ xét sự việc từ ngày này (khi quy định có hiệu lực)",
        "sections": "chỉ xét các mục này của biểu (trống: mọi mục)",
    }
    OFFERS = {
        "days": "số ngày được phép",
        "event": "ngày của sự việc",
        "reported": "ngày báo cáo",
        "late": "số ngày muộn",
    }
    after: FieldName
    days: Annotated[int, Field(ge=1)] = 15
    since: date | None = None
    sections: tuple[SectionId, ...] = ()
    NEEDS_FIELD = True

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per report that came later, or none; `since`: the day from which on the duty holds."""
        event = self._event(record)
        if event is None or not in_sections(record, self.sections) or (self.since and event < self.since):
            return NOTHING
        for name in fields:
            reported = self._reported(record, name)
            late = (reported - event - timedelta(days=self.days)).days if reported else 0
            if reported and late > 0 and record.sound(name):
                params = {"days": self.days, "event": short_date(event), "reported": short_date(reported)}
                return (Hit(name, {**params, "late": late}),)
        return NOTHING

    def _event(self, record: Record) -> date | None:
        time = getattr(record, self.after, None)
        if not isinstance(time, Period) or time.precision is not Precision.DAY or time.start is None:
            return None
        return max(time.start, time.end or time.start)

    def _reported(self, record: Record, name: str) -> date | None:
        value = getattr(record, name, None)
        if isinstance(value, DocumentRef):
            return value.date
        text = record.text(name)
        return read_document(text).date if read_document(text).number else None


class InWindow(RowKind):
    """A time must lie in the year as the regime of reports counts it: 15 December to 14 December."""

    kind: Literal["in-window"]
    ABOUT = (
        "Thời gian phải thuộc năm theo chế độ báo cáo (từ 15/12 năm trước đến 14/12); thời gian ghi theo tháng, "
        "quý thì chạm vào là được."
    )
    PARAMS = {
        "closing_day": "ngày chốt số liệu của tháng",
        "sections": "chỉ xét các mục này của biểu (trống: mọi mục)",
    }
    OFFERS = {"first": "ngày đầu của năm báo cáo", "last": "ngày cuối của năm báo cáo"}
    closing_day: Annotated[int, Field(ge=1, le=28)] = 14
    sections: tuple[SectionId, ...] = ()
    FIELDS = ("period",)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per time given to the day that begins outside; a coarser one must touch the window."""
        time = getattr(record, fields[0], None)
        if (
            not in_sections(record, self.sections)
            or not isinstance(time, Period)
            or time.start is None
            or not time.end
        ):
            return NOTHING
        if is_blank(time.text) or not record.sound(fields[0]):
            return NOTHING
        first, last = ReportingPeriod(record.year).days(self.closing_day)
        begins, ends = min(time.start, time.end), max(time.start, time.end)
        inside = first <= begins <= last if time.precision is Precision.DAY else begins <= last and ends >= first
        return NOTHING if inside else (Hit(fields[0], {"first": short_date(first), "last": short_date(last)}),)
