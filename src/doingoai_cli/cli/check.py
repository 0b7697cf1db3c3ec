"""`doingoai check`: read files or folders, print the findings."""

from pathlib import Path
from typing import Annotated

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, options
from doingoai_cli.cli.ending import exit_status, keep, put, say
from doingoai_cli.cli.progress import Progress
from doingoai_cli.feedback.formats import Format

EXAMPLE = "doingoai check inbox --year 2020 --annotate tra-lai"


def command(
    paths: options.Paths,
    year: options.Year = None,
    rules: options.Rules = None,
    history: options.History = None,
    roster: options.RosterFile = None,
    waivers: options.Waivers = None,
    format: Annotated[Format, Option("--format", "-f", help="Dạng kết quả.")] = Format.TABLE,
    output: Annotated[
        Path | None, Option("--output", "-o", metavar="TỆP", help="Ghi kết quả vào tệp thay vì màn hình.")
    ] = None,
    annotate: Annotated[
        Path | None,
        Option("--annotate", metavar="THƯ_MỤC", help="Ghi bản sao từng tệp, đánh dấu ô sai, để gửi trả."),
    ] = None,
    fail_on: options.FailOnOption = "error",
    select: options.Select = None,
    ignore: options.Ignore = None,
    arrival: options.Arrival = None,
    period: options.Period = None,
    keep_both: options.KeepBoth = None,
    no_cache: options.NoCache = False,
    scheduler: options.Scheduler = None,
    quiet: options.Quiet = False,
) -> int:
    """Kiểm tra biểu mẫu đã điền: nêu chỗ sai, ở ô nào, theo quy tắc nào.

    Kết thúc với mã 0 khi không có vi phạm từ mức --fail-on trở lên, 1 khi có, 2 khi lệnh sai.
    """
    with pipeline.early.readers_begun(paths, scheduler) as pool, Progress(quiet=quiet) as progress:
        request = pipeline.inbox.Request(
            paths=tuple(paths), year=year, rules=rules, history=tuple(history or ()), roster=tuple(roster or ()),
            waivers=tuple(waivers or ()), select=options.codes(select), ignore=options.codes(ignore),
            arrival=tuple(arrival or ()),
            keep_both=tuple(keep_both or ()), cache=not no_cache, scheduler=scheduler, period=period,
        )  # fmt: skip
        inbox = pipeline.inbox.open_inbox(request, progress=progress, pool=pool)
    keep(inbox)
    say(inbox.notices, quiet=quiet)
    told = pipeline.feedback.mark_copies(inbox, annotate) if annotate is not None else ()
    say(told, quiet=quiet)
    put(pipeline.feedback.render(inbox, format, to_file=output is not None), output, quiet=quiet)
    if format is Format.TABLE:
        say((next_steps.after_check(paths, any(f.counts for f in inbox.findings), annotate, told),), quiet=quiet)
    return exit_status(inbox.findings, fail_on)
