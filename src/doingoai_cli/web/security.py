"""Who may use the page, and how every answer is sealed against other pages (an toàn của trang).

The address that the program prints carries a token; it becomes a SameSite cookie, so that no foreign page can use
it. The Host header must name this server (a name that somebody else's DNS points at this machine does not), and
a change must come from a page of this server (Origin). Nothing but this server's own files may be loaded.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB = 1 << 20
LARGEST_REQUEST = 512 * MIB
"""All files that are dropped at once; each is held against the limits of a single file as it is read."""
LARGEST_FORM = 4 * MIB
"""A request that carries no files."""

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # "no-referrer" would also empty the Origin of our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_TOO_LARGE = "Gửi lên quá nhiều một lúc. Chia thành nhiều lần, mỗi lần không quá 500 MB."
_CLOSED = (
    "Trang này chỉ mở được bằng địa chỉ mà chương trình in ra khi khởi động (có mã truy cập). "
    "Mở lại bằng địa chỉ đó, hoặc chạy lại “Mở doingoai”."
)
_FOREIGN = "Yêu cầu này không đến từ trang của doingoai nên không được thực hiện."


@dataclass(frozen=True)
class Access:
    """What opens the page: `token` in the address, `session` in the cookie, `password` where others reach it."""

    names: frozenset[str]
    """The Host headers that are ours ("127.0.0.1:8765")."""
    cookie: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    password: str | None = None

    def is_open(self, request: Request) -> bool:
        """Whether the request carries the cookie."""
        return hmac.compare_digest(request.cookies.get(self.cookie, "").encode(), self.session.encode())

    def admits(self, token: str) -> bool:
        """Whether this is the token of the printed address."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def knows(self, password: str) -> bool:
        """Whether this is the password, however its letters are composed; never where none was set."""
        typed, own = (unicodedata.normalize("NFC", text).encode() for text in (password, self.password or ""))
        return self.password is not None and hmac.compare_digest(typed, own)

    def let_in(self, response: Response) -> Response:
        """The response with the cookie by which the next requests are known."""
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="strict", path="/")
        return response


class AccessControl:
    """ASGI middleware: refuses what is foreign, unopened or too large; seals every response."""

    def __init__(self, app: ASGIApp, access: Access, open_paths: Iterable[str] = ()) -> None:
        self._app = app
        self._access = access
        self._open_paths = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        sealed = _sealed(send)
        if refusal is not None:
            await refusal(scope, receive, sealed)
            return
        await self._app(scope, _counted(receive, _largest(request.headers)), sealed)

    def _refusal(self, request: Request) -> Response | None:
        access = self._access
        if request.headers.get("host", "").lower() not in access.names:
            return PlainTextResponse(_FOREIGN, 421)
        if request.method not in ("GET", "HEAD") and not self._is_own(request):
            return PlainTextResponse(_FOREIGN, 403)
        if _declared(request.headers) > _largest(request.headers):
            return PlainTextResponse(_TOO_LARGE, 413)
        token = request.query_params.get("token")
        if token is not None and request.method == "GET" and access.admits(token):
            return access.let_in(RedirectResponse(str(request.url.path), 303))
        if request.url.path in self._open_paths or access.is_open(request):
            return None
        if access.password is not None:
            return RedirectResponse("/dang-nhap", 303)
        return PlainTextResponse(_CLOSED, 403)

    def _is_own(self, request: Request) -> bool:
        """Whether a change comes from a page of ours: a browser says where from in Origin, else in Referer."""
        origin = request.headers.get("origin") or request.headers.get("referer", "")
        parts = urlsplit(origin)
        return parts.scheme == "http" and parts.netloc.lower() == request.headers.get("host", "").lower()


class TooLargeError(Exception):
    """A request whose body is longer than it may be."""


def too_large() -> Response:
    """The answer to a request that is too large: status 413."""
    return PlainTextResponse(_TOO_LARGE, 413)


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdigit() else LARGEST_REQUEST + 1


def _largest(headers: Headers) -> int:
    return LARGEST_REQUEST if headers.get("content-type", "").startswith("multipart/form-data") else LARGEST_FORM


def _counted(receive: Receive, largest: int) -> Receive:
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > largest:
            raise TooLargeError
        return message

    return counting


def _sealed(send: Send) -> Send:
    async def sealing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["cache-control"] = "no-store"
        await send(message)

    return sealing
