"""The way in: the link out of a letter, or the short address and a code; and a new link for one that has ended."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plan_lifecycle.lifecycle.portal import renew
from plan_lifecycle.web.health import health
from plan_lifecycle.web.portal._portal import ClosedError, portal_of, prefix_of
from plan_lifecycle.web.receiving import read_form

router = APIRouter()

MOST = 8 * 1024
"""Bytes of a form that anybody may send: one code or link."""


@router.get("/")
def ask_for_code(request: Request) -> Response:
    """The page that somebody reaches who types the address."""
    return portal_of(request).pages.page("code", prefix=prefix_of(request), wrong=False, typed="")


@router.post("/ma")
async def enter_code(request: Request) -> Response:
    """Exchange a typed code for a session. A wrong one, an ended one and none at all get one answer."""
    portal = portal_of(request)
    portal.from_here(request)
    typed = (await read_form(request, most=MOST)).fields.get("ma", "")
    today = portal.clock().date()
    claim = await run_in_threadpool(portal.claim_of_code, typed, today)
    if claim is None or await run_in_threadpool(portal.opened, claim, today) is None:
        await run_in_threadpool(portal.guessed_wrong, request)
        return portal.pages.page("code", 404, prefix=prefix_of(request), wrong=True, typed=typed[:20])
    to = f"{prefix_of(request)}/v/{portal.sessions.handle(claim.scope)}/"
    return await run_in_threadpool(portal.begin, request, claim, RedirectResponse(to, 303))


@router.get("/song")
def alive(request: Request) -> Response:
    """Whether the portal and its store are there: 204, else 503 with what ails it, for whoever watches over it."""
    return health(portal_of(request).live)


@router.get("/song/{token}")
def knows_our_links(request: Request, token: str) -> Response:
    """Whether links are signed with the same secret where this was signed (``doctor``): 204, else as any wrong link."""
    if not portal_of(request).links.proves(token):
        raise ClosedError
    return Response(status_code=204)


@router.get("/n/{token}")
def open_link(request: Request, token: str) -> Response:
    """Exchange a link for a session and leave its address behind.

    The page goes on by itself. A redirect would not do: a browser that comes from a mail program's page holds a strict
    cookie back for the whole chain.
    """
    portal = portal_of(request)
    claim, today = portal.links.read(token), portal.clock().date()
    owed = portal.opened(claim, today) if claim else None
    if claim is None or owed is None:
        portal.guessed_wrong(request)
        raise ClosedError
    prefix = prefix_of(request)
    if claim.expires_on < today:
        return portal.pages.page("ended", 410, prefix=prefix, token=token, sent=False)
    to = f"{prefix}/v/{portal.sessions.handle(claim.scope)}/"
    return portal.begin(request, claim, portal.pages.page("opening", prefix=prefix, owed=owed, to=to))


@router.post("/gui-lai")
async def renew_link(request: Request) -> Response:
    """Send a new link to the unit's registered addresses, whoever asks; whether anything was sent is not told."""
    portal = portal_of(request)
    portal.from_here(request, proof=True)
    token = (await read_form(request, most=MOST)).fields.get("lien_ket", "")
    claim = portal.links.read(token)
    if claim is None:
        await run_in_threadpool(portal.guessed_wrong, request)
    else:
        await run_in_threadpool(renew, portal.office, claim.scope, claim.generation, portal.clock())
        portal.answer()
    return portal.pages.page("ended", prefix=prefix_of(request), token="", sent=True)
