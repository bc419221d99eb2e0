"""What is held of one person of a unit: seen, saved as a file to be handed to them, and forgotten after their term."""

from __future__ import annotations

import json

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.held import HELD_WORDS
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people import UnitPeople, foresee_forgetting, held_of, people_of_unit
from plan_lifecycle.store.people import PersonRow
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.saving import saved


def person_page(frame: Frame, routes: APIRouter) -> None:
    """The routes below a unit's page, for whoever may decide: what is held of a person is for few eyes."""
    decides = Depends(frame.within.decide)

    @routes.get("/{unit_id}/nguoi/{number}/")
    def one(request: Request, unit_id: str, number: int, who: Person = decides) -> Response:
        office, now = frame.office_of(who), frame.clock()
        person = _person(office, frame, unit_id, number)
        try:
            foreseen, refused = foresee_forgetting(office, person.id, now), ""
        except InputError as error:
            foreseen, refused = None, error.for_user
        held = [(HELD_WORDS[name], len(rows)) for name, rows in held_of(office, person.id).items() if rows]
        values = {"person": person, "held": held, "foreseen": foreseen, "refused": refused, "unit_id": unit_id}
        return frame.show(request, "person.html", who, now, words=HELD_WORDS, **values)

    @routes.get("/{unit_id}/nguoi/{number}/tep")
    def file(unit_id: str, number: int, who: Person = decides) -> Response:
        office = frame.office_of(who)
        person = _person(office, frame, unit_id, number)
        held = {HELD_WORDS[name]: rows for name, rows in held_of(office, person.id).items()}
        text = json.dumps(held, ensure_ascii=False, indent=2, default=str)
        return saved(text.encode(), f"du-lieu-nguoi-lien-he-{person.id}.json")


def _person(office: Office, frame: Frame, unit_id: str, number: int) -> PersonRow:
    try:
        people: UnitPeople = people_of_unit(office, unit_id, frame.clock())
    except InputError as error:
        raise HTTPException(404) from error
    found = next((one for one in (*people.now, *people.other) if one.id == number), None)
    if found is None:
        raise HTTPException(404)
    return found
