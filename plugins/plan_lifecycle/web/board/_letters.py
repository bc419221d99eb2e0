"""The page *Thư*: what will go in the next days, what went, each letter as its reader sees it, the pause of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.lifecycle.remind import preview, resume, suspend
from plan_lifecycle.lifecycle.situation import letter_as_sent, newest_letters, suspensions_now
from plan_lifecycle.web.board._form import Fields
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, Place, beside, receive

AHEAD = timedelta(days=30)
MOST = 200
LETTER_WORDS = {
    LetterState.QUEUED: "chờ gửi",
    LetterState.CLAIMED: "đang gửi",
    LetterState.SENT: "đã gửi",
    LetterState.FAILED: "không đến được",
    LetterState.SUPERSEDED: "không còn cần gửi",
}
"""The states of a letter as people read them."""


def letters_page(frame: Frame) -> APIRouter:
    """The routes of the page: the lists, one letter, pause and resume."""
    routes = APIRouter(prefix="/thu")
    looks, decides = Depends(frame.guards.look), Depends(frame.guards.decide)

    @routes.get("/")
    def every(request: Request, who: Person = looks, da: Number = 0) -> Response:
        return _show(frame, request, who, done=bool(da))

    @routes.get("/{number}")
    def one(request: Request, number: Place, who: Person = looks) -> Response:
        found = letter_as_sent(frame.office, number)
        if found is None:
            raise HTTPException(404)
        return frame.show(request, "letter.html", who, frame.clock(), found=found, letter_words=LETTER_WORDS)

    @routes.post("/tam-dung")
    async def pause(request: Request, who: Person = decides) -> Response:
        given = await receive(frame, request, who)
        return await run_in_threadpool(_pause, frame, request, given)

    @routes.post("/tiep-tuc")
    async def go_on(request: Request, who: Person = decides) -> Response:
        given = await receive(frame, request, who)
        return await run_in_threadpool(_resume, frame, request, given)

    return routes


def _show(
    frame: Frame,
    request: Request,
    who: Person,
    *,
    done: bool = False,
    problems: Sequence[str] = (),
    missing: Mapping[str, str] = {},
    typed: Fields | None = None,
) -> Response:
    """The page; ``missing`` is what is wrong with the pause by its field, ``typed`` what was typed there."""
    now = frame.clock()
    planned = preview(frame.office, now.date(), now.date() + AHEAD, now)
    pauses = suspensions_now(frame.office, now)
    return frame.show(
        request,
        "letters.html",
        who,
        now,
        status=422 if problems or missing else 200,
        planned=planned,
        newest=newest_letters(frame.office, MOST),
        pauses=[pause for pause in pauses if not pause.of_everything],
        missing=missing,
        typed=typed or {},
        letter_words=LETTER_WORDS,
        done=done,
        problems=problems,
    )


def _pause(frame: Frame, request: Request, given: Given) -> Response:
    missing = beside(given.until, lambda: given.in_own_words().why)
    missing = missing or beside(lambda: suspend(given.office, given.pause(), given.now))
    if missing:
        return _show(frame, request, given.who, missing=missing, typed=given.fields)
    return RedirectResponse("./?da=1", 303)


def _resume(frame: Frame, request: Request, given: Given) -> Response:
    try:
        resume(given.office, given.number("tam_dung"), given.in_own_words(), given.now)
    except InputError as error:
        return _show(frame, request, given.who, problems=[error.for_user])
    return RedirectResponse("./?da=1", 303)
