"""`doingoai share`: the calendar of the plan for all agencies."""

from pathlib import Path
from typing import Annotated

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps
from doingoai_cli.cli.ending import say
from doingoai_cli.cli.options import Book, Quiet, RosterFile

EXAMPLE = "doingoai share tonghop.xlsx --out chia-se"


def command(
    workbook: Book,
    out: Annotated[
        Path, Option("--out", "-o", metavar="THƯ_MỤC", help="Thư mục sẽ ghi lịch và các bản trích.")
    ] = Path("chia-se"),
    roster: RosterFile = None,
    quiet: Quiet = False,
) -> int:
    """Chia sẻ kế hoạch: lịch theo tháng (.xlsx, .ics), hoạt động trùng nhau, theo khối, bản trích từng cơ quan."""
    step = next_steps.AFTER_SHARE.format(out=out.as_posix(), extracts=(out / "trich").as_posix())
    say((*pipeline.share.share(workbook, out, tuple(roster or ())), step), quiet=quiet)
    return 0
