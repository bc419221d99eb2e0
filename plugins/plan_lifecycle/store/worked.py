"""The newest business day that anything was done at, the clock's newest day, mornings that were run, typed days."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select, update

from plan_lifecycle.store.engine import insert_new, unless_known
from plan_lifecycle.store.tables import clock_seen, morning, typed_day, worked

_NEWEST = select(worked.c.newest)


def newest_day(connection: Connection) -> date | None:
    """The newest business day that a verb worked at; None in a store that nothing was done in yet."""
    return connection.execute(_NEWEST).scalar_one_or_none()


def note_day(connection: Connection, day: date) -> None:
    """Note that a verb works at ``day``. An older one changes nothing."""
    insert_new(connection, worked, [{"id": 1, "newest": day}])
    connection.execute(update(worked).where(worked.c.newest < day).values(newest=day))


def clock_day(connection: Connection) -> date | None:
    """The newest day at which a run found the machine's clock; None before the first one."""
    return connection.execute(select(clock_seen.c.day)).scalar_one_or_none()


def note_clock(connection: Connection, day: date) -> None:
    """Note that a run found the machine's clock at ``day``. An older one changes nothing."""
    insert_new(connection, clock_seen, [{"id": 1, "day": day}])
    connection.execute(update(clock_seen).where(clock_seen.c.day < day).values(day=day))


def note_morning(connection: Connection, day: date) -> None:
    """Note that a morning's reminders were run to their end."""
    insert_new(connection, morning, [{"day": day}])


def morning_before(connection: Connection, day: date) -> date | None:
    """The newest morning before a day that was run to its end; None where none was."""
    found: date | None = connection.execute(select(func.max(morning.c.day)).where(morning.c.day < day)).scalar_one()
    return found


def is_admitted(connection: Connection, run: str) -> bool:
    """Whether the typed day of this run of a DAG was admitted before."""
    return connection.execute(select(typed_day.c.id).where(typed_day.c.run == run)).first() is not None


def admit(connection: Connection, day: date, run: str | None) -> int | None:
    """Admit a typed day; its id, or None where another task of the same ``run`` was first."""
    adding = unless_known(connection, typed_day).values(run=run, day=day).returning(typed_day.c.id)
    admitted: int | None = connection.execute(adding).scalar_one_or_none()
    return admitted
