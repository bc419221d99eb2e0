"""A letter that its address refused for good goes to the unit's next contact, in the same run.

The officer of xã Bình An has moved on and the mailbox is gone: the address is marked, the deputy gets what the officer
should have got, and where nobody is left that is on record for the digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.reminder import REMINDERS
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office import Desk, Office, Recipient, open_desk
from plan_lifecycle.lifecycle.remind import Due, reminder_letter, still_due
from plan_lifecycle.mail.message import Address, stable_message_id
from plan_lifecycle.mail.readdress import readdressed
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.blobs import BlobError

LONGEST_KEY = 512


def address_failed(office: Office, letter: Letter, reason: str, now: datetime) -> int:
    """Mark the address, note the letter as returned, and queue it for the unit's next contact; how many were queued."""
    with office.store.write() as connection:
        unit_rows.mark_unreachable(connection, letter.recipient, now)
        letter_rows.mark_returned(connection, letter.id, now, reason)
    with office.store.read() as connection:
        carried = letter_rows.reminders_of(connection, [letter.id]).get(letter.id, [])
        owed = {
            obligation.id: obligation
            for obligation in obligation_rows.get_obligations(connection, [key for key, _ in carried])
        }
        desk = open_desk(office, connection, now, list(owed.values()))
    if letter.kind in REMINDERS:
        found = (still_due(desk, owed[key], rung, letter.kind) for key, rung in carried)
        return _reminders(desk, letter, [due for due in found if due is not None])
    copy = _copy(desk, letter)
    if copy is None:
        return 0
    with office.store.write() as connection:
        return len(letter_rows.queue(connection, [copy]))


def _reminders(desk: Desk, letter: Letter, items: Sequence[Due]) -> int:
    """Each unit's items to its own next contact; a mailbox that several units shared has several successors."""
    to_whom: dict[str, tuple[Recipient, list[Due]]] = {}
    nobody: list[Due] = []
    for item in items:
        to = next(iter(_others(desk, item.obligation.unit_id, letter)), None)
        if to is None:
            nobody.append(item)
        else:
            to_whom.setdefault(to.email, (to, []))[1].append(item)
    readdressed = {
        email: reminder_letter(desk, to, due, key=_key(letter, email)) for email, (to, due) in to_whom.items()
    }
    with desk.office.store.write() as connection:
        ids = letter_rows.queue(connection, readdressed.values())
        rows = [
            _row(desk, item, email, ids[each.key])
            for email, each in readdressed.items()
            if each.key in ids
            for item in to_whom[email][1]
        ]
        rows += [_row(desk, item, "", None) for item in nobody]
        letter_rows.save_reminders(connection, rows)
    return len(ids)


def _copy(desk: Desk, letter: Letter) -> Letter | None:
    """The same letter for the next contact; None where there is none, or its bytes are gone."""
    to = next(iter(_others(desk, letter.unit_id, letter)), None) if letter.unit_id else None
    if to is None:
        return None
    key = _key(letter, to.email)
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


def _others(desk: Desk, unit_id: str, letter: Letter) -> list[Recipient]:
    return [recipient for recipient in desk.recipients(unit_id) if recipient.email != letter.recipient]


def _key(letter: Letter, email: str) -> str:
    return f"{letter.key}>{email}"[:LONGEST_KEY]


def _row(desk: Desk, item: Due, recipient: str, letter_id: int | None) -> dict[str, Any]:
    return {
        "obligation_id": item.obligation.id,
        "rung": item.rung.name,
        "recipient": recipient,
        "on_day": desk.now.date(),
        "letter_id": letter_id,
        "why": None if letter_id else WhyUnsent.NO_CONTACT.value,
        "reason": None if letter_id else WhyUnsent.NO_CONTACT.words,
    }
