"""The story: files are opened, the stages called in turn, files written. Also the library's interface.

inbox.py      paths → submissions → one settled run, its findings (reading.py, one_file.py, workers.py, cache.py;
              early.py: begun early)
merge.py      a run → the consolidated workbook; books.py: read back, find_books.py: found,
              known_books.py: read before
figures.py    consolidated workbooks → figures (report_basis.py: what of); report.py: → a document
forms.py      form specs and outlines → blank workbooks and documents
status.py     who has sent what; reminders.py, notices.py: letters; report_calendar.py: what is due
reconcile.py  plan against results; export.py, find.py: the rows of consolidated workbooks
feedback.py   findings → what people and programs read, marked copies
workspace.py  doingoai.toml, the roster; catalogue.py: the forms, rules and outlines at hand

A module is loaded when `pipeline.<module>` is first used: `doingoai --help` loads none, a command its own alone.
So do modules of this room reach what not every run needs: consolidated workbooks read back (`books`,
`lower_levels`, `find_books`: 40 ms), processes (`workers`: 40), Word documents (`contributions`: 20, `outlines`),
workbooks of figures (`figure_book`), what writes files (`files`: 1.5), deadlines (`deadlines`: 1),
rosters (`officer_lists`: 0.3).
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doingoai_cli.pipeline import (  # noqa: I001 - as in `__all__`
        books, contributions, deadlines, demo, early, export, feedback, figure_book, figures,
        files, find, find_books, forms, inbox, known_books, lower_levels, merge, new_workspace, notices,
        officer_lists, outlines, periods, reconcile, reminders, report, report_basis, report_calendar,
        rules, schema, sending, share, status, workers, workspace,
    )  # fmt: skip

__all__ = [
    "books", "contributions", "deadlines", "demo", "early", "export", "feedback", "figure_book", "figures",
    "files", "find", "find_books", "forms", "inbox", "known_books", "lower_levels", "merge", "new_workspace",
    "notices", "officer_lists", "outlines", "periods", "reconcile", "reminders", "report", "report_basis",
    "report_calendar", "rules", "schema", "sending", "share", "status", "workers", "workspace",
]  # fmt: skip


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
