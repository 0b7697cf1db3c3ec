"""The commands: the only room that knows typer, rich and exit codes."""

from doingoai_cli.cli.app import run

__all__ = ["run"]
