"""`doingoai merge`: an inbox into one consolidated workbook."""

from pathlib import Path
from typing import Annotated

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, options
from doingoai_cli.cli.ending import exit_status, keep, put, say
from doingoai_cli.cli.progress import Progress

EXAMPLE = "doingoai merge inbox --out tonghop.xlsx --year 2020"


def command(
    paths: options.Paths,
    out: Annotated[Path, Option("--out", "-o", metavar="TỆP", help="Sổ tổng hợp (.xlsx) sẽ ghi.")] = Path(
        "tonghop.xlsx"
    ),
    year: options.Year = None,
    rules: options.Rules = None,
    history: options.History = None,
    roster: options.RosterFile = None,
    waivers: options.Waivers = None,
    format: options.FormatOption = "table",
    fail_on: options.FailOnOption = "error",
    select: options.Select = None,
    ignore: options.Ignore = None,
    arrival: options.Arrival = None,
    period: options.Period = None,
    keep_both: options.KeepBoth = None,
    accept_loss: Annotated[
        bool,
        Option(
            "--accept-loss",
            help="Vẫn tổng hợp khi sổ đang có không đọc lại được trọn vẹn; phần đó chép sang trang riêng.",
        ),
    ] = False,
    no_cache: options.NoCache = False,
    scheduler: options.Scheduler = None,
    quiet: options.Quiet = False,
) -> int:
    """Tổng hợp các tệp của cơ quan, đơn vị vào một sổ; dòng có vi phạm vẫn được tổng hợp và đánh dấu.

    Tổng hợp lại vào cùng tệp: ý kiến và ghi chú thẩm định đã ghi được giữ nguyên.
    """
    again = out.is_file() and not no_cache  # what stands there was merged of nearly the same files
    begun = pipeline.early.readers_begun(paths, scheduler, known=again)
    with begun as pool, Progress(quiet=quiet) as progress:
        _ = pool and pipeline.merge  # loaded while these processes start, instead of after they have read
        request = pipeline.inbox.Request(
            paths=tuple(paths), year=year, rules=rules, history=tuple(history or ()), roster=tuple(roster or ()),
            waivers=tuple(waivers or ()), select=options.codes(select), ignore=options.codes(ignore),
            arrival=tuple(arrival or ()),
            keep_both=tuple(keep_both or ()), cache=not no_cache, scheduler=scheduler, across=True, target=out,
            period=period,
        )  # fmt: skip
        inbox = pipeline.inbox.open_inbox(request, progress=progress, pool=pool)
        merged = pipeline.merge.merge(inbox, out, accept_loss=accept_loss, cache=not no_cache)
    keep(inbox, merged)
    say((*inbox.notices, *merged.notices), quiet=quiet)
    as_json = format == "json"
    put(pipeline.merge.merged_as_json(merged) if as_json else pipeline.merge.merged_as_text(merged), None)
    if not as_json and merged.consolidation is not None:
        say((next_steps.AFTER_MERGE.format(out=out.as_posix()),), quiet=quiet)
    return exit_status(inbox.findings, fail_on)
