"""Business days: the newest one that anything was done at, those that somebody typed; and the day of the clock."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Integer, String, Table

from plan_lifecycle.store.tables._base import metadata

worked = Table(
    "worked",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("newest", Date, nullable=False, doc="the newest business day that a verb worked at; it never goes back"),
    CheckConstraint("id = 1", name="one_row"),
)

clock_seen = Table(
    "clock_seen",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column(
        "day", Date, nullable=False, doc="the newest day at which a run found the machine's clock; it never goes back"
    ),
    CheckConstraint("id = 1", name="one_row"),
)

morning = Table(
    "morning",
    metadata,
    Column("day", Date, primary_key=True, doc="a working day on which reminders were run to their end"),
)

typed_day = Table(
    "typed_day",
    metadata,
    Column("id", Integer, primary_key=True, doc="the subject of the act on the trail that says who typed it"),
    Column("run", String(512), unique=True, doc="the DAG and its run, admitted once; empty for a command"),
    Column("day", Date, nullable=False),
)
