"""The board's application: its pages, the acts on them, the files behind them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.lifecycle.office import LiveOffice, Office, access_of
from plan_lifecycle.web.board._alive import alive_page
from plan_lifecycle.web.board._book import book_page
from plan_lifecycle.web.board._few_at_once import FewAtOnce
from plan_lifecycle.web.board._files import files
from plan_lifecycle.web.board._frame import Frame, Guards, make_environment
from plan_lifecycle.web.board._home import home_page
from plan_lifecycle.web.board._letters import letters_page
from plan_lifecycle.web.board._listings import taking_along
from plan_lifecycle.web.board._lists import lists_page
from plan_lifecycle.web.board._login import ENDED, by_browser, kept_until_login, to_login
from plan_lifecycle.web.board._matrix import matrix_page
from plan_lifecycle.web.board._news import news_page
from plan_lifecycle.web.board._plans import plans_page
from plan_lifecycle.web.board._progress import progress_page
from plan_lifecycle.web.board._reports import reports_page
from plan_lifecycle.web.board._run_page import runs_page
from plan_lifecycle.web.board._runs import Runs
from plan_lifecycle.web.board._scores import scores_page
from plan_lifecycle.web.board._settings import settings_page
from plan_lifecycle.web.board._sight import NotForSome, seeing
from plan_lifecycle.web.board._units import units_page
from plan_lifecycle.web.board._waiting import waiting_page
from plan_lifecycle.web.headers import SecurityHeaders, headers

log = logging.getLogger(__name__)
REFUSED = {
    401: ENDED,
    403: "Tài khoản chưa được giao quyền xử lý.",
    404: "Không có nội dung này.",
    413: "Nội dung gửi lên vượt mức cho phép; đề nghị chọn ít văn bản hơn.",
}
FAILED = "Chưa thực hiện được. Đề nghị trở lại trang trước và thử lại; nếu vẫn chưa được, báo người quản trị."
FOR_ALL_UNITS = "Trang này dành cho người được giao toàn bộ các đơn vị."
_PAGES = (
    home_page, book_page, news_page, waiting_page, units_page, letters_page, plans_page, progress_page,
    reports_page, scores_page, settings_page, lists_page, matrix_page, taking_along, runs_page, files,
)  # fmt: skip


def create_board(
    office: Office,
    templates: Path,
    config: Path,
    *,
    guards: Guards,
    clock: Callable[[], datetime],
    runs: Runs | None = None,
    sources: Path | None = None,
) -> FastAPI:
    """The board of an office; ``templates`` and ``config`` are its folders, ``clock`` gives the business moment.
    ``runs`` are those of Airflow, where it is within one; ``sources`` is the file of what is asked for news and papers.

    Raises InputError where ``config/access.yaml`` is wrong: nobody is let in by rules that cannot be read.
    """
    seen = seeing(guards, office, access_of(office.store, config, clock()))
    app = FastAPI(title="Board", docs_url=None, redoc_url=None, openapi_url=None)
    drawn = make_environment(templates)
    frame = Frame(LiveOffice(office), config, seen.whole, seen.within, clock, drawn, runs, sources)
    app.state.environment = frame.environment
    app.include_router(alive_page(frame.live))
    for page in _PAGES:
        app.include_router(page(frame))
    app.mount("/tinh", StaticFiles(directory=templates / "web" / "static"), name="static")
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _nothing_there)
    app.add_exception_handler(PlanLifecycleError, _not_done)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(FewAtOnce)
    app.add_middleware(SecurityHeaders, secure=False, framed=True)
    return app


def _nothing_there(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """An address that names no page of ours: a number beyond all numbers, a word where one belongs."""
    return PlainTextResponse(REFUSED[404], 404)


def _not_done(request: Request, error: Exception) -> Response:
    """What no page expected and our errors have words for: a kept file that is gone, a database that is held."""
    told = error.for_user if isinstance(error, PlanLifecycleError) else FAILED
    if isinstance(error, InputError):
        return PlainTextResponse(told, 400)
    log.error("%s cannot be answered: %s", request.url.path, error)
    return PlainTextResponse(told, 503)


def _failed(request: Request, error: Exception) -> Response:
    """What nobody foresaw; the server's log has the whole of it."""
    log.error("%s failed: %s", request.url.path, type(error).__name__)
    kept = headers(framed=True) | {"Cache-Control": "no-store"}  # it goes out past the middleware
    return PlainTextResponse(FAILED, 500, kept)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 401 and by_browser(request):
        kept = request.method == "POST"
        return await kept_until_login(request, request.app.state.environment) if kept else to_login(request)
    if isinstance(error, NotForSome):
        return PlainTextResponse(FOR_ALL_UNITS, status)
    return PlainTextResponse(REFUSED.get(status, "Yêu cầu chưa đúng; đề nghị mở lại trang."), status)
