"""Plans, each unit's draft, what is owed under which clause, and what people decided about open points."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    select,
)

from plan_lifecycle.store.tables._base import Moment, metadata

plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("parent_id", Integer, ForeignKey("plan.id")),
    Column("version", Integer, nullable=False),
    Column("number", Text),
    Column("symbol", Text),
    Column("issued_on", Date),
    Column("year", Integer, nullable=False),
    Column("abstract", Text),
    Column("blob", String(64), nullable=False, doc="the Word file as issued; it is read again when needed"),
    Column("registered_at", Moment, nullable=False),
    Column("cascaded_at", Moment, doc="empty: registered, not yet cascaded in full"),
    Column("replaces_id", Integer, ForeignKey("plan.id"), doc="the plan that this one amends, replaces or withdraws"),
    Column("relation", String(16), doc="amends | replaces | withdraws"),
    UniqueConstraint("issuer_id", "blob"),
    UniqueConstraint("issuer_id", "year", "number", "symbol", "version"),
)

draft = Table(
    "draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plan.id"), nullable=False),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False, index=True),
    Column("blob", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    UniqueConstraint("plan_id", "unit_id"),
)

obligation = Table(
    "obligation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plan.id"), nullable=False),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False, index=True),
    Column("receiver_id", String(64), ForeignKey("unit.id"), nullable=False, doc="the unit that the item is owed to"),
    Column("item", String(32), nullable=False),
    Column("period", String(16), nullable=False),
    Column("clause", Text, nullable=False, doc="the sentence of the plan that it rests on"),
    Column("phrase", Text, nullable=False, doc="the deadline as the plan words it"),
    Column("basis", String(8), nullable=False, doc="issue | receipt: which date decides lateness"),
    Column("opens_on", Date),
    Column("due_on", Date, doc="last day allowed; empty: a person must decide"),
    Column("extended_from", Date, doc="the last day that the plan's words give, where it was extended"),
    Column("due_at", Time),
    Column(
        "resend_by", Date, doc="after a return: the last day for the completed paper; `due_on` still decides lateness"
    ),
    Column("state", String(16), nullable=False),
    Column("first_received_at", Moment),
    Column("met_at", Moment),
    Column("next_rung_on", Date, doc="the next day on which a rung of the ladder falls; empty: none is left"),
    UniqueConstraint("plan_id", "unit_id", "item", "period"),
    CheckConstraint("basis IN ('issue', 'receipt')", name="basis"),
)
Index("ix_obligation_state_next_rung_on", obligation.c.state, obligation.c.next_rung_on)
Index("ix_obligation_receiver_id_period", obligation.c.receiver_id, obligation.c.period, obligation.c.item)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_key", String(255), nullable=False, doc="issuer and number: survives a new reading of the file"),
    Column("point", String(64), nullable=False),
    Column("due", JSON, doc="ISO dates decided"),
    Column("units", JSON, doc="unit ids decided"),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    UniqueConstraint("plan_key", "point"),
)

ABSTRACT = (
    select(plan.c.abstract).where(plan.c.id == obligation.c.plan_id).correlate(obligation).scalar_subquery()
).label("abstract")
"""Beside an obligation: what the plan that asks for it is about."""
