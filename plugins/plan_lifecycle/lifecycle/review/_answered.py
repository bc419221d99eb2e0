"""The word to a unit that asked on its page: more time is granted, or its request is declined."""

from __future__ import annotations

from datetime import date, datetime

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.lifecycle.office import Office, open_desk, thread_key, write_letter
from plan_lifecycle.mail.contexts import RequestAnswered
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import statements
from plan_lifecycle.store.database import Connection


def answer_request(
    office: Office,
    connection: Connection,
    owed: Obligation,
    now: datetime,
    *,
    granted_until: date | None = None,
    reason: str | None = None,
) -> None:
    """Queue the letter to the unit's officer, with the decision; nothing to a unit that exists no more."""
    desk = open_desk(office, connection, now, [owed])
    if not desk.both_exist(owed):
        return
    unit = desk.tree[owed.unit_id]
    context = RequestAnswered(
        sender=desk.sender_of(owed),
        to=desk.tree.named(unit),
        today=now.date(),
        what=owed.what,
        unit=desk.tree.named(unit),
        granted_until=granted_until,
        last_day=owed.due_on,
        reason=reason,
        link=desk.link(owed),
        code=desk.code(owed),
        paper=owed.paper,
    )
    newest = max((one.id for one in statements.newest_of(connection, owed.id)), default=0)
    key = f"answered:{owed.id}:{newest}"
    thread = thread_key(owed.plan_id, owed.unit_id)
    letters = [
        write_letter(office, context, key=key, to=to, now=now, thread=thread) for to in desk.recipients(unit.id)[:1]
    ]
    letter_rows.queue(connection, letters)
