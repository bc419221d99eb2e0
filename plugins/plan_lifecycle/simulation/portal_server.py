"""The units' portal beside a played year: the links in the demo's letters open it, dated by the day that is played.

It runs in a thread of the demo and ends with it; what a visitor hands in there is taken in, checked and answered like
everything else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import NamedTuple

import uvicorn

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Office, open_desk
from plan_lifecycle.lifecycle.send import sent_today
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.settings import ROOT
from plan_lifecycle.store import overview
from plan_lifecycle.web.portal import create_portal

READY_WITHIN = 60.0


class Example(NamedTuple):
    """A link to try, with the code that opens the same page."""

    unit: str
    what: str
    address: str
    code: str


class PortalServer:
    """A context manager around the portal of ``office`` at ``port``; ``clock`` gives its business moment."""

    def __init__(self, office: Office, port: int, mail: MailServer, clock: Callable[[], datetime]) -> None:
        self._office, self._clock = office, clock
        app = create_portal(
            office,
            ROOT / "templates" / "web",
            clock=clock,
            connect=lambda now: Transport(mail, sent_today=sent_today(office, now, datetime.now(UTC))),
        )
        settings = uvicorn.Config(
            app, host="127.0.0.1", port=port, log_config=None, access_log=False, server_header=False
        )
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, name="portal", daemon=True)

    def __enter__(self) -> PortalServer:
        """Serve. Raises PlanLifecycleError where the port cannot be had."""
        self._thread.start()
        until = time.monotonic() + READY_WITHIN
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise PlanLifecycleError(f"the portal did not start at port {self._server.config.port}")
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)

    def example(self) -> Example | None:
        """A link of a unit that still owes something, a report rather than a plan; None where nobody does."""
        now = self._clock()
        with self._office.store.read() as connection:
            owed = overview.outstanding_by(connection, now.date())
            desk = open_desk(self._office, connection, now)
        if not owed:
            return None
        found = min(owed, key=lambda each: (each.item is not Item.REPORT, -desk.tree[each.unit_id].level))
        unit = desk.tree.named(desk.tree[found.unit_id])
        return Example(unit, found.what, desk.link(found) or "", desk.code(found) or "")
