"""What a coordinator's morning is about: what is due, what came in, what did not arrive, whom nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, case, exists, func, select

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING, RELEASED, Item, Obligation
from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.sight import within
from plan_lifecycle.store.tables import contact, letter, obligation, plan, unit


class Begun(NamedTuple):
    """Whether there are any units, any people of theirs, any plans."""

    units: bool
    people: bool
    plans: bool


class FailedLetter(NamedTuple):
    """A letter that did not arrive, and why."""

    unit_id: str | None
    recipient: str
    subject: str
    reason: str | None


class DeadAddress(NamedTuple):
    """An address that refused mail for good."""

    unit_id: str
    email: str


class GatheringRow(NamedTuple):
    """One item of one period owed to one receiver until one day: by how many units, of how many it has come in.

    ``abstract`` is that of the plan that asks for it.
    """

    receiver_id: str
    item: Item
    period: str
    due_on: date
    abstract: str | None
    expected: int
    received: int


def begun(connection: Connection) -> Begun:
    """How far the store is filled at all."""
    row = connection.execute(select(*(exists(select(table.c.id)) for table in (unit, contact, plan)))).one()
    return Begun(*map(bool, row))


def gatherings(connection: Connection, first: date, last: date, sight: Sight = EVERYTHING) -> list[GatheringRow]:
    """The plans and reports that fall due from ``first`` to ``last``, both included, the soonest first.

    Whom a person let off is not counted, nor who may not be seen.
    """
    kind = (obligation.c.receiver_id, obligation.c.item, obligation.c.period, obligation.c.due_on, plan.c.abstract)
    counts = (func.count().label("expected"), func.count(obligation.c.first_received_at).label("received"))
    wanted = (
        obligation.c.due_on.between(first, last),
        obligation.c.item != Item.QUOTA.value,
        obligation.c.state.not_in([state.value for state in RELEASED]),
    )
    query = select(*kind, *counts).join(plan, plan.c.id == obligation.c.plan_id).group_by(*kind)
    query = query.where(*wanted, within(obligation.c.unit_id, sight))
    order = (obligation.c.due_on, obligation.c.item, obligation.c.period, obligation.c.receiver_id, plan.c.abstract)
    rows = connection.execute(query.order_by(*order))
    return [GatheringRow(**dict(row._mapping) | {"item": Item(row.item)}) for row in rows]


class KindRow(NamedTuple):
    """One item of one period that somebody still owes; ``abstract`` is that of the plan that asks for it."""

    item: Item
    period: str
    abstract: str | None


def kinds_outstanding(connection: Connection, sight: Sight = EVERYTHING) -> list[KindRow]:
    """The plans and reports that somebody who may be seen still owes, by item and period."""
    kind = (obligation.c.item, obligation.c.period, plan.c.abstract)
    wanted = (
        obligation.c.item != Item.QUOTA.value,
        obligation.c.state.in_([state.value for state in OUTSTANDING]),
        within(obligation.c.unit_id, sight),
    )
    query = select(*kind).join(plan, plan.c.id == obligation.c.plan_id).where(*wanted).distinct().order_by(*kind)
    return [KindRow(Item(row.item), row.period, row.abstract) for row in connection.execute(query)]


class OwedCounts(NamedTuple):
    """How many plans and reports a unit owes or owed, how many have come in, how many are overdue."""

    expected: int = 0
    received: int = 0
    overdue: int = 0


def counts_by_unit(connection: Connection, day: date) -> dict[str, OwedCounts]:
    """What each unit owes, as it stands on a day; whom a person let off is not counted."""
    open_now = obligation.c.state.in_([state.value for state in OUTSTANDING]) & (obligation.c.due_on < day)
    columns = (
        func.count(),
        func.count(obligation.c.first_received_at),
        func.coalesce(func.sum(case((open_now, 1), else_=0)), 0),
    )
    wanted = (
        obligation.c.item != Item.QUOTA.value,
        obligation.c.state.not_in([state.value for state in RELEASED]),
    )
    query = select(obligation.c.unit_id, *columns).where(*wanted).group_by(obligation.c.unit_id)
    return {row[0]: OwedCounts(row[1], row[2], int(row[3])) for row in connection.execute(query)}


def outstanding_by(connection: Connection, last_day: date) -> list[Obligation]:
    """What is owed until ``last_day`` or was before, in order of receiver, item, period and unit."""
    wanted = (obligation.c.state.in_([state.value for state in OUTSTANDING]), obligation.c.due_on <= last_day)
    order = (obligation.c.receiver_id, obligation.c.item, obligation.c.period, obligation.c.unit_id, obligation.c.id)
    ids = connection.execute(select(obligation.c.id).where(*wanted).order_by(*order)).scalars().all()
    found = {each.id: each for each in obligation_rows.get_obligations(connection, ids)}
    return [found[key] for key in ids]


def received_since(connection: Connection, moment: datetime) -> dict[str, int]:
    """How many plans and reports came in for the first time since a moment, by receiver."""
    came = (obligation.c.first_received_at >= moment, obligation.c.item != Item.QUOTA.value)
    query = select(obligation.c.receiver_id, func.count()).where(*came)
    return {row[0]: row[1] for row in connection.execute(query.group_by(obligation.c.receiver_id))}


def receivers(connection: Connection) -> list[str]:
    """Every unit that something is owed to."""
    return list(connection.execute(select(obligation.c.receiver_id).distinct().order_by("receiver_id")).scalars())


def owing_to(connection: Connection, receiver_id: str) -> set[str]:
    """The units that owe, or owed, something to one receiver."""
    query = select(obligation.c.unit_id).where(obligation.c.receiver_id == receiver_id).distinct()
    return set(connection.execute(query).scalars())


def failed_since(connection: Connection, moment: datetime) -> Iterator[FailedLetter]:
    """Letters queued since a moment that failed for good or were given up."""
    failed = (letter.c.state == LetterState.FAILED.value, letter.c.queued_at >= moment)
    columns = (letter.c.unit_id, letter.c.recipient, letter.c.subject, letter.c.reason)
    for row in connection.execute(select(*columns).where(*failed).order_by(letter.c.id)):
        yield FailedLetter(*row)


def dead_addresses(connection: Connection, day: date) -> list[DeadAddress]:
    """Addresses of contacts in their term that refuse mail."""
    lasting = (contact.c.valid_to.is_(None) | (contact.c.valid_to >= day), contact.c.unreachable_since.is_not(None))
    query = select(contact.c.unit_id, contact.c.email).where(*lasting).order_by(contact.c.unit_id, contact.c.id)
    return [DeadAddress(*row) for row in connection.execute(query)]
