"""The page *Báo cáo*: compiled reports with versions and files; hold one, let it go, record how it was issued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import REPORT_STATE_WORDS, Receiver
from plan_lifecycle.lifecycle.release import (
    Paper,
    Signed,
    hold_report,
    issue_report,
    release_report,
    report_to_save,
    reported_periods,
    shown_reports,
    signed_paper,
    undo_issue,
)
from plan_lifecycle.web.board._files import saved
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, Place, receive
from plan_lifecycle.web.board._upload import TOO_LARGE, Upload, receive_upload
from plan_lifecycle.web.receiving import TooLarge

_LONGEST_PERIOD = 16


Act = Callable[[Given, str, str], None]


def reports_page(frame: Frame) -> APIRouter:
    """The routes of the page: the reports of a period, the files, an act for each form."""
    routes = APIRouter(prefix="/bao-cao")
    looks, decides = Depends(frame.guards.look), Depends(frame.guards.decide)

    @routes.get("/")
    def every(request: Request, who: Person = looks, ky: str = "", da: Number = 0) -> Response:
        return _show(frame, request, who, ky[:_LONGEST_PERIOD], done=bool(da))

    @routes.get("/tep/{number}/{ending}", dependencies=[looks])
    def file(number: Place, ending: str) -> Response:
        found = report_to_save(frame.office, number, ending, frame.clock())
        if found is None:
            raise HTTPException(404)
        name, data = found
        return saved(data, name)

    @routes.get("/ban-ky/{number}", dependencies=[looks])
    def paper(number: Place) -> Response:
        found = signed_paper(frame.office, number)
        if found is None:
            raise HTTPException(404)
        name, data = found
        return saved(data, name)

    @routes.post("/ban-hanh")
    async def issue(request: Request, who: Person = decides) -> Response:
        try:
            came = await receive_upload(frame, request, who)
        except TooLarge:
            return await run_in_threadpool(_show, frame, request, who, "", problems=[TOO_LARGE], status=413)
        return await run_in_threadpool(_decided, frame, request, partial(_issue, came), came.given)

    @routes.post("/{act}")
    async def decide(request: Request, act: str, who: Person = decides) -> Response:
        if act not in ACTS:
            raise HTTPException(404)
        given = await receive(frame, request, who)
        return await run_in_threadpool(_decided, frame, request, ACTS[act], given)

    return routes


def _show(
    frame: Frame,
    request: Request,
    who: Person,
    period: str,
    *,
    done: bool = False,
    problems: Sequence[str] = (),
    status: int = 200,
) -> Response:
    """The reports of a period, else of the one with the newest report. Raises HTTPException 404 where there is none."""
    now, periods = frame.clock(), reported_periods(frame.office)
    if period and period not in periods:
        raise HTTPException(404)
    chosen = period or next(iter(periods), "")
    return frame.show(
        request,
        "reports.html",
        who,
        now,
        status=status,
        periods=[(code, Period.parse(code).label) for code in periods],
        chosen=chosen,
        reports=shown_reports(frame.office, now, chosen) if chosen else [],
        states=REPORT_STATE_WORDS,
        coordinator=Receiver.COORDINATOR,
        leader=Receiver.LEADER,
        done=done,
        problems=problems,
    )


def _decided(frame: Frame, request: Request, act: Act, given: Given) -> Response:
    """Do it, and show the period's reports again; where it was not done, the page says why."""
    period = given.text("ky")
    try:
        act(given, given.text("don_vi"), period)
    except InputError as error:
        known = period if period in reported_periods(frame.office) else ""
        return _show(frame, request, given.who, known, problems=[error.for_user], status=422)
    return RedirectResponse(f"./?{urlencode({'ky': period, 'da': 1})}", 303)


def _hold(given: Given, unit_id: str, period: str) -> None:
    hold_report(given.office, unit_id, period, given.in_own_words(), given.now, until=given.day("den_ngay"))


def _release(given: Given, unit_id: str, period: str) -> None:
    release_report(given.office, unit_id, period, given.in_own_words(), given.now)


def _issue(came: Upload, given: Given, unit_id: str, period: str) -> None:
    day = given.day("ngay")
    if day is None:
        raise InputError("a day", field="ngay", found="nothing", vi="Đề nghị ghi ngày ban hành.")
    signed = Signed(given.text("so"), day, given.text("nguoi_ky"))
    decider, version = given.in_own_words(), given.number("lan")
    paper = Paper(came.name, came.data) if came.name or came.data else None
    issue_report(given.office, unit_id, period, signed, decider, given.now, version=version, paper=paper)


def _undo(given: Given, unit_id: str, period: str) -> None:
    undo_issue(given.office, unit_id, period, given.in_own_words(), given.now, version=given.number("lan"))


ACTS: dict[str, Act] = {
    "giu-lai": _hold,
    "trinh": _release,
    "rut": _undo,
}
"""The acts on a report of a unit and period, by the address that a form is sent to; to issue it is one with a file."""
