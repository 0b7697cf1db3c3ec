"""When which report is due, as `[calendar]` of the workspace says (hạn nộp từng kỳ)."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from doingoai_cli.consolidate.report_calendar import Deadlines, ReportOfYear
from doingoai_cli.errors import ConfigError
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.run import first_late_day
from doingoai_cli.pipeline.workspace import Workspace, places_of
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod, period_of_code
from doingoai_cli.vietnamese.time.stated_periods import whole_period
from doingoai_cli.yamlfile import FrozenModel, validated


class CalendarSettings(FrozenModel):
    """`[calendar]` of the workspace's file."""

    reports: tuple[ReportOfYear, ...] = tuple(ReportOfYear)
    """Which reports are asked for."""
    closing_day: int | None = Field(default=None, ge=1, le=28)
    """Ngày chốt số liệu (Decree 09/2019/NĐ-CP: 14); without it months end on their last day."""
    days: int = Field(default=5, ge=0, le=60)
    """Days after the window until a report is late."""
    deadlines: Mapping[str, date] = {}
    """Period → the first day that is too late."""
    extensions: Mapping[str, Mapping[str, date]] = {}
    """Agency (name or code) → period → the same, for it alone."""


def calendar_settings(workspace: Workspace) -> CalendarSettings:
    """`[calendar]` as it is written; ConfigError lists its faults, each with `file:line`."""
    return validated(CalendarSettings, dict(workspace.calendar), places_of(workspace), ("calendar",))


def deadlines_of(workspace: Workspace, roster: Roster | None, year: int) -> Deadlines:
    """The deadlines of the reports of a calendar year; ConfigError with `file:line` for what cannot be read.

    Without a roster nobody is given more time: its agencies are not known.
    """
    places = places_of(workspace)
    settings = calendar_settings(workspace)
    problems: list[str] = []

    def period(text: str, *under: str) -> ReportingPeriod | None:
        stated = whole_period(text)
        found = period_of_code(text) or (stated.of_year(year) if stated else None)
        if found is None:
            problems.append(
                f"{places.at(('calendar', *under, text))}: không hiểu kỳ “{text}” (2020-08, 2020-Q3, 2020)"
            )
        return found

    own = {at: day for text, day in settings.deadlines.items() if (at := period(text, "deadlines"))}
    extended: dict[tuple[str, ReportingPeriod], date] = {}
    for name, days in settings.extensions.items():
        if roster is None:
            break
        if (entry := roster.named(name)) is None:
            problems.append(
                f"{places.at(('calendar', 'extensions', name))}: không có “{name}” trong danh sách đơn vị"
            )
            continue
        for text, day in days.items():
            if at := period(text, "extensions", name):
                extended[agency_key(entry.name), at] = day
    if problems:
        raise ConfigError(problems)
    last = first_late_day(year + 1, workspace.deadline)
    stated = "reports" in workspace.calendar
    return Deadlines(settings.reports, settings.closing_day, settings.days, last, own, stated, extended)
