"""`doingoai demo`: the whole way on the shipped examples."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "doingoai demo thu-nghiem"


def command(
    folder: Annotated[Path, typer.Argument(metavar="[THƯ_MỤC]", help="Thư mục sẽ ghi kết quả.")] = Path("demo"),
) -> int:
    """Chạy thử toàn bộ quy trình trên dữ liệu mẫu: biểu mẫu, kiểm tra, tổng hợp, báo cáo."""
    from doingoai_cli.cli.ending import put
    from doingoai_cli.pipeline.demo import run_demo

    for line in run_demo(folder):
        put(f"{line}\n", None)
    return 0
