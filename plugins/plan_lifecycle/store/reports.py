"""Consolidated reports and the trace from each to the submissions that it was compiled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from plan_lifecycle.store.engine import unless_known
from plan_lifecycle.store.tables import report, report_source


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A compiled report; ``inputs`` is the digest of what it was compiled from, ``summary`` its counts as JSON,
    ``trace_blob`` the file that says where its numbers and words come from (None of a report from before it was kept).
    """

    unit_id: str
    period: str
    version: int
    compiled_at: datetime
    inputs: str
    word_blob: str
    excel_blob: str
    summary: dict[str, Any]
    id: int = 0
    trace_blob: str | None = None

    def files(self) -> Iterator[tuple[str, str]]:
        """Its files: each by its blob, with how its name ends."""
        yield self.word_blob, "docx"
        yield self.excel_blob, "xlsx"
        if self.trace_blob is not None:
            yield self.trace_blob, "json"


def newest(connection: Connection, unit_id: str, period: str) -> StoredReport | None:
    """The newest version of a unit's report for a period."""
    same = (report.c.unit_id == unit_id, report.c.period == period)
    row = connection.execute(select(report).where(*same).order_by(report.c.version.desc()).limit(1)).first()
    return StoredReport(**row._mapping) if row else None


def numbered(connection: Connection, unit_id: str, period: str, version: int) -> StoredReport | None:
    """One version of a unit's report for a period."""
    same = (report.c.unit_id == unit_id, report.c.period == period, report.c.version == version)
    row = connection.execute(select(report).where(*same)).first()
    return StoredReport(**row._mapping) if row else None


def get(connection: Connection, report_id: int) -> StoredReport | None:
    """One version by its id."""
    row = connection.execute(select(report).where(report.c.id == report_id)).first()
    return StoredReport(**row._mapping) if row else None


def save(connection: Connection, new: StoredReport, sources: list[dict[str, Any]]) -> int | None:
    """Insert a report with its sources (obligation_id, submission_id, days_late); return its id.

    None where another process has compiled this version in the meantime.
    """
    values = {name: getattr(new, name) for name in StoredReport.__dataclass_fields__ if name != "id"}
    adding = unless_known(connection, report).values(values).returning(report.c.id)
    report_id = connection.execute(adding).scalar_one_or_none()
    if report_id is not None and sources:
        connection.execute(report_source.insert(), [row | {"report_id": report_id} for row in sources])
    return report_id


def sources(connection: Connection, report_id: int) -> list[dict[str, Any]]:
    """What the report was compiled from: obligation, submission (None: missing), days late."""
    query = select(report_source).where(report_source.c.report_id == report_id).order_by(report_source.c.obligation_id)
    return [dict(row._mapping) for row in connection.execute(query)]


def compiled(connection: Connection) -> set[tuple[str, str]]:
    """(unit, period) of everything that was compiled."""
    return {(row[0], row[1]) for row in connection.execute(select(report.c.unit_id, report.c.period).distinct())}


def newest_since(connection: Connection, since: datetime) -> dict[tuple[str, str], StoredReport]:
    """The newest version of each report, by unit and period, that was compiled at or after a moment."""
    query = select(report).where(report.c.compiled_at >= since).order_by(report.c.version)
    return {(row.unit_id, row.period): StoredReport(**row._mapping) for row in connection.execute(query)}


def every(connection: Connection) -> list[StoredReport]:
    """All reports, oldest first."""
    return [StoredReport(**row._mapping) for row in connection.execute(select(report).order_by(report.c.id))]


def totals_of_year(connection: Connection, unit_id: str, year: int, now: datetime) -> dict[str, dict[str, Any]]:
    """The totals of a unit's reports of a year, by period: of each the newest version that was compiled until then."""
    query = (
        select(report.c.period, report.c.summary)
        .where(report.c.unit_id == unit_id, report.c.period.like(f"{year:04}%"), report.c.compiled_at <= now)
        .order_by(report.c.version)
    )
    return {row.period: row.summary["totals"] for row in connection.execute(query)}


def count(connection: Connection) -> int:
    """How many reports there are, all versions."""
    return connection.execute(select(func.count()).select_from(report)).scalar_one()
