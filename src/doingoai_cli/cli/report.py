"""`doingoai report`: the report as a Word document."""

from pathlib import Path
from typing import Annotated

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, reporting
from doingoai_cli.cli.ending import say
from doingoai_cli.cli.options import Quiet
from doingoai_cli.report.kinds import ReportKind

EXAMPLE = "doingoai report --year 2020 --from tonghop.xlsx --out bao-cao-2020.docx"


def command(
    year: reporting.Year = None,
    source: reporting.Source = None,
    kind: reporting.KindOption = ReportKind.YEAR,
    month: reporting.Month = None,
    quarter: reporting.Quarter = None,
    outline: reporting.OutlineName = None,
    date: reporting.Day = None,
    texts: Annotated[
        Path | None,
        Option(
            "--texts",
            metavar="THƯ_MỤC",
            help="Đề cương đã điền của các cơ quan (.docx, .odt; .doc, .rtf nếu có LibreOffice).",
        ),
    ] = None,
    previous: reporting.Previous = None,
    reviewed_only: reporting.ReviewedOnly = False,
    reference: Annotated[
        Path | None, Option("--reference", metavar="TỆP", help="Tệp .docx có kiểu chữ riêng của tỉnh.")
    ] = None,
    out: Annotated[Path | None, Option("--out", "-o", metavar="TỆP", help="Tệp .docx sẽ ghi.")] = None,
    quiet: Quiet = False,
) -> int:
    """Viết báo cáo theo đề cương, đúng thể thức văn bản hành chính, từ sổ tổng hợp."""
    request = pipeline.report.ReportRequest(
        year=year, source=source, kind=kind.value, month=month, quarter=quarter, outline=outline, date=date,
        texts=texts, previous=previous, reviewed_only=reviewed_only, reference=reference, out=out,
    )  # fmt: skip
    say((*pipeline.report.write_report(request), next_steps.AFTER_REPORT), quiet=quiet)
    return 0
