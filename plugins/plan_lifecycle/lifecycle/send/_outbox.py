"""Sending: what the outbox holds goes out, each letter once, with its reason where it does not.

A letter is claimed, its obligations are looked at once more (``_last_look``), sent, and noted as sent. A
crash between the server's word and our note repeats that one letter under the same Message-ID: rather a recognisable
repeat than a lost letter. What says something else by then goes under a Message-ID of its own. A letter is stamped with
the true time at which it left, whatever day the run works on; in a played year with that day's. What is refused for now
is tried again after a growing time, by the wall clock.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.reminder import REMINDERS
from plan_lifecycle.lifecycle.office import Office, contained
from plan_lifecycle.lifecycle.send._last_look import look_again
from plan_lifecycle.lifecycle.send._next_contact import address_failed
from plan_lifecycle.mail.pace import later
from plan_lifecycle.mail.transport import MailServerDownError, Outcome
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import pauses
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.engine import Store

__all__ = ["Mailer", "Sent", "send_outbox", "sent_today"]

log = logging.getLogger(__name__)

BATCH = 50
RENEW_AFTER = 60.0
"""Seconds after which claims are renewed: far less than ``letters.STALE_AFTER``, more than most letters take."""
GIVE_UP_AFTER = 20
"""Attempts, spread over some four days by the growing time between them."""


class Mailer(Protocol):
    """What sends bytes: ``mail.transport.Transport``, or a fake in tests."""

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Send one message; raise MailServerDownError where the server cannot be reached."""


@dataclass(slots=True)
class Sent:
    """What a run did: counts, the letters that newly failed (address: reason), and why it stopped early, if it did.

    ``paused`` says why nothing at all is sent for now; ``queued`` letters wait for the end of that.
    """

    sent: int = 0
    superseded: int = 0
    later: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    stopped: str | None = None
    queued: int = 0
    paused: str | None = None


def send_outbox(
    office: Office,
    connect: Callable[[], AbstractContextManager[Mailer]],
    *,
    now: datetime,
    wall: datetime,
    worker: str,
    clock: Callable[[], float] = time.monotonic,
    only: Collection[str] = (),
) -> Sent:
    """Send everything that is queued over one connection; each letter is tried once in a run.

    ``connect`` opens the connection and is not called where nothing waits. ``now`` is the business moment, ``wall``
    the wall clock at the start (claims go stale by it; ``clock`` counts on from there), ``worker`` this process.
    ``only`` names the kinds of letters to send; empty: all. Letters of later days than that of ``now`` stay queued.
    While all mail is paused nothing leaves, and each letter that waits bears the reason.
    """
    pause = _pause_of_all(office, now.date(), only)
    if pause is not None:
        return pause
    held = () if office.rules.may_remind(now) else REMINDERS
    done, claims = Sent(), _Claims(office.store, worker, wall, clock, held, only, now.date())
    with ExitStack() as stack:
        mailer: Mailer | None = None
        while done.stopped is None and (batch := claims.take()):
            left = {letter.id for letter in batch}
            try:
                mailer = mailer or stack.enter_context(connect())
                _send_batch(office, mailer, batch, left, done, claims, now)
            except MailServerDownError as error:
                done.stopped = str(error)
            finally:
                claims.give_back(left, done.stopped)
    with office.store.read() as connection:
        done.queued = letter_rows.states(connection).get(LetterState.QUEUED.value, 0)
    return done


def _pause_of_all(office: Office, day: date, only: Collection[str]) -> Sent | None:
    """Nothing sent, where a person has paused all mail on a day; None where letters go."""
    with office.store.read() as connection:
        pause = pauses.of_everything(connection, day)
    if pause is None:
        return None
    with office.store.write() as connection:
        return Sent(queued=pauses.hold_letters(connection, pause.in_words, by=day, only=only), paused=pause.in_words)


class _Claims:
    """What this worker has claimed. Claims are renewed while it is at work, or a slow server would let them look
    stale and another sender take them; what was given back is not taken again in the same run."""

    def __init__(
        self,
        store: Store,
        worker: str,
        wall: datetime,
        clock: Callable[[], float],
        kinds_held: Collection[str],
        only: Collection[str],
        day: date,
    ) -> None:
        self.store, self.worker, self._kinds_held, self._only = store, worker, kinds_held, only
        self._day = day
        self._wall, self._clock, self._started = wall, clock, clock()
        self._renewed = self._started
        self._given_back: set[int] = set()
        self.unsure: set[int] = set()
        """Those that may have left: taken over from a sender that fell silent, or the server did amid them."""

    def take(self) -> list[Letter]:
        """The next batch."""
        self._renewed = self._clock()
        with self.store.write() as connection:
            batch = letter_rows.claim(
                connection,
                self.worker,
                self.moment(),
                BATCH,
                by=self._day,
                leaving=self._given_back,
                kinds_held=self._kinds_held,
                only=self._only,
            )
        self.unsure.update(letter.id for letter in batch if letter.unsure)
        return batch

    def kept(self, ids: set[int]) -> None:
        """Take out of ``ids`` what another worker has claimed in the meantime."""
        if self._clock() - self._renewed >= RENEW_AFTER:
            self._renewed = self._clock()
            with self.store.write() as connection:
                ids &= letter_rows.renew(connection, sorted(ids), self.worker, self.moment())

    def still_mine(self, letter_id: int) -> bool:
        """Whether nobody has taken a letter over: one whose clock is ahead believes this worker dead."""
        with self.store.read() as connection:
            return letter_rows.is_claimed_by(connection, letter_id, self.worker)

    def note(self, letter_id: int, state: LetterState, **values: object) -> None:
        """Say what became of a letter."""
        with self.store.write() as connection:
            letter_rows.mark(connection, letter_id, self.worker, state, **values)

    def give_back(
        self, ids: Collection[int], reason: str | None, *, tried: bool = False, wait: timedelta | None = None
    ) -> None:
        """Queue letters again for the next run, or for one after ``wait``."""
        if ids:
            self._given_back.update(ids)
            retry_at = self.moment() + wait if wait else None
            with self.store.write() as connection:
                letter_rows.release(
                    connection,
                    sorted(ids),
                    self.worker,
                    reason,
                    tried=tried,
                    retry_at=retry_at,
                    unsure=self.unsure.intersection(ids),
                )

    def moment(self) -> datetime:
        """The wall clock."""
        return self._wall + timedelta(seconds=self._clock() - self._started)


def _send_batch(
    office: Office, mailer: Mailer, batch: Sequence[Letter], left: set[int], done: Sent, claims: _Claims, now: datetime
) -> None:
    """Send the batch; ``left`` keeps those that nothing was decided about."""
    current = look_again(office, batch, now, claims.worker)
    for claimed in batch:
        claims.kept(left)
        if claimed.id not in left or not claims.still_mine(claimed.id):
            left.discard(claimed.id)
            continue
        look = current[claimed.id]
        if look.letter is not None:
            _send_one(office, mailer, look.letter, done, claims, now)
        elif look.held:
            claims.give_back([claimed.id], look.reason)
        else:
            claims.note(claimed.id, LetterState.SUPERSEDED, reason=look.reason)
            done.superseded += 1
        left.discard(claimed.id)


def _send_one(office: Office, mailer: Mailer, letter: Letter, done: Sent, claims: _Claims, now: datetime) -> None:
    try:
        data = office.store.blobs.get(letter.blob)
    except BlobError as error:  # the folder may be back tomorrow; the other letters go
        claims.give_back([letter.id], str(error), tried=True)
        done.failed[letter.recipient] = str(error)
        return
    claims.unsure.add(letter.id)
    outcome = mailer.send(data, office.mail_from, [letter.recipient])
    if not (outcome.unsure or letter.unsure):
        claims.unsure.discard(letter.id)
    if letter.recipient in outcome.accepted:
        left_at = now if office.played else claims.moment()
        claims.note(letter.id, LetterState.SENT, sent_at=max(left_at, letter.queued_at), reason=None)
        done.sent += 1
    elif outcome.retry and outcome.permanent is None:  # the day's quota is used up: not tried
        claims.give_back([letter.id], outcome.reason)
        done.later += 1
    elif outcome.retry and letter.attempts + 1 < GIVE_UP_AFTER:
        claims.give_back([letter.id], outcome.reason, tried=True, wait=later(letter.attempts + 1))
        done.later += 1
    else:
        _fail(office, claims, letter, outcome, now)
        done.failed[letter.recipient] = outcome.reason


def _fail(office: Office, claims: _Claims, letter: Letter, outcome: Outcome, now: datetime) -> None:
    """A letter that never will arrive. Where the address is to blame, not the content, the next contact gets it."""
    if outcome.permanent and letter.recipient in outcome.refused:
        # The next contact's letter is written in one transaction with this outcome, so a crash loses neither.
        with contained(
            f"letter {letter.id}", lambda error: log.error("letter %s: %s", letter.id, error), letter=letter.id
        ):
            address_failed(office, letter.recipient, [letter], outcome.reason, now)
            return
    claims.note(letter.id, LetterState.FAILED, reason=outcome.reason, permanent=outcome.permanent)


def sent_today(office: Office, now: datetime, wall: datetime) -> int:
    """Letters of the day so far: they count against a server's daily quota, whichever run sent them.

    The day is the wall clock's, in a played year that of ``now``.
    """
    begin = datetime.combine((now if office.played else wall).astimezone(LOCAL).date(), clock_time(), LOCAL)
    with office.store.read() as connection:
        return letter_rows.sent_between(connection, begin, begin + timedelta(days=1))
