"""The page *Tình hình*, the board's first: what waits for a decision, what falls due, who is late and what is done
about it, for one unit or for many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.unit_group import group_names
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import in_doubt, waiting
from plan_lifecycle.lifecycle.situation import (
    MailOfDay,
    Overdue,
    Step,
    Today,
    addresses_dead,
    contacts_proposed,
    mail_of_day,
    next_step,
    today,
)
from plan_lifecycle.web.board._acting import Acting, serve_acts
from plan_lifecycle.web.board._done import done_since
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, Number
from plan_lifecycle.web.board._login import LOGGED_IN
from plan_lifecycle.web.board._overdue import OVERDUE_ACTS

STEPS = {
    Step.UNITS: ("nhap/", "Nhập danh sách đơn vị của tỉnh"),
    Step.PEOPLE: ("nhap/", "Nhập danh sách người liên hệ của các đơn vị"),
    Step.PLAN: ("ke-hoach-moi/", "Nạp kế hoạch đã ban hành của tỉnh"),
}
"""The first steps of an office, with the page of each."""


class Asked(NamedTuple):
    """What of the late ones is shown: one group, one thing owed; whether all of that is ticked; what was done since a
    row of the trail."""

    group: str = ""
    what: str = ""
    ticked: bool = False
    since: int | None = None

    @property
    def query(self) -> str:
        """The same as it stands in an address."""
        shown = {"nhom": self.group, "noi_dung": self.what, "tu": self.since}
        return urlencode({name: value for name, value in shown.items() if value not in ("", None)})


def home_page(frame: Frame) -> APIRouter:
    """The routes of the page: to look, and an act for each form about who is late."""
    routes, page, looks = APIRouter(), _Page(frame), Depends(frame.within.look)

    @routes.get("/")
    def look(
        request: Request,
        who: Person = looks,
        nhom: str = "",
        noi_dung: str = "",
        chon: Number = 0,
        tu: Number | None = None,
    ) -> HTMLResponse:
        return page.show(request, who, Asked(nhom[:LONGEST_NAME], noi_dung[:LONGEST_NAME], bool(chon), tu))

    @routes.get(f"/{LOGGED_IN}")
    def logged_in(request: Request, who: Person = looks) -> HTMLResponse:
        return frame.show(request, "logged_in.html", who, frame.clock())

    serve_acts(routes, frame, Acting(OVERDUE_ACTS, page.again, _back), "/qua-han/{act}", guards=frame.within)
    return routes


class _Page(Page):
    """The page of one office."""

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The page again: what was done, and beside it what was not and why."""
        return self.show(request, given.who, _asked(given), problems)

    def show(self, request: Request, who: Person, asked: Asked, problems: Sequence[str] = ()) -> HTMLResponse:
        """The page as somebody sees it; ``problems`` are what was not done, and why."""
        office, now = self._frame.office_of(who), self._frame.clock()
        waits, standing, step, mail = self._frame.kept.look(_morning, office, now)
        return self._frame.show(
            request,
            "home.html",
            who,
            now,
            step=step,
            steps=STEPS,
            waits=waits,
            late_runs=self._frame.runs.late() if self._frame.runs and who.sight.whole else [],
            soon=standing.soon,
            late=len(standing.overdue),
            behind=len({each.unit_id for each in standing.overdue}),
            unclear=standing.unclear,
            mail=mail,
            overdue=[each for each in standing.overdue if _is_shown(each, asked)],
            groups=group_names(each.group for each in standing.overdue),
            kinds=sorted({each.what for each in standing.overdue}),
            asked=asked,
            just=done_since(office, who.name, asked.since),
            reasons=office.rules.reasons,
            problems=problems,
        )


class _Morning(NamedTuple):
    waits: Counter[str]
    standing: Today
    step: Step | None
    mail: MailOfDay


def _morning(office: Office, now: datetime) -> _Morning:
    """All that the page reads of the store, whoever looks."""
    waits = Counter(each.kind.value for each in [*waiting(office, now), *in_doubt(office, now)])
    waits |= Counter(contacts=len(contacts_proposed(office, now)), dead=len(addresses_dead(office, now)))
    return _Morning(waits, today(office, now), next_step(office), mail_of_day(office, now))


def _is_shown(late: Overdue, asked: Asked) -> bool:
    return asked.group in ("", late.group.name) and asked.what in ("", late.what)


def _asked(given: Given) -> Asked:
    return Asked(given.text("nhom"), given.text("noi_dung"), since=given.since)


def _back(given: Given, _: str) -> str:
    return f"../?{_asked(given).query}#qua-han"
