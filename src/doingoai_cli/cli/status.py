"""`doingoai status`: who has sent what, and reminders to those who have not."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, options
from doingoai_cli.cli.ending import put, say

EXAMPLE = "doingoai status inbox --roster don-vi.csv --remind nhac-nho"


def command(
    paths: options.Paths,
    roster: options.RosterFile = None,
    year: options.Year = None,
    rules: options.Rules = None,
    format: Annotated[Literal["table", "json", "html"], Option("--format", "-f", help="Dạng kết quả.")] = "table",
    output: Annotated[Path | None, Option("--output", "-o", metavar="TỆP", help="Ghi kết quả vào tệp.")] = None,
    since: Annotated[
        Path | None, Option("--since", metavar="TỆP", help="Sổ tổng hợp lần trước: nêu những gì đã thay đổi.")
    ] = None,
    remind: Annotated[
        Path | None,
        Option(
            "--remind", metavar="THƯ_MỤC", help="Ghi công văn nhắc (.docx) cho từng đơn vị chưa nộp, muộn, sai."
        ),
    ] = None,
    date: Annotated[str | None, Option("--date", metavar="NĂM-THÁNG-NGÀY", help="Ngày của công văn nhắc.")] = None,
    calendar: Annotated[
        bool,
        Option(
            "--calendar", help="Lịch báo cáo: kỳ nào, hạn nào, đơn vị nào chậm báo cáo nào (ngày xét: --date)."
        ),
    ] = False,
    arrival: options.Arrival = None,
    period: options.Period = None,
    keep_both: options.KeepBoth = None,
    quiet: options.Quiet = False,
) -> int:
    """Tình hình nộp: đơn vị nào đã nộp, nộp muộn, chưa nộp, còn bao nhiêu lỗi."""
    request = pipeline.inbox.Request(
        paths=tuple(paths), year=year, rules=rules, roster=tuple(roster or ()), arrival=tuple(arrival or ()),
        keep_both=tuple(keep_both or ()), across=True, needs_roster=True, earlier=since, period=period,
    )  # fmt: skip
    day = pipeline.periods.parse_day(date)
    inbox = pipeline.inbox.open_inbox(request)
    say(inbox.notices, quiet=quiet)
    if calendar:
        put(pipeline.report_calendar.report_calendar(inbox, format, day), output, quiet=quiet)
    else:
        put(pipeline.status.status(inbox, format, since=since), output, quiet=quiet)
    if remind is not None:
        say(pipeline.reminders.write_reminders(inbox, remind, date), quiet=quiet)
    if format == "table":
        say((next_steps.after_status(paths, remind),), quiet=quiet)
    return 0
