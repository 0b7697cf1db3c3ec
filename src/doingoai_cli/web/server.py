"""The server: a socket of this machine, one line that says its address, the browser on it, until Ctrl-C."""

import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import uvicorn

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.cores import START_METHOD
from doingoai_cli.web.app import application
from doingoai_cli.web.desk import Desk
from doingoai_cli.web.security import Access

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
    access = Access(_names(host, actual), f"doingoai-{actual}", password=password)
    address = f"http://{LOOPBACK if host in (LOOPBACK, 'localhost') else host}:{actual}/?token={access.token}"
    # A server has threads, and a process that is forked beside them may wait for ever.
    os.environ[START_METHOD] = "spawn"
    os.chdir(folder)
    sys.stdout.write(address + "\n")
    sys.stdout.flush()
    if browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    desk = Desk(folder, can_open=host == LOOPBACK)
    config = uvicorn.Config(
        application(desk, access), log_level="warning", access_log=False, server_header=False, ws="none"
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int | None) -> socket.socket:
    wanted = (port,) if port is not None else (_USUAL_PORT, 0)
    for number in wanted:
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        if sys.platform != "win32":  # there it would let two servers share one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
        except OSError:
            listening.close()
            continue
        listening.listen()
        return listening
    raise DoingoaiError(f"Cổng {port} đang được chương trình khác dùng; chọn cổng khác bằng --port.")


def _names(host: str, port: int) -> frozenset[str]:
    """The Host headers that name this server."""
    own = {LOOPBACK, "localhost"} if host in (LOOPBACK, "localhost") else {host, LOOPBACK, socket.gethostname()}
    if host in ("0.0.0.0", "::"):
        own |= {str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)}
    return frozenset(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in map(str.lower, own))
