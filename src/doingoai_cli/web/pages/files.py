"""Tệp: a file of the workspace to look at, downloaded or opened in its own program on this machine."""

import os
import subprocess
import sys
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.web.jobs import JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace, is_document
from doingoai_cli.web.rendering import end_of


def _file(opened: OpenWorkspace, name: str, *, to_run: bool = False) -> Path:
    """A document of that name, or whatever came by the inbox unless it is to be opened; else HTTPException 404."""
    path = opened.inside(name)
    if path is None or not (is_document(path.name) or (opened.was_sent(path) and not to_run)):
        raise HTTPException(404)
    return path


def download(request: Request) -> Response:
    """The file itself, always as a download: a page that an agency sent is never run here."""
    path = _file(request.app.state.opened, request.path_params["name"])
    return FileResponse(path, filename=path.name, media_type="application/octet-stream")


async def open_here(request: Request) -> Response:
    """Open it in Excel, Word or whatever this machine opens it with."""
    opened: OpenWorkspace = request.app.state.opened
    form = await request.form()
    path = _file(opened, str(form.get("tep", "")), to_run=True)
    back = str(form.get("ve", "/hop-thu"))
    if not opened.can_open or not back.startswith("/") or back.startswith("//"):
        raise HTTPException(404)
    job = opened.jobs.start(f"Đang mở {path.name}", lambda _: _opened(path), back)
    job.ended.wait(5)
    return RedirectResponse(end_of(job), 303)


def _opened(path: Path) -> JobResult:
    """Start the program that the system has for such files."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise DoingoaiError(f"Máy này không mở được “{path.name}”. Mở tệp từ thư mục {path.parent}.") from error
    return JobResult((f"Đang mở “{path.name}”.",))


ROUTES = [Route("/tep/{name:path}", download), Route("/mo", open_here, methods=["POST"])]
