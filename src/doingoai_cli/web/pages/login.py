"""Đăng nhập: the password, where the page can be reached from other machines."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from doingoai_cli.web.rendering import page
from doingoai_cli.web.security import Access

_PAUSE = 1.0
"""Seconds after a wrong password: enough to make guessing hopeless."""


def ask(request: Request) -> Response:
    """The page that asks for the password."""
    return page(request, "login.html.j2", wrong=False)


async def enter(request: Request) -> Response:
    """The password as typed."""
    access: Access = request.app.state.access
    form = await request.form()
    if access.knows(str(form.get("mat-khau", ""))):
        return access.let_in(RedirectResponse("/", 303))
    await asyncio.sleep(_PAUSE)
    return page(request, "login.html.j2", 403, wrong=True)


ROUTES = [Route("/dang-nhap", ask), Route("/dang-nhap", enter, methods=["POST"])]
