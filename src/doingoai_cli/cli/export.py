"""`doingoai export`: the records with their provenance, for databases."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps
from doingoai_cli.cli.ending import say
from doingoai_cli.cli.options import Book, Quiet

EXAMPLE = "doingoai export tonghop.xlsx --to csv --out du-lieu"


def command(
    workbook: Book,
    to: Annotated[Literal["csv", "jsonl", "parquet", "sqlite", "datapackage"], Option("--to", help="Định dạng.")],
    out: Annotated[
        Path | None, Option("--out", "-o", metavar="THƯ_MỤC", help="Thư mục sẽ ghi; mặc định cạnh sổ tổng hợp.")
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Xuất dữ liệu kèm nguồn (tệp, trang tính, dòng) cho cơ sở dữ liệu và công cụ phân tích."""
    told = pipeline.export.export(workbook, to, out)
    say((*told, next_steps.AFTER_EXPORT.format(folder=(out or workbook.parent).as_posix())), quiet=quiet)
    return 0
