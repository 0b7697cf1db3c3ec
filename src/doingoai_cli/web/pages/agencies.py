"""Đơn vị: the roster, and for each agency its form and its letter."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.file_names import stems
from doingoai_cli.pipeline.forms import TemplateRequest, write_templates
from doingoai_cli.pipeline.officer_lists import read_roster
from doingoai_cli.pipeline.reminders import write_reminders
from doingoai_cli.pipeline.workspace import ROSTER_NAMES
from doingoai_cli.web.jobs import Job, JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace, View
from doingoai_cli.web.rendering import after, over_view, page

LETTERS_FOLDER = Path("nhac-nho")


def _forms_folder(opened: OpenWorkspace) -> Path:
    return Path(f"bieu-mau-{opened.workspace.year or ''}".rstrip("-"))


@over_view
def show(request: Request, opened: OpenWorkspace, view: View) -> Response:
    """The roster with where each agency stands."""
    folders = (_forms_folder(opened), LETTERS_FOLDER)
    return page(
        request, "agencies.html.j2", view=view,
        outputs=[output for output in opened.outputs() if Path(output.path).parent in folders],
        roster_file=_roster_file(opened), entries={e.name: e for e in view.roster.entries} if view.roster else {},
    )  # fmt: skip


def _roster_file(opened: OpenWorkspace) -> str | None:
    names = (opened.workspace.roster,) if opened.workspace.roster else ROSTER_NAMES
    return next((name for name in names if (opened.folder / name).is_file()), None)


async def write_forms(request: Request) -> Response:
    """The forms of one agency, or of the whole roster."""
    opened: OpenWorkspace = request.app.state.opened
    agency = str((await request.form()).get("co-quan", ""))

    def work(_tell: object) -> JobResult:
        folder, roster = _forms_folder(opened), _roster_file(opened)
        if agency:
            listed = read_roster(Path(roster)).entries if roster else ()
            named = stems([(agency, ""), *((entry.name, entry.code) for entry in listed)])
            out = folder / f"{named[agency]}.xlsx"
            return JobResult(write_templates(TemplateRequest(agency=agency, out=out)))
        if roster is None:
            raise DoingoaiError("Chưa có danh sách đơn vị (don-vi.csv); lập danh sách rồi thử lại.")
        return JobResult(write_templates(TemplateRequest(roster=(Path(roster),), out=folder)))

    return after(opened.jobs.start("Đang tạo biểu mẫu", work, "/don-vi"))


def write_letters(request: Request) -> Response:
    """Letters to all that are missing, late or have errors."""
    opened: OpenWorkspace = request.app.state.opened
    view = opened.view(wait=60)

    def work(_tell: object) -> JobResult:
        if isinstance(view, Job) or view.inbox is None:
            raise DoingoaiError("Hộp thư đến chưa đọc xong hoặc còn trống; nhận tệp rồi thử lại.")
        if view.roster is None:
            raise DoingoaiError("Chưa có danh sách đơn vị (don-vi.csv) để biết đơn vị nào chưa nộp.")
        lines = write_reminders(view.inbox, LETTERS_FOLDER, None)
        return JobResult(lines or ("Không có đơn vị nào phải nhắc.",))

    return after(opened.jobs.start("Đang viết công văn", work, "/don-vi"))


ROUTES = [
    Route("/don-vi", show),
    Route("/don-vi/bieu-mau", write_forms, methods=["POST"]),
    Route("/don-vi/cong-van", write_letters, methods=["POST"]),
]
