"""The outbox, and the ledger of reminders that its letters carry."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from plan_lifecycle.store.tables._base import Moment, metadata

letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(512), nullable=False, unique=True, doc="what it is for; the same letter has the same key"),
    Column("message_id", String(255), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("unit_id", String(64), ForeignKey("unit.id"), index=True),
    Column("recipient", String(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("blob", String(64), nullable=False, doc="the final bytes"),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("permanent", Boolean),
    Column("attempts", Integer, nullable=False, default=0),
    Column("queued_at", Moment, nullable=False),
    Column("claimed_at", Moment, doc="wall clock, not business clock: it times a process"),
    Column("claimed_by", String(255)),
    Column("sent_at", Moment),
    Column("retry_at", Moment, doc="wall clock, not business clock: not to be tried before"),
    Column("returned_at", Moment, doc="the address refused it for good, at sending or by a bounce"),
    CheckConstraint("state IN ('queued', 'claimed', 'sent', 'failed', 'superseded')", name="state"),
)
Index("ix_letter_state", letter.c.state, letter.c.queued_at)
Index("ix_letter_sent_at", letter.c.sent_at)

letter_before = Table(
    "letter_before",
    metadata,
    Column("message_id", String(255), primary_key=True, doc="under which it may have left, and may be answered"),
    Column("letter_id", Integer, ForeignKey("letter.id"), nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("blob", String(64), nullable=False, doc="its bytes as they may have left"),
)
"""What a letter was before it was written again, where that may have left: one Message-ID never has two texts."""

reminder = Table(
    "reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False),
    Column("rung", String(16), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("letter_id", Integer, ForeignKey("letter.id"), index=True, doc="empty: not sent, `why` says why"),
    Column("why", String(16), doc="the code (domain.unsent); empty where a letter carries it"),
    Column("reason", Text, doc="the same in words"),
    Column("on_day", Date, nullable=False),
    UniqueConstraint("obligation_id", "rung", "recipient"),
)
