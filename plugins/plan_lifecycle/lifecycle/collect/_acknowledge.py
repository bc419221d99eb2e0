"""The one letter that says of files which wait for a person: received, being looked at (*đã nhận, đang xem*).

Xã Bình An's plan comes before anything is owed, or under a name that speaks of a report: its officer hears that it is
there, once a message, whatever is run twice. A stranger hears it too where a unit is named, without a word of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.channels import IncomingMessage
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.lifecycle.collect._answerable import is_a_persons, may_hear
from plan_lifecycle.lifecycle.office import Desk, Office, Recipient, open_desk, write_letter
from plan_lifecycle.mail.contexts import FileWaits


@dataclass(frozen=True, slots=True)
class LeftFiles:
    """Files of one message that wait: whose they may be, whether the sender is one of those units' own people, and the
    key of the letter that the message answers."""

    units: tuple[str, ...]
    known: bool
    names: tuple[str, ...]
    received_at: datetime
    thread: str | None = None


def waiting_letters(
    office: Office, message: IncomingMessage, sender: str | None, left: LeftFiles, now: datetime
) -> list[Letter]:
    """Write the letter for the outbox; none where nobody knows whose the files are, or a machine may read it."""
    if sender is None or not left.units or not is_a_persons(office, message, sender):
        return []
    with office.store.read() as connection:
        if not may_hear(connection, sender, FileWaits.kind, now, known=left.known):
            return []
        desk = open_desk(office, connection, now)
    return list(_letter(desk, message.identity, sender, left))


def _letter(desk: Desk, identity: str, sender: str, left: LeftFiles) -> Sequence[Letter]:
    units = [desk.tree[unit_id] for unit_id in left.units if unit_id in desk.tree]
    if not units:
        return []
    names = "; ".join(map(desk.tree.named, units)) if left.known else None
    context = FileWaits(
        sender=desk.office.sender(desk.tree, desk.tree.parent(units[0]) or units[0], {unit.id: unit for unit in units}),
        to=names or "Cơ quan, đơn vị gửi thư",
        today=desk.now.date(),
        unit=names,
        received_at=left.received_at,
        files=left.names if left.known else (),
    )
    to = Recipient(sender, "", units[0].id if left.known else None)
    return [write_letter(desk.office, context, key=f"waits:{identity}", to=to, now=desk.now, thread=left.thread)]
