"""The calendar of reports (lịch báo cáo định kỳ): which report is due when, and who is late with which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.consolidate.arrival import Arrival
from doingoai_cli.consolidate.reported_parts import parts_of
from doingoai_cli.consolidate.settle import Settled
from doingoai_cli.model.roster import Roster, entry_of
from doingoai_cli.model.run import YearDeadline
from doingoai_cli.model.sources import STEP
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


class ReportOfYear(StrEnum):
    """The reports of a year; the values are those of `report --kind`."""

    MONTH = "thang"
    QUARTER = "quy"
    HALF_YEAR = "6-thang"
    NINE_MONTHS = "9-thang"
    YEAR = "nam"


_MONTHS = {
    ReportOfYear.MONTH: tuple((month, month) for month in range(1, 13)),
    ReportOfYear.QUARTER: tuple((first, first + 2) for first in (1, 4, 7, 10)),
    ReportOfYear.HALF_YEAR: ((1, 6),),
    ReportOfYear.NINE_MONTHS: ((1, 9),),
    ReportOfYear.YEAR: ((1, 12),),
}


class Deadlines(NamedTuple):
    """When reports are due, as the workspace has it; each day is the first that is too late."""

    reports: tuple[ReportOfYear, ...] = tuple(ReportOfYear)
    closing_day: int | None = None
    """The day on which a month closes (Decree 09/2019/NĐ-CP, Điều 12: 14); None: calendar months."""
    days: int = 5
    """How many days after its window a report may come."""
    year: date | None = None
    """Of the year's report and plan (K0)."""
    own: Mapping[ReportingPeriod, date] = {}
    stated: bool = True
    """Whether the workspace says which reports are asked for; else that of the year, and kinds that came, are."""
    extended: Mapping[tuple[str, ReportingPeriod], date] = {}
    """(agency key or roster code, period) → its own first day that is too late."""

    def of(self, period: ReportingPeriod, agency: str = "", code: str = "") -> date:
        """The first day that is too late."""
        for name in (agency_key(agency), code.casefold()):
            if name and (name, period) in self.extended:
                return self.extended[name, period]
        if period in self.own:
            return self.own[period]
        if period.whole and self.year is not None:
            return self.year
        return period.days(self.closing_day)[1] + timedelta(days=self.days + 1)

    def of_year(self, year: int) -> YearDeadline:
        """The same for the report of a whole year."""
        whole = ReportingPeriod(year)
        extended = {agency: day for (agency, at), day in self.extended.items() if at == whole}
        return YearDeadline(self.of(whole), extended)


class ReportState(StrEnum):
    """Where an agency stands with one report."""

    RECEIVED = "đã nộp"
    LATE = "nộp muộn"
    OVERDUE = "quá hạn, chưa nộp"
    AWAITED = "chưa đến hạn"
    NOT_ASKED = "chưa yêu cầu"
    """The workspace does not say that such reports are asked for, and nobody has sent one."""


class ReportLine(NamedTuple):
    """One agency and one report."""

    agency: str
    state: ReportState
    deadline: date
    received: str = ""
    days: int = 0
    """How many days late, or overdue."""
    extended: bool = False


class DueReport(NamedTuple):
    """One report of the year: its window, when it is due, and every agency's line."""

    report: ReportOfYear
    period: ReportingPeriod
    start: date
    end: date
    deadline: date
    lines: tuple[ReportLine, ...]

    def number(self, *states: ReportState) -> int:
        """How many agencies are in one of the `states` with this report."""
        return sum(1 for line in self.lines if line.state in states)


def calendar(
    settled: Settled, roster: Roster, year: int, deadlines: Deadlines, today: date
) -> tuple[DueReport, ...]:
    """The reports of calendar year `year` in the order in which they are due, each with where everybody stands."""
    came = _came(settled, roster)
    since = _in_use(came, deadlines)
    reports = []
    for report in (each for each in ReportOfYear if each in deadlines.reports):
        for first, last in _MONTHS[report]:
            period = ReportingPeriod(year, first, last)
            deadline = deadlines.of(period)
            lines = tuple(
                _lines(came, period, roster, deadlines, today)
                if first >= since[report]
                else (ReportLine(entry.name, ReportState.NOT_ASKED, deadline) for entry in roster.entries)
            )
            reports.append(DueReport(report, period, *period.days(deadlines.closing_day), deadline, lines))
    return tuple(sorted(reports, key=lambda due: (due.deadline, due.end, -due.period.first)))


def _in_use(
    came: Mapping[tuple[str, ReportingPeriod], Arrival], deadlines: Deadlines
) -> Mapping[ReportOfYear, int]:
    """From which month on each report is asked for (13: not at all).

    All of them where the workspace says so, and that of the year; any other since the first that somebody sent.
    """
    sent = {(period.first, period.last) for _, period in came}
    asked = {report for report in ReportOfYear if deadlines.stated or report is ReportOfYear.YEAR}
    return {
        report: 1 if report in asked else min((months[0] for months in of_kind if months in sent), default=13)
        for report, of_kind in _MONTHS.items()
    }


def _came(settled: Settled, roster: Roster) -> Mapping[tuple[str, ReportingPeriod], Arrival]:
    """(entry's name, period) → when the first file came that reports it, copies of another period included.

    What lies in a workbook of a lower level is a report of its units and of the agency that sent it up. The
    year came with it; months came when the level below had them, for a workbook is sent again each month.
    """
    books = {s.path: s for s in settled.files if s.note and len(s.through) == 1}
    came: dict[tuple[str, ReportingPeriod], Arrival] = {}
    for submission in settled.files:
        book = books.get(submission.path.partition(STEP)[0])
        for part in parts_of(submission):
            sent = [submission, *([book] if book else [])] if part.speaks else []
            for sender in sent:
                entry = entry_of(sender.agency, roster)
                arrival = settled.arrivals.get((sender if part.period.whole else submission).path)
                if entry is not None and arrival is not None:
                    at = (entry.name, part.period)
                    came[at] = min(came.get(at, arrival), arrival, key=lambda one: one.sort_key)
    return came


def _lines(
    came: Mapping[tuple[str, ReportingPeriod], Arrival],
    period: ReportingPeriod,
    roster: Roster,
    deadlines: Deadlines,
    today: date,
) -> Iterator[ReportLine]:
    """Where each agency stands with the report of a period that is asked for."""
    for entry in roster.entries:
        last = deadlines.of(period, entry.name, entry.code)
        arrival = came.get((entry.name, period))
        if arrival is None and period.whole:
            # It comes with the plan of the next year: one of the two is enough to have sent it.
            arrival = came.get((entry.name, ReportingPeriod(period.year + 1)))
        yield _line(entry.name, arrival, last, today)._replace(extended=last != deadlines.of(period))


def _line(agency: str, arrival: Arrival | None, last: date, today: date) -> ReportLine:
    if arrival is not None:
        late = (arrival.when.date() - last).days + 1 if arrival.when else 0
        state = ReportState.LATE if late > 0 else ReportState.RECEIVED
        return ReportLine(agency, state, last, arrival.received, max(late, 0))
    overdue = (today - last).days + 1
    return ReportLine(
        agency, ReportState.OVERDUE if overdue > 0 else ReportState.AWAITED, last, days=max(overdue, 0)
    )


def behind(reports: Iterable[DueReport]) -> Sequence[tuple[str, tuple[tuple[DueReport, ReportLine], ...]]]:
    """Each agency that is late or overdue, with which reports; in the roster's order."""
    found: dict[str, list[tuple[DueReport, ReportLine]]] = {}
    for due in reports:
        for line in due.lines:
            found.setdefault(line.agency, [])
            if line.state in (ReportState.LATE, ReportState.OVERDUE):
                found[line.agency].append((due, line))
    return [(agency, tuple(lines)) for agency, lines in found.items() if lines]
