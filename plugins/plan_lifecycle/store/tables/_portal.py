"""What the units' portal keeps: revoked links, ended sessions, uploads, drafts of forms, proposed contacts, what units
say of a paper or ask for, limits."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from plan_lifecycle.store.tables._base import Moment, metadata

link_generation = Table(
    "link_generation",
    metadata,
    Column("subject", String(160), primary_key=True, doc="unit:<id> or item:<plan>:<unit>:<item>:<period>"),
    Column("generation", Integer, nullable=False, doc="links of an earlier generation open nothing"),
    Column("decided_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arrival_id", Integer, ForeignKey("arrival.id"), nullable=False),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False),
    Column("batch", String(32), nullable=False, doc="one press of the button"),
    Column("name", String(128), nullable=False, doc="as the person stated it"),
    Column("post", String(128), nullable=False),
    Column("uploaded_at", Moment, nullable=False),
)
Index("ix_upload_obligation_id", upload.c.obligation_id)
Index("ix_upload_arrival_id", upload.c.arrival_id)

form_draft = Table(
    "form_draft",
    metadata,
    Column("obligation_id", Integer, ForeignKey("obligation.id"), primary_key=True),
    Column("version", Integer, nullable=False, doc="counts the savings: who saves over another is told"),
    Column("fields", JSON, nullable=False, doc="as typed, by the field's name"),
    Column("saved_at", Moment, nullable=False),
)

contact_request = Table(
    "contact_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("replaces", Integer, ForeignKey("contact.id"), doc="the contact that it corrects; empty: one more"),
    Column("name", String(128), nullable=False),
    Column("email", String(254), nullable=False),
    Column("stated_by", String(260), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_by", String(128)),
    Column("decided_at", Moment),
    Column("phone", String(128), doc="telephone numbers (domain.telephone); empty: nothing said of them"),
    CheckConstraint("state IN ('waiting', 'confirmed', 'declined')", name="state"),
)
Index("ix_contact_request_unit_id_state", contact_request.c.unit_id, contact_request.c.state)

unit_statement = Table(
    "unit_statement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False),
    Column("kind", String(16), nullable=False, doc="sent: over the document axis; more_time: is asked for"),
    Column("reference", String(128), doc="number and symbol of what is said to be sent"),
    Column("issued_on", Date, doc="the paper's own date"),
    Column("sent_on", Date),
    Column("until", Date, doc="the last day that is asked for"),
    Column("reason", Text, nullable=False, doc="why more time is asked for"),
    Column("stated_by", String(260), nullable=False),
    Column("stated_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_by", String(128)),
    Column("decided_at", Moment),
    Column("answer", Text, doc="why it was declined"),
    CheckConstraint("kind IN ('sent', 'more_time')", name="kind"),
    CheckConstraint("state IN ('waiting', 'replaced', 'done', 'declined')", name="state"),
)
_WAITS = text("state = 'waiting'")
Index(
    "ix_unit_statement_waiting",
    unit_statement.c.obligation_id,
    unit_statement.c.kind,
    unique=True,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)
Index("ix_unit_statement_obligation_id", unit_statement.c.obligation_id)

ended_session = Table(
    "ended_session",
    metadata,
    Column("seat", String(64), primary_key=True, doc="one browser at one obligation, as a keyed digest"),
    Column("number", Integer, nullable=False, doc="how many were ended there; one of a lower number opens nothing"),
    Column("ended_at", Moment, nullable=False),
)

allowance = Table(
    "allowance",
    metadata,
    Column("key", String(200), primary_key=True, doc="what is limited, and for whom"),
    Column("whole_at", BigInteger, nullable=False, doc="wall clock, ms since 1970: the whole allowance is free again"),
)
