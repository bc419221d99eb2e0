"""Every message that came to the mailbox, whatever it was, and the places in the mailbox where it was seen."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from plan_lifecycle.store.tables._base import Moment, metadata

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", String(64), nullable=False, unique=True, doc="the same for every copy of it"),
    Column("message_id", Text, index=True, doc="as the sender's server gave it; not to be trusted"),
    Column("sender", Text),
    Column("subject", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("size", Integer, nullable=False),
    Column("blob", String(64), doc="its bytes, in quarantine with any file of it; empty at a secrecy mark"),
    Column("kind", String(16), nullable=False, doc="bounce, auto_reply, feedback, submission, other, unreadable"),
    Column("verdict", String(8), nullable=False, doc="which folder it is moved to"),
    Column("reason", Text, doc="why a person should look at it, or what was wrong with it"),
    CheckConstraint("verdict IN ('done', 'review')", name="verdict"),
)

message_place = Table(
    "message_place",
    metadata,
    Column("key", Text, primary_key=True, doc="folder, UIDVALIDITY and UID"),
    Column("message_id", Integer, ForeignKey("message.id"), nullable=False, index=True),
)
