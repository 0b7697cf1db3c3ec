"""Consolidated workbook → figures → the report."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from doingoai_cli import messages, resources
from doingoai_cli.collector import at_rest
from doingoai_cli.consolidate.reconcile import reconcile_years
from doingoai_cli.errors import ConfigError, DoingoaiError
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.pipeline.books import find_book, read_book
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.files import check_suffix, read_input, write_own
from doingoai_cli.pipeline.workspace import FILE_NAME, Workspace, find_workspace
from doingoai_cli.report.figures.compute import Figures, compute_figures
from doingoai_cli.report.figures.listing import figures_as_text
from doingoai_cli.report.figures.windows import Kind, Window
from doingoai_cli.report.outline import Outline, load_outline, load_outlines
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.texts import AgencyText, read_texts
from doingoai_cli.report.word.document import compile_report
from doingoai_cli.vietnamese.text import ascii_slug
from doingoai_cli.yamlfile import Located, validate


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What `report` asks for; None means: as the workspace or the outline says."""

    year: int | None = None
    source: Path | None = None
    kind: str = "nam"
    month: int | None = None
    outline: str | None = None
    date: str | None = None
    texts: Path | None = None
    previous: Path | None = None
    reference: Path | None = None
    out: Path | None = None


@at_rest()
def write_report(request: ReportRequest) -> tuple[str, ...]:
    """Write the report; what was read, written and is still missing, a sentence each.

    DoingoaiError: no or several consolidated workbooks of the cycle, an unknown outline, a bad date, a month for
    another kind than the monthly one, `--out` with another suffix than .docx.
    """
    if request.out is not None:
        check_suffix(request.out, ".docx")
    workspace = find_workspace(Path.cwd())
    catalogue = forms_of(workspace)
    outline = _outline(request, workspace, catalogue)
    if request.month is not None and outline.kind is not Kind.MONTH:
        raise DoingoaiError("--month chỉ dùng với báo cáo tháng (--kind thang).")
    settings = report_settings(workspace)
    day = parse_day(request.date)
    year = request.year or (workspace.year if request.source is None else None)
    source, book = _source(request.source, year and outline.cycle(year), workspace, catalogue)
    year = year or (book.cycle if outline.cycle(0) == 0 else book.cycle - 1)
    _of_cycle(book, source, outline.cycle(year))
    earlier = _previous(request.previous, book.cycle, workspace, catalogue)
    figures = _figures(book, earlier, catalogue, outline.window(year, request.month))
    agencies = tuple(agency.name for agency in book.agencies if agency.name)
    texts = tuple(_texts(request.texts or workspace.path(workspace.texts), agencies))
    report = compile_report(
        outline,
        figures,
        book,
        settings,
        date=day,
        texts=texts,
        catalogue=catalogue,
        reference=read_input(request.reference) if request.reference else None,
    )
    out = request.out or Path(f"bao-cao-{_suffix(request, outline, year)}.docx")
    lines = [f"Sổ tổng hợp: {source}", *write_own(out, report.data).told, *figures.remarks]
    for heading, entries in (
        (f"Còn {len(report.missing)} mục chưa có số liệu hoặc nội dung:", report.missing),
        ("Nội dung của cơ quan chưa đặt được vào mục nào (ghi ở cuối báo cáo):", report.unplaced),
    ):
        if entries:
            lines += [heading, messages.bullet_list(entries)]
    return tuple(lines)


def _suffix(request: ReportRequest, outline: Outline, year: int) -> str:
    """What tells the default names apart: every kind, outline and period has one of its own."""
    named = ascii_slug(outline.id) if request.outline else outline.kind.value
    month = f"-{request.month:02d}" if request.month else ""
    return f"{year}" if named == Kind.YEAR.value else f"{named}-{year}{month}"


@at_rest()
def print_figures(
    year: int | None, source: Path | None, previous: Path | None, *, explain: bool, as_json: bool
) -> str:
    """The figures of a cycle as a table or JSON."""
    workspace = find_workspace(Path.cwd())
    catalogue = forms_of(workspace)
    name, book = _source(source, year or workspace.year, workspace, catalogue)
    _of_cycle(book, name, year or book.cycle)
    figures = _figures(book, _previous(previous, book.cycle, workspace, catalogue), catalogue)
    if as_json:
        return json.dumps(figures.as_data(explain=explain), ensure_ascii=False, indent=1) + "\n"
    return figures_as_text(figures, explain=explain)


def report_settings(workspace: Workspace) -> ReportSettings:
    """The `[report]` table of the workspace, the province taken from it."""
    data = dict(workspace.report)
    if workspace.province:
        data.setdefault("province", workspace.province)
    if not data:
        return ReportSettings()
    name = str((workspace.folder or Path()) / FILE_NAME)
    return validate(ReportSettings, Located(data, {(): 1}, name))


def parse_day(text: str | None) -> date:
    """`--date`, or today."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DoingoaiError(f"Ngày “{text}” không hợp lệ; viết dạng 2019-10-01.") from error


def _outline(request: ReportRequest, workspace: Workspace, catalogue: FormCatalogue) -> Outline:
    if request.outline and request.outline.endswith((".yaml", ".yml")):
        return load_outline(Path(request.outline), catalogue)
    own = workspace.path(workspace.outlines)
    outlines = load_outlines(resources.outlines_dir(), *((own,) if own is not None else ()), forms=catalogue)
    return outlines.choose(request.kind, request.outline)


def _source(
    given: Path | None, cycle: int | None, workspace: Workspace, catalogue: FormCatalogue
) -> tuple[str, Consolidated]:
    if given is not None:
        return given.as_posix(), read_book(given, catalogue)
    if cycle is None:
        raise DoingoaiError("Cần --year (hoặc year trong doingoai.toml), hoặc chỉ sổ tổng hợp bằng --from.")
    path = find_book(workspace.folder or Path.cwd(), cycle)
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
    books = (read_book(path, catalogue) for path in map(workspace.path, workspace.history) if path is not None)
    return next((book for book in books if book.cycle == cycle - 1), None)


def _figures(
    book: Consolidated, previous: Consolidated | None, catalogue: FormCatalogue, window: Window | None = None
) -> Figures:
    reconciliation = reconcile_years(previous, book, catalogue) if previous is not None else None
    return compute_figures(
        book, previous=previous, reconciliation=reconciliation, window=window, catalogue=catalogue
    )


def _texts(folder: Path | None, agencies: Sequence[str]) -> Iterator[AgencyText]:
    if folder is None:
        return
    if not folder.exists():
        raise ConfigError([messages.PATH_MISSING.format(path=folder)])
    for path in sorted(folder.glob("*.docx")) if folder.is_dir() else (folder,):
        if not path.name.startswith("~$"):
            yield read_texts(read_input(path), path.name, known=agencies)
