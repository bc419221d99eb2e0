"""What a year came to in the store, as plain counts: what a played year is held against its expectation by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.store.tables import (
    audit,
    contact_request,
    letter,
    obligation,
    plan,
    reminder,
    submission,
    succession,
    upload,
)


def timeliness(connection: Connection) -> tuple[int, int, int, int, int]:
    """Units that owe, obligations, those first received in time, those first received late, those never received."""
    first = select(submission.c.obligation_id, submission.c.days_late).where(submission.c.version == 1).subquery()
    units = connection.execute(select(func.count(func.distinct(obligation.c.unit_id)))).scalar_one()
    owed = connection.execute(select(func.count()).select_from(obligation)).scalar_one()
    on_time = connection.execute(select(func.count()).where(first.c.days_late == 0)).scalar_one()
    late = connection.execute(select(func.count()).where(first.c.days_late > 0)).scalar_one()
    never = select(func.count()).select_from(obligation).where(obligation.c.first_received_at.is_(None))
    return units, owed, on_time, late, connection.execute(never).scalar_one()


def letters_sent(connection: Connection, *, leaving: Collection[str]) -> int:
    """Letters that have left, but for those of some kinds."""
    query = select(func.count()).where(letter.c.state == LetterState.SENT.value, letter.c.kind.not_in(leaving))
    return connection.execute(query).scalar_one()


def done_by_people(connection: Connection, *, leaving: Collection[str]) -> int:
    """What people did: acts on the trail by other names than these, files handed in at the portal (of one press of the
    button together), proposed contacts."""
    counts = (
        select(func.count()).select_from(audit).where(audit.c.by.not_in(leaving)),
        select(func.count(func.distinct(upload.c.batch))),
        select(func.count()).select_from(contact_request),
    )
    return sum(connection.execute(query).scalar_one() for query in counts)


def reminded_twice(connection: Connection) -> int:
    """Letters of one day to one address beyond the first."""
    sent = letter.c.kind.in_(("reminder_before", "reminder_last", "reminder_after"))
    grouped = select(func.count().label("n")).where(sent).group_by(letter.c.recipient, func.date(letter.c.sent_at))
    return connection.execute(select(func.count()).where(grouped.subquery().c.n > 1)).scalar_one()


def letters_after_all_met(connection: Connection) -> int:
    """Reminders whose obligation had been met before the letter left."""
    query = (
        select(func.count())
        .select_from(reminder)
        .join(letter, letter.c.id == reminder.c.letter_id)
        .join(obligation, obligation.c.id == reminder.c.obligation_id)
        .where(obligation.c.met_at < letter.c.sent_at)
    )
    return connection.execute(query).scalar_one()


class Row(NamedTuple):
    """One thing that a unit owes: to whom, what of which period, until when; ``plan`` is the number and symbol of the
    plan from outside that it goes back to, "36/KH-UBND"."""

    unit_id: str
    receiver_id: str
    item: str
    period: str
    due_on: date | None
    plan: str


def owed(connection: Connection, states: Collection[ObligationState] = tuple(ObligationState)) -> list[Row]:
    """All that anybody owes, or what stands in these states."""
    plans = connection.execute(select(plan.c.id, plan.c.parent_id, plan.c.number, plan.c.symbol)).all()
    above = {each.id: each.parent_id for each in plans}
    called = {each.id: f"{each.number}/{each.symbol}" for each in plans}
    meant = obligation.c.state.in_([state.value for state in states])
    rows = connection.execute(select(obligation).where(meant).order_by(obligation.c.id))
    found = []
    for row in rows:
        outermost = row.plan_id
        while above[outermost] is not None:
            outermost = above[outermost]
        found.append(Row(row.unit_id, row.receiver_id, row.item, row.period, row.due_on, called[outermost]))
    return found


def links(connection: Connection) -> int:
    """How many links there are from units to those that took over."""
    return connection.execute(select(func.count()).select_from(succession)).scalar_one()
