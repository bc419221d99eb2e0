"""Sending: what the outbox holds goes out, each letter once, with its reason where it does not.

A letter is claimed, its obligations are looked at once more (met in the meantime: it is not sent; some met: it is
written anew without them), sent, and noted as sent. A crash between the server's word and our note repeats that one
letter under the same Message-ID: rather a recognisable repeat than a lost letter.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING
from plan_lifecycle.lifecycle.correspondence import Recipient
from plan_lifecycle.lifecycle.desk import Desk, open_desk
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import Due, reminder_letter, still_due
from plan_lifecycle.mail.transport import MailServerDownError, Outcome
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.engine import Store

BATCH = 50
RENEW_AFTER = 60.0
"""Seconds after which claims are renewed: far less than ``letters.STALE_AFTER``, more than most letters take."""
ALL_MET = "đã nhận đủ nội dung trước khi gửi"


class Mailer(Protocol):
    """What sends bytes: ``mail.transport.Transport``, or a fake in tests."""

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Send one message; raise MailServerDownError where the server cannot be reached."""


@dataclass(slots=True)
class Sent:
    """What a run did: counts, the letters that newly failed (address: reason), and why it stopped early, if it did."""

    sent: int = 0
    superseded: int = 0
    later: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    stopped: str | None = None
    queued: int = 0


def send_outbox(
    office: Office,
    connect: Callable[[], AbstractContextManager[Mailer]],
    *,
    now: datetime,
    wall: datetime,
    worker: str,
    clock: Callable[[], float] = time.monotonic,
) -> Sent:
    """Send everything that is queued over one connection; each letter is tried once in a run.

    ``connect`` opens the connection and is not called where nothing waits. ``now`` is the business moment, ``wall``
    the wall clock at the start (claims go stale by it; ``clock`` counts on from there), ``worker`` this process.
    """
    done, claims = Sent(), _Claims(office.store, worker, wall, clock)
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


class _Claims:
    """What this worker has claimed. Claims are renewed while it is at work, or a slow server would let them look
    stale and another sender take them; what was given back is not taken again in the same run."""

    def __init__(self, store: Store, worker: str, wall: datetime, clock: Callable[[], float]) -> None:
        self.store, self.worker = store, worker
        self._wall, self._clock, self._started = wall, clock, clock()
        self._renewed = self._started
        self._given_back: set[int] = set()

    def take(self) -> list[Letter]:
        """The next batch."""
        self._renewed = self._clock()
        with self.store.write() as connection:
            return letter_rows.claim(connection, self.worker, self._moment(), BATCH, leaving=self._given_back)

    def kept(self, ids: set[int]) -> None:
        """Take out of ``ids`` what another worker has claimed in the meantime."""
        if self._clock() - self._renewed >= RENEW_AFTER:
            self._renewed = self._clock()
            with self.store.write() as connection:
                ids &= letter_rows.renew(connection, sorted(ids), self.worker, self._moment())

    def note(self, letter_id: int, state: LetterState, **values: object) -> None:
        """Say what became of a letter."""
        with self.store.write() as connection:
            letter_rows.mark(connection, letter_id, self.worker, state, **values)

    def give_back(self, ids: Collection[int], reason: str | None, *, tried: bool = False) -> None:
        """Queue letters again for the next run."""
        if ids:
            self._given_back.update(ids)
            with self.store.write() as connection:
                letter_rows.release(connection, sorted(ids), self.worker, reason, tried=tried)

    def _moment(self) -> datetime:
        return self._wall + timedelta(seconds=self._clock() - self._started)


def _send_batch(
    office: Office, mailer: Mailer, batch: Sequence[Letter], left: set[int], done: Sent, claims: _Claims, now: datetime
) -> None:
    """Send the batch; ``left`` keeps those that nothing was decided about."""
    current = _look_again(office, batch, now, claims.worker)
    for claimed in batch:
        claims.kept(left)
        if claimed.id not in left:
            continue
        letter = current[claimed.id]
        if letter is None:
            claims.note(claimed.id, LetterState.SUPERSEDED, reason=ALL_MET)
            done.superseded += 1
        else:
            _send_one(office, mailer, letter, done, claims, now)
        left.discard(claimed.id)


def _send_one(office: Office, mailer: Mailer, letter: Letter, done: Sent, claims: _Claims, now: datetime) -> None:
    try:
        data = office.store.blobs.get(letter.blob)
    except BlobError as error:  # the folder may be back tomorrow; the other letters go
        claims.give_back([letter.id], str(error), tried=True)
        done.failed[letter.recipient] = str(error)
        return
    outcome = mailer.send(data, office.mail_from, [letter.recipient])
    if letter.recipient in outcome.accepted:
        claims.note(letter.id, LetterState.SENT, sent_at=now, reason=None)
        done.sent += 1
    elif outcome.retry:
        claims.give_back([letter.id], outcome.reason, tried=True)
        done.later += 1
    else:
        _fail(claims, letter, outcome, now)
        done.failed[letter.recipient] = outcome.reason


def _fail(claims: _Claims, letter: Letter, outcome: Outcome, now: datetime) -> None:
    """A letter that never will arrive. The address is marked only where it is to blame, not the sender or content."""
    note = {"reason": outcome.reason, "permanent": outcome.permanent}
    with claims.store.write() as connection:
        letter_rows.mark(connection, letter.id, claims.worker, LetterState.FAILED, **note)
        if outcome.permanent and letter.recipient in outcome.refused:
            unit_rows.mark_unreachable(connection, letter.recipient, now)


def _look_again(office: Office, batch: Sequence[Letter], now: datetime, worker: str) -> dict[int, Letter | None]:
    """Each letter as it should go out now; None where everything that it asks for has come in.

    A reminder of an earlier day is written anew: its words count the days that are left.
    """
    result: dict[int, Letter | None] = {letter.id: letter for letter in batch}
    with office.store.read() as connection:
        carried = letter_rows.reminders_of(connection, [letter.id for letter in batch])
        ids = sorted({obligation_id for items in carried.values() for obligation_id, _ in items})
        owed = {each.id: each for each in obligation_rows.get_obligations(connection, ids)}
        moved = {key for key, each in owed.items() if each.state not in OUTSTANDING or each.extended_from}
        stale = [
            each
            for each in batch
            if each.id in carried
            and (each.queued_at.date() < now.date() or any(key in moved for key, _ in carried[each.id]))
        ]
        desk = open_desk(office, connection, now, list(owed.values())) if stale else None
    if desk is not None:
        for letter in stale:
            items = (still_due(desk, owed[key], rung, letter.kind) for key, rung in carried[letter.id])
            left = [item for item in items if item is not None]
            result[letter.id] = _written_anew(desk, letter, left, worker) if left else None
    return result


def _written_anew(desk: Desk, letter: Letter, left: Sequence[Due], worker: str) -> Letter:
    people = desk.contacts.get(letter.unit_id or "", [])
    name = next((each.name for each in people if each.email == letter.recipient), "")
    anew = reminder_letter(desk, Recipient(letter.recipient, name, letter.unit_id), left, key=letter.key)
    with desk.office.store.write() as connection:
        letter_rows.rewrite(connection, letter.id, worker, anew)
    return replace(letter, kind=anew.kind, subject=anew.subject, blob=anew.blob)
