"""What a report and its figures are computed from: outline, workbooks, window; settled once for both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from doingoai_cli import pipeline, resources
from doingoai_cli.errors import ConfigError, DoingoaiError
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.reconciliation import Reconciliation
from doingoai_cli.pipeline.catalogue import forms_of, refuse_empty
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.periods import parse_day
from doingoai_cli.pipeline.workspace import (
    Workspace,
    find_workspace,
    named_path,
    named_paths,
    own_agency,
    place_of_key,
)
from doingoai_cli.report.figures.compute import Figures, compute_figures, with_review_of
from doingoai_cli.report.figures.reviewing import is_agreed, is_open
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.outlines import Outlines, load_outline, load_outlines
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.vietnamese.report_phrases import short_date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigures:
    """Which figures are asked for; None means: as the workspace or the outline says."""

    year: int | None = None
    source: Path | None = None
    kind: str = ReportKind.YEAR.value
    month: int | None = None
    quarter: int | None = None
    outline: str | None = None
    date: str | None = None
    previous: Path | None = None
    reviewed_only: bool = False


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """What was settled, and the figures of it."""

    workspace: Workspace
    catalogue: FormCatalogue
    outline: Outline
    day: date
    year: int
    """`--year` as the outline takes it."""
    source: str
    book: Consolidated
    figures: Figures
    unclear: tuple[str, ...] = ()
    """What is said of the plan's changes that could not be told."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found out of its place in the workbook, and a day before the period that is reported on."""
        window, found = self.figures.window, (*self.book.notices, *self.unclear)
        if self.outline.agreed_only or self.day >= window.start:
            return found
        return (
            *found,
            f"Chú ý: ngày của văn bản ({short_date(self.day)}) ở trước kỳ báo cáo ({window.label}, từ ngày "
            f"{short_date(window.start)}); số liệu tính cho cả kỳ. Kiểm tra lại --date, --year.",
        )


def settle_basis(request: AskedFigures) -> ReportBasis:
    """Everything that figures need.

    DoingoaiError: no or several consolidated workbooks of the cycle, an unknown outline, a bad date, a month or
    quarter that the kind does not have.
    """
    workspace = find_workspace(Path.cwd())
    catalogue = forms_of(workspace)
    outline = _choose_outline(workspace, catalogue, request.kind, request.outline)
    refuse_unasked(request.month, request.quarter, outline)
    day = parse_day(request.date)
    year = request.year or (workspace.year if request.source is None else None)
    source, book = _source(request.source, year and outline.cycle(year), workspace, catalogue)
    year = year or (book.cycle if outline.cycle(0) == 0 else book.cycle - 1)
    _of_cycle(book, source, outline.cycle(year))
    if request.reviewed_only:
        book = replace(book, rows=tuple(row for row in book.rows if not is_open(row, catalogue)))
    whole = book
    if outline.agreed_only:
        book = _agreed(book, source, catalogue)
    earlier = _previous(request.previous, book.cycle, workspace, catalogue)
    window = outline.window(year, request.month, request.quarter).at(day)
    found, unclear = _reconciled(earlier, book, catalogue, window) if earlier else (None, ())
    figures = compute_figures(
        book, previous=earlier, reconciliation=found, window=window, catalogue=catalogue,
        province=workspace.province or ReportSettings().province,
    )  # fmt: skip
    if whole is not book:  # the review is stated of all rows, the plan of those that were agreed to
        figures = with_review_of(figures, compute_figures(whole, window=window, catalogue=catalogue))
    return ReportBasis(workspace, catalogue, outline, day, year, source, book, figures, unclear)


def _reconciled(
    earlier: Consolidated, book: Consolidated, catalogue: FormCatalogue, window: Window
) -> tuple[Mapping[str, Reconciliation], tuple[str, ...]]:
    """Each direction, and what is said of changes of the plan that could not be told."""
    from doingoai_cli.consolidate.reconcile import reconcile  # 12 ms, for reports with an earlier workbook

    so_far = window.cumulated
    since = so_far.start if window.closing_day else None
    found = reconcile(earlier, book, catalogue, since=since, until=so_far.end, dated=so_far.dated)
    return found.results, tuple(change.unclear for change in found.changes.unmatched)


def _agreed(book: Consolidated, source: str, catalogue: FormCatalogue) -> Consolidated:
    """The workbook without the rows of the plan that no officer agreed to; DoingoaiError where none is left."""
    planned = [row for row in book.rows if catalogue.is_planned(row.record)]
    if not planned:
        raise DoingoaiError(f"Sổ tổng hợp {source} không có dòng kế hoạch nào.")
    if not any(map(is_agreed, planned)):
        waiting = sum(is_open(row, catalogue) for row in planned)
        raise DoingoaiError(
            f"Sổ tổng hợp {source} chưa có dòng kế hoạch nào được “Đồng ý” ({waiting}/{len(planned)} dòng chưa có "
            "ý kiến). Ghi ý kiến thẩm định rồi chạy lại."
        )
    return replace(
        book, rows=tuple(row for row in book.rows if not catalogue.is_planned(row.record) or is_agreed(row))
    )


def refuse_unasked(month: int | None, quarter: int | None, outline: Outline) -> None:
    """DoingoaiError for a month or a quarter that the outline's kind does not ask for."""
    if month is not None and outline.kind.asked != "month":
        raise DoingoaiError("--month chỉ dùng với báo cáo tháng (--kind thang).")
    if quarter is not None and outline.kind.asked != "quarter":
        raise DoingoaiError("--quarter chỉ dùng với báo cáo quý (--kind quy).")


def _choose_outline(
    workspace: Workspace, catalogue: FormCatalogue, kind: str | None, outline: str | None
) -> Outline:
    """The outline of a kind, or the one named by its id or its file; the workspace's own come before ours."""
    if outline and outline.endswith((".yaml", ".yml")):
        return load_outline(Path(outline), catalogue)
    return outlines_of(workspace, catalogue).choose(kind, outline)


def outlines_of(workspace: Workspace, catalogue: FormCatalogue) -> Outlines:
    """All outlines: those that ship and the workspace's own; ConfigError where these are not there."""
    own = named_path(workspace, "outlines")
    if own is not None and not own.is_dir():
        raise ConfigError([f"{place_of_key(workspace, 'outlines')}: “{workspace.outlines}” không phải thư mục"])
    if own is not None:
        refuse_empty(workspace, "outlines", own)
    return load_outlines(resources.outlines_dir(), *((own,) if own is not None else ()), forms=catalogue)


def _source(
    given: Path | None, cycle: int | None, workspace: Workspace, catalogue: FormCatalogue
) -> tuple[str, Consolidated]:
    if given is not None:
        return given.as_posix(), read_book(given, catalogue)
    if cycle is None:
        raise DoingoaiError("Cần --year (hoặc year trong doingoai.toml), hoặc chỉ sổ tổng hợp bằng --from.")
    folder = workspace.folder or Path.cwd()
    path = pipeline.find_books.find_book(
        folder, cycle, inbox=workspace.path(workspace.inbox), agency=own_agency(workspace)
    )
    return path.as_posix(), read_book(path, catalogue)


def _of_cycle(book: Consolidated, name: str, cycle: int) -> None:
    if book.cycle != cycle:
        raise DoingoaiError(
            f"Sổ tổng hợp {name} là của kỳ {book.cycle}, không phải kỳ {cycle}. "
            "Chọn tệp khác bằng --from hoặc năm khác bằng --year."
        )


def _previous(
    given: Path | None, cycle: int, workspace: Workspace, catalogue: FormCatalogue
) -> Consolidated | None:
    if given is not None:
        book = read_book(given, catalogue)
        if book.cycle != cycle - 1:
            raise DoingoaiError(f"“{given}” là sổ kỳ {book.cycle}; --previous cần sổ của kỳ {cycle - 1}.")
        return book
    books = (read_book(path, catalogue) for path in named_paths(workspace, "history"))
    return next((book for book in books if book.cycle == cycle - 1), None)
