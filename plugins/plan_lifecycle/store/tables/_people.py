"""Units, their succession, and the people who are written to."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint

from plan_lifecycle.store.tables._base import Moment, metadata

unit = Table(
    "unit",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("code", String(32)),
    Column("name", String(255), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("level", Integer, nullable=False),
    Column("parent_id", String(64), ForeignKey("unit.id"), index=True),
    Column("short_name", String(128)),
    Column("symbol", String(32)),
    Column("standing", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

succession = Table(
    "succession",
    metadata,
    Column("predecessor", String(64), ForeignKey("unit.id"), primary_key=True),
    Column("successor", String(64), ForeignKey("unit.id"), primary_key=True, index=True),
    Column("whole", Boolean, nullable=False),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("name", String(255), nullable=False),
    Column("email", String(254), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("substitute", String(254)),
    Column("phone", String(128), doc="telephone numbers (domain.telephone)"),
    Column("unreachable_since", Moment, doc="set by a permanent bounce or refusal"),
    Column("asked_on", Date, doc="when the contact was last asked to confirm itself"),
    Column("confirmed_on", Date),
    UniqueConstraint("unit_id", "role", "email"),
)
