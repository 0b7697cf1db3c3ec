"""Hộp thư đến: what has come and who has not sent; files are dropped, replaced, withdrawn here."""

from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import AgencyState
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.web.jobs import JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace, View
from doingoai_cli.web.rendering import after, over_view, page
from doingoai_cli.web.uploads import Saved, Upload, put_back, save, withdraw

_MOST_FILES = 1000
_PART = 1 << 20
_WITHDRAWN = "Đã rút “{name}”; tệp được giữ ở {place}."
_NOT_TAKEN = (
    f"Chưa nhận tệp nào: mỗi lần gửi không quá {format_number(_MOST_FILES)} tệp. Chia thành nhiều lần rồi gửi lại."
)


@over_view
def show(request: Request, opened: OpenWorkspace, view: View) -> Response:
    """The page."""
    counts = {state: sum(agency.state is state for agency in view.agencies) for state in AgencyState}
    return page(
        request, "inbox.html.j2", view=view, counts=counts, states=AgencyState, withdrawn=_withdrawn(opened),
        others=_others(opened, view),
    )  # fmt: skip


def _others(opened: OpenWorkspace, view: View) -> list[PassedOver]:
    """What lies in the inbox and is no submission, nor holds one."""
    listed = {line.place for line in view.files}
    found = view.inbox.passed_over if view.inbox else ()
    return [other for other in found if other.path not in listed and opened.inside(other.path)]


def _withdrawn(opened: OpenWorkspace) -> list[str]:
    try:
        found = opened.withdrawn_folder.rglob("*")
    except DoingoaiError:  # the settings are at fault, and the page says so
        return []
    return sorted(path.as_posix() for path in found if path.is_file() and not path.is_symlink())


async def send(request: Request) -> Response:
    """Files that were dropped or chosen; with `thay`, in the place of one that is there."""
    opened: OpenWorkspace = request.app.state.opened
    try:
        async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES + 1, max_part_size=_PART) as form:
            names = [str(name) for name in form.getlist("duong-dan")]
            files = [item for item in form.getlist("tep") if isinstance(item, UploadFile) and item.filename]
            uploads = [Upload(name or str(f.filename), await f.read()) for f, name in _named(files, names)]
            old = str(form.get("thay", ""))
    except HTTPException as error:
        raise DoingoaiError(_NOT_TAKEN) from error

    def work(_tell: object) -> JobResult:
        if not uploads:
            raise DoingoaiError("Chưa chọn tệp nào. Chọn tệp rồi bấm gửi lại.")
        saved, told = _replaced(opened, old, uploads) if old else (save(uploads, opened.inbox_folder), ())
        counts = (saved.counts,) if len(uploads) > 1 else ()
        return JobResult((*counts, *told, *saved.lines), good=not saved.refused)

    job = opened.jobs.start("Đang nhận tệp", work, "/hop-thu")
    if request.headers.get("accept") == "application/json":
        return JSONResponse({"next": f"/viec/{job.number}"})
    return after(job)


def _replaced(opened: OpenWorkspace, name: str, uploads: list[Upload]) -> tuple[Saved, tuple[str, ...]]:
    """What became of files that were to stand for another one: where one is not taken, the old one stays."""
    inbox, kept = opened.inbox_folder, opened.withdrawn_folder
    old = _of_inbox(opened, name)
    moved = withdraw(old, inbox, kept)
    saved = save(uploads, inbox)
    if saved.refused:
        put_back(moved, inbox, kept)
        return saved, (f"“{old.name}” vẫn ở trong hộp thư đến.",)
    return saved, (_WITHDRAWN.format(name=old.name, place=moved.as_posix()),)


def _named(files: list[UploadFile], names: list[str]) -> list[tuple[UploadFile, str]]:
    """Each file with its path below a dropped folder, where the script said it."""
    return list(zip(files, names if len(names) == len(files) else [""] * len(files), strict=True))


def _of_inbox(opened: OpenWorkspace, name: str) -> Path:
    path = opened.inside(name)
    inbox = (opened.folder / opened.inbox_folder).resolve()
    if path is None or not path.is_relative_to(inbox):
        raise DoingoaiError("Tệp này không còn trong hộp thư đến: tải lại trang để xem.")
    return opened.inbox_folder / path.relative_to(inbox)


async def take_out(request: Request) -> Response:
    """Withdraw one file."""
    opened: OpenWorkspace = request.app.state.opened
    name = str((await request.form()).get("tep", ""))

    def work(_tell: object) -> JobResult:
        path = _of_inbox(opened, name)
        place = withdraw(path, opened.inbox_folder, opened.withdrawn_folder)
        return JobResult((_WITHDRAWN.format(name=path.name, place=place.as_posix()),))

    return after(opened.jobs.start("Đang rút tệp", work, "/hop-thu"))


async def give_back(request: Request) -> Response:
    """Put a withdrawn file back."""
    opened: OpenWorkspace = request.app.state.opened
    name = str((await request.form()).get("tep", ""))

    def work(_tell: object) -> JobResult:
        path, kept = opened.inside(name), (opened.folder / opened.withdrawn_folder).resolve()
        if path is None or not path.is_relative_to(kept):
            raise DoingoaiError("Không còn tệp này trong các tệp đã rút.")
        place = put_back(path, opened.inbox_folder, kept)
        return JobResult((f"Đã đưa “{place.name}” trở lại hộp thư đến.",))

    return after(opened.jobs.start("Đang đưa tệp trở lại", work, "/hop-thu"))


ROUTES = [
    Route("/hop-thu", show),
    Route("/hop-thu/gui", send, methods=["POST"]),
    Route("/hop-thu/gui", lambda _: RedirectResponse("/hop-thu", 303)),
    Route("/hop-thu/rut", take_out, methods=["POST"]),
    Route("/hop-thu/tra-lai", give_back, methods=["POST"]),
]
