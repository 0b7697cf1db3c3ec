"""`doingoai rules …`: the pack's rules, listed, explained, compared and validated."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Context, Option

from doingoai_cli import pipeline
from doingoai_cli.cli.ending import put
from doingoai_cli.cli.options import Rules, Year

EXAMPLE = "doingoai rules show DR07"


def list_rules(
    context: Context,
    rules: Rules = None,
    year: Year = None,
    format: Annotated[
        Literal["table", "json", "markdown"], Option("--format", "-f", help="Dạng kết quả.")
    ] = "table",
) -> int:
    """Liệt kê các quy tắc đang áp dụng; thêm lệnh con để xem từng quy tắc."""
    if context.invoked_subcommand is not None:
        return 0
    put(pipeline.rules.listing(rules, year, format), None)
    return 0


def show(
    code: Annotated[str, Argument(metavar="MÃ", help="Mã quy tắc, ví dụ DR07.")],
    rules: Rules = None,
    year: Year = None,
) -> int:
    """Giải thích một quy tắc: nội dung, căn cứ, tham số, ví dụ đúng và sai."""
    put(pipeline.rules.explanation(code, rules, year), None)
    return 0


def kinds() -> int:
    """Liệt kê các loại quy tắc mà một bộ quy tắc có thể dùng, kèm tham số."""
    put(pipeline.rules.kinds(), None)
    return 0


def diff(
    first: Annotated[str, Argument(metavar="BỘ_A", help="Bộ quy tắc thứ nhất.")],
    second: Annotated[str, Argument(metavar="BỘ_B", help="Bộ quy tắc thứ hai.")],
) -> int:
    """So sánh hai bộ quy tắc."""
    put(pipeline.rules.difference(first, second), None)
    return 0


def validate(file: Annotated[Path, Argument(metavar="TỆP", help="Bộ quy tắc (YAML).")]) -> int:
    """Kiểm tra một bộ quy tắc: mọi lỗi được nêu kèm tệp:dòng."""
    put(pipeline.rules.validation(file), None)
    return 0


COMMANDS = {
    "show": (show, "doingoai rules show DR07"),
    "kinds": (kinds, "doingoai rules kinds"),
    "diff": (diff, "doingoai rules diff quang-binh-2020 da-nang-2025"),
    "validate": (validate, "doingoai rules validate quy-dinh.yaml"),
}
"""Its own commands, each with an example."""
