"""`doingoai find`: who went where, when, with what outcome, over the years."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from doingoai_cli import pipeline
from doingoai_cli.cli.ending import put, say
from doingoai_cli.cli.options import OutputFile, Quiet
from doingoai_cli.model.search_fields import SearchField

EXAMPLE = 'doingoai find "Khăm Muộn" --field partner'


def command(
    text: Annotated[str, Argument(metavar="TỪ", help="Từ cần tìm; có dấu hoặc không dấu.", show_default=False)],
    field: Annotated[
        SearchField | None,
        Option(
            "--field",
            help="Chỉ tìm ở nước (country), đối tác (partner), người (person), cơ quan (agency), tên (name).",
        ),
    ] = None,
    source: Annotated[
        list[Path] | None, Option("--from", metavar="TỆP", help="Chỉ tìm trong sổ này (dùng được nhiều lần).")
    ] = None,
    format: Annotated[Literal["table", "csv", "json"], Option("--format", "-f", help="Dạng kết quả.")] = "table",
    output: OutputFile = None,
    quiet: Quiet = False,
) -> int:
    """Tra cứu trong mọi sổ tổng hợp của thư mục làm việc: ai đã đi đâu, khi nào, kết quả và báo cáo."""
    printed, notices = pipeline.find.find(text, field, source or (), format, output)
    say(notices, quiet=quiet)
    if printed:
        put(printed, None)
    return 0
