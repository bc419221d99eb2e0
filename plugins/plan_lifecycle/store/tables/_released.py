"""What became of compiled reports: who was given them, who holds them back, how they were issued."""

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
    text,
)

from plan_lifecycle.store.tables._base import Moment, metadata

report_delivery = Table(
    "report_delivery",
    metadata,
    Column("report_id", Integer, ForeignKey("report.id"), primary_key=True),
    Column("receiver", String(16), primary_key=True, doc="each version goes to each of them once"),
    Column("at", Moment, nullable=False),
    CheckConstraint("receiver IN ('coordinator', 'leader')", name="receiver"),
)

report_hold = Table(
    "report_hold",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("period", String(16), nullable=False),
    Column("profile", String(64), nullable=False, server_default=text("''"), doc="code of the kind of report"),
    Column("held_at", Moment, nullable=False),
    Column("held_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until_on", Date, doc="last day of the hold; empty: until it is lifted"),
    Column("lifted_at", Moment),
    Column("lifted_by", String(128)),
)
Index(
    "uq_report_hold_in_force",
    report_hold.c.unit_id,
    report_hold.c.period,
    report_hold.c.profile,
    unique=True,
    sqlite_where=report_hold.c.lifted_at.is_(None),
    postgresql_where=report_hold.c.lifted_at.is_(None),
)

report_issue = Table(
    "report_issue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", Integer, ForeignKey("report.id"), nullable=False),
    Column("number", String(32), nullable=False, doc="without the symbol: 45"),
    Column("issued_on", Date, nullable=False),
    Column("signer", String(128), nullable=False),
    Column("word_blob", String(64), nullable=False, doc="the report with number, date and signer"),
    Column("paper_blob", String(64), doc="the signed file"),
    Column("paper_name", Text),
    Column("paper_findings", JSON, doc="what the signed file says otherwise than was recorded, in words"),
    Column("findings", JSON, nullable=False, doc="what is odd about the signed file, in words"),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String(128), nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", String(128)),
    Column("undone_reason", Text),
)
Index(
    "uq_report_issue_in_force",
    report_issue.c.report_id,
    unique=True,
    sqlite_where=report_issue.c.undone_at.is_(None),
    postgresql_where=report_issue.c.undone_at.is_(None),
)

report_correction = Table(
    "report_correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", Integer, ForeignKey("report.id"), nullable=False),
    Column("blob", String(64), nullable=False, doc="the corrected draft as it was given back"),
    Column("name", Text, nullable=False),
    Column("figures", JSON, nullable=False, doc="rows of: place, our value, the file's"),
    Column("texts", JSON, nullable=False, doc="rows of: place, before, after"),
    Column("notes", JSON, nullable=False, doc="what is odd about the file, in words"),
    Column("given_at", Moment, nullable=False),
    Column("given_by", String(128), nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", String(128)),
    Column("undone_reason", Text),
)
Index(
    "uq_report_correction_in_force",
    report_correction.c.report_id,
    unique=True,
    sqlite_where=report_correction.c.undone_at.is_(None),
    postgresql_where=report_correction.c.undone_at.is_(None),
)

paragraph_ruling = Table(
    "paragraph_ruling",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False, doc="whose report it is"),
    Column("period", String(16), nullable=False),
    Column("profile", String(64), nullable=False),
    Column("statement", String(32), nullable=False, doc="the paragraph, by its heading, words and numbers"),
    Column("section", String(64), nullable=False, doc="the heading that it was written under; empty: none of ours"),
    Column("text", Text, nullable=False, doc="the paragraph as one unit wrote it"),
    Column("target", String(64), doc="the heading that it is put under; NULL: it is left out"),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(128), nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", String(128)),
    Column("undone_reason", Text),
)
Index(
    "uq_paragraph_ruling_in_force",
    paragraph_ruling.c.unit_id,
    paragraph_ruling.c.period,
    paragraph_ruling.c.profile,
    paragraph_ruling.c.statement,
    unique=True,
    sqlite_where=paragraph_ruling.c.undone_at.is_(None),
    postgresql_where=paragraph_ruling.c.undone_at.is_(None),
)
