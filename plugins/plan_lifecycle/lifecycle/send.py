"""Sending: what the outbox holds goes out, each letter once, with its reason where it does not.

A letter is claimed, its obligations are looked at once more (met in the meantime: it is not sent; some met: it is
written anew without them), sent, and noted as sent. A crash between the server's word and our note repeats that one
letter under the same Message-ID: rather a recognisable repeat than a lost letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING
from plan_lifecycle.domain.reminder import Rung
from plan_lifecycle.domain.unit import Contact
from plan_lifecycle.lifecycle.correspondence import Recipient
from plan_lifecycle.lifecycle.desk import open_desk
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import Due, reminder_letter
from plan_lifecycle.mail.transport import MailServerDownError, Outcome
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import units as unit_rows

BATCH = 50
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
) -> Sent:
    """Send everything that is queued over one connection; each letter is tried once in a run.

    ``connect`` opens the connection and is not called where nothing waits. ``now`` is the business moment, ``wall``
    the wall clock (claims go stale by it), ``worker`` this process's name.
    """
    done = Sent()
    tried: set[int] = set()
    with ExitStack() as stack:
        mailer: Mailer | None = None
        while done.stopped is None:
            batch = _claim(office, tried, wall=wall, worker=worker)
            if not batch:
                break
            try:
                mailer = mailer or stack.enter_context(connect())
            except MailServerDownError as error:
                done.stopped = str(error)
                _release(office, batch, worker, done.stopped)
                break
            _send_batch(office, mailer, batch, done, now=now, worker=worker)
    with office.store.read() as connection:
        done.queued = letter_rows.states(connection).get(LetterState.QUEUED.value, 0)
    return done


def _claim(office: Office, tried: set[int], *, wall: datetime, worker: str) -> list[Letter]:
    """The next batch without those that this run has tried already."""
    with office.store.write() as connection:
        claimed = letter_rows.claim(connection, worker, wall, BATCH, leaving=tried)
    tried.update(letter.id for letter in claimed)
    return claimed


def _release(office: Office, letters: Sequence[Letter], worker: str, reason: str) -> None:
    with office.store.write() as connection:
        letter_rows.release(connection, [each.id for each in letters], worker, reason)


def _send_batch(
    office: Office, mailer: Mailer, batch: Sequence[Letter], done: Sent, *, now: datetime, worker: str
) -> None:
    current = _look_again(office, batch, now)
    for position, claimed in enumerate(batch):
        letter = current[claimed.id]
        if letter is None:
            _mark(office, claimed.id, worker, LetterState.SUPERSEDED, reason=ALL_MET)
            done.superseded += 1
            continue
        try:
            outcome = mailer.send(office.store.blobs.get(letter.blob), office.mail_from, [letter.recipient])
        except MailServerDownError as error:
            done.stopped = str(error)
            _release(office, batch[position:], worker, done.stopped)
            return
        _note(office, letter, outcome, done, now=now, worker=worker)


def _note(office: Office, letter: Letter, outcome: Outcome, done: Sent, *, now: datetime, worker: str) -> None:
    if letter.recipient in outcome.accepted:
        _mark(office, letter.id, worker, LetterState.SENT, sent_at=now, reason=None)
        done.sent += 1
    elif outcome.retry:
        _release(office, [letter], worker, outcome.reason)
        done.later += 1
    else:
        with office.store.write() as connection:
            letter_rows.mark(
                connection, letter.id, worker, LetterState.FAILED, reason=outcome.reason, permanent=outcome.permanent
            )
            if outcome.permanent:
                unit_rows.mark_unreachable(connection, letter.recipient, now)
        done.failed[letter.recipient] = outcome.reason


def _mark(office: Office, letter_id: int, worker: str, state: LetterState, **values: object) -> None:
    with office.store.write() as connection:
        letter_rows.mark(connection, letter_id, worker, state, **values)


def _look_again(office: Office, batch: Sequence[Letter], now: datetime) -> dict[int, Letter | None]:
    """Each letter as it should go out now; None where everything that it asks for has come in."""
    result: dict[int, Letter | None] = {letter.id: letter for letter in batch}
    with office.store.read() as connection:
        carried = letter_rows.reminders_of(connection, [letter.id for letter in batch])
        ids = sorted({obligation_id for items in carried.values() for obligation_id, _ in items})
        obligations = {each.id: each for each in obligation_rows.get_obligations(connection, ids)}
        open_now = {key for key, each in obligations.items() if each.state in OUTSTANDING}
        stale = [each for each in batch if any(key not in open_now for key, _ in carried.get(each.id, ()))]
        desk = open_desk(office, connection, now, list(obligations.values())) if stale else None
    for letter in stale:
        rungs = {rung.name: rung for ladder in office.rules.ladders.values() for rung in ladder}
        left = [
            Due(obligations[key], rungs.get(name, Rung(name, 0, letter.kind)))
            for key, name in carried[letter.id]
            if key in open_now
        ]
        if not left or desk is None:
            result[letter.id] = None
            continue
        to = Recipient(letter.recipient, _name(desk.contacts, letter), letter.unit_id)
        anew = reminder_letter(desk, to, left, key=letter.key)
        with office.store.write() as connection:
            letter_rows.rewrite(connection, letter.id, anew.subject, anew.blob)
        result[letter.id] = replace(letter, subject=anew.subject, blob=anew.blob)
    return result


def _name(contacts: dict[str, list[Contact]], letter: Letter) -> str:
    people = contacts.get(letter.unit_id or "", [])
    return next((each.name for each in people if each.email == letter.recipient), "")
