"""The figures of a report (số liệu), computed once; text, tables, charts and JSON all read them from here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue, shipped_forms
from doingoai_cli.model.reconciliation import Reconciliation
from doingoai_cli.report.figures.comparison import PREVIOUS, comparisons, execution, no_previous, plan_changes
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.figure import Figure, figure_data, series_data
from doingoai_cli.report.figures.measures import CUMULATED, Measure, Measured, Rows, Subject, measured_for
from doingoai_cli.report.figures.remaining import PLANNED, REMAINING, YEAR_OVER, remaining_plan
from doingoai_cli.report.figures.row_counts import set_aside, undated
from doingoai_cli.report.figures.selection import BookRows, Selection, by_role, select, unreported
from doingoai_cli.report.figures.series import Series, all_series
from doingoai_cli.report.figures.subjects import PLANS, REALISED, SUBJECTS, forms_of, subject_of
from doingoai_cli.report.figures.unsent_months import unsent_months
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.report_phrases import number, short_date

_SCOPES = {
    "": "",
    CUMULATED: "lũy kế từ đầu năm",
    PREVIOUS: "cùng kỳ năm trước",
    PREVIOUS + CUMULATED: "lũy kế cùng kỳ năm trước",
    REMAINING: "phần còn lại của năm",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a window."""

    window: Window
    cycle: int
    items: Mapping[str, Figure]
    series: Mapping[str, Series]
    selections: Mapping[str, Selection]
    """The rows of each subject in the window."""
    lacking: tuple[str, ...] = ()
    """Days of the window that no workbook at hand covers, months that nobody has reported, a phrase each."""
    uncounted: Mapping[str, Rows] = field(default_factory=dict)
    """Form → its rows, where no figure counts them."""
    used: frozenset[str] = frozenset()
    """The subjects of which the province uses a form, or has reports."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What no figure says, a sentence each."""
        return tuple(
            f"{number(len(rows))} dòng của Mẫu {form} không thuộc số liệu nào của báo cáo (biểu mẫu không khai "
            "loại bản ghi, chiều hoặc giai đoạn mà số liệu tính)."
            for form, rows in self.uncounted.items()
        )

    @property
    def facts(self) -> Facts:
        """The same in turns of phrase."""
        return Facts(self.window, self.cycle, self.items, self.series)

    def __getitem__(self, figure_id: str) -> Figure:
        return self.items[figure_id]

    def as_data(self, *, explain: bool = False) -> dict[str, Any]:
        """Plain data for JSON; with `explain` the rows behind each figure."""
        return {
            "cycle": self.cycle,
            "window": {
                "label": self.window.label,
                "from": self.window.start.isoformat(),
                "to": self.window.end.isoformat(),
                "dated": self.window.dated,
            },
            "figures": [figure_data(figure, explain) for figure in self.items.values()],
            "series": [series_data(series, explain) for series in self.series.values()],
            "uncounted": [{"form": form, "rows": len(rows)} for form, rows in self.uncounted.items()],
        }


def compute_figures(
    consolidated: Consolidated,
    *,
    previous: Consolidated | None = None,
    reconciliation: Mapping[str, Reconciliation] | None = None,
    window: Window | None = None,
    catalogue: FormCatalogue | None = None,
    province: str = "",
) -> Figures:
    """All figures of `window` (default: the calendar year before the plan year).

    `previous` is the workbook of the cycle before: the year that results are compared with, and the plan that was
    approved for the year reported on; one of another cycle counts as not at hand, and the figures say which is
    needed. `reconciliation` is what comparing the two workbooks found, by direction ("out", "in"). `catalogue` are
    the forms at hand (default: the shipped ones): what a row is, its form says. `province` is whose delegations
    are told from those that another locality led.
    """
    forms = catalogue or shipped_forms()
    if previous is not None and previous.cycle != consolidated.cycle - 1:
        previous, reconciliation = None, None
    window = window or Window(consolidated.cycle - 1)
    early = window.cumulated.start.year < window.year
    book, approved = by_role(consolidated, forms), by_role(previous, forms) if previous else None
    books = (approved, book) if approved and early else (book,)
    selections = {subject.id: select(subject, window, books, forms) for subject in SUBJECTS}
    cumulated = {s.id: select(s, window.cumulated, books, forms) for s in REALISED}
    lacking = no_previous(consolidated.cycle)
    found = reconciliation if previous else None
    remaining = remaining_plan(window, approved, forms, found)
    before = partial(_earlier, previous=approved, forms=forms)
    measured = partial(_measured, catalogue=forms, province=province)
    items = [
        *measured(SUBJECTS, "", selections),
        *set_aside(selections),
        *measured(REALISED, CUMULATED, cumulated),
        *measured(REALISED, PREVIOUS, before(window.before), missing=lacking),
        *measured(REALISED, PREVIOUS + CUMULATED, before(window.before.cumulated), missing=lacking),
        *measured(PLANNED, REMAINING, remaining, missing=lacking if window.rest else YEAR_OVER),
        *undated(remaining),
    ]
    items += comparisons({figure.id: figure for figure in items}, ("", CUMULATED))
    for subject, _ in PLANS:
        items += execution(subject, consolidated.cycle, (found or {}).get(subject.id))
    items.append(plan_changes(consolidated.cycle, found))
    return Figures(
        window,
        consolidated.cycle,
        {figure.id: figure for figure in items},
        all_series(_counted(selections), _counted(cumulated), window),
        {**selections, **{REMAINING + subject: found for subject, found in (remaining or {}).items()}},
        (*_lacking(window, consolidated.cycle, previous), *unsent_months(consolidated, forms, window)),
        _uncounted(consolidated, forms),
        frozenset(_used(consolidated, selections, forms)),
    )


def _counted(selections: Mapping[str, Selection]) -> Mapping[str, Rows]:
    return {subject: selection.counted for subject, selection in selections.items()}


def _used(consolidated: Consolidated, selections: Mapping[str, Selection], forms: FormCatalogue) -> Iterator[str]:
    known = {spec.form for spec in forms.official} | (consolidated.reported or frozenset())
    for subject in SUBJECTS:
        if any(selections[subject.id][:4]) or not known.isdisjoint(forms_of(subject, forms)):
            yield subject.id


def _uncounted(consolidated: Consolidated, forms: FormCatalogue) -> Mapping[str, Rows]:
    """The rows of forms that no subject counts, by the form's code."""
    found: dict[str, list[ConsolidatedRow]] = {}
    for (form, section), rows in grouped(((row.form, row.section), row) for row in consolidated.rows).items():
        spec = forms.of_form(form) if form in forms.forms() else None
        if spec is None or subject_of(spec, section) is None:
            found.setdefault(form, []).extend(rows)
    return {form: tuple(rows) for form, rows in found.items()}


def _lacking(window: Window, cycle: int, previous: Consolidated | None) -> Iterator[str]:
    """A reporting year begins in December: those days stand in the workbook before that of the year itself."""
    first = window.cumulated.start
    if first.year == window.year:
        return
    if previous is None:
        yield f"từ ngày {short_date(first)} đến hết năm, {no_previous(cycle)}"
    else:
        before = window.before.cumulated.start
        yield f"cùng kỳ năm trước, từ ngày {short_date(before)} đến hết năm, {no_previous(cycle - 1)}"


@cache  # an outline has a hundred sentences, each held against the ids
def known_figures() -> frozenset[str]:
    """The ids that an outline may name."""
    return frozenset(compute_figures(Consolidated(2020, ())).items)


def with_review_of(figures: Figures, whole: Figures) -> Figures:
    """`figures` of the agreed rows of the plan, with the figures of the review as they are for all of them.

    Where rows wait and none is agreed to, nothing is said of the plan, least of all that it is empty.
    """
    items = {**figures.items, **{name: figure for name, figure in whole.items.items() if ".review_" in name}}
    selections = dict(figures.selections)
    for subject in (subject for subject in SUBJECTS if subject.planned):
        waiting = len(whole.selections[subject.id].counted)
        if not waiting or selections[subject.id].counted:
            continue
        selections[subject.id] = selections[subject.id]._replace(reported=False, unagreed=waiting)
        for name in (f"{subject.id}.{measure.id}" for measure in subject.measures):
            missing = unreported((), selections[subject.id])
            items[name] = items[name]._replace(value=None, text="", note="", missing=missing)
    return replace(figures, items=items, selections=selections)


def _earlier(window: Window, previous: BookRows | None, forms: FormCatalogue) -> Mapping[str, Selection] | None:
    return {s.id: select(s, window, (previous,), forms) for s in REALISED} if previous else None


def _measured(
    subjects: Iterable[Subject],
    scope: str,
    chosen: Mapping[str, Selection] | None,
    *,
    catalogue: FormCatalogue,
    province: str,
    missing: str = "",
) -> Iterator[Figure]:
    for subject in subjects:
        selection = chosen[subject.id] if chosen is not None else None
        lacking = missing
        if selection is not None and not selection.reported:
            lacking = unreported(_forms_in_use(subject, catalogue), selection)
        for measure in subject.measures:
            known = selection is not None and selection.reported
            count = measured_for(measure, province)
            measured = count(selection.counted) if selection and known else Measured(None, ())
            yield _figure(subject, scope, measure, measured, lacking)


def _forms_in_use(subject: Subject, catalogue: FormCatalogue) -> Sequence[str]:
    """The codes of a subject's forms that the province uses; all of them where it uses none."""
    used = {spec.form for spec in catalogue.official}
    codes = forms_of(subject, catalogue)
    return [code for code in codes if code in used] or list(codes)


def _figure(subject: Subject, scope: str, measure: Measure, measured: Measured, missing: str) -> Figure:
    kind = f" ({_SCOPES[scope]})" if scope else ""
    if measured.value is None and not missing:
        missing = measured.note or "không đọc được"
    return Figure(
        f"{scope}{subject.id}.{measure.id}", f"{subject.label}{kind}: {measure.label}", measured.value,
        "" if measured.value is None else number(measured.value), measure.unit, measure.definition, measure.clause,
        measured.rows, measured.note, "" if measured.value is not None else missing,
    )  # fmt: skip
