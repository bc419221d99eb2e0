"""The short session that a link is exchanged for: a signed cookie, bound to one obligation and to its own path.

Two links opened in one browser have two cookies under two paths, so nothing that is handed in can go to the wrong one.
A session that was left, or that another one of the same browser has replaced, is ended in the store: a copy of its
cookie opens nothing. To tell browsers apart each has a cookie of its own, which opens nothing and says nothing.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData
from starlette.responses import Response

from plan_lifecycle.lifecycle.office import Generation, Links
from plan_lifecycle.store import sessions as session_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.portal import Scope

COOKIE = "phien"
BROWSER = "may"
PERSON = "nguoi"
REMEMBERED = timedelta(days=180)
"""How long a browser keeps the name and post that were stated in it."""
LASTS = timedelta(hours=4)
"""How long a session lives without being used."""
LONGEST = timedelta(hours=12)
"""How long it lives at most: a working day, after which its link is opened again."""
_BROWSER = re.compile(r"[0-9a-f]{32}")


class Session(NamedTuple):
    """Who is at work: on which obligation, under which generation of links.

    ``until`` is when it ends without a further page, ``last`` when it ends at the latest (seconds since 1970),
    ``last_day`` the link's own end (an ordinal). ``seat`` is browser and obligation, ``number`` which session there.
    """

    scope: Scope
    generation: Generation
    until: int
    last: int
    last_day: int
    seat: str
    number: int


class Sessions:
    """Makes and reads sessions with the key of the links; the store knows which were ended."""

    def __init__(self, links: Links, store: Store) -> None:
        self._links, self._store = links, store

    def handle(self, scope: Scope) -> str:
        """The part of the path that stands for an obligation: opaque, and of no use without the cookie."""
        digest = self._links.digest("handle", "\0".join(map(str, scope)))
        return base64.b32encode(digest[:10]).decode().lower()

    def begin(
        self, scope: Scope, generation: Generation, now: datetime, last_day: date, *, browser: str | None = None
    ) -> tuple[Session, str]:
        """A new session, which ends with the link at the latest, and what its browser is known by.

        Where that is a browser which was here before, whatever it had open of this obligation ends.
        """
        known = browser is not None and _BROWSER.fullmatch(browser)
        browser = browser if browser is not None and known else secrets.token_hex(16)
        seat = self._links.digest("seat", "\0".join(map(str, (browser, *scope)))).hex()
        number = 0
        if known:
            with self._store.write() as connection:
                number = session_rows.end(connection, seat, now, forget_before=now - LONGEST)
        until, last = _seconds(now + LASTS), _seconds(now + LONGEST)
        return Session(scope, generation, until, last, last_day.toordinal(), seat, number), browser

    def read(self, cookie: str | None, handle: str, now: datetime) -> Session | None:
        """The session of a cookie, if it is ours, of this path and not over."""
        if not cookie or len(cookie) > 1000:
            return None
        try:
            scope, generation, *more = self._links.signer("session").loads(cookie)
            session = Session(Scope(*scope), (generation[0], generation[1]), *more)
        except (BadData, ValueError, TypeError, IndexError):
            return None
        fits = hmac.compare_digest(self.handle(session.scope), handle)
        over = now.timestamp() >= min(session.until, session.last) or now.date().toordinal() > session.last_day
        return session if fits and not over and not self._was_ended(session) else None

    def _was_ended(self, session: Session) -> bool:
        with self._store.read() as connection:
            return session.number < session_rows.ended(connection, session.seat)

    def keep(self, response: Response, session: Session, prefix: str, now: datetime) -> None:
        """Set the cookie, good for another while."""
        until = min(_seconds(now + LASTS), session.last)
        value = self._links.signer("session").dumps(list(session._replace(until=until)))
        response.set_cookie(
            COOKIE,
            value if isinstance(value, str) else value.decode(),
            max_age=until - _seconds(now),
            path=f"{prefix}/v/{self.handle(session.scope)}/",
            secure=self._links.secure,
            httponly=True,
            samesite="strict",
        )

    def know(self, response: Response, browser: str, prefix: str) -> None:
        """Set what the browser is known by; a link in another site's page or in a mail brings it, too."""
        response.set_cookie(
            BROWSER,
            browser,
            max_age=int(LONGEST.total_seconds()),
            path=f"{prefix}/",
            secure=self._links.secure,
            httponly=True,
            samesite="lax",
        )

    def remember(self, response: Response, prefix: str, name: str, post: str) -> None:
        """Keep who filled in a form, for the next form of this browser."""
        value = self._links.signer("person").dumps([name, post])
        response.set_cookie(
            PERSON,
            value if isinstance(value, str) else value.decode(),
            max_age=int(REMEMBERED.total_seconds()),
            path=f"{prefix}/",
            secure=self._links.secure,
            httponly=True,
            samesite="strict",
        )

    def person(self, cookie: str | None) -> Mapping[str, str]:
        """Name and post out of a cookie of ours, as the fields of a form; empty where there is none."""
        if not cookie or len(cookie) > 2000:
            return {}
        try:
            name, post = self._links.signer("person").loads(cookie)
        except (BadData, ValueError, TypeError):
            return {}
        return {"ho_ten": str(name), "chuc_vu": str(post)}

    def end(self, response: Response, session: Session, prefix: str, now: datetime) -> None:
        """End it in the store, for every copy of the cookie, and take the cookies back."""
        with self._store.write() as connection:
            session_rows.end(connection, session.seat, now, forget_before=now - LONGEST)
        response.delete_cookie(PERSON, path=f"{prefix}/", secure=self._links.secure, httponly=True, samesite="strict")
        response.delete_cookie(
            COOKIE,
            path=f"{prefix}/v/{self.handle(session.scope)}/",
            secure=self._links.secure,
            httponly=True,
            samesite="strict",
        )

    def form_token(self, session: Session) -> str:
        """What every form carries, so that no other site can send one in this session's name.

        It is the same for all sessions of one link: who opens the letter again in another window, or after a session
        has ended, can still send what was typed before.
        """
        return self._links.digest("form", "\0".join(map(str, (*session.scope, *session.generation)))).hex()

    def is_form_token(self, session: Session, given: str) -> bool:
        """Whether a form came from a page of this link."""
        return hmac.compare_digest(self.form_token(session).encode(), given.encode("utf-8", "replace"))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
