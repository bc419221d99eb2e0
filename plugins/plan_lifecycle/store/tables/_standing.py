"""What people decide about reminding: pauses, absences, extensions and waivers, each with who and why.

``fingerprint`` remembers from which configuration the stored next days were worked out.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from plan_lifecycle.store.tables._base import Moment, metadata

suspension = Table(
    "suspension",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plan.id")),
    Column("unit_id", String(64), ForeignKey("unit.id"), doc="plan and unit empty: everything"),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), doc="only letters about this; empty: about anything"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, doc="last day without letters; empty: until it is lifted"),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("lifted_on", Date, doc="the first day with letters again"),
    Column("lifted_by", String(128)),
    Column("lifted_reason", Text),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(254), nullable=False, index=True, doc="who is away"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("substitute", String(254), doc="who gets the letters meanwhile; empty: the unit's next contact"),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    UniqueConstraint("email", "from_on", "until_on"),
)

ruling = Table(
    "ruling",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("due_before", Date),
    Column("due_after", Date),
    Column("state_before", String(16), nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    CheckConstraint("kind IN ('extension', 'waiver')", name="kind"),
)

fingerprint = Table(
    "fingerprint",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("digest", String(64), nullable=False, doc="what was last worked out from this configuration"),
)
