"""Báo cáo: the documents of the workspace, and the form that writes another report."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.report import ReportRequest, write_report
from doingoai_cli.pipeline.report_basis import outlines_of
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.outline import Outline
from doingoai_cli.web.books import book_of
from doingoai_cli.web.jobs import JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace, View
from doingoai_cli.web.rendering import after, over_view, page


@over_view
def show(request: Request, opened: OpenWorkspace, view: View) -> Response:
    """The form and what has been written."""
    workspace, order = opened.workspace, list(ReportKind)
    found = outlines_of(workspace, forms_of(workspace)).all
    outlines = tuple(sorted(found, key=lambda o: (order.index(o.kind), not o.default)))
    choices = [(f"{o.kind.value}:{o.id}", _label(o, outlines), _year(o, view.cycle)) for o in outlines]
    written = [output for output in opened.outputs() if output.path.lower().endswith(".docx")]
    return page(
        request, "reports.html.j2", view=view, choices=choices, written=written, today=date.today().isoformat(),
        book=book_of(opened, view.cycle),
    )  # fmt: skip


def _year(outline: Outline, cycle: int | None) -> int | None:
    """What "Năm" asks for in the document of a cycle: its plan year, or the year that its results are of."""
    return cycle - (not outline.kind.by_plan_year) if cycle else None


def _label(outline: Outline, outlines: tuple[Outline, ...]) -> str:
    name = outline.kind.label
    alone = sum(other.kind == outline.kind for other in outlines) == 1
    return name if alone or outline.default else f"{name} (đề cương {outline.id})"


async def write(request: Request) -> Response:
    """Write one report."""
    opened: OpenWorkspace = request.app.state.opened
    form = await request.form()
    kind, _, outline = str(form.get("loai", "nam")).partition(":")
    year, month, quarter = (str(form.get(name, "")) for name in ("nam", "thang", "quy"))
    day = str(form.get("ngay", ""))

    def work(_tell: object) -> JobResult:
        if year and not year.isdecimal():
            raise DoingoaiError(f"Năm “{year}” không hợp lệ; viết dạng 2020.")
        asked = ReportRequest(
            year=int(year) if year else None,
            kind=kind,
            outline=outline or None,
            month=int(month) if month.isdecimal() and kind == "thang" else None,
            quarter=int(quarter) if quarter.isdecimal() and kind == "quy" else None,
            date=day or None,
            reviewed_only="chi-da-tham-dinh" in form,
        )
        return JobResult(tuple(write_report(asked)))

    return after(opened.jobs.start("Đang viết báo cáo", work, "/bao-cao"))


ROUTES = [Route("/bao-cao", show), Route("/bao-cao/viet", write, methods=["POST"])]
