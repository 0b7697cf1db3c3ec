"""Tổng hợp: the consolidated workbook: merged with progress, its figures, and the review of each row.

The workbook stays the record: a review given here is written into it, and what Excel holds by then is kept.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from doingoai_cli.consolidate.review_edits import ReviewEdit
from doingoai_cli.consolidate.workbook.form_sheet import opinions_of
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import NO_REVIEW, ConsolidatedRow, Review
from doingoai_cli.model.counting import NO_OPINION, OTHER_OPINION, review_counts, stated_opinion
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.model.sources import Provenance
from doingoai_cli.pipeline.figures import print_figures
from doingoai_cli.pipeline.inbox import Request as InboxRequest
from doingoai_cli.pipeline.inbox import open_inbox
from doingoai_cli.pipeline.merge import Merged, merge, merged_as_text
from doingoai_cli.pipeline.notices import notices_as_table, write_notices
from doingoai_cli.pipeline.reading import Tell
from doingoai_cli.pipeline.report_basis import AskedFigures
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.web.books import ShownBook, book_of
from doingoai_cli.web.jobs import Job, JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace, View
from doingoai_cli.web.rendering import after, over_view, page, paged

_UNWRITTEN = "Ý kiến chưa được ghi vào sổ; nội dung vừa nhập vẫn còn trong các ô ở dưới khi mở được sổ."
PAGE_SIZE = 25
"""Rows a page: each has a form to fill in."""
NOTICES_FOLDER = Path("thong-bao")
_OTHER_SCOPES = ("previous.", "cumulated.")
"""Figures of other windows than the year: the reports state them."""


class Bar(NamedTuple):
    """One bar of a chart: its length in hundredths of the longest."""

    label: str
    value: int
    length: int


class BarChart(NamedTuple):
    """A series of figures as bars."""

    title: str
    bars: tuple[Bar, ...]


class RowFilters(NamedTuple):
    """Which rows are shown; "" for all."""

    form: str = ""
    agency: str = ""
    opinion: str = ""

    def fits(self, row: ConsolidatedRow) -> bool:
        """Whether a row is of the form, the agency and the opinion that are asked for ("" asks for all)."""
        wanted = not self.opinion or self.opinion == stated_opinion(row.review.opinion)
        return self.form in ("", row.record.form) and self.agency in ("", row.agency) and wanted


@over_view
def show(request: Request, opened: OpenWorkspace, view: View) -> Response:
    """The workbook as it is, or the button that makes it."""
    book = book_of(opened, view.cycle)
    filters = RowFilters(*(request.query_params.get(name, "") for name in ("mau", "co-quan", "y-kien")))
    rows = [row for row in book.rows if filters.fits(row)]
    part = paged(request, rows, PAGE_SIZE)
    figures, charts = _figures(book)
    return page(
        request, "consolidated.html.j2", view=view, book=book, filters=filters, found=len(rows), part=part,
        figures=figures, charts=charts, opinions=_opinions(book.catalogue),
        all_opinions=[opinion.value for opinion in Opinion], findings=_findings_of(view),
        fields=_fields, here={"mau": filters.form, "co-quan": filters.agency, "y-kien": filters.opinion},
        reviewed=_reviewed(book.rows),
    )  # fmt: skip


def _opinions(catalogue: FormCatalogue | None) -> dict[str, list[str]]:
    """Form → what may be said of its rows."""
    specs = catalogue.specs if catalogue else ()
    return {spec.form: [opinion.value for opinion in opinions_of(spec)] for spec in specs}


def _fields(catalogue: FormCatalogue | None, row: ConsolidatedRow) -> list[tuple[str, str]]:
    """The row's columns as (label, text)."""
    spec: FormSpec | None = catalogue.of_form(row.record.form) if catalogue else None
    return [(column.label, row.record.text(column.field)) for column in spec.columns] if spec else []


def _findings_of(view: View) -> dict[str, list[Finding]]:
    """The row of a sender's file, as the workbook names it ("Nguồn") → its findings."""
    return grouped(
        (str(Provenance(finding.file, finding.sheet, finding.sheet_index, finding.row, finding.row)), finding)
        for finding in view.findings
        if finding.file and finding.sheet and finding.row
    )


def _reviewed(rows: Iterable[ConsolidatedRow]) -> dict[str, int]:
    """How many rows have which opinion, in an officer's own words too; others only where there are some."""
    counts = review_counts(rows)
    said = [
        *(opinion.value for opinion in Opinion),
        NO_OPINION,
        *([OTHER_OPINION] if counts[OTHER_OPINION] else []),
    ]
    return {opinion: counts[opinion] for opinion in said}


def _figures(book: ShownBook) -> tuple[list[dict[str, Any]], list[BarChart]]:
    """The figures of the workbook as `doingoai figures --format json` gives them, and charts of their series."""
    if book.path is None or book.problem:
        return [], []
    try:
        text, _ = print_figures(AskedFigures(year=book.cycle, source=book.path), explain=False, as_json=True)
        data = json.loads(text)
    except DoingoaiError:
        return [], []
    shown = [
        figure for figure in data["figures"] if figure["value"] and not figure["id"].startswith(_OTHER_SCOPES)
    ]
    charts = [_chart(series) for series in data["series"] if series["id"].endswith(("by_country", "by_month"))]
    return shown, [chart for chart in charts if chart.bars]


def _chart(series: dict[str, Any]) -> BarChart:
    lines = [(line["label"], line["values"][0] or 0) for line in series["lines"]]
    longest = max((value for _, value in lines), default=0) or 1
    return BarChart(
        series["label"], tuple(Bar(label, value, round(100 * value / longest)) for label, value in lines)
    )


def start_merge(request: Request) -> Response:
    """Merge the inbox into the workbook."""
    opened: OpenWorkspace = request.app.state.opened
    return after(opened.jobs.start("Đang tổng hợp", lambda tell: _done(_merged(opened, (), tell)), "/tong-hop"))


def _merged(opened: OpenWorkspace, reviews: Sequence[ReviewEdit], tell: Tell) -> Merged:
    view_year = opened.workspace.year
    inbox_folder = opened.inbox_folder.as_posix()
    first = open_inbox(InboxRequest(paths=(inbox_folder,), across=True), progress=tell)
    out = book_of(opened, first.cycle or view_year).target
    inbox = open_inbox(InboxRequest(paths=(inbox_folder,), across=True, target=out)) if out.exists() else first
    return merge(inbox, out, reviews)


def _done(merged: Merged, first: str = "") -> JobResult:
    """What a merge says, its first line by `first`."""
    lines = merged_as_text(merged).splitlines()
    said = (first, *lines[1:]) if first else tuple(lines)
    return JobResult((*said, *merged.notices), good=merged.consolidation is not None)


async def review(request: Request) -> Response:
    """Write the reviews of a page into the workbook."""
    opened: OpenWorkspace = request.app.state.opened
    form = await request.form(max_fields=20 * PAGE_SIZE)
    edits = tuple(_edits(form))
    back = str(form.get("ve", "/tong-hop"))
    back = back if back.startswith("/tong-hop") else "/tong-hop"

    def work(tell: Tell) -> JobResult:
        if not edits:
            return JobResult(("Không có ý kiến nào thay đổi.",))
        try:
            merged = _merged(opened, edits, tell)
            if merged.consolidation is None:
                raise DoingoaiError("\n".join(merged.notices))
        except DoingoaiError as error:
            return JobResult(
                (str(error), _UNWRITTEN), good=False, unwritten={e.record_id: e.wanted for e in edits}
            )
        written = len(edits) - len(merged.refused)
        return _done(merged, f"Đã ghi ý kiến của {format_number(written)} dòng vào sổ tổng hợp.")

    return after(opened.jobs.start("Đang ghi ý kiến thẩm định", work, back))


def _edits(form: FormData) -> Iterable[ReviewEdit]:
    """The rows whose review is not what was shown."""
    for name in form.getlist("dong"):
        record_id = str(name)

        def text(field: str, record_id: str = record_id) -> str:
            return str(form.get(f"{field}.{record_id}", "")).replace("\r\n", "\n")

        seen = Review(text("thay-y-kien"), text("thay-ghi-chu"))
        wanted = Review(text("y-kien"), text("ghi-chu"))
        if wanted != seen:
            yield ReviewEdit(record_id, seen if seen else NO_REVIEW, wanted)


def notify(request: Request) -> Response:
    """Write the letters that tell each agency the result of its review."""
    opened: OpenWorkspace = request.app.state.opened
    view = opened.view(wait=60)

    def work(_tell: object) -> JobResult:
        if isinstance(view, Job):
            raise DoingoaiError("Hộp thư đến chưa đọc xong; chờ rồi bấm lại.")
        book = book_of(opened, view.cycle)
        if book.path is None:
            missing = "Chưa có sổ tổng hợp để thông báo; tổng hợp và thẩm định trước."
            raise DoingoaiError(book.problem or missing)
        done = write_notices(book.path, NOTICES_FOLDER, None)
        return JobResult((*done.told, *notices_as_table(done).splitlines()))

    return after(opened.jobs.start("Đang viết thông báo", work, "/tong-hop"))


ROUTES = [
    Route("/tong-hop/thong-bao", notify, methods=["POST"]),
    Route("/tong-hop", show),
    Route("/tong-hop/tong-hop", start_merge, methods=["POST"]),
    Route("/tong-hop/y-kien", review, methods=["POST"]),
]
