"""The page *Đơn vị*: the units with a search, and of one unit the whole story, with what may be decided about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plan_lifecycle.config.reasons import read_reasons
from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import OUTSTANDING
from plan_lifecycle.domain.state_words import standing_words
from plan_lifecycle.lifecycle.remind import RUNG_WORDS, ExplainedObligation, explain, resume, suspend
from plan_lifecycle.lifecycle.situation import newest_letters, suspensions_now, units_now
from plan_lifecycle.web.board._acts import ACTS
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, receive
from plan_lifecycle.web.board._letters import LETTER_WORDS

MOST_LETTERS = 50


def units_page(frame: Frame) -> APIRouter:
    """The routes of the page: the list, one unit, and an act for each form."""
    routes, page = APIRouter(prefix="/don-vi"), _Page(frame)
    looks, decides = Depends(frame.guards.look), Depends(frame.guards.decide)

    @routes.get("/")
    def every(request: Request, who: Person = looks, tim: str = "") -> Response:
        search, now = tim[:LONGEST_NAME], frame.clock()
        units = units_now(frame.office, now, search)
        return frame.show(request, "units.html", who, now, units=units, search=search)

    @routes.get("/{unit_id}/")
    def one(request: Request, unit_id: str, who: Person = looks, da: Number = 0) -> Response:
        return page.show(request, unit_id, who, done=bool(da))

    @routes.post("/{unit_id}/{act}")
    async def decide(request: Request, unit_id: str, act: str, who: Person = decides) -> Response:
        if act not in UNIT_ACTS:
            raise HTTPException(404)
        given = await receive(frame, request, who)
        return await run_in_threadpool(page.decided, request, unit_id, act, given)

    return routes


class _Page:
    """One unit of one office."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show(
        self, request: Request, unit_id: str, who: Person, *, done: bool = False, problems: Sequence[str] = ()
    ) -> Response:
        """The unit's story; ``problems`` are what was not done, and why. Raises HTTPException 404."""
        office, now = self._frame.office, self._frame.clock()
        try:
            story = explain(office, unit_id, now)
        except InputError as error:
            raise HTTPException(404) from error
        pauses = [pause for pause in suspensions_now(office, now) if pause.unit_id == unit_id]
        return self._frame.show(
            request,
            "unit.html",
            who,
            now,
            status=422 if problems else 200,
            story=story,
            owed=[(owed, _stands(owed, now.date()), owed.state in OUTSTANDING) for owed in story.obligations],
            letters=newest_letters(office, MOST_LETTERS, unit_id),
            pauses=pauses,
            rung_words=RUNG_WORDS,
            letter_words=LETTER_WORDS,
            reasons=read_reasons(self._frame.config),
            done=done,
            problems=problems,
        )

    def decided(self, request: Request, unit_id: str, act: str, given: Given) -> Response:
        """Do it, and show the unit again."""
        try:
            problems = UNIT_ACTS[act](given, unit_id)
        except InputError as error:
            problems = [error.for_user]
        if problems:
            return self.show(request, unit_id, given.who, problems=problems)
        return RedirectResponse("./?da=1", 303)


def _stands(owed: ExplainedObligation, day: date) -> str:
    return standing_words(owed.state, owed.due_on, day)


def _pause(given: Given, unit_id: str) -> list[str]:
    suspend(given.office, given.pause(unit_id), given.now)
    return []


def _resume(given: Given, unit_id: str) -> list[str]:  # noqa: ARG001
    resume(given.office, given.number("tam_dung"), given.in_own_words(), given.now)
    return []


UNIT_ACTS: dict[str, Callable[[Given, str], list[str]]] = {
    "thoi-han": lambda given, _: ACTS["thoi-han"](given),
    "mien": lambda given, _: ACTS["mien"](given),
    "tam-dung": _pause,
    "tiep-tuc": _resume,
}
"""The acts on one unit by the address that a form is sent to; each returns what was not done, and why."""
