"""The short session that a link is exchanged for: a signed cookie, bound to one obligation and to its own path.

Two links opened in one browser have two cookies under two paths, so nothing that is handed in can go to the wrong one.
"""

from __future__ import annotations

import base64
import hmac
from datetime import date, datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData
from starlette.responses import Response

from plan_lifecycle.lifecycle.office import Generation, Links
from plan_lifecycle.store.portal import Scope

COOKIE = "phien"
LASTS = timedelta(hours=4)
"""How long a session lives without being used."""


class Session(NamedTuple):
    """Who is at work: on which obligation, under which generation of links.

    ``until`` is when it ends without a further page (seconds since 1970), ``last_day`` the link's own end (an ordinal).
    """

    scope: Scope
    generation: Generation
    until: int
    last_day: int


class Sessions:
    """Makes and reads sessions with the key of the links."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def handle(self, scope: Scope) -> str:
        """The part of the path that stands for an obligation: opaque, and of no use without the cookie."""
        digest = self._links.digest("handle", "\0".join(map(str, scope)))
        return base64.b32encode(digest[:10]).decode().lower()

    def begin(self, scope: Scope, generation: Generation, now: datetime, last_day: date) -> Session:
        """A new session, which ends with the link at the latest."""
        return Session(scope, generation, _until(now), last_day.toordinal())

    def read(self, cookie: str | None, handle: str, now: datetime) -> Session | None:
        """The session of a cookie, if it is ours, of this path and not over."""
        if not cookie or len(cookie) > 1000:
            return None
        try:
            scope, generation, until, last_day = self._links.signer("session").loads(cookie)
            session = Session(Scope(*scope), (generation[0], generation[1]), until, last_day)
        except (BadData, ValueError, TypeError, IndexError):
            return None
        fits = hmac.compare_digest(self.handle(session.scope), handle)
        over = now.timestamp() >= session.until or now.date().toordinal() > session.last_day
        return session if fits and not over else None

    def keep(self, response: Response, session: Session, prefix: str, now: datetime) -> None:
        """Set the cookie, good for another while."""
        value = self._links.signer("session").dumps(list(session._replace(until=_until(now))))
        response.set_cookie(
            COOKIE,
            value if isinstance(value, str) else value.decode(),
            max_age=int(LASTS.total_seconds()),
            path=f"{prefix}/v/{self.handle(session.scope)}/",
            secure=self._links.secure,
            httponly=True,
            samesite="strict",
        )

    def end(self, response: Response, session: Session, prefix: str) -> None:
        """Take the cookie back."""
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


def _until(now: datetime) -> int:
    return int((now + LASTS).timestamp())
