"""What all pages share: the office, its links, the clock, limits; and who may be at work on what."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import (
    Claim,
    Links,
    LiveOffice,
    Office,
    begin_day,
    code_counts,
    generation_of,
    normal_code,
    open_until,
)
from plan_lifecycle.lifecycle.portal import Owed, describe, find_obligation
from plan_lifecycle.lifecycle.submission import Superiors
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.portal import Edition, Scope
from plan_lifecycle.web.portal._limits import ALL_GUESSES, GUESSES, POSTS, UPLOADS, Limits, neighbourhood
from plan_lifecycle.web.portal._pages import Pages
from plan_lifecycle.web.portal._places import FullError, Places
from plan_lifecycle.web.portal._post import Post
from plan_lifecycle.web.portal._sessions import BROWSER, COOKIE, PERSON, Session, Sessions
from plan_lifecycle.web.receiving import Form, read_form

log = logging.getLogger(__name__)

TREE_LASTS = 60.0
"""Seconds for which the tree of units, the superior plans and the list of codes are kept."""
SOONEST_AGAIN = 15.0
FILED_AT_ONCE = 2
"""As many as there are processes that read (``documents/reader_pool``)."""
TOO_MANY = "Có quá nhiều yêu cầu trong thời gian ngắn; đề nghị thử lại sau ít phút."
WRONG_TOO_OFTEN = (
    "Địa chỉ hoặc mã chưa đúng; từ mạng này đã có nhiều lần mở sai. Đề nghị mở địa chỉ hoặc nhập mã ghi trong thư mới "
    "nhất; địa chỉ đúng, mã đúng vẫn mở được ngay."
)


class ClosedError(Exception):
    """Nothing opens here: a wrong, altered, revoked or unknown link all get the same answer."""


class RefusedError(Exception):
    """The request is not taken; ``words`` tell the person why and what to do."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Work(NamedTuple):
    """One person's request on one obligation."""

    session: Session
    owed: Owed
    now: datetime
    prefix: str
    here: str
    person: Mapping[str, str]
    """Name and post as this browser stated them last, by the fields of a form."""


class _Codes(NamedTuple):
    """What every code stands for, as of a reading of the monotonic clock and an edition of the store."""

    made: float
    edition: Edition
    scopes: dict[str, Scope]


@dataclass
class Portal:
    """The collaborators of all pages. ``clock`` gives the business moment."""

    live: LiveOffice
    links: Links
    pages: Pages
    clock: Callable[[], datetime]
    limits: Limits
    post: Post | None = None

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.links, self.office.store)
        self.places = Places()
        self._kept = threading.Lock()
        # Few at a time are all done sooner; one that takes long leaves a place to the others.
        self.filing = threading.BoundedSemaphore(FILED_AT_ONCE)
        self._superiors: tuple[float, Superiors] | None = None
        self._coding = threading.Lock()
        self._codes = _Codes(float("-inf"), Edition(0, 0), {})

    @property
    def office(self) -> Office:
        """The office with the rules of this moment."""
        return self.live.now()

    def tree(self, day: date) -> UnitTree:
        """The units that exist on a day, read again every minute."""
        return self.superiors(day).tree

    def superiors(self, day: date) -> Superiors:
        """The tree of a day with the superior plans that were read since, renewed every minute."""
        with self._kept:
            kept = self._superiors
            if kept is None or kept[0] < time.monotonic() - TREE_LASTS or kept[1].tree.day != day:
                with self.office.store.read() as connection:
                    tree = unit_rows.load_tree(connection, day)
                kept = self._superiors = time.monotonic(), Superiors(self.office, tree)
            return kept[1]

    def opened(self, claim: Claim, today: date) -> Owed | None:
        """What a genuine claim opens, whatever its day; None where it was revoked or what it names is no more."""
        found = find_obligation(self.office, claim.scope)
        if found is None or found[1] != claim.generation:
            return None
        return describe(self.office, self.tree(today), found[0], today)

    def claim_of_code(self, typed: str, today: date) -> Claim | None:
        """What a typed code stands for."""
        code = normal_code(typed)
        scope = self._scope_of(code) if code else None
        found = find_obligation(self.office, scope) if scope else None
        if scope is None or found is None or self.links.code(scope, found[1]) != code:
            return None
        obligation, generation = found
        if not code_counts(obligation.state.value, obligation.due_on, today):
            return None
        return Claim(scope, open_until(obligation.due_on, today), generation)

    def _scope_of(self, code: str) -> Scope | None:
        with self._coding:
            if code not in self._codes.scopes or time.monotonic() - self._codes.made > TREE_LASTS:
                self._codes = self._newer(self._codes)
            return self._codes.scopes.get(code)

    def _newer(self, known: _Codes) -> _Codes:
        """The codes that are known and those made since: wrong ones must not have all read again and again."""
        now = time.monotonic()
        with self.office.store.read() as connection:
            edition = portal_rows.edition(connection)
            whole = now - known.made > SOONEST_AGAIN or edition.revoked != known.edition.revoked
            if edition == known.edition and not whole:
                return known
            generations = portal_rows.generations(connection)
            scopes = [scope for scope, _, _ in portal_rows.scopes(connection, 0 if whole else known.edition.newest)]
        codes = {self.links.code(scope, generation_of(generations, scope)): scope for scope in scopes}
        return _Codes(now, edition, codes) if whole else _Codes(known.made, edition, known.scopes | codes)

    def begin(self, request: Request, claim: Claim, response: Response) -> Response:
        """Give the browser a session for what the claim opens."""
        now, prefix = self.clock(), prefix_of(request)
        session, browser = self.sessions.begin(
            claim.scope, claim.generation, now, claim.expires_on, browser=request.cookies.get(BROWSER)
        )
        self.sessions.keep(response, session, prefix, now)
        self.sessions.know(response, browser, prefix)
        return response

    def at_work(self, request: Request, handle: str) -> Work:
        """Who asks, and for what. Raises ClosedError."""
        now = self.clock()
        session = self.sessions.read(request.cookies.get(COOKIE), handle, now)
        owed = None
        if session is not None:
            claim = Claim(session.scope, date.fromordinal(session.last_day), session.generation)
            owed = self.opened(claim, now.date())
        if session is None or owed is None:
            raise ClosedError
        prefix = prefix_of(request)
        person = self.sessions.person(request.cookies.get(PERSON))
        return Work(session, owed, now, prefix, f"{prefix}/v/{handle}", person)

    async def posted(self, request: Request, work: Work) -> Form:
        """The form that was sent from a page of this session. Raises RefusedError, BadBody, TooLarge, TooSlow."""
        return await self._received(request, work)

    @asynccontextmanager
    async def uploaded(self, request: Request, work: Work) -> AsyncIterator[Form]:
        """The same with files in it, which are gone afterwards."""
        with self.places.on_the_way(f"{work.here}:{_neighbourhood(request)}") as came:
            try:
                form = await self._received(request, work, came)
            except FullError as error:
                raise RefusedError(429, TOO_MANY) from error
            try:
                yield form
            finally:
                form.close()

    async def in_place(self, work: Work, does: Callable[..., Response], *given: object) -> Response:
        """What ``does`` with portal, work and what is ``given``, as soon as its link and the portal have a place.

        It takes long, and all that it needs is here: a place is held by nobody who is waited for.
        """
        async with self.places.at_work(work.here):
            return await run_in_threadpool(does, self, work, *given)

    async def _received(self, request: Request, work: Work, came: Callable[[int], object] | None = None) -> Form:
        self.from_here(request, proof=True)
        kind, rate = ("upload", UPLOADS) if came else ("post", POSTS)
        allowed = (f"{kind}:{work.here}:{_neighbourhood(request)}", rate)
        if await run_in_threadpool(self.limits.full, allowed):
            raise RefusedError(429, TOO_MANY)
        form = await (read_form(request, with_files=True, came=came) if came else read_form(request))
        refused = None
        if not self.sessions.is_form_token(work.session, form.fields.get("ma_bieu", "")):
            refused = RefusedError(403, "Phiên làm việc đã thay đổi; đề nghị mở lại địa chỉ trong thư và gửi lại.")
        elif not await run_in_threadpool(self.limits.take, allowed):
            refused = RefusedError(429, TOO_MANY)
        if refused:
            form.close()
            raise refused
        await run_in_threadpool(begin_day, self.office.store, work.now, wall=work.now)
        return form

    def from_here(self, request: Request, *, proof: bool = False) -> None:
        """Refuse a form that another site sends. Raises RefusedError.

        A browser says so in Sec-Fetch-Site; over plain http, or an old one, in Origin. That it hides on pages of
        addresses that nobody else may learn, whose forms carry a ``proof`` instead. What says neither is no browser.
        """
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None:
            ours = site in ("same-origin", "none")
        elif origin is not None and not proof:
            ours = origin == self.links.origin or origin.partition("://")[2] == request.headers.get("host")
        else:
            ours = True
        if not ours:
            raise RefusedError(403, "Yêu cầu không xuất phát từ trang này.")

    def guessed_wrong(self, request: Request) -> None:
        """Count a link or code that opened nothing. Raises RefusedError for whoever has tried too many such."""
        here = _neighbourhood(request)
        guesses = ((f"guess:{here}", GUESSES), ("guess:*", ALL_GUESSES))
        if self.limits.full(*guesses):
            raise RefusedError(429, WRONG_TOO_OFTEN)
        self.limits.take(*guesses)

    def answer(self) -> None:
        """Let letters leave that were just queued."""
        if self.post is not None:
            self.post.wake()

    def page(self, name: str, work: Work, *, status: int = 200, **values: object) -> Response:
        """A page of somebody at work; looking at it keeps the session alive."""
        token = self.sessions.form_token(work.session)
        response = self.pages.page(
            name, status, prefix=work.prefix, here=work.here, owed=work.owed, form_token=token, **values
        )
        self.sessions.keep(response, work.session, work.prefix, work.now)
        return response


def _neighbourhood(request: Request) -> str:
    return neighbourhood(request.client.host if request.client else None)


def portal_of(request: Request) -> Portal:
    """The portal that serves a request."""
    portal: Portal = request.app.state.portal
    return portal


def prefix_of(request: Request) -> str:
    """The path below which a browser sees the portal: what the proxy in front of it takes away."""
    return portal_of(request).links.prefix


def static_folder(templates: Path) -> Path:
    """Where style and script lie."""
    return templates / "static"
