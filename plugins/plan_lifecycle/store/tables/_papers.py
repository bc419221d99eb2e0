"""What came in: arrivals, submissions, their figures; and the reports compiled from them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from plan_lifecycle.store.tables._base import Moment, metadata

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
    Column("quarantined", Boolean, nullable=False, server_default=false(), doc="the gate did not let its bytes in"),
    Column("failed_in", String(16), doc="the version of the readers that failed at it unforeseen; the next one tries"),
    Column("doubt", String(32), doc="why it was left to a person, as a code (collect.Doubt)"),
    UniqueConstraint("channel", "key"),
    CheckConstraint("state IN ('new', 'filed', 'refused', 'unmatched', 'duplicate')", name="state"),
)
Index("ix_arrival_state", arrival.c.state)

guess = Table(
    "guess",
    metadata,
    Column("arrival_id", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), primary_key=True, doc="whose a file that waits may be"),
    Column("item", String(32), primary_key=True, doc="what it may be; empty: anything that the unit owes"),
    Column("period", String(16), primary_key=True, doc="empty: of any period"),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), nullable=False),
    Column("arrival_id", Integer, ForeignKey("arrival.id"), nullable=False, index=True),
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
    Column("held", Boolean, nullable=False, server_default=false(), doc="waits for a person: no rule decides it"),
    Column("after_report_id", Integer, ForeignKey("report.id"), doc="came when this report was compiled: an addendum"),
    UniqueConstraint("obligation_id", "version"),
    UniqueConstraint("obligation_id", "blob"),
    CheckConstraint("state IN ('received', 'accepted', 'returned', 'superseded')", name="state"),
)

Index("ix_submission_reference_issued_on", submission.c.reference, submission.c.issued_on)

submission_file = Table(
    "submission_file",
    metadata,
    Column("submission_id", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("arrival_id", Integer, ForeignKey("arrival.id"), primary_key=True, index=True),
    Column("blob", String(64), nullable=False, index=True),
    Column("part", String(16), nullable=False, doc="what the file adds: paper, source, figures"),
)

look = Table(
    "look",
    metadata,
    Column("blob", String(64), primary_key=True, doc="the file that was looked at"),
    Column("gate", String(16), primary_key=True, doc="in which version of the gate"),
    Column("seen", JSON, nullable=False, doc="its kind, what is in it, which marks it bears"),
)

wording = Table(
    "wording",
    metadata,
    Column("blob", String(64), primary_key=True, doc="the file that it was read from"),
    Column("runs", LargeBinary, nullable=False, doc="its runs of words as numbers, four bytes each"),
)

report_text = Table(
    "report_text",
    metadata,
    Column("blob", String(64), primary_key=True, doc="the file that it was read from"),
    Column("profile", String(64), primary_key=True, doc="the kind of report, and the headings that it was read by"),
    Column("readers", String(16), primary_key=True, doc="the version of the readers"),
    Column("passages", JSON, nullable=False),
)

report_run = Table(
    "report_run",
    metadata,
    Column("receiver_id", String(64), ForeignKey("unit.id"), primary_key=True, doc="whom the report is for"),
    Column("period", String(16), primary_key=True),
    Column("run", BigInteger, primary_key=True, autoincrement=False, doc="a run of its words, as a number"),
    Column("unit_id", String(64), ForeignKey("unit.id"), primary_key=True, doc="who wrote it"),
    Column("blob", String(64), nullable=False, doc="the file that it was read from"),
    Column("place", Integer, nullable=False, doc="which passage of it"),
)

figure = Table(
    "figure",
    metadata,
    Column("submission_id", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("number", Float),
    Column("text", Text),
    Column("evidence", Text),
    Column("estimate", Boolean, nullable=False, server_default=false(), doc="may still change (ước thực hiện)"),
)

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("period", String(16), nullable=False),
    Column("profile", String(64), nullable=False, server_default=text("''"), doc="code of the kind of report"),
    Column("version", Integer, nullable=False),
    Column("compiled_at", Moment, nullable=False),
    Column("inputs", String(64), nullable=False, doc="digest of the submissions it was compiled from"),
    Column("word_blob", String(64), nullable=False),
    Column("excel_blob", String(64), nullable=False),
    Column("summary", JSON, nullable=False),
    Column("trace_blob", String(64), doc="where its numbers and words come from, as JSON; older reports have none"),
    UniqueConstraint("unit_id", "period", "profile", "version"),
)

report_source = Table(
    "report_source",
    metadata,
    Column("report_id", Integer, ForeignKey("report.id"), primary_key=True),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), primary_key=True),
    Column("submission_id", Integer, ForeignKey("submission.id"), doc="empty: the unit was missing"),
    Column("days_late", Integer),
)
