"""Hộp thư đến: what has come and who has not sent; files are dropped, replaced, withdrawn here."""

from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import AgencyState
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.web.desk import Desk, View
from doingoai_cli.web.jobs import Done
from doingoai_cli.web.rendering import after, over_view, page
from doingoai_cli.web.uploads import WITHDRAWN_FOLDER, Upload, put_back, save, withdraw

_MOST_FILES = 1000
_PART = 1 << 20
_NOT_TAKEN = (
    f"Chưa nhận tệp nào: mỗi lần gửi không quá {format_number(_MOST_FILES)} tệp. Chia thành nhiều lần rồi gửi lại."
)


@over_view
def show(request: Request, desk: Desk, view: View) -> Response:
    """The page."""
    counts = {state: sum(agency.state is state for agency in view.agencies) for state in AgencyState}
    withdrawn = _withdrawn(desk)
    return page(request, "inbox.html.j2", view=view, counts=counts, states=AgencyState, withdrawn=withdrawn)


def _withdrawn(desk: Desk) -> list[str]:
    found = (desk.folder / WITHDRAWN_FOLDER).rglob("*")
    files = (path for path in found if path.is_file() and not path.is_symlink())
    return sorted(path.relative_to(desk.folder).as_posix() for path in files)


async def send(request: Request) -> Response:
    """Files that were dropped or chosen; with `thay`, in the place of one that is there."""
    desk: Desk = request.app.state.desk
    try:
        async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES + 1, max_part_size=_PART) as form:
            names = [str(name) for name in form.getlist("duong-dan")]
            files = [item for item in form.getlist("tep") if isinstance(item, UploadFile) and item.filename]
            uploads = [Upload(name or str(f.filename), await f.read()) for f, name in _named(files, names)]
            old = str(form.get("thay", ""))
    except HTTPException as error:
        raise DoingoaiError(_NOT_TAKEN) from error

    def work(_tell: object) -> Done:
        if not uploads:
            raise DoingoaiError("Chưa chọn tệp nào. Chọn tệp rồi bấm gửi lại.")
        folder = desk.inbox_folder
        told = (withdraw(_of_inbox(desk, old), folder),) if old else ()
        return Done((*told, *save(uploads, folder)))

    job = desk.jobs.start("Đang nhận tệp", work, "/hop-thu")
    if request.headers.get("accept") == "application/json":
        return JSONResponse({"next": f"/viec/{job.number}"})
    return after(job)


def _named(files: list[UploadFile], names: list[str]) -> list[tuple[UploadFile, str]]:
    """Each file with its path below a dropped folder, where the script said it."""
    return list(zip(files, names if len(names) == len(files) else [""] * len(files), strict=True))


def _of_inbox(desk: Desk, name: str) -> Path:
    path = desk.inside(name)
    inbox = desk.folder / desk.inbox_folder
    if path is None or not path.is_relative_to(inbox.resolve()):
        raise DoingoaiError("Tệp này không còn trong hộp thư đến: tải lại trang để xem.")
    return Path(path.relative_to(desk.folder))


async def take_out(request: Request) -> Response:
    """Withdraw one file."""
    desk: Desk = request.app.state.desk
    name = str((await request.form()).get("tep", ""))
    return after(
        desk.jobs.start(
            "Đang rút tệp", lambda _: Done((withdraw(_of_inbox(desk, name), desk.inbox_folder),)), "/hop-thu"
        )
    )


async def give_back(request: Request) -> Response:
    """Put a withdrawn file back."""
    desk: Desk = request.app.state.desk
    name = str((await request.form()).get("tep", ""))

    def work(_tell: object) -> Done:
        path = desk.inside(name)
        if path is None:
            raise DoingoaiError("Không còn tệp này trong các tệp đã rút.")
        return Done((put_back(Path(path.relative_to(desk.folder)), desk.inbox_folder),))

    return after(desk.jobs.start("Đang đưa tệp trở lại", work, "/hop-thu"))


ROUTES = [
    Route("/hop-thu", show),
    Route("/hop-thu/gui", send, methods=["POST"]),
    Route("/hop-thu/gui", lambda _: RedirectResponse("/hop-thu", 303)),
    Route("/hop-thu/rut", take_out, methods=["POST"]),
    Route("/hop-thu/tra-lai", give_back, methods=["POST"]),
]
