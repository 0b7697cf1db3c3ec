"""Kiểm tra: the findings by agency and rule, each with its row and its rule; marked copies to send back."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import AGENCY_UNKNOWN, ALL_FILES
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import Excerpt
from doingoai_cli.pipeline.feedback import mark_copies
from doingoai_cli.pipeline.rules import explanation
from doingoai_cli.web.jobs import Job, JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace, View
from doingoai_cli.web.rendering import over_view, page, paged

PAGE_SIZE = 50
"""Findings a page: it shows at once however many there are."""
MARKED_FOLDER = "tra-lai"


class FilterValue(NamedTuple):
    """One value of a filter, with how many findings it leaves."""

    value: str
    left: int


class FindingFilters(NamedTuple):
    """What of the findings is shown; "" for all."""

    agency: str = ""
    code: str = ""
    severity: str = ""
    file: str = ""

    def fits(self, finding: Finding, agency: str) -> bool:
        """Whether a finding, of that agency, is shown."""
        return (
            self.agency in ("", agency)
            and self.code in ("", finding.code)
            and self.severity in ("", finding.severity.value)
            and self.file in ("", finding.file)
        )


class Item(NamedTuple):
    """One finding with what is shown around it."""

    finding: Finding
    agency: str
    excerpt: Excerpt | None


@over_view
def show(request: Request, _opened: OpenWorkspace, view: View) -> Response:
    """The findings that the filters leave, a page of them."""
    names = ("co-quan", "ma", "muc", "tep")
    filters = FindingFilters(*(request.query_params.get(name, "") for name in names))
    agencies: dict[str | None, str] = {line.summary.path: line.summary.agency or "" for line in view.files}
    found = [item for item in _items(view, agencies) if filters.fits(item.finding, item.agency)]
    part = paged(request, found, PAGE_SIZE)
    codes = sorted({item.finding.code for item in part.shown})
    return page(
        request, "findings.html.j2", view=view, filters=filters, part=part, found=len(found),
        by_agency=_choices(_agency(finding, agencies) for finding in view.findings),
        by_code=_choices(finding.code for finding in view.findings),
        by_severity=_choices((finding.severity for finding in view.findings), Severity),
        rules={code: _explained(code) for code in codes},
        titles=view.inbox.pack.rules if view.inbox else {}, here=dict(zip(names, filters, strict=True)),
    )  # fmt: skip


def _agency(finding: Finding, agencies: dict[str | None, str]) -> str:
    if finding.file is None:
        return finding.agency or ALL_FILES
    return finding.agency or agencies.get(finding.file) or AGENCY_UNKNOWN


def _items(view: View, agencies: dict[str | None, str]) -> Iterable[Item]:
    for finding in view.findings:
        excerpt = view.outcome.excerpt(finding) if view.outcome else None
        yield Item(finding, _agency(finding, agencies), excerpt)


def _choices(values: Iterable[str], order: Iterable[str] = ()) -> list[FilterValue]:
    """Each value with how many findings have it; in `order`, else in that of the alphabet."""
    counts = Counter(values)
    return [FilterValue(str(value), counts[value]) for value in order or sorted(counts) if counts[value]]


def _explained(code: str) -> str:
    try:
        return explanation(code, None, None)
    except DoingoaiError as error:
        return str(error)


def rule(request: Request) -> Response:
    """One rule by itself."""
    code = request.path_params["code"].upper()
    text = _explained(code)
    return page(request, "rule.html.j2", code=code, text=text)


def mark(request: Request) -> Response:
    """Write the marked copies of all files; they lie in the workspace, one by one and as one archive."""
    opened: OpenWorkspace = request.app.state.opened
    view = opened.view(wait=60)
    if isinstance(view, Job) or view.inbox is None:
        return RedirectResponse("/kiem-tra", 303)
    inbox = view.inbox

    def work(_tell: object) -> JobResult:
        lines = mark_copies(inbox, Path(MARKED_FOLDER))
        return JobResult(
            (*lines, f"Các bản đánh dấu nằm trong thư mục {MARKED_FOLDER}; gửi trả từng cơ quan, đơn vị.")
        )

    job = opened.jobs.start("Đang đánh dấu các tệp", work, "/kiem-tra/tra-lai")
    return RedirectResponse(f"/viec/{job.number}", 303)


def marked(request: Request) -> Response:
    """The marked copies that there are."""
    opened: OpenWorkspace = request.app.state.opened
    return page(request, "marked.html.j2", files=_marked(opened), marked_folder=MARKED_FOLDER)


def _marked(opened: OpenWorkspace) -> list[Path]:
    folder = opened.folder / MARKED_FOLDER
    return sorted(path for path in folder.glob("[!.]*") if path.is_file())


def archive(request: Request) -> Response:
    """All marked copies as one .zip; HTTPException 404 where there are none."""
    files = _marked(request.app.state.opened)
    if not files:
        raise HTTPException(404)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:  # workbooks are compressed already
        for path in files:
            package.write(path, path.name)
    headers = {"content-disposition": f'attachment; filename="{MARKED_FOLDER}.zip"'}
    return Response(buffer.getvalue(), media_type="application/zip", headers=headers)


ROUTES = [
    Route("/kiem-tra", show),
    Route("/kiem-tra/danh-dau", mark, methods=["POST"]),
    Route("/kiem-tra/tra-lai", marked),
    Route("/kiem-tra/tra-lai.zip", archive),
    Route("/quy-tac/{code}", rule),
]
