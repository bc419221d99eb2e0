"""The acts of a page: one route for all of its forms, however many acts it has.

A page says what its acts are, how it is drawn again where one was refused, and where a person stands afterwards::

    ACTS: dict[str, Act] = {"gia-han": _extend, "mien": _waive}        # the last part of a form's address

    def my_page(frame: Frame) -> APIRouter:
        routes, page = APIRouter(prefix="/trang"), _Page(frame)
        ...                                                            # the routes that show
        serve_acts(routes, frame, Acting(ACTS, page.again))
        return routes

- An act takes what was ``Given`` and does one thing by the verb that the command has, too. It returns what was not done
  and why (nothing where all was done; ``Led`` where it alone knows the way on, an answer where that is a file), or
  raises InputError.
- ``given.text``, ``day``, ``number``, ``ids``, ``decider`` read the form; ``place`` the address; ``since`` the trail.
- ``again(request, given, problems)`` draws the page with these sentences. Its form is then filled in as it was sent,
  the sentence of an InputError beside the field that it names (``_refilled``): templates need nothing for that.
- A form with a file (``enctype="multipart/form-data"``) is received by itself: ``given.file``; of fields with one name
  the last counts there.

All else is done here: who may, the origin, the day, what is too large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.web.board._frame import Frame, Guards, Person
from plan_lifecycle.web.board._given import Given, nothing_given, receive
from plan_lifecycle.web.board._refilled import refilled
from plan_lifecycle.web.board._upload import TOO_LARGE
from plan_lifecycle.web.receiving import TooLarge


class Led(NamedTuple):
    """Where an act leads that knows the way better than its page."""

    to: str


Act = Callable[[Given], Sequence[str] | Led | Response | None]
"""Does one thing; returns what was not done and why, or where it leads, or its own answer. Raises InputError."""
Again = Callable[[Request, Given, Sequence[str]], HTMLResponse]
"""Draws the page again, with what was not done and why. Raises HTTPException 404."""
Then = Callable[[Given, str], str]
"""The address after an act, from that of its form."""


@dataclass(frozen=True, slots=True)
class Acting:
    """The acts of a page by the last part of a form's address, the page drawn again, the way on."""

    acts: Mapping[str, Act]
    again: Again
    then: Then = lambda _, __: "./?da=1"

    def done(self, request: Request, act: str, given: Given) -> Response:
        """Do it and lead on; where it was not done, the page says why and the form is as it was sent."""
        try:
            answer = self.acts[act](given)
        except InputError as error:
            return self.refused(request, act, given, error.for_user.splitlines(), error)
        if isinstance(answer, Led):
            return RedirectResponse(answer.to, 303)
        if isinstance(answer, Response):
            return answer
        if answer:
            return self.refused(request, act, given, answer)
        return RedirectResponse(self.then(given, act), 303)

    def refused(
        self,
        request: Request,
        act: str,
        given: Given,
        problems: Sequence[str],
        error: InputError | None = None,
        status: int = 422,
    ) -> Response:
        """The page with what was not done, and the form as it was sent."""
        page = self.again(request, given, problems)
        text = refilled(bytes(page.body).decode(), act, given.fields, error)
        return HTMLResponse(text, status)


def filled_again(page: HTMLResponse, act: str, given: Given) -> HTMLResponse:
    """A page that only shows something beforehand, with the form for ``act`` as it was sent."""
    return HTMLResponse(refilled(bytes(page.body).decode(), act, given.fields), page.status_code)


def serve_acts(
    routes: APIRouter, frame: Frame, acting: Acting, path: str = "/{act}", *, guards: Guards | None = None
) -> None:
    """Add the route of a page's acts, for whoever may decide; parts of ``path`` are ``given.place`` to the acts.

    With ``frame.within`` as ``guards`` also for people who see some of the units: ``given.office`` keeps to these.
    """

    decides = Depends((guards or frame.guards).decide)

    @routes.post(path)
    async def decide(request: Request, act: str, who: Person = decides) -> Response:
        if act not in acting.acts:
            raise HTTPException(404)
        try:
            given = await receive(frame, request, who)
        except TooLarge:
            nothing = nothing_given(frame, request, who)
            return await run_in_threadpool(acting.refused, request, act, nothing, [TOO_LARGE], None, 413)
        return await run_in_threadpool(acting.done, request, act, given)
