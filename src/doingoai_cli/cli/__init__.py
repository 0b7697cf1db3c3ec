"""The commands: the only room that knows typer, rich and exit codes."""
