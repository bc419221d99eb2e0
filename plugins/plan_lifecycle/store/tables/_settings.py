"""What was changed of the rules on the board, above the files of the configuration."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from plan_lifecycle.store.tables._base import Moment, metadata

setting_change = Table(
    "setting_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, doc="such as reminders.quiet_around_tet, indicators, profiles/cchc"),
    Column("number", Integer, nullable=False, doc="a later change of the same setting stands above an earlier one"),
    Column("value", Text, doc="YAML; empty: as the file says from then on"),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    UniqueConstraint("name", "number"),
)
