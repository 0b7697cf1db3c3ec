"""`doingoai reconcile`: the approved plan against what took place."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, options
from doingoai_cli.cli.ending import put, say

EXAMPLE = "doingoai reconcile tonghop-2019.xlsx tonghop-2020.xlsx --out doi-chieu.xlsx"


def command(
    plan: Annotated[Path, Argument(metavar="KẾ_HOẠCH.xlsx", help="Sổ tổng hợp có kế hoạch đã duyệt.")],
    realised: Annotated[Path, Argument(metavar="THỰC_HIỆN.xlsx", help="Sổ tổng hợp có kết quả thực hiện.")],
    out: Annotated[Path | None, Option("--out", "-o", metavar="TỆP", help="Ghi bảng đối chiếu (.xlsx).")] = None,
    date: Annotated[
        str | None,
        Option(
            "--date",
            metavar="NĂM-THÁNG-NGÀY",
            help="Đối chiếu đến ngày này; đoàn chưa đến thời gian thì không bị coi là hủy. Mặc định: hôm nay.",
        ),
    ] = None,
    format: options.FormatOption = "table",
    quiet: options.Quiet = False,
) -> int:
    """Đối chiếu kế hoạch với thực hiện: đã thực hiện, hoãn, hủy, ngoài kế hoạch và các tỷ lệ."""
    as_json = format == "json"
    text, notices = pipeline.reconcile.reconcile(plan, realised, out, date, as_json=as_json)
    put(text, None)
    say(notices, quiet=quiet)
    if not as_json:
        step = next_steps.AFTER_RECONCILE.format(plan=plan.as_posix(), realised=realised.as_posix())
        say((step,), quiet=quiet)
    return 0
