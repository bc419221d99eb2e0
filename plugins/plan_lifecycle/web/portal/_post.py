"""Answers leave at once: xã Bình An's contacts have the receipt before the official has closed the page.

The outbox is the same as ever; a thread of its own sends from it what the portal has set off, and only that. What
cannot leave now stays queued: it is tried again here every minute, and by every other sender.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.lifecycle.office import LiveOffice
from plan_lifecycle.lifecycle.send import Mailer, send_outbox
from plan_lifecycle.mail.contexts import Accepted, LinkRenewed, Receipt, Return

log = logging.getLogger(__name__)

ANSWERS = tuple(each.kind for each in (Receipt, Return, Accepted, LinkRenewed))
AGAIN_AFTER = 60.0
"""Seconds after which letters that could not leave are tried again."""


class Post:
    """Sends the portal's answers. ``connect`` opens a connection to the mail server, ``worker`` names this sender."""

    def __init__(
        self,
        live: LiveOffice,
        connect: Callable[[datetime], AbstractContextManager[Mailer]],
        clock: Callable[[], datetime],
        worker: str,
    ) -> None:
        self._live, self._connect, self._clock, self._worker = live, connect, clock, worker
        self._wanted, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="post", daemon=True)

    def start(self) -> None:
        """Begin with what an earlier process may have left."""
        self._wanted.set()
        self._thread.start()

    def stop(self) -> None:
        """Finish the letter at hand and end."""
        self._ended.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def wake(self) -> None:
        """Say that answers may be waiting."""
        self._wanted.set()

    def _run(self) -> None:
        left = False
        while True:
            self._wanted.wait(AGAIN_AFTER if left else None)
            self._wanted.clear()
            if self._ended.is_set():
                return
            left = self._send()

    def _send(self) -> bool:
        """Send what waits; whether something is left for later."""
        now = self._clock()
        try:
            done = send_outbox(
                self._live.now(),
                lambda: self._connect(now),
                now=now,
                wall=datetime.now(UTC),
                worker=self._worker,
                only=ANSWERS,
            )
        except (PlanLifecycleError, OSError) as error:
            log.error("answers wait: %s", type(error).__name__)
            return True
        if done.stopped or done.failed:
            log.warning("answers: %s sent, %s failed, %s", done.sent, len(done.failed), done.stopped or "")
        return bool(done.stopped or done.later or (done.paused and done.queued))
