"""The application: the list of commands, and how any of them ends."""

import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from doingoai_cli import __version__
from doingoai_cli.cli import (
    check,
    demo,
    export,
    figures,
    init,
    merge,
    new_template,
    reconcile,
    report,
    rules,
    schema,
    status,
)
from doingoai_cli.cli.texts import usage_error, vietnamese_help
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import INTERRUPTED, NO_TRACEBACK

OK, FINDINGS, MISUSE, INTERRUPT = 0, 1, 2, 130


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return vietnamese_help(super().get_help(ctx))


class Command(TyperCommand):
    """A command whose help page is Vietnamese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return vietnamese_help(super().get_help(ctx))


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 120}

app = typer.Typer(
    name="doingoai",
    cls=_Group,
    help="Biểu mẫu, kiểm tra, tổng hợp và báo cáo công tác đối ngoại của tỉnh.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
    epilog="Ví dụ: doingoai check inbox --year 2020",
)
rules_app = typer.Typer(
    cls=_Group,
    help="Các quy tắc: liệt kê, giải thích, so sánh, kiểm tra bộ quy tắc.",
    invoke_without_command=True,
    rich_markup_mode=None,
    epilog="Ví dụ: doingoai rules show DR07",
)


def _add(to: typer.Typer, name: str, example: str, function: Callable[..., int]) -> None:
    to.command(name, cls=Command, epilog=f"Ví dụ: {example}", context_settings=_CONTEXT)(function)


for module in (init, new_template, check, merge, report, status, reconcile, figures, export, schema, demo):
    _add(app, module.NAME, module.EXAMPLE, module.command)
rules_app.callback()(rules.list_rules)
_add(rules_app, "show", "doingoai rules show DR07", rules.show)
_add(rules_app, "kinds", "doingoai rules kinds", rules.kinds)
_add(rules_app, "diff", "doingoai rules diff quang-binh-2020 da-nang-2025", rules.diff)
_add(rules_app, "validate", "doingoai rules validate quy-dinh.yaml", rules.validate)
app.add_typer(rules_app, name="rules")


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help="In số phiên bản.", is_eager=True)] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Khi có lỗi chương trình, in chi tiết kỹ thuật.")] = False,
) -> None:
    del debug  # read from the arguments before anything can fail
    if version:
        typer.echo(f"doingoai {__version__}")
        raise typer.Exit


def run(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    _speak_utf8()
    debug = "--debug" in arguments
    arguments = [a for a in arguments if a != "--debug"]
    try:
        result = typer.main.get_command(app)(args=arguments, prog_name="doingoai", standalone_mode=False)
        return result if isinstance(result, int) else OK
    except DoingoaiError as error:
        return _complain(str(error), debug)
    except (KeyboardInterrupt, typer.Abort):
        _complain(INTERRUPTED, False)
        return INTERRUPT
    except BrokenPipeError:
        # The reader (a pager, `head`) has gone; what is left cannot be shown to anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error))
            return OK
        if hasattr(error, "format_message"):
            return _complain(f"{usage_error(error)} Xem hướng dẫn: doingoai --help", debug)
        return _complain(NO_TRACEBACK.format(error=f"{type(error).__name__}: {error}"), debug)


def _complain(message: str, debug: bool) -> int:
    if debug:
        raise
    typer.echo(message, err=True)
    return MISUSE


def _speak_utf8() -> None:
    # A Windows console or a pipe may have a legacy code page; Vietnamese needs UTF-8 everywhere.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
