"""What a unit says of what it owes: the paper was sent over the document axis, or more time is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.portal import ask_for_time, check_more_time, check_sent, may_say, say_sent
from plan_lifecycle.web.portal._owed import gone_on, one_line, overview, person_in
from plan_lifecycle.web.portal._portal import Portal, RefusedError, Work, portal_of
from plan_lifecycle.web.receiving import Form

router = APIRouter()

SENT, MORE_TIME = "dg_", "tn_"
"""What the ids of the fields of a form begin with: three forms on one page ask who fills them in."""
NOTHING_TO_SAY = "Nội dung này không còn phải gửi; đề nghị tải lại trang."
LONGEST_REASON = 500


@router.post("/v/{handle}/da-gui")
async def say_that_it_was_sent(request: Request, handle: str) -> Response:
    """Note number and date of the paper; a coordinator looks it up."""
    return await _posted(request, handle, _sent)


@router.post("/v/{handle}/them-ngay")
async def ask_for_more_time(request: Request, handle: str) -> Response:
    """Note the day that is asked for, and why; a coordinator answers."""
    return await _posted(request, handle, _more_time)


async def _posted(request: Request, handle: str, does: Callable[[Portal, Work, Form], Response]) -> Response:
    portal = portal_of(request)
    work = await run_in_threadpool(portal.at_work, request, handle)
    form = await portal.posted(request, work)
    if not may_say(work.owed):
        raise RefusedError(409, NOTHING_TO_SAY)
    return await run_in_threadpool(does, portal, work, form)


def _sent(portal: Portal, work: Work, form: Form) -> Response:
    reference, issued_on = one_line(form.fields.get("so_ky_hieu", "")), _day(form.fields.get("ngay_van_ban", ""))
    person, missing = person_in(form)
    amiss = check_sent(reference, issued_on, work.now.date())
    if issued_on is None or missing or amiss:
        return _again(portal, work, form, SENT, missing, amiss)
    by = f"{person.name}, {person.post}"
    say_sent(portal.office, work.owed.obligation, reference, issued_on, by=by, now=work.now)
    return gone_on(portal, work, person, f"{work.here}/?ghi=1")


def _more_time(portal: Portal, work: Work, form: Form) -> Response:
    until, reason = _day(form.fields.get("den_ngay", "")), one_line(form.fields.get("ly_do", ""), LONGEST_REASON)
    person, missing = person_in(form)
    amiss = check_more_time(work.owed.obligation, until, reason, work.now.date())
    if until is None or missing or amiss:
        return _again(portal, work, form, MORE_TIME, missing, amiss)
    by = f"{person.name}, {person.post}"
    ask_for_time(portal.office, work.owed.obligation, until, reason, by=by, now=work.now)
    return gone_on(portal, work, person, f"{work.here}/?ghi=1")


def _again(
    portal: Portal, work: Work, form: Form, at: str, missing: Mapping[str, str], amiss: list[InputError]
) -> Response:
    """The page with what was typed, and beside each field what is wrong with it."""
    wrong = {error.field or "": error.for_user for error in amiss} | dict(missing)
    typed = {f"{at}{name}": one_line(value, LONGEST_REASON) for name, value in form.fields.items()}
    return overview(
        portal, work, status=422, missing={f"{at}{name}": words for name, words in wrong.items()}, typed=typed
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
