"""The board's application: one page, the acts on it, the files behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import Depends, FastAPI, Query
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Office, begin_day
from plan_lifecycle.lifecycle.review import Subject, read_id
from plan_lifecycle.lifecycle.submission import kept_bytes
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit, versions
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.web.board._acts import ACTS, Given
from plan_lifecycle.web.board._form import read_fields
from plan_lifecycle.web.board._page import Asked, Page, Person
from plan_lifecycle.web.headers import SecurityHeaders

REFUSED = {
    401: "Đề nghị đăng nhập lại.",
    403: "Tài khoản chưa được giao quyền xử lý.",
    404: "Không có nội dung này.",
    413: "Nội dung gửi lên vượt mức cho phép; đề nghị chọn ít văn bản hơn.",
}


Number = Annotated[int, Query(ge=0, le=2**31 - 1)]
"""A number in an address, as large as the store may hold."""


class Guards(NamedTuple):
    """FastAPI dependencies that let somebody look, or decide, and say who it is."""

    look: Callable[..., Person]
    decide: Callable[..., Person]


def create_board(
    office: Office, templates: Path, config: Path, *, guards: Guards, clock: Callable[[], datetime] | None = None
) -> FastAPI:
    """The board of an office; ``templates`` and ``config`` are its folders, ``clock`` gives the business moment."""
    app = FastAPI(title="Board", docs_url=None, redoc_url=None, openapi_url=None)
    page, clock = Page(office, templates, config), clock or _now
    looks, decides = Depends(guards.look), Depends(guards.decide)

    @app.get("/")
    def look(
        who: Person = looks, tu: Number | None = None, trang: Number = 1, tai_lieu: str = "", don_vi: str = ""
    ) -> Response:
        return page.show(clock(), who, Asked(trang, tu, tai_lieu, don_vi[:LONGEST_NAME]))

    @app.get("/tep/{which}", dependencies=[looks])
    def file(which: str) -> Response:
        return _file(office, which)

    @app.post("/{act}")
    async def decide(act: str, request: Request, who: Person = decides) -> Response:
        _from_here(request)
        if act not in ACTS:
            raise HTTPException(404)
        given = Given(office, config, await read_fields(request), who, clock())
        return await run_in_threadpool(_decided, page, act, given)

    app.mount("/tinh", StaticFiles(directory=templates / "web" / "static"), name="static")
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _nothing_there)
    app.add_middleware(SecurityHeaders, secure=False, framed=True)
    return app


def _decided(page: Page, act: str, given: Given) -> Response:
    """Do it, and show the page again: what was done, or beside it what was not and why."""
    begin_day(given.office.store, given.now, wall=given.now)
    with given.office.store.read() as connection:
        before = audit.newest_number(connection)
    try:
        problems = ACTS[act](given)
    except InputError as error:
        problems = [error.for_user]
    if problems:
        return page.show(given.now, given.who, Asked(since=before), problems, 422)
    return RedirectResponse(f"./?tu={before}", 303)


def _file(office: Office, which: str) -> Response:
    """The file of a submission, or the draft that goes with an obligation.

    It is to be saved and not shown: it is a unit's, and a browser would run what is in it.
    """
    try:
        number = read_id(which, Subject.SUBMISSION)
    except InputError as error:
        raise HTTPException(404) from error
    with office.store.read() as connection:
        found = submission_rows.find(connection, [number.number]) if number.subject is Subject.SUBMISSION else {}
        sent = found.get(number.number)
        original = file_rows.sent_as(connection, sent.id, sent.blob) if sent else None
        arrival = arrival_rows.get(connection, original or sent.arrival_id) if sent else None
        draft = versions.draft_for(connection, number.number) if number.subject is Subject.OBLIGATION else None
    if draft is not None:
        return _saved(office.store.blobs.get(draft.blob), draft.file_name)
    if sent is None or arrival is None:
        raise HTTPException(404)
    as_sent = arrival.blob is not None and (original is not None or arrival.blob == sent.blob)
    data = (
        kept_bytes(office, arrival.blob or sent.blob, quarantined=arrival.quarantined)
        if as_sent
        else office.store.blobs.get(sent.blob)
    )
    return _saved(data, arrival.file_name)


def _saved(data: bytes, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": disposition})


def _from_here(request: Request) -> None:
    """Refuse a form that another site sends: the browser says where it stands. Raises HTTPException 400."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    host = request.headers.get("host", "")
    ours = site == "same-origin" if site else origin is not None and origin.partition("://")[2] == host
    if not ours:
        raise HTTPException(400)


def _nothing_there(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """An address that names no page of ours: a number beyond all numbers, a word where one belongs."""
    return PlainTextResponse(REFUSED[404], 404)


def _refused(request: Request, error: Exception) -> Response:  # noqa: ARG001
    status = error.status_code if isinstance(error, HTTPException) else 400
    return PlainTextResponse(REFUSED.get(status, "Yêu cầu chưa đúng; đề nghị mở lại trang."), status)


def _now() -> datetime:
    return datetime.now(UTC).astimezone(LOCAL)
