"""`doingoai figures`: the figures of the report, each with the rows behind it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "doingoai figures --year 2020 --from tonghop.xlsx --explain"


class Format(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"


def command(
    year: Annotated[
        int | None, typer.Option("--year", metavar="NĂM", min=1990, max=2100, help="Năm kế hoạch Y.")
    ] = None,
    source: Annotated[Path | None, typer.Option("--from", metavar="TỆP", help="Sổ tổng hợp.")] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="TỆP", help="Sổ tổng hợp năm trước.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Kèm các dòng tạo nên từng số liệu.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả.")] = Format.TABLE,
) -> int:
    """In các số liệu của báo cáo, mỗi số kèm cách tính và (với --explain) các dòng đã tính."""
    from doingoai_cli.cli.ending import put
    from doingoai_cli.pipeline.report import print_figures

    put(print_figures(year, source, previous, explain=explain, as_json=format is Format.JSON), None)
    return 0
