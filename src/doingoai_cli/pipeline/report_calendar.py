"""`status --calendar`: the workspace's deadlines and the standing of each report, for people and programs."""

import json
from collections.abc import Iterator
from datetime import date

from doingoai_cli.consolidate.report_calendar import (
    Deadlines,
    DueReport,
    ReportOfYear,
    ReportState,
    behind,
    calendar,
)
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.feedback.html import page
from doingoai_cli.messages import aligned
from doingoai_cli.pipeline.deadlines import deadlines_of
from doingoai_cli.pipeline.inbox import Inbox
from doingoai_cli.vietnamese.numbers import format_number

NAMES = {
    ReportOfYear.MONTH: "Báo cáo tháng",
    ReportOfYear.QUARTER: "Báo cáo quý",
    ReportOfYear.HALF_YEAR: "Báo cáo 6 tháng",
    ReportOfYear.NINE_MONTHS: "Báo cáo 9 tháng",
    ReportOfYear.YEAR: "Báo cáo năm, kế hoạch năm sau",
}
_NOT_STATED = (
    "(Chưa ghi “reports” ở [calendar] trong doingoai.toml: chỉ tính chậm với báo cáo năm và loại báo cáo đã có "
    "đơn vị gửi.)"
)
_HEADINGS = ("Báo cáo", "Kỳ", "Số liệu", "Hạn nộp trước ngày", "Đã nộp", "Muộn", "Quá hạn")


def report_calendar(inbox: Inbox, format: str, today: date) -> str:
    """The calendar of the year that the cycle reports on, up to `today`. DoingoaiError without a roster."""
    roster, cycle = inbox.run.roster, inbox.cycle or inbox.workspace.year
    if roster is None or cycle is None:
        raise DoingoaiError("Lịch báo cáo cần danh sách đơn vị (--roster) và năm (--year).")
    deadlines = deadlines_of(inbox.workspace, roster, cycle - 1)
    reports = calendar(inbox.settled, roster, cycle - 1, deadlines, today)
    if format == "json":
        return json.dumps(_data(reports, cycle - 1, deadlines, today), ensure_ascii=False, indent=1) + "\n"
    if format == "html":
        return _page(reports, cycle - 1, deadlines, today)
    return "\n".join(_table(reports, cycle - 1, deadlines, today)) + "\n"


def _regime(deadlines: Deadlines) -> str:
    if deadlines.closing_day is None:
        return "theo tháng, năm dương lịch"
    return f"chốt ngày {deadlines.closing_day} hằng tháng (Nghị định 09/2019/NĐ-CP)"


def _cells(due: DueReport) -> tuple[str, ...]:
    received = due.number(ReportState.RECEIVED, ReportState.LATE)
    return (
        NAMES[due.report],
        due.period.label,
        f"{due.start:%d/%m/%Y} - {due.end:%d/%m/%Y}",
        f"{due.deadline:%d/%m/%Y}",
        f"{received}/{len(due.lines)}",
        str(due.number(ReportState.LATE)),
        str(due.number(ReportState.OVERDUE)),
    )


def _table(reports: tuple[DueReport, ...], year: int, deadlines: Deadlines, today: date) -> Iterator[str]:
    yield f"Lịch báo cáo năm {year} ({_regime(deadlines)}), tính đến ngày {today:%d/%m/%Y}"
    yield from aligned([_HEADINGS, *map(_cells, reports)], right=(4, 5, 6))
    late = behind(reports)
    yield ""
    yield "Đơn vị chậm:" if late else "Không có đơn vị nào chậm."
    for agency, lines in late:
        yield f"  - {agency}: {'; '.join(_told(due, line.state, line.days) for due, line in lines)}"
    if not deadlines.stated:
        yield _NOT_STATED
    extended = [(line.agency, due, line) for due in reports for line in due.lines if line.extended]
    if extended:
        yield "Được gia hạn:"
        for agency, due, line in extended:
            yield f"  - {agency}: {due.period.label}, trước ngày {line.deadline:%d/%m/%Y}"


def _told(due: DueReport, state: ReportState, days: int) -> str:
    standing = "chưa nộp, quá hạn" if state is ReportState.OVERDUE else state.value
    return f"{due.period.label} ({standing} {format_number(days)} ngày)"


def _data(reports: tuple[DueReport, ...], year: int, deadlines: Deadlines, today: date) -> dict[str, object]:
    return {
        "schema_version": "1",
        "year": year,
        "closing_day": deadlines.closing_day,
        "today": today.isoformat(),
        "reports": [
            {
                "report": due.report.value,
                "period": due.period.code,
                "label": due.period.label,
                "from": due.start.isoformat(),
                "to": due.end.isoformat(),
                "deadline": due.deadline.isoformat(),
                "agencies": [
                    {
                        "agency": line.agency,
                        "state": line.state.name.lower(),
                        "state_text": line.state.value,
                        "deadline": line.deadline.isoformat(),
                        "extended": line.extended,
                        "received": line.received,
                        "days": line.days,
                    }
                    for line in due.lines
                ],
            }
            for due in reports
        ],
    }


def _page(reports: tuple[DueReport, ...], year: int, deadlines: Deadlines, today: date) -> str:
    late = [
        (agency, [_told(due, line.state, line.days) for due, line in lines]) for agency, lines in behind(reports)
    ]
    rows = [(bool(due.number(ReportState.OVERDUE)), _cells(due)) for due in reports]
    return page(
        "calendar", year=year, regime=_regime(deadlines), today=f"{today:%d/%m/%Y}", headings=_HEADINGS, rows=rows,
        late=late, note="" if deadlines.stated else _NOT_STATED,
    )  # fmt: skip
