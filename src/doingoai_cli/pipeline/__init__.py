"""The story: files are opened, the stages called in turn, files written. Also the library's interface.

inbox.py      paths → submissions → one settled run, its findings (reading.py, one_file.py, workers.py, cache.py;
              early.py: begun early)
merge.py      a run → the consolidated workbook; books.py: read back, find_books.py: found
report.py     consolidated workbooks → figures → a document (basis.py: what it is computed from)
forms.py      form specs and outlines → blank workbooks and documents
follow_up.py  who has sent, reminders, plan against results, export; notices.py, find.py, report_calendar.py
feedback.py   findings → what people and programs read, marked copies
workspace.py  doingoai.toml, the roster; catalogue.py: the forms, rules and outlines at hand

A module is loaded when `pipeline.<module>` is first used: `doingoai --help` loads none, a command its own alone.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doingoai_cli.pipeline import (
        basis,
        demo,
        early,
        feedback,
        files,
        find,
        follow_up,
        forms,
        inbox,
        merge,
        new_workspace,
        notices,
        report,
        report_calendar,
        rules,
        schema,
        share,
        workspace,
    )

__all__ = [
    "basis", "demo", "early", "feedback", "files", "find", "follow_up", "forms", "inbox", "merge",
    "new_workspace", "notices", "report", "report_calendar", "rules", "schema", "share", "workspace",
]  # fmt: skip


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
