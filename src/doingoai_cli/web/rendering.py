"""Templates → pages: one environment, text from agencies always escaped."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from doingoai_cli import __version__
from doingoai_cli.feedback.html import harmless
from doingoai_cli.model.findings import Severity
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.web.jobs import Job
from doingoai_cli.web.open_workspace import PATIENCE, OpenWorkspace, View, is_document
from doingoai_cli.web.wording import on_page

T = TypeVar("T")
SECTIONS = (
    ("hop-thu", "Hộp thư đến"),
    ("kiem-tra", "Kiểm tra"),
    ("tong-hop", "Tổng hợp"),
    ("bao-cao", "Báo cáo"),
    ("don-vi", "Đơn vị"),
    ("cai-dat", "Cài đặt"),
)
"""The pages in the order of the officer's work: path, name."""


@cache  # templates are compiled once
def _environment() -> Environment:
    """Compiling the templates once saves some 10 ms a page."""
    environment = Environment(
        loader=PackageLoader("doingoai_cli.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=harmless,
    )
    environment.globals.update(
        sections=SECTIONS, version=__version__, severities={severity: severity.word for severity in Severity}
    )
    environment.tests["document"] = is_document
    environment.filters.update(
        number=format_number,
        on_page=on_page,
        path=quote,
        query=_query,
        decimal=lambda value: f"{value:,}".replace(",", "."),
    )
    return environment


def _query(values: Mapping[str, Any]) -> str:
    return urlencode({name: value for name, value in values.items() if value not in (None, "", 1)})


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page with what all of them show: the section, and what the last change had to say."""
    opened: OpenWorkspace = request.app.state.opened
    ended = request.query_params.get("ket-qua", "")
    job = opened.jobs.find(int(ended)) if ended.isdecimal() else None
    section = request.url.path.strip("/").partition("/")[0]
    text = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            section=section,
            said=job.result if job else None,
            folder=opened.folder.name,
            can_open=opened.can_open,
            **values,
        )
    )
    return HTMLResponse(text, status)


class Paged(NamedTuple, Generic[T]):
    """The part of a list that a page shows."""

    number: int
    pages: int
    shown: Sequence[T]


def paged(request: Request, items: Sequence[T], size: int) -> Paged[T]:
    """The page of `items` that the address asks for ("trang"), the first one where it asks for none there is."""
    text, last = request.query_params.get("trang", "1"), max(1, -(-len(items) // size))
    number = min(max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1, last)
    return Paged(number, last, items[(number - 1) * size : number * size])


def waiting(request: Request, job: Job, after: str = "") -> Response:
    """The page that shows a job's progress; `after`: the address that follows, where the job does not say it."""
    return page(request, "job.html.j2", 202, job=job, after=after)


def over_view(show: Callable[[Request, OpenWorkspace, View], Response]) -> Callable[[Request], Response]:
    """A page over the workspace as it is now; where reading that takes long, its progress, which leads back.

    Back to this very page with its filters and what the last change had to say: another window may wait for the
    same reading, and goes on to its own.
    """

    @wraps(show)
    def answer(request: Request) -> Response:
        opened: OpenWorkspace = request.app.state.opened
        view = opened.view()
        here = "?".join(filter(None, (request.url.path, request.url.query)))
        return waiting(request, view, here) if isinstance(view, Job) else show(request, opened, view)

    return answer


def after(job: Job) -> Response:
    """Where a change leads: to its end where it is quick, else to its progress."""
    job.ended.wait(PATIENCE)
    return RedirectResponse(end_of(job) if job.ended.is_set() else f"/viec/{job.number}", 303)


def end_of(job: Job) -> str:
    """The page that follows a job, with what it had to say."""
    return f"{job.next}{'&' if '?' in job.next else '?'}ket-qua={job.number}"
