"""`doingoai init`: a workspace to begin with."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from doingoai_cli import pipeline
from doingoai_cli.cli.ending import say

EXAMPLE = 'doingoai init ky-2020 --year 2020 --province "Quảng Bình"'


def command(
    folder: Annotated[Path, Argument(metavar="[THƯ_MỤC]", help="Thư mục làm việc sẽ tạo.")] = Path(),
    year: Annotated[
        int | None, Option("--year", metavar="NĂM", min=1990, max=2100, help="Năm kế hoạch Y.")
    ] = None,
    province: Annotated[str, Option("--province", metavar="TỈNH", help="Tên tỉnh, thành phố.")] = "Quảng Bình",
) -> int:
    """Tạo thư mục làm việc: doingoai.toml, danh sách đơn vị don-vi.csv và thư mục inbox."""
    say(pipeline.new_workspace.start_workspace(folder, year, province))
    return 0
