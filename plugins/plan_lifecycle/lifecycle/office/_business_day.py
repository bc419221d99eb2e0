"""The day on which a verb begins: noted in the store; one that somebody typed stands on the sealed trail as well.

Who opens a page and who types a command without a day ask here which day it is: the wall clock's, but in a played
year, such as the demo's 2023, the newest one that anything was done at.
"""

from __future__ import annotations

from datetime import datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.clock import LOCAL, TypedDay, business_moment, no_leap, not_before, one_clock
from plan_lifecycle.store import audit, worked
from plan_lifecycle.store.database import Connection, moment_of
from plan_lifecycle.store.engine import Store


def begin_by_the_clock(store: Store, now: datetime, *, wall: datetime, typed: TypedDay | None = None) -> None:
    """Begin the day (``begin_day``) where this machine's clock can be trusted.

    It is held against the database's, and against the newest day that a run found it at. For runs and commands, which
    write to people and let things go; pages are not closed for a clock (``doctor`` tells).

    Raises ClockError, InputError; nothing is written then.
    """
    today = wall.astimezone(LOCAL).date()
    with store.read() as connection:
        one_clock(wall, moment_of(connection))
        seen = worked.clock_day(connection)
    no_leap(today, seen, typed.day if typed else None)
    begin_day(store, now, wall=wall, typed=typed)
    if seen is None or seen < today:
        with store.write() as connection:
            worked.note_clock(connection, today)


def begin_day(store: Store, now: datetime, *, wall: datetime, typed: TypedDay | None = None) -> None:
    """Note the business day that a verb works at, before it writes anything. ``wall`` is the wall clock.

    A typed day is admitted once for each run of a DAG: its other tasks, retries and whatever is cleared later are not
    asked again. Raises InputError where it is an old one and nobody said so; nothing is written then.
    """
    day = min(now.astimezone(LOCAL).date(), wall.astimezone(LOCAL).date())
    with store.read() as connection:
        newest = worked.newest_day(connection)
        if typed is not None and typed.run is not None and worked.is_admitted(connection, typed.run):
            typed = None
    if typed is None and newest is not None and newest >= day:
        return
    with store.write() as connection:
        if typed is not None:
            _admit(connection, typed, wall)
        worked.note_day(connection, day)


def moment_now(store: Store, *, wall: datetime, played: bool) -> datetime:
    """The business moment of this moment of the wall clock; where a year is ``played``, the opening of its newest day.

    Before anything was done there, a played year is at the wall clock's day, too.
    """
    if not played:
        return business_moment(None, otherwise=wall)
    with store.read() as connection:
        return business_moment(worked.newest_day(connection), otherwise=wall)


def _admit(connection: Connection, typed: TypedDay, wall: datetime) -> None:
    newest = worked.newest_day(connection)
    not_before(typed, newest)
    number = worked.admit(connection, typed.day, typed.run)
    if number is None:
        return
    details = {
        "day": typed.day.isoformat(),
        "newest": newest.isoformat() if newest else None,
        "again": typed.again,
        "what": typed.what,
        "run": typed.run,
    }
    audit.append(connection, audit.Act(wall, typed.by, ActKind.TYPE_DAY, ActSubject.DAY, number, None, details))
