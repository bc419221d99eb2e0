"""Everything that units owe or owed in a year, one short row each: what a table of units and papers is made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.store.sight import within
from plan_lifecycle.store.tables import obligation, plan


class StandingRow(NamedTuple):
    """One paper that one unit owes; ``abstract`` is that of the plan that asks for it."""

    unit_id: str
    item: Item
    period: str
    abstract: str | None
    state: ObligationState
    due_on: date | None
    first_received_at: datetime | None


def standing_of(connection: Connection, year: int, sight: Sight = EVERYTHING) -> list[StandingRow]:
    """What is owed for the periods of a year by the units that may be seen, quotas left out. One query."""
    columns = (
        obligation.c.unit_id,
        obligation.c.item,
        obligation.c.period,
        plan.c.abstract,
        obligation.c.state,
        obligation.c.due_on,
        obligation.c.first_received_at,
    )
    query = select(*columns).join(plan, plan.c.id == obligation.c.plan_id)
    wanted = (
        obligation.c.period.startswith(str(year), autoescape=True),
        obligation.c.item != Item.QUOTA.value,
        within(obligation.c.unit_id, sight),
    )
    order = (obligation.c.due_on, obligation.c.item, obligation.c.period, obligation.c.id)
    rows = connection.execute(query.where(*wanted).order_by(*order))
    return [StandingRow(row[0], Item(row[1]), row[2], row[3], ObligationState(row[4]), row[5], row[6]) for row in rows]


def years_owed(connection: Connection, sight: Sight = EVERYTHING) -> list[int]:
    """The years for which something is owed, the newest first."""
    year = func.substr(obligation.c.period, 1, 4)
    query = select(year).where(obligation.c.item != Item.QUOTA.value, within(obligation.c.unit_id, sight)).distinct()
    return sorted((int(text) for text in connection.execute(query).scalars() if text.isdecimal()), reverse=True)
