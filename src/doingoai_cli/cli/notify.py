"""`doingoai notify`: after the review, a letter to each agency with its result."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps
from doingoai_cli.cli.ending import put, say
from doingoai_cli.cli.options import Quiet

EXAMPLE = "doingoai notify tonghop.xlsx --out thong-bao"


def command(
    workbook: Annotated[Path, Argument(metavar="TỔNG_HỢP.xlsx", help="Sổ tổng hợp đã thẩm định.")],
    out: Annotated[Path, Option("--out", "-o", metavar="THƯ_MỤC", help="Thư mục sẽ ghi các công văn.")] = Path(
        "thong-bao"
    ),
    date: Annotated[
        str | None, Option("--date", metavar="NĂM-THÁNG-NGÀY", help="Ngày của công văn; mặc định hôm nay.")
    ] = None,
    marked: Annotated[
        Path | None,
        Option("--marked", metavar="THƯ_MỤC", help="Kèm bản đánh dấu của từng cơ quan (check --annotate)."),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Thông báo kết quả thẩm định: mỗi cơ quan một công văn nêu dòng đồng ý, cần điều chỉnh, không đồng ý."""
    notices = pipeline.notices.write_notices(workbook, out, date, marked)
    say(notices.told, quiet=quiet)
    put(pipeline.notices.notices_as_table(notices), None)
    written = any(notice.path is not None for notice in notices.sent)
    say((next_steps.after_notify(out, written=written),), quiet=quiet)
    return 0
