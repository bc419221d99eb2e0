"""The page *Tình hình*, the board's first: what waits for a decision, what falls due, who is late."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.lifecycle.review import in_doubt, waiting
from plan_lifecycle.lifecycle.situation import today
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._login import LOGGED_IN


def home_page(frame: Frame) -> APIRouter:
    """The route of the page."""
    routes, looks = APIRouter(), Depends(frame.within.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks) -> Response:
        now, office = frame.clock(), frame.office_of(who)
        waits = Counter(each.kind.value for each in [*waiting(office, now), *in_doubt(office, now)])
        standing = today(office, now)
        return frame.show(request, "home.html", who, now, waits=waits, soon=standing.soon, overdue=standing.overdue)

    @routes.get(f"/{LOGGED_IN}")
    def logged_in(request: Request, who: Person = looks) -> Response:
        return frame.show(request, "logged_in.html", who, frame.clock())

    return routes
