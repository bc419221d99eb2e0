"""Consolidated reports and the trace from each to the submissions that it was compiled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.store.engine import unless_known
from plan_lifecycle.store.tables import report, report_source


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A compiled report; ``inputs`` is the digest of what it was compiled from, ``summary`` its counts as JSON,
    ``trace_blob`` the file that says where its numbers and words come from (None of a report from before it was kept),
    ``profile`` the code of the kind of report: two kinds of one period are two reports.
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
    profile: str = ""

    @property
    def key(self) -> ReportKey:
        """Which report it is a version of."""
        return ReportKey(self.unit_id, self.period, self.profile)

    def files(self) -> Iterator[tuple[str, str]]:
        """Its files: each by its blob, with how its name ends."""
        yield self.word_blob, "docx"
        yield self.excel_blob, "xlsx"
        if self.trace_blob is not None:
            yield self.trace_blob, "json"


def newest(connection: Connection, key: ReportKey) -> StoredReport | None:
    """The newest version of a report."""
    row = connection.execute(select(report).where(*of_key(key)).order_by(report.c.version.desc()).limit(1)).first()
    return StoredReport(**row._mapping) if row else None


def numbered(connection: Connection, key: ReportKey, version: int) -> StoredReport | None:
    """One version of a report."""
    row = connection.execute(select(report).where(*of_key(key), report.c.version == version)).first()
    return StoredReport(**row._mapping) if row else None


def of_key(key: ReportKey) -> tuple[ColumnElement[bool], ...]:
    """What is true of the versions of a report and of no other."""
    return report.c.unit_id == key.unit_id, report.c.period == key.period, report.c.profile == key.profile


def get(connection: Connection, report_id: int) -> StoredReport | None:
    """One version by its id."""
    row = connection.execute(select(report).where(report.c.id == report_id)).first()
    return StoredReport(**row._mapping) if row else None


def addenda(connection: Connection) -> dict[int, int]:
    """The versions that are addenda, each with its number as one."""
    number = report.c.summary["addendum"].as_integer()
    query = select(report.c.id, number.label("number")).where(number > 0).order_by(report.c.id)
    return {row.id: row.number for row in connection.execute(query)}


def placed(connection: Connection) -> dict[int, set[int]]:
    """The versions that show what was decided about paragraphs, each with the ids of these decisions."""
    ids = report.c.summary["placings"]
    query = select(report.c.id, ids.label("ids")).where(ids.as_string() != "[]").order_by(report.c.id)
    return {row.id: set(row.ids) for row in connection.execute(query)}


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


def compiled(connection: Connection) -> set[ReportKey]:
    """Everything that was compiled."""
    query = select(report.c.unit_id, report.c.period, report.c.profile).distinct()
    return {ReportKey(*row) for row in connection.execute(query)}


def every(connection: Connection) -> list[StoredReport]:
    """All reports, oldest first."""
    return [StoredReport(**row._mapping) for row in connection.execute(select(report).order_by(report.c.id))]


def totals_of_year(connection: Connection, key: ReportKey, now: datetime) -> dict[str, dict[str, Any]]:
    """The totals of a unit's reports of this kind in the year of a report, by period: of each the newest version that
    was compiled until then."""
    query = (
        select(report.c.period, report.c.summary)
        .where(report.c.unit_id == key.unit_id, report.c.profile == key.profile, report.c.compiled_at <= now)
        .where(report.c.period.like(f"{key.period[:4]}%"))
        .order_by(report.c.version)
    )
    return {row.period: row.summary["totals"] for row in connection.execute(query)}


def count(connection: Connection) -> int:
    """How many reports there are, all versions."""
    return connection.execute(select(func.count()).select_from(report)).scalar_one()
