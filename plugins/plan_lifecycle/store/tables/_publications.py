"""What units have published, month by month, and what a web server said of the answer it gave last."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from plan_lifecycle.store.tables._base import Moment, metadata

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(64), ForeignKey("unit.id"), nullable=False),
    Column("identity", String(64), nullable=False, doc="digest of the link without what only tracks readers"),
    Column("link", Text, nullable=False, doc="the evidence: where it stands, or stood"),
    Column("guid", Text, doc="the feed's own name for it"),
    Column("title", Text, nullable=False),
    Column("published_on", Date, doc="the day that it names; empty: none, it is not counted"),
    Column("source", Text, nullable=False, doc="address of the feed or page that showed it"),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False, doc="earlier than the last check: it is gone, and still evidence"),
    UniqueConstraint("unit_id", "identity"),
)
Index("ix_publication_unit_id_published_on", publication.c.unit_id, publication.c.published_on)

publication_month = Table(
    "publication_month",
    metadata,
    Column("unit_id", String(64), ForeignKey("unit.id"), primary_key=True),
    Column("period", String(16), primary_key=True, doc="a calendar month: 2023-M05"),
    Column("quota", Integer, doc="items asked for; empty: neither plan nor configuration says"),
    Column("count", Integer, doc="items ever seen that name a day of the month; empty: never reached, which is not 0"),
    Column("undated", Integer, nullable=False, doc="items without a day at the last look"),
    Column("checked_at", Moment, nullable=False),
    Column("reached_at", Moment, doc="the last time that everything could be read"),
    Column("why", Text, doc="why the last check could not; empty: it could"),
    Column("obligation_id", Integer, ForeignKey("obligation.id"), doc="empty: the unit owes nothing that month"),
    Column("final_at", Moment, doc="nothing changes from then on"),
)
Index("ix_publication_month_period", publication_month.c.period)
Index("ix_publication_month_obligation_id", publication_month.c.obligation_id)

fetched = Table(
    "fetched",
    metadata,
    Column("name", String(64), primary_key=True, doc="digest of who asked for which address"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("at", Moment, nullable=False, doc="when that answer, or the word that it still holds, was dealt with"),
)
