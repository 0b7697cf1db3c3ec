"""`doingoai report`: the report as a Word document."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from doingoai_cli.cli.options import Quiet

EXAMPLE = "doingoai report --year 2020 --from tonghop.xlsx --out bao-cao-2020.docx"


class Kind(StrEnum):
    """Which report."""

    NAM = "nam"
    SAU_THANG = "6-thang"
    THANG = "thang"


def command(
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="NĂM",
            min=1990,
            max=2100,
            help="Năm kế hoạch Y; với --kind 6-thang, thang: năm được báo cáo.",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="TỆP", help="Sổ tổng hợp; mặc định: sổ của kỳ đó trong thư mục."),
    ] = None,
    kind: Annotated[Kind, typer.Option("--kind", help="Loại báo cáo.")] = Kind.NAM,
    month: Annotated[
        int | None,
        typer.Option("--month", metavar="THÁNG", min=1, max=12, help="Tháng báo cáo (với --kind thang)."),
    ] = None,
    outline: Annotated[
        str | None, typer.Option("--outline", metavar="MÃ", help="Đề cương khác, theo mã hoặc tệp.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="NĂM-THÁNG-NGÀY", help="Ngày ký văn bản; mặc định hôm nay.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="THƯ_MỤC", help="Đề cương đã điền của các cơ quan (.docx).")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="TỆP", help="Sổ tổng hợp năm trước, để so sánh.")
    ] = None,
    reference: Annotated[
        Path | None, typer.Option("--reference", metavar="TỆP", help="Tệp .docx có kiểu chữ riêng của tỉnh.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="TỆP", help="Tệp .docx sẽ ghi.")] = None,
    quiet: Quiet = False,
) -> int:
    """Viết báo cáo theo đề cương, đúng thể thức văn bản hành chính, từ sổ tổng hợp."""
    from doingoai_cli.cli.ending import say
    from doingoai_cli.pipeline.report import ReportRequest, write_report

    request = ReportRequest(
        year=year, source=source, kind=kind.value, month=month, outline=outline, date=date, texts=texts,
        previous=previous, reference=reference, out=out,
    )  # fmt: skip
    say(write_report(request), quiet=quiet)
    return 0
