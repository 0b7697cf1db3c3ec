"""The application: the list of commands, and how any of them ends."""

import os
import sys
from functools import partial
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from doingoai_cli import __version__
from doingoai_cli.cli.texts import usage_error, vietnamese_help
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import INTERRUPTED, NO_TRACEBACK, readable

OK, FINDINGS, MISUSE, INTERRUPT = 0, 1, 2, 130


class _CommandGroup(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return vietnamese_help(super().get_help(ctx))


class Command(TyperCommand):
    """A command whose help page is Vietnamese."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for param in self.params:
            param.process_value = partial(_processed, param)  # type: ignore[method-assign]

    def get_help(self, ctx: Any) -> str:
        """The help page, with its headings in Vietnamese."""
        return vietnamese_help(super().get_help(ctx))


def _processed(param: Any, ctx: Any, value: Any) -> Any:
    """The value of a parameter.

    For one that was not given typer makes a pydantic validator too, which it does not use: 2 ms of a check.
    """
    if value is None and not param.required and param.callback is None:
        return () if param.multiple or param.nargs == -1 else None
    return type(param).process_value(param, ctx, value)


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 120}

COMMANDS = (
    "init", "new-template", "check", "merge", "report", "status",
    "reconcile", "figures", "notify", "share", "find", "export", "schema", "demo", "web", "rules",
)  # fmt: skip
"""In the order of the help page; each has a module of its name in this room."""


def application(command: str | None = None) -> typer.Typer:
    """The whole program, or one command of it: typer builds every parameter of every command that it is given."""
    app = typer.Typer(
        name="doingoai",
        cls=_CommandGroup,
        help="Biểu mẫu, kiểm tra, tổng hợp và báo cáo công tác đối ngoại của tỉnh.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_CONTEXT,
        epilog="\b\nVí dụ: doingoai check inbox --year 2020",
    )
    app.callback()(_options)
    for name in COMMANDS if command is None else (command,):
        module = import_module(f"doingoai_cli.cli.{name.replace('-', '_')}")
        if name == "rules":
            app.add_typer(_rules(module), name=name)
        else:
            example = f"\b\nVí dụ: {module.EXAMPLE}"
            app.command(name, cls=Command, epilog=example, context_settings=_CONTEXT)(module.command)
    return app


def _rules(module: Any) -> typer.Typer:
    """`doingoai rules` with its own commands."""
    group = typer.Typer(
        cls=_CommandGroup,
        help="Các quy tắc: liệt kê, giải thích, so sánh, kiểm tra bộ quy tắc.",
        invoke_without_command=True,
        rich_markup_mode=None,
        epilog=f"\b\nVí dụ: {module.EXAMPLE}",
    )
    group.callback()(module.list_rules)
    for name, (function, example) in module.COMMANDS.items():
        group.command(name, cls=Command, epilog=f"\b\nVí dụ: {example}", context_settings=_CONTEXT)(function)
    return group


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
        called = arguments[0] if arguments and arguments[0] in COMMANDS else None
        program = typer.main.get_command(application(called))
        result = program(args=arguments, prog_name="doingoai", standalone_mode=False)
        if result == INTERRUPT:  # what typer makes of Ctrl-C
            _complain(INTERRUPTED, False)
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
            return _complain(usage_error(error), debug)
        return _complain(NO_TRACEBACK.format(error=f"{type(error).__name__}: {error}"), debug)


def _complain(message: str, debug: bool) -> int:
    if debug:
        raise
    typer.echo(readable(message), err=True)
    return MISUSE


def _speak_utf8() -> None:
    # A Windows console or a pipe may have a legacy code page; Vietnamese needs UTF-8 everywhere.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
