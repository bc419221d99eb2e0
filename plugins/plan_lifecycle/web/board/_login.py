"""When a login has ended: a page leads to the login and back, a form is kept on the page until its login is there.

A coordinator ticks twenty papers, writes why, and her login has ended over lunch. The answer holds all of it: she logs
in beside it and sends it once more. Nothing is stored for whoever is not logged in.
"""

from __future__ import annotations

from urllib.parse import quote

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from plan_lifecycle.web.board._form import Fields, read_fields
from plan_lifecycle.web.board._frame import from_here

LOGIN = "/api/v2/auth/login"
LOGGED_IN = "da-dang-nhap"
"""The page that the login beside a kept form leads to."""
ENDED = "Đề nghị đăng nhập lại."


def by_browser(request: Request) -> bool:
    """Whether a person reads the answer."""
    return "text/html" in request.headers.get("accept", "")


def to_login(request: Request) -> Response:
    """Airflow's login, and from there back to the page that was asked for: bookmarks outlive a session."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(_login(request, asked), 303)


async def kept_until_login(request: Request, environment: Environment) -> Response:
    """What was sent, on a page that sends it again; a form of another site's is answered without any of it."""
    try:
        from_here(request)
    except HTTPException as error:
        return PlainTextResponse(ENDED, error.status_code)
    fields, root = await _sent(request), str(request.scope.get("root_path", "")).rstrip("/")
    page = environment.get_template("login_ended.html")
    text = page.render(root=root, here=request.url.path, fields=fields, login=_login(request, f"{root}/{LOGGED_IN}"))
    return HTMLResponse(text, 401)


async def _sent(request: Request) -> Fields | None:
    """The fields; None where there are files among them, or more than a form of ours holds."""
    try:
        return await read_fields(request)
    except HTTPException:
        return None


def _login(request: Request, then: str) -> str:
    return f"{request.scope.get('app_root_path', '')}{LOGIN}?next={quote(then, safe='')}"
