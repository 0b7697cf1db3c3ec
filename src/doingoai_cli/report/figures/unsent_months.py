"""Months that nobody has reported of forms that came for parts of the year (tháng chưa ai gửi)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.report.figures.subjects import MAIN, forms_of
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


def unsent_months(book: Consolidated, forms: FormCatalogue, window: Window) -> Iterator[str]:
    """What is missing of the year up to the end of `window`, a phrase for each group of forms.

    A form of which a file came for the whole year lacks none; one that never came is said where it is counted.
    """
    over = [m for m in _each_month(window) if m.days(window.closing_day)[1] <= window.end]
    found: dict[tuple[ReportingPeriod, ...], list[str]] = {}
    for subject in MAIN:
        codes = [code for code in forms_of(subject, forms) if code in (book.reported or ())]
        parts = [book.reported_parts.get(code, ()) for code in codes]
        if parts and all(parts):
            missing = [m for m in over if not any(m.overlaps(part) for of_form in parts for part in of_form)]
            found.setdefault(tuple(_joined(missing)), []).extend(codes)
    for runs, codes in found.items():
        if runs:
            when = ", ".join(run.label for run in runs)
            yield f"chưa cơ quan, đơn vị nào gửi Mẫu {', '.join(codes)} {when}"


def _each_month(window: Window) -> Iterable[ReportingPeriod]:
    return (ReportingPeriod(window.year, month, month) for month in range(1, window.last + 1))


def _joined(months: Sequence[ReportingPeriod]) -> Iterable[ReportingPeriod]:
    """Months that follow one another as one period."""
    for _, run in groupby(enumerate(months), key=lambda at: at[1].first - at[0]):
        held = [month for _, month in run]
        yield held[0]._replace(last=held[-1].last)
