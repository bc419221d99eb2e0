"""The page *Đơn vị*: the units with a search, and of one unit the whole story, with what may be decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import OUTSTANDING
from plan_lifecycle.domain.state_words import standing_words
from plan_lifecycle.domain.telephone import telephones_of
from plan_lifecycle.domain.unit import ROLE_WORDS
from plan_lifecycle.domain.unit_group import group_names
from plan_lifecycle.lifecycle.people import change_words, newest_change, people_of_unit
from plan_lifecycle.lifecycle.remind import RUNG_WORDS, ExplainedObligation, explain, resume, suspend
from plan_lifecycle.lifecycle.review import ended_units
from plan_lifecycle.lifecycle.situation import (
    CONTACT_WORDS,
    newest_letters,
    news_months,
    suspensions_now,
    unit_history,
    units_now,
)
from plan_lifecycle.web.board._acting import Act, Acting, serve_acts
from plan_lifecycle.web.board._acts import ACTS
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number
from plan_lifecycle.web.board._letters import LETTER_WORDS
from plan_lifecycle.web.board._people_acts import PEOPLE_ACTS
from plan_lifecycle.web.board._person import person_page

MOST_LETTERS = 50


def units_page(frame: Frame) -> APIRouter:
    """The routes of the page: the list, one unit, and an act for each form."""
    routes, page = APIRouter(prefix="/don-vi"), _Page(frame)
    looks = Depends(frame.within.look)

    @routes.get("/")
    def look(
        request: Request, who: Person = looks, tim: str = "", lien_he: str = "", nhom: str = "", xem: str = ""
    ) -> Response:
        search, now, as_tree = tim[:LONGEST_NAME], frame.clock(), xem == "cay"
        office = frame.office_of(who)
        every = frame.kept.look(units_now, office, now, search, as_tree=as_tree)
        found = [line for line in every if nhom in ("", line.group.name)]
        units = [line for line in found if lien_he in ("", line.state.value)]
        asked = {"tim": search, "lien_he": lien_he, "nhom": nhom[:LONGEST_NAME], "xem": xem}
        states = Counter(line.state for line in found)
        return frame.show(
            request,
            "units.html",
            who,
            now,
            units=units,
            groups=group_names(line.group for line in every),
            asked=asked,
            as_tree=as_tree,
            states=states,
            words=CONTACT_WORDS,
            ended=frame.kept.look(ended_units, office, now),
        )

    @routes.get("/{unit_id}/")
    def one(request: Request, unit_id: str, who: Person = looks, da: Number = 0) -> Response:
        return page.show(request, unit_id, who, done=bool(da))

    person_page(frame, routes)
    serve_acts(routes, frame, Acting(UNIT_ACTS, page.again), "/{unit_id}/{act}", guards=frame.within)
    return routes


class _Page:
    """One unit of one office."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show(
        self, request: Request, unit_id: str, who: Person, *, done: bool = False, problems: Sequence[str] = ()
    ) -> HTMLResponse:
        """The unit's story; ``problems`` are what was not done, and why. Raises HTTPException 404."""
        office, now = self._frame.office_of(who), self._frame.clock()
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
            story=story,
            owed=[(owed, _stands(owed, now.date()), owed.state in OUTSTANDING) for owed in story.obligations],
            letters=newest_letters(office, MOST_LETTERS, unit_id),
            pauses=pauses,
            history=unit_history(office, unit_id, now),
            people=people_of_unit(office, unit_id, now),
            roles=ROLE_WORDS,
            phones_of=telephones_of,
            newest_change=newest_change,
            change_words=change_words,
            rung_words=RUNG_WORDS,
            letter_words=LETTER_WORDS,
            news=news_months(office, now, year=now.year, unit_id=unit_id),
            reasons=office.rules.reasons,
            done=done,
            problems=problems,
        )

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The unit again, with what was not done and why. Raises HTTPException 404."""
        return self.show(request, given.place["unit_id"], given.who, problems=problems)


def _stands(owed: ExplainedObligation, day: date) -> str:
    return standing_words(owed.state, owed.due_on, day)


def _pause(given: Given) -> None:
    suspend(given.office, given.pause(given.place["unit_id"]), given.now)


def _resume(given: Given) -> None:
    resume(given.office, given.number("tam_dung"), given.in_own_words(), given.now)


UNIT_ACTS: dict[str, Act] = {
    **PEOPLE_ACTS,
    "thoi-han": ACTS["thoi-han"],
    "mien": ACTS["mien"],
    "mo-lai": ACTS["mo-lai"],
    "tam-dung": _pause,
    "tiep-tuc": _resume,
}
"""The acts on one unit by the address that a form is sent to."""
