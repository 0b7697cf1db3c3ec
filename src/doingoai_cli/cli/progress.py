"""A progress bar on a terminal, for anything that takes more than a second; nothing anywhere else."""

import os
import sys
import time
from types import TracebackType
from typing import Any, Self


class Progress:
    """Counts files, rows and findings; shows itself only on a terminal and only after a second."""

    def __init__(self, *, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        self._since = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int, rows: int, findings: int) -> None:
        """Show that `done` of `total` files are read, with how many `rows` and findings."""
        if not self._wanted or (self._bar is None and time.monotonic() - self._since < 1):
            return
        if self._bar is None:
            self._start(total)
        self._bar.update(self._task, completed=done, total=total, rows=rows, findings=findings)

    def _start(self, total: int) -> None:
        from rich.console import Console  # 60 ms: only where a bar is shown
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("Đang đọc"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("tệp · {task.fields[rows]} dòng · {task.fields[findings]} vi phạm · còn"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
        )
        self._task = self._bar.add_task("", total=total, rows=0, findings=0)
        self._bar.start()
