"""What a bounce changes: the address is marked, and what it should have got goes to the unit's next contact.

A bounce that tells of a delay, an auto-reply or a complaint changes nothing; the same bounce twice changes it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.send._next_contact import address_failed
from plan_lifecycle.mail.incoming import Classified, Kind
from plan_lifecycle.store import letters as letter_rows

WITHIN = timedelta(days=14)
"""Letters sent longer ago than this are not sent again because of a bounce."""


@dataclass(frozen=True, slots=True)
class Bounced:
    """What a message came to: the addresses that were marked, the letters queued for somebody else."""

    addresses: tuple[str, ...] = ()
    letters: int = 0


def note_bounce(office: Office, judged: Classified, now: datetime) -> Bounced:
    """Act on a message that was judged."""
    if judged.kind is not Kind.BOUNCE:
        return Bounced()
    dead = {failure.recipient: failure.status for failure in judged.failures if failure.permanent and failure.recipient}
    if judged.permanent and judged.recipient:
        dead.setdefault(judged.recipient, judged.status)
    marked, queued = [], 0
    for address, status in dead.items():
        with office.store.read() as connection:
            letters = letter_rows.sent_to(connection, address, now - WITHIN)
        failed = address_failed(office, address, letters, f"thư bị trả lại ({status or 'không rõ mã'})", now)
        if failed.known or letters:
            marked.append(address)
        queued += failed.queued
    return Bounced(tuple(marked), queued)
