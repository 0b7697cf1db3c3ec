"""Which rows a report counts: those of its window, without what is not to be counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import is_counted, period_of
from doingoai_cli.model.forms import FormCatalogue, Role
from doingoai_cli.report.figures.measures import Rows, Subject
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.report_phrases import number


class Selection(NamedTuple):
    """The rows of a subject in a window; each of its rows is in one of these, or in another window."""

    counted: Rows
    left_out: Rows = ()
    """Not to be counted in any kind (TH05, TH06), or refused by the officer who reviewed the plan."""
    undated: Rows = ()
    """Their time does not say whether they belong to the window."""
    outside: Rows = ()
    """Their time lies outside the year reported on, after the window or after the document's day (ngoài kỳ)."""
    reported: bool = True
    """Whether at least one agency has reported the form; else no row does not mean that there is none."""
    unreported_months: str = ""
    """In words, the months that nobody has reported, where the form did come for others."""
    unstated_section: str = ""
    """The section that nobody has said anything of, where the form itself did come."""
    unagreed: int = 0
    """How many rows of a plan wait for approval, where only approved ones are asked for and there are none."""

    @property
    def refused(self) -> Rows:
        """Those of `left_out` that an officer refused."""
        return tuple(row for row in self.left_out if not row.counted)


class BookRows(NamedTuple):
    """A workbook with its rows by what they are: each subject asks for its own."""

    book: Consolidated
    rows: Mapping[Role | None, Sequence[ConsolidatedRow]]


def by_role(book: Consolidated, catalogue: FormCatalogue) -> BookRows:
    """The rows of a workbook told apart."""
    return BookRows(book, grouped((catalogue.role_of(row.record), row) for row in book.rows))


def select(subject: Subject, window: Window, sources: tuple[BookRows, ...], catalogue: FormCatalogue) -> Selection:
    """The rows of `subject` in `window`, from the workbooks that may hold them; the last is that of its year."""
    # A form that is itself kept by the reporting year holds its December; no other workbook need be asked.
    sources = sources[-1:] if subject.closing_day else sources
    books = tuple(source.book for source in sources)
    window, dated = subject.window(window), window.dated or subject.model.BY_DATE
    rows = tuple(row for source in sources for row in source.rows.get(subject.role, ()))
    parts = catalogue.parts_of(subject.role)
    undated: Rows = ()
    outside: Rows = ()
    if not subject.planned:
        held = [(row, window.holds(subject.when(row.record), row.record.year)) for row in rows]
        rows = tuple(row for row, inside in held if inside or (inside is None and not dated))
        if dated:
            undated = _counted(row for row, inside in held if inside is None)
        own = books[-1].cycle if books else 0
        outside = _counted(
            row for row, inside in held if inside is False and _is_in_no_window(subject, window, row, own)
        )
    within = None if subject.planned else window.months
    reported = bool(rows) or any(book.has_reported(parts, within) for book in books)
    elsewhere = not reported and any(book.has_reported(parts) for book in books)
    unstated = (section for book in books for form, section in parts if (form, section) in book.unstated)
    return Selection(
        _counted(rows),
        tuple(row for row in rows if not is_counted(row)),
        undated,
        outside,
        reported,
        window.label if elsewhere else "",
        "" if reported or elsewhere else next(unstated, ""),
    )


def _counted(rows: Iterable[ConsolidatedRow]) -> Rows:
    return tuple(row for row in rows if is_counted(row))


def _is_in_no_window(subject: Subject, window: Window, row: ConsolidatedRow, cycle: int) -> bool:
    """Whether a row of the workbook of `cycle` is in no window of its year up to this one, nor in their sum."""
    mine = row.record.year >= cycle - 1
    return mine and window.cumulated.holds(subject.when(row.record), row.record.year) is False


def in_time(rows: Rows) -> Rows:
    """By their first day, those of a whole quarter after those of its days; without a readable time last."""

    def when(row: ConsolidatedRow) -> tuple[date, date]:
        period = period_of(row.record)
        first, last = (period.start, period.end) if period else (None, None)
        return first or date.max, last or date.max

    return tuple(sorted(rows, key=when))


def unreported(codes: Iterable[str], selection: Selection) -> str:
    """What is missing where no agency has sent a form: nothing may be said of it, not even that there is none."""
    if selection.unagreed:
        return f"chưa dòng nào được thẩm định “Đồng ý”, còn {number(selection.unagreed)} dòng phải xem xét"
    months = f" {selection.unreported_months}" if selection.unreported_months else ""
    section = f"mục {selection.unstated_section} của " if selection.unstated_section else ""
    return f"chưa cơ quan, đơn vị nào gửi {section}Mẫu {', '.join(codes)}{months}"
