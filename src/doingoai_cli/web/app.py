"""The application: the list of its pages (`ROUTES`), behind the gate."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.web.desk import Desk
from doingoai_cli.web.pages import agencies, consolidated, files, findings, inbox, jobs, login, reports, settings
from doingoai_cli.web.rendering import page
from doingoai_cli.web.security import Access, Gate, TooLargeError, too_large

_STATIC = Path(__file__).parent / "static"


def _home(_request: Request) -> Response:
    return RedirectResponse("/hop-thu", 303)


ROUTES = [
    Route("/", _home),
    *inbox.ROUTES,
    *findings.ROUTES,
    *consolidated.ROUTES,
    *reports.ROUTES,
    *agencies.ROUTES,
    *settings.ROUTES,
    *jobs.ROUTES,
    *files.ROUTES,
    *login.ROUTES,
    Mount("/static", StaticFiles(directory=_STATIC)),
]
"""Every page and every change; a page of a new kind adds its module's list here."""

_OPEN = ("/dang-nhap", "/static/app.css")
"""What is answered before anybody has come in: the page that asks for the password, and its look."""


def application(desk: Desk, access: Access) -> Starlette:
    """The page over one workspace."""

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.jobs.close()

    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Gate, access=access, open_paths=_OPEN)],
        exception_handlers={
            TooLargeError: lambda _request, _error: too_large(),
            HTTPException: _refused,
            DoingoaiError: _impossible,
            Exception: _failed,
        },
        lifespan=life,
    )
    app.state.desk = desk
    app.state.access = access
    return app


_SENTENCES = {
    404: "Không có trang hoặc tệp này. Có thể tệp đã được chuyển đi: quay lại hộp thư đến để xem.",
    405: "Trang này không nhận yêu cầu như vậy.",
    400: "Yêu cầu không đọc được. Quay lại trang trước và thử lại.",
}


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page(request, "refused.html.j2", status, sentence=_SENTENCES.get(status, _SENTENCES[400]))


def _impossible(request: Request, error: Exception) -> Response:
    return page(request, "refused.html.j2", 409, sentence=str(error))


def _failed(request: Request, error: Exception) -> Response:
    sentence = f"Chương trình gặp lỗi ({type(error).__name__}). Không có tệp nào bị thay đổi dở dang."
    return page(request, "refused.html.j2", 500, sentence=sentence)
