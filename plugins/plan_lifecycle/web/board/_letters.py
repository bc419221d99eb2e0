"""The page *Thư*: what will go in the next days, what went, each letter as its reader sees it, the pause of all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.lifecycle.remind import preview, resume, suspend
from plan_lifecycle.lifecycle.situation import letter_as_sent, newest_letters, suspensions_now
from plan_lifecycle.web.board._acting import Act, Acting, serve_acts
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, Place, all_of

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
    looks = Depends(frame.within.look)

    @routes.get("/")
    def every(request: Request, who: Person = looks, da: Number = 0) -> Response:
        return _show(frame, request, who, done=bool(da))

    @routes.get("/{number}")
    def one(request: Request, number: Place, who: Person = looks) -> Response:
        found = letter_as_sent(frame.office_of(who), number)
        if found is None:
            raise HTTPException(404)
        return frame.show(request, "letter.html", who, frame.clock(), found=found, letter_words=LETTER_WORDS)

    serve_acts(routes, frame, Acting(ACTS, partial(_again, frame)), guards=frame.within)
    return routes


def _show(
    frame: Frame, request: Request, who: Person, *, done: bool = False, problems: Sequence[str] = ()
) -> HTMLResponse:
    now, office = frame.clock(), frame.office_of(who)
    planned = preview(office, now.date(), now.date() + AHEAD, now)
    pauses = suspensions_now(office, now)
    return frame.show(
        request,
        "letters.html",
        who,
        now,
        planned=planned,
        newest=newest_letters(office, MOST),
        pauses=[pause for pause in pauses if not pause.of_everything],
        letter_words=LETTER_WORDS,
        done=done,
        problems=problems,
    )


def _again(frame: Frame, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
    return _show(frame, request, given.who, problems=problems)


def _pause(given: Given) -> None:
    all_of(given.until, lambda: given.in_own_words().why)
    suspend(given.office, given.pause(), given.now)


def _resume(given: Given) -> None:
    resume(given.office, given.number("tam_dung"), given.in_own_words(), given.now)


ACTS: dict[str, Act] = {"tam-dung": _pause, "tiep-tuc": _resume}
"""The acts by the address that a form is sent to."""
