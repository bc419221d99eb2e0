"""How far the tasks of plans are, what was settled of their targets, and indices that others published."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from plan_lifecycle.store.tables._base import Moment, metadata

task_report = Table(
    "task_report",
    metadata,
    Column("submission_id", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("task", String(64), primary_key=True, doc="the key of a task of the plan"),
    Column("said", String(16), nullable=False),
    Column("done_on", Date),
    Column("paper", Text),
    Column("note", Text),
    CheckConstraint("said IN ('done', 'doing', 'not_started')", name="said"),
)

task_mark = Table(
    "task_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plan.id"), nullable=False, doc="the first version of the plan"),
    Column("task", String(64), nullable=False),
    Column("number", Integer, nullable=False, doc="a later note of the same task stands above an earlier one"),
    Column("said", String(16), nullable=False),
    Column("done_on", Date),
    Column("paper", Text),
    Column("reason", Text),
    Column("decided_by", String(128), nullable=False),
    Column("decided_at", Moment, nullable=False),
    UniqueConstraint("plan_id", "task", "number"),
    CheckConstraint("said IN ('done', 'doing', 'not_started', 'open')", name="said"),
)

target_mark = Table(
    "target_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plan.id"), nullable=False, doc="the first version of the plan"),
    Column("target", String(64), nullable=False),
    Column("number", Integer, nullable=False, doc="a later one stands above an earlier one"),
    Column("indicators", JSON, nullable=False, doc="codes; none: no indicator measures it"),
    Column("result", Float, doc="what was reached, where no indicator tells"),
    Column("paper", Text),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("decided_at", Moment, nullable=False),
    UniqueConstraint("plan_id", "target", "number"),
)

published_index = Table(
    "published_index",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("code", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False, doc="a later entry stands above an earlier one"),
    Column("value", Float),
    Column("rank", Integer),
    Column("out_of", Integer),
    Column("published_on", Date, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("paper", Text),
    Column("last_value", Float),
    Column("last_rank", Integer),
    Column("entered_by", String(128), nullable=False),
    Column("entered_at", Moment, nullable=False),
    UniqueConstraint("unit_id", "code", "year", "number"),
    CheckConstraint("rank IS NULL OR (out_of IS NOT NULL AND rank BETWEEN 1 AND out_of)", name="rank"),
)
