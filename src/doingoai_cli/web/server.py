"""The local page (trang làm việc): its routes, and the server on a socket of this machine, until Ctrl-C."""

import contextlib
import errno
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.cores import START_METHOD
from doingoai_cli.web.open_workspace import OpenWorkspace
from doingoai_cli.web.pages import agencies, consolidated, files, findings, inbox, jobs, login, reports, settings
from doingoai_cli.web.rendering import page
from doingoai_cli.web.security import Access, AccessControl, TooLargeError, too_large
from doingoai_cli.web.wording import on_page

LOOPBACK = "127.0.0.1"
_USUAL_PORT = 8765


def serve(folder: Path, *, port: int | None, host: str, password: str | None, browser: bool) -> None:
    """Serve the workspace until Ctrl-C.

    DoingoaiError: the port is taken, or another address than this machine's own without a password.
    """
    if host not in (LOOPBACK, "localhost", "::1") and not password:
        raise DoingoaiError(
            "Mở cho máy khác dùng thì phải có mật khẩu: đặt biến DOINGOAI_WEB_PASSWORD rồi chạy lại."
        )
    listening = _listen(host, port)
    actual = listening.getsockname()[1]
    access = Access(host_names(host, actual), f"doingoai-{actual}", password=password)
    address = f"http://{_written(reached_at(host), actual)}/?token={access.token}"
    # A server has threads, and a process that is forked beside them may wait for ever.
    os.environ[START_METHOD] = "spawn"
    os.chdir(folder)
    sys.stdout.write(address + "\n")
    sys.stdout.flush()
    if browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    opened = OpenWorkspace(folder, can_open=host == LOOPBACK)
    config = uvicorn.Config(
        application(opened, access), log_level="warning", access_log=False, server_header=False, ws="none"
    )
    uvicorn.Server(config).run(sockets=[listening])


_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, getattr(errno, "WSAEADDRNOTAVAIL", 0))


def _listen(host: str, port: int | None) -> socket.socket:
    wanted = (port,) if port is not None else (_USUAL_PORT, 0)
    for number in wanted:
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        if sys.platform != "win32":  # there it would let two servers share one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
        except OSError as error:
            listening.close()
            if isinstance(error, socket.gaierror) or error.errno in _NO_SUCH_ADDRESS:
                raise DoingoaiError(
                    f"Máy này không có địa chỉ “{host}”; --host 0.0.0.0 là mọi địa chỉ của máy."
                ) from error
            continue
        listening.listen()
        return listening
    raise DoingoaiError(f"Cổng {port} đang được chương trình khác dùng; chọn cổng khác bằng --port.")


def host_names(host: str, port: int) -> frozenset[str]:
    """The Host headers that name this server."""
    own = {LOOPBACK, "localhost"} if host in (LOOPBACK, "localhost") else {host, LOOPBACK, socket.gethostname()}
    if host in _ANY:
        own |= {reached_at(host), *_own_addresses()}
    return frozenset(_written(name.lower(), port) for name in own)


def _own_addresses() -> set[str]:
    """What the machine's name stands for: nothing where its network does not know it."""
    try:
        return {str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()


_ANY = ("0.0.0.0", "::")
"""Every address of this machine: none that a browser could open."""


def reached_at(host: str) -> str:
    """What others call this machine where it listens at `host`: its address in their network, else its name."""
    if host == "localhost":
        return LOOPBACK
    if host not in _ANY:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that nobody has (RFC 5737); nothing is sent
            found = str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()
    return socket.gethostname() if found.startswith("127.") else found


def _written(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


_STATIC = Path(__file__).parent / "static"


ROUTES = [
    Route("/", lambda _request: RedirectResponse("/hop-thu", 303)),
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


def application(opened: OpenWorkspace, access: Access) -> Starlette:
    """The page over one workspace."""

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        opened.jobs.close()

    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(AccessControl, access=access, open_paths=_OPEN)],
        exception_handlers={
            TooLargeError: lambda _request, _error: too_large(),
            HTTPException: _refused,
            DoingoaiError: lambda request, error: _answer(request, 409, str(error)),
            Exception: _failed,
        },
        lifespan=life,
    )
    app.state.opened = opened
    app.state.access = access
    return app


_SENTENCES = {
    404: "Không có trang hoặc tệp này. Có thể tệp đã được chuyển đi: quay lại hộp thư đến để xem.",
    405: "Trang này không nhận yêu cầu như vậy.",
    400: "Yêu cầu không đọc được. Quay lại trang trước và thử lại.",
}


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _answer(request, status, _SENTENCES.get(status, _SENTENCES[400]))


def _failed(request: Request, error: Exception) -> Response:
    sentence = f"Chương trình gặp lỗi ({type(error).__name__}). Không có tệp nào bị thay đổi dở dang."
    return _answer(request, 500, sentence)


def _answer(request: Request, status: int, sentence: str) -> Response:
    """A page that says why something was not done; the sentence alone where the page's script asked."""
    if request.headers.get("accept") == "application/json":
        return PlainTextResponse(on_page(sentence), status)
    return page(request, "refused.html.j2", status, sentence=sentence)
