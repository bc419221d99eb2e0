"""Who decided what and when: rows that are only ever added, each sealed over the one before it (``store.audit``)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from plan_lifecycle.store.tables._base import Moment, metadata

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, doc="1, 2, 3 … without a gap"),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", String(32), nullable=False),
    Column("subject", String(16), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("reason", Text),
    Column("details", JSON, nullable=False),
    Column("previous", String(64), nullable=False, unique=True, doc="the seal of the row before: no row has two heirs"),
    Column("seal", String(64), nullable=False, doc="HMAC-SHA256 over `previous` and this row; without a key SHA-256"),
    Column("key", String(8), doc="the id of the key it is sealed with; empty: sealed without one"),
)
Index("ix_audit_subject", audit.c.subject, audit.c.subject_id)
