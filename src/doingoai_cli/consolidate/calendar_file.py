"""The calendar of planned activities as .ics (RFC 5545): opens in Outlook and on phones."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from doingoai_cli import __version__
from doingoai_cli.consolidate.plan_calendar import Activity
from doingoai_cli.vietnamese.time.periods import Precision

_FIELDS = (
    ("Trưởng đoàn", "leader"), ("Số thành viên", "members"), ("Đối tác", "partners"), ("Nội dung", "activities"),
    ("Chủ đề", "theme"), ("Đại biểu nước ngoài", "foreign_delegates"), ("Thời gian", "period"),
)  # fmt: skip


def calendar_file(planned: Iterable[Activity], cycle: int, title: str) -> bytes:
    """One event for each activity whose time can be read; the same plan gives the same bytes.

    Events last whole days. One whose time is given to the month or quarter lasts that long, says so in its title
    and does not make the days busy.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//doingoai//{__version__}//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for activity in planned:
        for number, (first, last) in enumerate(activity.stretches):
            calendar.add_component(_event(activity, cycle, number, first, last))
    data: bytes = calendar.to_ical()
    return data


def _event(activity: Activity, cycle: int, number: int, first: date, last: date) -> Event:
    exact = activity.precision is Precision.DAY
    event = Event()
    event.add("uid", f"{activity.row.record_id}-{cycle}{f'-{number + 1}' if number else ''}@doingoai")
    event.add("dtstamp", datetime(cycle - 1, 1, 1, tzinfo=UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the first day that is no longer part of it
    event.add("summary", f"{activity.kind}: {activity.name}" + ("" if exact else f" (dự kiến {activity.time})"))
    event.add("location", activity.place)
    event.add("categories", [activity.kind])
    event.add("transp", "OPAQUE" if exact else "TRANSPARENT")
    event.add("status", "TENTATIVE")
    event.add("description", "\n".join(_described(activity)))
    return event


def _described(activity: Activity) -> Iterable[str]:
    yield f"Cơ quan: {activity.row.agency}"
    for label, field in _FIELDS:
        text = " ".join(activity.row.record.text(field).split())
        if text:
            yield f"{label}: {text}"
