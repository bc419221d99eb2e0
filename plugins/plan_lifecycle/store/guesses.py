"""What files that wait for a person may be: nobody is reminded of that until somebody decides.

Xã Bình An's plan came from a private address: one row says whose and what it may be. The rows stay when it is decided;
only those of an arrival that waits count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select, union

from plan_lifecycle.domain.obligation import OUTSTANDING, Item
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.statements import said_to_be_sent
from plan_lifecycle.store.tables import arrival, guess, obligation, unit

_WAITS = arrival.c.state == ArrivalState.UNMATCHED.value


class Guess(NamedTuple):
    """What an arrival may be: an item of a unit, of one period; empty: any. A quota is meant only where it is named."""

    unit_id: str
    item: str = ""
    period: str = ""


class WaitingFile(NamedTuple):
    """A file that waits, and a unit whose it may be."""

    arrival_id: int
    received_at: datetime
    unit_id: str


def note(connection: Connection, arrival_id: int, guesses: Iterable[Guess]) -> None:
    """Add what an arrival may be; a unit that does not exist is left out."""
    rows = [{"arrival_id": arrival_id, **one._asdict()} for one in dict.fromkeys(guesses)]
    wanted = {row["unit_id"] for row in rows}
    known = set(connection.execute(select(unit.c.id).where(unit.c.id.in_(wanted))).scalars()) if wanted else set()
    insert_new(connection, guess, [row for row in rows if row["unit_id"] in known])


def awaiting(connection: Connection) -> frozenset[int]:
    """Find the open obligations that a file may be for which waits for a person, or whose paper is said to be sent:
    their ids, in one query."""
    query = select(obligation.c.id).join(guess, _fits()).join(arrival, arrival.c.id == guess.c.arrival_id)
    open_states = [state.value for state in OUTSTANDING]
    files = query.where(_WAITS, obligation.c.state.in_(open_states))
    return frozenset(connection.execute(union(files, said_to_be_sent())).scalars())


def now_owed(connection: Connection, doubts: Collection[str]) -> list[int]:
    """List the arrivals that wait for one of these reasons and of which something is owed now, oldest first."""
    owed = select(guess.c.arrival_id).join(obligation, _fits())
    open_states = [state.value for state in OUTSTANDING]
    owed = owed.where(guess.c.arrival_id == arrival.c.id, obligation.c.state.in_(open_states))
    query = select(arrival.c.id).where(_WAITS, arrival.c.doubt.in_(doubts), owed.exists())
    return list(connection.execute(query.order_by(arrival.c.received_at, arrival.c.id)).scalars())


def of(connection: Connection, arrival_id: int) -> list[Guess]:
    """List what one arrival may be."""
    query = select(guess.c.unit_id, guess.c.item, guess.c.period).where(guess.c.arrival_id == arrival_id)
    return [Guess(*row) for row in connection.execute(query.order_by(*guess.primary_key.columns))]


def waiting_files(connection: Connection) -> list[WaitingFile]:
    """List the files that wait for a person, once for each unit whose they may be, oldest first."""
    query = select(arrival.c.id, arrival.c.received_at, guess.c.unit_id).distinct()
    query = query.join(guess, guess.c.arrival_id == arrival.c.id).where(_WAITS)
    query = query.order_by(arrival.c.received_at, arrival.c.id, guess.c.unit_id)
    return [WaitingFile(*row) for row in connection.execute(query)]


def _fits() -> ColumnElement[bool]:
    """Whether an obligation is among what a guess means."""
    any_item = and_(guess.c.item == "", obligation.c.item != Item.QUOTA.value)
    return and_(
        obligation.c.unit_id == guess.c.unit_id,
        or_(any_item, guess.c.item == obligation.c.item),
        or_(guess.c.period == "", guess.c.period == obligation.c.period),
    )
