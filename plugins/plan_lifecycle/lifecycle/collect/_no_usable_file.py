"""The one polite answer to a message without a usable file, and all the reasons not to send it.

Xã Bình An writes "gửi báo cáo" and forgets the file: it is told so, once. A machine is never answered, nor a list, nor
a stranger, nor the same address over and over: two machines must not talk to each other.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from plan_lifecycle.channels import IncomingMessage
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect._answerable import is_a_persons, may_hear
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._whose import Attribution
from plan_lifecycle.lifecycle.office import Desk, Office, Recipient, open_desk, write_letter
from plan_lifecycle.mail.contexts import NoUsableFile


class Instead(StrEnum):
    """What a message brings in a file's stead: what it states, a link, or nothing."""

    STATED = "stated"
    LINK = "link"
    NOTHING = "nothing"


def no_file_letters(
    office: Office,
    message: IncomingMessage,
    found: Attribution,
    received_at: datetime,
    now: datetime,
    instead: Instead,
) -> list[Letter]:
    """Write the answer for the outbox; none where the sender is not a unit's own, or a machine may read it.

    What a message states is passed on to the coordinator, and not asked for once more.
    """
    if found.sender is None or not found.units or found.doubt is Doubt.NOT_AUTHENTICATED:
        return []
    if found.candidates and all(obligation.item is Item.QUOTA for obligation in found.candidates):
        return []  # the letter about a month's quota asks for addresses, not for a file
    if not is_a_persons(office, message, found.sender):
        return []
    with office.store.read() as connection:
        if not may_hear(connection, found.sender, NoUsableFile.kind, now, known=True):
            return []
        desk = open_desk(office, connection, now, found.candidates)
    return _letters(desk, message, found, received_at, instead)


def _letters(
    desk: Desk, message: IncomingMessage, found: Attribution, received_at: datetime, instead: Instead
) -> list[Letter]:
    units = [desk.tree[unit_id] for unit_id in found.units if unit_id in desk.tree]
    if not units:
        return []
    above = desk.tree.get(found.candidates[0].receiver_id) if found.candidates else desk.tree.parent(units[0])
    names = "; ".join(map(desk.tree.named, units))
    whats = {obligation.what for obligation in found.candidates}
    context = NoUsableFile(
        sender=desk.office.sender(desk.tree, above or units[0], {unit.id: unit for unit in units}),
        to=names,
        today=desk.now.date(),
        unit=names,
        received_at=received_at,
        what=whats.pop() if len(whats) == 1 else None,
        stated=instead is Instead.STATED,
        link=instead is Instead.LINK,
    )
    to = Recipient(found.sender or "", "", units[0].id)
    thread = found.answered.key if found.answered else None
    return [write_letter(desk.office, context, key=f"no_file:{message.identity}", to=to, now=desk.now, thread=thread)]
