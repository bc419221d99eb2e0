"""Rate limits that hold across processes and restarts: one row a key, one number in it, one statement to take a turn.

The number is the moment at which the whole allowance is free again. A turn moves it on by an equal part of the time;
where that would put it further off than the whole time, the allowance is used up.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, delete, select

from plan_lifecycle.store.engine import insert_into
from plan_lifecycle.store.tables import allowance

_WHOLE_AT = select(allowance.c.whole_at).where(allowance.c.key == bindparam("wanted"))


class Rate(NamedTuple):
    """At most ``times`` at once, and as many again within ``seconds``."""

    times: int
    seconds: int

    @property
    def part(self) -> int:
        """What one turn uses up, in milliseconds."""
        return self.seconds * 1000 // self.times


def take(connection: Connection, key: str, rate: Rate, now: int) -> bool:
    """Take a turn at ``now`` (milliseconds since 1970); False where the allowance is used up."""
    known = allowance.c.whole_at
    later = case((known > now, known), else_=now) + rate.part
    first = insert_into(connection, allowance).values(key=key, whole_at=now + rate.part)
    statement = first.on_conflict_do_update(
        index_elements=[allowance.c.key], set_={"whole_at": later}, where=known <= now + _room(rate)
    )
    return connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount == 1


def is_full(connection: Connection, key: str, rate: Rate, now: int) -> bool:
    """Whether the allowance is used up, without taking a turn."""
    whole_at = connection.execute(_WHOLE_AT, {"wanted": key}).scalar_one_or_none()
    return whole_at is not None and whole_at > now + _room(rate)


def forget_whole(connection: Connection, now: int) -> None:
    """Drop the rows that say nothing any more."""
    connection.execute(delete(allowance).where(allowance.c.whole_at <= now))


def _room(rate: Rate) -> int:
    """How far off the whole allowance may be for one more turn to fit."""
    return rate.part * (rate.times - 1)
