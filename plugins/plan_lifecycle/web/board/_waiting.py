"""The page *Việc chờ xử lý*: what waits, group by group, and what was decided last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Office, find_unit
from plan_lifecycle.lifecycle.review import (
    Foreseen,
    Subject,
    Unplaced,
    Waiting,
    WaitingKind,
    candidates_of,
    clean_submissions,
    foresee,
    in_doubt,
    waiting,
)
from plan_lifecycle.lifecycle.situation import DeadAddress, ProposedContact, addresses_dead, contacts_proposed
from plan_lifecycle.web.board._acting import Act, Acting, filled_again, serve_acts
from plan_lifecycle.web.board._acts import ACTS
from plan_lifecycle.web.board._done import Done, done_lately, done_since
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, Number
from plan_lifecycle.web.board._reading import draw_reading

A_PAGE = 100
RECENT = 15


class Asked(NamedTuple):
    """What the page's address asks for: the part of a long list, what was done since a row of the trail, and all that
    a ``unit``, as it was typed, owes beside an ``arrival``."""

    part: int = 1
    since: int | None = None
    arrival: str = ""
    unit: str = ""
    ticked: bool = False


def waiting_page(frame: Frame) -> APIRouter:
    """The routes of the page: to look, and an act for each form."""
    routes, page = APIRouter(prefix="/viec"), _Page(frame)
    looks = Depends(frame.within.look)

    @routes.get("/")
    def look(
        request: Request,
        who: Person = looks,
        tu: Number | None = None,
        trang: Number = 1,
        tai_lieu: str = "",
        don_vi: str = "",
        chon: Number = 0,
    ) -> HTMLResponse:
        return page.show(request, frame.clock(), who, Asked(trang, tu, tai_lieu, don_vi[:LONGEST_NAME], bool(chon)))

    @routes.get("/{which}/")
    def read(request: Request, which: str, who: Person = looks, tu: Number | None = None) -> HTMLResponse:
        return draw_reading(frame, request, who, which, since=tu)

    serve_acts(routes, frame, Acting(page.acts, page.again, page.back), guards=frame.within)
    return routes


class _Page(Page):
    """The page of one office."""

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The page again: what was done, and beside it what was not and why."""
        return self._drawn(request, given, problems=problems)

    def back(self, given: Given, act: str) -> str:
        """The list, or from a submission that was read the next one that waits."""
        if act == "bo-sung":
            return "../bao-cao/?da=1"
        return f"./{given.text('sau')}/?tu={given.since}" if given.text("sau") else f"./?tu={given.since}"

    @property
    def acts(self) -> dict[str, Act]:
        """The acts of the page, and seeing first which letters they send."""
        return ACTS | {
            "xem-thu-tiep-nhan": partial(self._foresee, "xem-thu-tiep-nhan", accepted=True),
            "xem-thu-hoan-thien": partial(self._foresee, "xem-thu-hoan-thien", accepted=False),
        }

    def _foresee(self, act: str, given: Given, *, accepted: bool) -> HTMLResponse:
        """The page with the letters that would go, and the form as it was sent. Raises InputError."""
        decider = given.decider(ActKind.ACCEPT if accepted else ActKind.RETURN)
        ids = given.ids("id", Subject.SUBMISSION)
        foreseen = foresee(given.office, ids, decider, given.now, accepted=accepted)
        return filled_again(self._drawn(given.request, given, foreseen=foreseen), act, given)

    def _drawn(
        self, request: Request, given: Given, *, problems: Sequence[str] = (), foreseen: Foreseen | None = None
    ) -> HTMLResponse:
        """The page that the form was sent from: the list, or the submission that was read."""
        reading, since = given.text("doc"), given.since
        if reading:
            who = given.who
            return draw_reading(self._frame, request, who, reading, since=since, problems=problems, foreseen=foreseen)
        return self.show(request, given.now, given.who, Asked(since=since), problems, foreseen)

    def show(
        self,
        request: Request,
        now: datetime,
        who: Person,
        asked: Asked,
        problems: Sequence[str] = (),
        foreseen: Foreseen | None = None,
    ) -> HTMLResponse:
        """The page as somebody sees it; ``problems`` are what was not done, and why."""
        office = self._frame.office_of(who)
        read = self._frame.kept.look(_read, office, now)
        found, unknown = _looked_up(office, read.waiting, asked, now)
        every = [*found, *read.in_doubt]
        groups = {kind.value: [each for each in every if each.kind is kind] for kind in WaitingKind}
        submissions = groups.pop(WaitingKind.SUBMISSION.value)
        parts = max(1, -(-len(submissions) // A_PAGE))
        part = min(max(asked.part, 1), parts)
        values = groups | {
            "nothing": not (every or read.contacts or read.dead),
            "submissions": submissions[(part - 1) * A_PAGE : part * A_PAGE],
            "count": len(submissions),
            "clean": read.clean,
            "heirs": sorted({heir for each in found for heir in each.heirs}, key=lambda heir: heir.name),
            "part": part,
            "parts": parts,
            "just": done_since(office, who.name, asked.since),
            "recent": read.recent,
            "ticked": asked.ticked,
            "foreseen": foreseen,
            "contacts": read.contacts,
            "dead": read.dead,
            "problems": [*problems, *unknown],
            "reasons": office.rules.reasons,
        }
        return self._frame.show(request, "waiting.html", who, now, **values)


class _Read(NamedTuple):
    waiting: list[Waiting]
    in_doubt: list[Waiting]
    clean: int
    recent: list[Done]
    contacts: list[ProposedContact]
    dead: list[DeadAddress]


def _read(office: Office, now: datetime) -> _Read:
    """All that the page reads of the store, whoever looks."""
    return _Read(
        waiting(office, now),
        in_doubt(office, now),
        len(clean_submissions(office)),
        done_lately(office, now, RECENT),
        contacts_proposed(office, now),
        addresses_dead(office, now),
    )


def _looked_up(office: Office, found: list[Waiting], asked: Asked, now: datetime) -> tuple[list[Waiting], list[str]]:
    """What waits, with all that the named unit owes beside the arrival that it was named for; else why not."""
    if not asked.unit.strip():
        return found, []
    try:
        unit = find_unit(office, asked.unit, now)
    except InputError as error:
        return found, [error.for_user]
    candidates = candidates_of(office, unit, now)
    known = [
        replace(each, arrival=replace(each.arrival or Unplaced(None), units=(unit.agency,), candidates=candidates))
        if each.id == asked.arrival
        else each
        for each in found
    ]
    return known, [] if candidates else [f"{unit.agency} không có nội dung phải gửi."]
