"""Sessions of the portal that were ended before their time; one row for a browser at an obligation, none for most."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from plan_lifecycle.store.engine import insert_into
from plan_lifecycle.store.tables import ended_session

_ENDED = select(ended_session.c.number).where(ended_session.c.seat == bindparam("seat"))


def ended(connection: Connection, seat: str) -> int:
    """How many sessions were ended at a seat: the number of the first that may be open."""
    return connection.execute(_ENDED, {"seat": seat}).scalar_one_or_none() or 0


def end(connection: Connection, seat: str, now: datetime, *, forget_before: datetime) -> int:
    """End whatever is open at a seat, and return the number of the next session there.

    What was ended before ``forget_before`` is over by itself and dropped.
    """
    connection.execute(delete(ended_session).where(ended_session.c.ended_at < forget_before))
    first = insert_into(connection, ended_session).values(seat=seat, number=1, ended_at=now)
    again = first.on_conflict_do_update(
        index_elements=[ended_session.c.seat], set_={"number": ended_session.c.number + 1, "ended_at": now}
    )
    number: int = connection.execute(again.returning(ended_session.c.number)).scalar_one()
    return number
