"""A letter that its address refused for good goes to the unit's next contact, in the same run.

The officer of xã Bình An has moved on and the mailbox is gone: the address is marked, the deputy gets what the officer
should have got, and where nobody is left that is on record for the digest. Nobody gets the same twice: of several
reminders of one obligation only the newest goes on, none where another contact of the unit has it already, or where the
next rung goes to the next contact within a day anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.reminder import REMINDERS
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office import Desk, Office, Recipient, open_desk
from plan_lifecycle.lifecycle.remind import Due, reminder_letter, still_due
from plan_lifecycle.mail.message import Address, stable_message_id
from plan_lifecycle.mail.readdress import readdressed
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection

LONGEST_KEY = 512
_LOST = frozenset({LetterState.FAILED.value, LetterState.SUPERSEDED.value, None})


class Failed(NamedTuple):
    """What came of it: whether the address was a contact's until now, and how many letters were queued for others."""

    known: bool
    queued: int


@dataclass(frozen=True)
class _Refused:
    """What an address did not get, and whom each obligation's reminders reached otherwise."""

    desk: Desk
    address: str
    ledger: Mapping[int, Sequence[Mapping[str, Any]]]

    def others(self, unit_id: str) -> list[Recipient]:
        """Everybody else of the unit who can be written to: officers first, then whoever there is."""
        people = [*self.desk.recipients(unit_id), *self.desk.recipients(unit_id, tuple(ContactRole))]
        return [to for to in people if to.email.lower() != self.address.lower()]

    def why_not(self, due: Due) -> WhyUnsent | None:
        """Why the reminder does not go on; None where it goes to the next contact."""
        owed, rung = due
        others = {to.email.lower() for to in self.others(owed.unit_id)}
        if not others:
            return WhyUnsent.NO_CONTACT
        reached = {
            row["recipient"].lower()
            for row in self.ledger.get(owed.id, ())
            if row["rung"] == rung.name and row["state"] not in _LOST
        }
        if others & reached:
            return WhyUnsent.OTHERS_HAVE_IT
        tomorrow = self.desk.office.rules.calendar.sending_after(self.desk.now.date() + timedelta(days=1))
        near = owed.next_rung_on is not None and owed.next_rung_on <= tomorrow
        return WhyUnsent.NEXT_IS_NEAR if near else None


def address_failed(office: Office, address: str, letters: Sequence[Letter], reason: str, now: datetime) -> Failed:
    """Mark the address, note its ``letters`` as returned, and queue them for the next contacts: all or nothing."""
    if not letters:
        with office.store.write() as connection:
            return Failed(unit_rows.mark_unreachable(connection, address, now), 0)
    with office.store.read() as connection:
        refused, due = _look(office, connection, address, letters, now)
        copies = [_copy(refused, connection, letter) for letter in letters if letter.kind not in REMINDERS]
    written, rows = _reminders(refused, due, letters)
    written += [copy for copy in copies if copy is not None]
    with office.store.write() as connection:
        known = unit_rows.mark_unreachable(connection, address, now)
        for letter in letters:
            letter_rows.mark_returned(connection, letter.id, now, reason)
        ids = letter_rows.queue(connection, written)
        reminder_rows.save_reminders(connection, _with_letters(rows, ids))
    return Failed(known, len(ids))


def _look(
    office: Office, connection: Connection, address: str, letters: Sequence[Letter], now: datetime
) -> tuple[_Refused, list[Due]]:
    """What is known around the letters, and the newest reminder of each obligation that still asks for something."""
    carried = reminder_rows.reminders_of(connection, [letter.id for letter in letters])
    ids = sorted({key for items in carried.values() for key, _ in items})
    owed = {obligation.id: obligation for obligation in obligation_rows.get_obligations(connection, ids)}
    desk = open_desk(office, connection, now, list(owed.values()))
    newest = {key: (rung, letter.kind) for letter in letters for key, rung in carried.get(letter.id, [])}
    found = (still_due(desk, owed[key], rung, kind) for key, (rung, kind) in newest.items())
    refused = _Refused(desk, address, reminder_rows.ledger_of(connection, ids))
    return refused, [due for due in found if due is not None]


def _reminders(
    refused: _Refused, due: Iterable[Due], letters: Sequence[Letter]
) -> tuple[list[Letter], list[dict[str, Any]]]:
    """One letter to each next contact, and the ledger's rows, each with the key of its letter or why there is none.

    A mailbox that several units shared has several successors; where they have one in common, it gets one letter.
    """
    to_whom: dict[str, tuple[Recipient, list[Due]]] = {}
    rows: list[dict[str, Any]] = []
    for item in due:
        why = refused.why_not(item)
        if why is not None:
            rows.append(_row(refused.desk, item, "", None, why))
            continue
        to = refused.others(item.obligation.unit_id)[0]
        to_whom.setdefault(to.email.lower(), (to, []))[1].append(item)
    written = []
    for email, (to, items) in to_whom.items():
        letter = reminder_letter(refused.desk, to, items, key=_key(letters[-1], email))
        written.append(letter)
        rows += [_row(refused.desk, item, email, letter.key, None) for item in items]
    return written, rows


def _copy(refused: _Refused, connection: Connection, letter: Letter) -> Letter | None:
    """The same letter for the next contact; None where there is none, all have it already, or its bytes are gone."""
    desk = refused.desk
    others = refused.others(letter.unit_id) if letter.unit_id is not None and letter.unit_id in desk.tree else []
    if not others:
        return None
    sent_as = letter.key.removesuffix(f":{letter.recipient}")
    keys = {sent_as, *(f"{sent_as}:{to.email}" for to in others), *(_key(letter, to.email) for to in others)}
    if letter_rows.received_by(connection, keys) & {to.email.lower() for to in others}:
        return None
    to, key = others[0], _key(letter, others[0].email)
    message_id = stable_message_id(key, domain=desk.office.mail_domain)
    try:
        data = readdressed(desk.office.store.blobs.get(letter.blob), Address(to.email, to.name), message_id)
    except BlobError:
        return None
    return Letter(
        key=key,
        message_id=message_id,
        kind=letter.kind,
        recipient=to.email,
        subject=letter.subject,
        blob=desk.office.store.blobs.put(data),
        queued_at=desk.now,
        unit_id=letter.unit_id,
    )


def _key(letter: Letter, email: str) -> str:
    return f"{letter.key}>{email}"[:LONGEST_KEY]


def _with_letters(rows: Iterable[dict[str, Any]], ids: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The rows with the ids of their letters; not those of letters that were queued before."""
    for row in rows:
        key = row.pop("key")
        if key is None or key in ids:
            yield row | {"letter_id": ids.get(key)}


def _row(desk: Desk, item: Due, recipient: str, key: str | None, why: WhyUnsent | None) -> dict[str, Any]:
    return {
        "obligation_id": item.obligation.id,
        "rung": item.rung.name,
        "recipient": recipient,
        "on_day": desk.now.date(),
        "key": key,
        "why": why.value if why else None,
        "reason": why.words if why else None,
    }
