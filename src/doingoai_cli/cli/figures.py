"""`doingoai figures`: the figures of the report, each with the rows behind it."""

from typing import Annotated

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, options, reporting
from doingoai_cli.cli.ending import put, say
from doingoai_cli.report.kinds import ReportKind

EXAMPLE = "doingoai figures --year 2020 --from tonghop.xlsx --explain"


def command(
    year: reporting.Year = None,
    source: reporting.Source = None,
    kind: reporting.KindOption = ReportKind.YEAR,
    month: reporting.Month = None,
    quarter: reporting.Quarter = None,
    outline: reporting.OutlineName = None,
    date: reporting.Day = None,
    previous: reporting.Previous = None,
    reviewed_only: reporting.ReviewedOnly = False,
    explain: Annotated[bool, Option("--explain", help="Kèm các dòng tạo nên từng số liệu.")] = False,
    format: options.FormatOption = "table",
    output: options.OutputFile = None,
    quiet: options.Quiet = False,
) -> int:
    """In các số liệu của báo cáo, mỗi số kèm cách tính và (với --explain) các dòng đã tính."""
    asked = pipeline.report_basis.AskedFigures(
        year=year, source=source, kind=kind.value, month=month, quarter=quarter, outline=outline, date=date,
        previous=previous, reviewed_only=reviewed_only,
    )  # fmt: skip
    as_json = format == "json"
    if output is not None:
        say(pipeline.figures.write_figures(asked, output, explain=explain, as_json=as_json), quiet=quiet)
        return 0
    text, notices = pipeline.figures.print_figures(asked, explain=explain, as_json=as_json)
    say(notices, quiet=quiet)
    put(text, None)
    if not as_json:
        say((next_steps.AFTER_FIGURES,), quiet=quiet)
    return 0
