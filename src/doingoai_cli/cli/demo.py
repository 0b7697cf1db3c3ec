"""`doingoai demo`: the whole way on the shipped examples."""

from pathlib import Path
from typing import Annotated

from typer import Argument

from doingoai_cli import pipeline
from doingoai_cli.cli.ending import put

EXAMPLE = "doingoai demo thu-nghiem"


def command(
    folder: Annotated[Path, Argument(metavar="[THƯ_MỤC]", help="Thư mục sẽ ghi kết quả.")] = Path("demo"),
) -> int:
    """Chạy thử toàn bộ quy trình trên dữ liệu mẫu: biểu mẫu, kiểm tra, tổng hợp, báo cáo."""
    for line in pipeline.demo.run_demo(folder):
        put(f"{line}\n", None)
    return 0
