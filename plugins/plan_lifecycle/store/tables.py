"""The tables. Uniqueness lives here, so that every verb may run twice.

Documents and letters are bytes in the blob folder, named by their SHA-256 (``store.blobs``); rows hold that name.
Moments are UTC in the database and local at the edges (``Moment``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
)

from plan_lifecycle.domain.clock import LOCAL

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment: stored as naive UTC (SQLite keeps no zone), handed out in local time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """To naive UTC. Raises ValueError for a moment without a zone: whose time it is would be a guess."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value.isoformat()}")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To local time."""
        return None if value is None else value.replace(tzinfo=UTC).astimezone(LOCAL)


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
    Column("unreachable_since", Moment, doc="set by a permanent bounce or refusal"),
    Column("asked_on", Date, doc="when the contact was last asked to confirm itself"),
    Column("confirmed_on", Date),
    UniqueConstraint("unit_id", "role", "email"),
)

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
    Column("state", String(16), nullable=False),
    Column("first_received_at", Moment),
    Column("met_at", Moment),
    Column("next_rung_on", Date, doc="the next day on which a rung of the ladder falls; empty: none is left"),
    UniqueConstraint("plan_id", "unit_id", "item", "period"),
    CheckConstraint("basis IN ('issue', 'receipt')", name="basis"),
)
Index("ix_obligation_state_next_rung_on", obligation.c.state, obligation.c.next_rung_on)
Index("ix_obligation_receiver_id_period", obligation.c.receiver_id, obligation.c.period, obligation.c.item)

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

reminder = Table(
    "reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False),
    Column("rung", String(16), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("letter_id", Integer, ForeignKey("letter.id"), index=True, doc="empty: not sent, `reason` says why"),
    Column("reason", Text),
    Column("on_day", Date, nullable=False),
    UniqueConstraint("obligation_id", "rung", "recipient"),
)

arrival = Table(
    "arrival",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", Text, nullable=False, doc="what the channel knows it by"),
    Column("received_at", Moment, nullable=False),
    Column("sender", Text),
    Column("file_name", Text, nullable=False),
    Column("blob", String(64), doc="empty only where nothing may be stored (a secrecy mark)"),
    Column("size", Integer, nullable=False),
    Column("unit_id", Text, doc="as claimed, of any length: need not be a unit that exists"),
    Column("item", Text),
    Column("period", Text),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    UniqueConstraint("channel", "key"),
    CheckConstraint("state IN ('new', 'filed', 'refused', 'unmatched', 'duplicate')", name="state"),
)
Index("ix_arrival_state", arrival.c.state)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False),
    Column("arrival_id", Integer, ForeignKey("arrival.id"), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("issued_on", Date),
    Column("reference", Text, doc="number and symbol of the paper: 45/BC-UBND"),
    Column("blob", String(64), nullable=False),
    Column("days_late", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("findings", JSON, nullable=False),
    Column("reviewed_at", Moment),
    Column("reviewed_by", String(128)),
    Column("reason", Text),
    UniqueConstraint("obligation_id", "version"),
    UniqueConstraint("obligation_id", "blob"),
    CheckConstraint("state IN ('received', 'accepted', 'returned', 'superseded')", name="state"),
)

figure = Table(
    "figure",
    metadata,
    Column("submission_id", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("number", Float),
    Column("text", Text),
    Column("evidence", Text),
)

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("period", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("compiled_at", Moment, nullable=False),
    Column("inputs", String(64), nullable=False, doc="digest of the submissions it was compiled from"),
    Column("word_blob", String(64), nullable=False),
    Column("excel_blob", String(64), nullable=False),
    Column("summary", JSON, nullable=False),
    UniqueConstraint("unit_id", "period", "version"),
    UniqueConstraint("unit_id", "period", "inputs"),
)

report_source = Table(
    "report_source",
    metadata,
    Column("report_id", Integer, ForeignKey("report.id"), primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), primary_key=True),
    Column("submission_id", Integer, ForeignKey("submission.id"), doc="empty: the unit was missing"),
    Column("days_late", Integer),
)

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

suspension = Table(
    "suspension",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plan.id")),
    Column("unit_id", String(64), ForeignKey("unit.id"), doc="plan and unit empty: everything"),
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
