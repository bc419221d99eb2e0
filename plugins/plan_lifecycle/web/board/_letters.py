"""The page *Thư*: what will go in the next days, what went, each letter as its reader sees it, the pause of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.pausing import Suspension
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import (
    AsItWouldGo,
    Preview,
    foresee_again,
    hold_these,
    preview,
    remind_again,
    resume,
    send_sample,
    suspend,
)
from plan_lifecycle.lifecycle.review import Subject
from plan_lifecycle.lifecycle.situation import letter_as_sent, newest_letters, suspensions_now
from plan_lifecycle.store.units import name_of
from plan_lifecycle.web.board._acting import Act, Acting, filled_again, serve_acts
from plan_lifecycle.web.board._done import done_since
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, Place, all_of

AHEAD = timedelta(days=30)
MOST = 200
MOST_ON_PAGE = 50
"""Letters that went, of the newest; the list to take along has ``MOST``."""
A_PAGE = 200
"""Planned letters on a page."""
MOST_SHOWN = 3
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
    def every(request: Request, who: Person = looks, tu: Number | None = None, trang: Number = 1) -> Response:
        return _show(frame, request, who, part=trang, since=tu)

    @routes.get("/{number}")
    def one(request: Request, number: Place, who: Person = looks) -> Response:
        found = letter_as_sent(frame.office_of(who), number)
        if found is None:
            raise HTTPException(404)
        return frame.show(request, "letter.html", who, frame.clock(), found=found, letter_words=LETTER_WORDS)

    acts = ACTS | {"xem-thu": partial(_read_first, frame)}
    acting = Acting(acts, partial(_again, frame), lambda given, _: f"./?tu={given.since}")
    serve_acts(routes, frame, acting, guards=frame.within)
    return routes


def _show(
    frame: Frame,
    request: Request,
    who: Person,
    *,
    part: int = 1,
    since: int | None = None,
    problems: Sequence[str] = (),
    foreseen: Sequence[AsItWouldGo] = (),
) -> HTMLResponse:
    now, office = frame.clock(), frame.office_of(who)
    planned, newest, pauses, names = frame.kept.look(_read, office, now)
    parts = max(1, -(-len(planned.letters) // A_PAGE))
    part = min(max(part, 1), parts)
    return frame.show(
        request,
        "letters.html",
        who,
        now,
        planned=planned,
        letters=planned.letters[(part - 1) * A_PAGE : part * A_PAGE],
        part=part,
        parts=parts,
        newest=newest[:MOST_ON_PAGE],
        more=len(newest) > MOST_ON_PAGE,
        failed=[letter for letter in newest if letter.state is LetterState.FAILED],
        pauses=[pause for pause in pauses if not pause.of_everything],
        names=names,
        letter_words=LETTER_WORDS,
        just=done_since(office, who.name, since),
        foreseen=foreseen[:MOST_SHOWN],
        problems=problems,
    )


class _Read(NamedTuple):
    planned: Preview
    newest: list[Letter]
    pauses: list[Suspension]
    names: dict[str, str]


def _read(office: Office, now: datetime) -> _Read:
    """All that the page reads of the store, whoever looks."""
    planned = preview(office, now.date(), now.date() + AHEAD, now)
    pauses = suspensions_now(office, now)
    with office.store.read() as connection:
        names = {pause.unit_id: name_of(connection, pause.unit_id) for pause in pauses if pause.unit_id}
    return _Read(planned, newest_letters(office, MOST), pauses, names)


def _again(frame: Frame, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
    return _show(frame, request, given.who, part=_part(given), since=given.since, problems=problems)


def _part(given: Given) -> int:
    """The page of the planned letters that the form was sent from."""
    text = given.text("trang")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _pause(given: Given) -> None:
    all_of(given.until, lambda: given.in_own_words().why)
    suspend(given.office, given.pause(), given.now)


def _resume(given: Given) -> None:
    resume(given.office, given.number("tam_dung"), given.in_own_words(), given.now)


def _about(given: Given) -> list[int]:
    """What the ticked letters are about: each tick names all of one letter. Raises InputError."""
    ids = [which for text in given.fields.get("ve", []) for which in text.split()]
    return [which.number for which in replace(given, fields={"ve": ids}).ids("ve", Subject.OBLIGATION)]


def _send_now(given: Given) -> list[str]:
    decider = Decider(given.who.name, given.text("ly_do_rieng"))
    outcomes = remind_again(given.office, _about(given), decider, given.now)
    return [f"{one.unit}: {one.what}: {one.why}" for one in outcomes if not one.done]


def _hold(given: Given) -> list[str]:
    about = _about(given)
    all_of(given.until, lambda: given.in_own_words().why)
    return hold_these(given.office, about, given.until(), given.in_own_words(), given.now)


def _test(given: Given) -> None:
    about = _about(given)
    send_sample(given.office, about, given.text("email"), Decider(given.who.name), given.now)


def _read_first(frame: Frame, given: Given) -> HTMLResponse:
    """The page with the ticked letters as they would go now, and the form as it was sent. Raises InputError."""
    foreseen = foresee_again(given.office, _about(given), given.now)
    page = _show(frame, given.request, given.who, part=_part(given), foreseen=foreseen)
    return filled_again(page, "xem-thu", given)


ACTS: dict[str, Act] = {
    "tam-dung": _pause,
    "tiep-tuc": _resume,
    "gui-ngay": _send_now,
    "giu-lai": _hold,
    "gui-thu": _test,
}
"""The acts by the address that a form is sent to."""
