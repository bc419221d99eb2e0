"""Scores of units: what they say of themselves, what was appraised, tables that were published, award decisions.

A row is never changed: what is said next is a new version, and the newest counts. Points are decimal text, exactly as
they were given, in both databases.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from plan_lifecycle.store.tables._base import Moment, metadata

score = Table(
    "score",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scheme", String(64), nullable=False, doc="code of the scheme in config/scoring.yaml"),
    Column("year", Integer, nullable=False),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("criterion", String(64), nullable=False),
    Column("side", String(16), nullable=False, doc="the unit itself, the appraisal, or a question to the unit"),
    Column("version", Integer, nullable=False),
    Column("points", String(24), doc="empty: does not apply"),
    Column("applies", Boolean, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked", Integer, doc="how much the unit was to do"),
    Column("done", Integer, doc="how much it did"),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("file", String(255), nullable=False),
    Column("place", String(64), nullable=False),
    Column("blob", String(64), doc="the file that it was read from"),
    UniqueConstraint("scheme", "year", "unit_id", "criterion", "side", "version"),
    CheckConstraint("side IN ('self', 'appraised', 'question')", name="side"),
)

score_table = Table(
    "score_table",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scheme", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("receiver_id", String(64), ForeignKey("unit.id"), nullable=False, doc="whose units are ranked"),
    Column("version", Integer, nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("note", Text, nullable=False, doc="why it was published although somebody has no score"),
    Column("lines", JSON, nullable=False),
    UniqueConstraint("scheme", "year", "receiver_id", "version"),
)

award_choice = Table(
    "award_choice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("award", String(64), nullable=False, doc="code of the award in config/scoring.yaml"),
    Column("years", String(16), nullable=False, doc="2026, or 2022-2025"),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    UniqueConstraint("award", "years", "unit_id", "version"),
)
