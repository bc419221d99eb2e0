"""Lists of agencies and people as coordinators brought them, and every change of one person by hand."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from plan_lifecycle.store.tables._base import Moment, metadata

list_upload = Table(
    "list_upload",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, doc="units, agencies or people"),
    Column("province", String(255), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("file_name", String(255), nullable=False, doc="empty: the units of the province alone"),
    Column("blob", String(64), nullable=False),
    Column("uploaded_by", String(128), nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("imported_by", String(128)),
    Column("imported_at", Moment, doc="when it was last taken into the store; empty: only tried"),
    Column("left_out", Integer, doc="how many lines that did not fit were left out then"),
    UniqueConstraint("kind", "province", "as_of", "blob"),
)

contact_change = Table(
    "contact_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", Integer, ForeignKey("contact.id"), nullable=False),
    Column("before", JSON, doc="the fields that were changed; empty: the person was new"),
    Column("after", JSON, nullable=False),
    Column("by", String(128), nullable=False),
    Column("reason", Text),
    Column("at", Moment, nullable=False),
    Column("undone_by", String(128)),
    Column("undone_at", Moment),
)
Index("ix_contact_change_contact_id", contact_change.c.contact_id)
