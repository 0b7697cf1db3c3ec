"""Which rows a report counts: those of its window, without what is not to be counted."""

from typing import NamedTuple

from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import is_counted, period_of, rows_of
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.report.figures.measures import Rows, Subject
from doingoai_cli.report.figures.windows import Window


class Selection(NamedTuple):
    """The rows of a subject in a window; each of its rows is in one of the three, or in another window."""

    counted: Rows
    left_out: Rows = ()
    """Not to be counted in any kind (TH05, TH06), or refused by the officer who reviewed the plan."""
    undated: Rows = ()
    """Their time does not say whether they belong to the window."""


def select(
    subject: Subject, window: Window, books: tuple[Consolidated, ...], catalogue: FormCatalogue
) -> Selection:
    """The rows of `subject` in `window`, from the workbooks that may hold them."""
    held_by = (rows_of(b.rows, catalogue, subject.model, subject.direction, subject.stage) for b in books)
    rows = tuple(row for of_book in held_by for row in of_book)
    undated: Rows = ()
    if window.dated and not subject.planned:
        held = [(row, _holds(window, row)) for row in rows]
        rows = tuple(row for row, inside in held if inside)
        undated = tuple(row for row, inside in held if inside is None and is_counted(row))
    return Selection(
        tuple(row for row in rows if is_counted(row)),
        tuple(row for row in rows if not is_counted(row)),
        undated,
    )


def _holds(window: Window, row: ConsolidatedRow) -> bool | None:
    period = period_of(row.record)
    return None if period is None else window.holds(period, row.record.year)
