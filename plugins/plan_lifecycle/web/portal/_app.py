"""The application: pages put together, errors turned into pages, settings read once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import LiveOffice, Office
from plan_lifecycle.lifecycle.send import Mailer, sent_today
from plan_lifecycle.logs import write_logs
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.office_wiring import worker_name
from plan_lifecycle.web.headers import SecurityHeaders, headers
from plan_lifecycle.web.portal import _entry, _form, _owed, _people, _said
from plan_lifecycle.web.portal._limits import Limits
from plan_lifecycle.web.portal._pages import Pages
from plan_lifecycle.web.portal._portal import (
    ClosedError,
    Portal,
    RefusedError,
    log,
    portal_of,
    prefix_of,
    static_folder,
)
from plan_lifecycle.web.portal._post import Post
from plan_lifecycle.web.receiving import BadBody, TooLarge, TooSlow

THREADS = 8
"""Requests that work on the store at once: its pool has 15 connections."""


def create_portal(
    office: Office,
    templates: Path,
    *,
    clock: Callable[[], datetime],
    limits: Limits | None = None,
    connect: Callable[[datetime], AbstractContextManager[Mailer]] | None = None,
) -> FastAPI:
    """The portal of an office; ``templates`` is the folder of its pages, ``clock`` gives the moment, ``connect``
    opens the mail server for its answers (without it they wait for another sender).

    Raises InputError without an address.
    """
    if office.links is None:
        raise InputError("an address https://…", field="PLAN_LIFECYCLE_PORTAL_URL", found="nothing")
    app = FastAPI(
        title="Portal",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_life,
        redirect_slashes=False,  # such a redirect would be built from whatever Host a request names
    )
    live = LiveOffice(office)
    post = Post(live, connect, clock, f"portal:{worker_name()}") if connect else None
    app.state.portal = Portal(live, office.links, Pages(templates), clock, limits or Limits(office.store), post)
    for part in (_entry, _owed, _said, _form, _people):
        app.include_router(part.router)
    app.mount("/tinh", _Static(directory=static_folder(templates)), name="static")
    app.add_middleware(SecurityHeaders, secure=office.links.secure)
    app.add_exception_handler(ClosedError, _closed)
    app.add_exception_handler(HTTPException, _closed_or_refused)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(TooSlow, _too_slow)
    app.add_exception_handler(BadBody, _bad_body)
    app.add_exception_handler(Exception, _failed)
    return app


def from_environment() -> FastAPI:
    """The portal of the environment's settings, for a server's process. Raises InputError, StoreError."""
    from contextlib import ExitStack

    from plan_lifecycle.office_wiring import clock_of, mail_server, open_office
    from plan_lifecycle.settings import Settings

    settings = Settings()
    write_logs(settings)
    server = mail_server(settings)
    if server is None:
        log.warning("no mail server is set: receipts wait for the next run that sends letters")
    opened = ExitStack()
    office = opened.enter_context(open_office(settings))
    connect = (lambda now: Transport(server, sent_today=sent_today(office, now, datetime.now(UTC)))) if server else None
    templates, clock = settings.path(settings.templates) / "web", clock_of(settings, office.store)
    app = create_portal(office, templates, clock=clock, connect=connect)
    app.state.opened = opened
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    post = app.state.portal.post
    if post is not None:
        post.start()
    yield
    if post is not None:
        await anyio.to_thread.run_sync(post.stop)
    opened = getattr(app.state, "opened", None)
    if opened is not None:
        opened.close()


class _Static(StaticFiles):
    """Style and script; a new edition has a new address."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response: Response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _closed(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return portal_of(request).pages.page("closed", 404, prefix=prefix_of(request))


async def _closed_or_refused(request: Request, error: Exception) -> Response:
    """What no route knows looks like a link that opens nothing; a wrong method says so."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404:
        return await _closed(request, error)
    return _say(request, status, "Yêu cầu chưa đúng; đề nghị mở lại địa chỉ trong thư.")


async def _refused(request: Request, error: Exception) -> Response:
    status, words = (error.status, error.words) if isinstance(error, RefusedError) else (400, "")
    response = _say(request, status, words)
    if status == 429:
        response.headers["Retry-After"] = "600"
    return response


async def _too_large(request: Request, error: Exception) -> Response:
    what = error.what if isinstance(error, TooLarge) else ""
    return _say(request, 413, f"Chưa nhận được do vượt mức cho phép: {what}. Đề nghị chia nhỏ hoặc giảm dung lượng.")


async def _too_slow(request: Request, error: Exception) -> Response:
    minutes = round(error.seconds / 60) if isinstance(error, TooSlow) else 0
    response = _say(
        request,
        408,
        f"Chưa nhận được do sau {minutes:02} phút nội dung vẫn chưa đến đủ. Đề nghị kiểm tra đường truyền, gửi ít tệp "
        "hơn trong một lần, hoặc trả lời thư nhắc kèm theo tệp.",
    )
    response.headers["Connection"] = "close"  # it is still coming
    return response


async def _bad_body(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return _say(request, 400, "Nội dung gửi lên chưa đầy đủ; đề nghị gửi lại.")


async def _failed(request: Request, error: Exception) -> Response:
    log.error("a page failed: %s", type(error).__name__)
    response = _say(request, 500, "Công việc chưa hoàn thành; đề nghị thử lại sau ít phút hoặc trả lời thư nhắc.")
    response.headers.update(headers() | {"Cache-Control": "no-store"})  # it goes out past the middleware
    return response


def _say(request: Request, status: int, words: str) -> Response:
    handle = request.path_params.get("handle")
    prefix = prefix_of(request)
    back = f"{prefix}/v/{handle}/" if handle else ""
    return portal_of(request).pages.page("refused", status, prefix=prefix, words=words, back=back)
