"""Reports on their way: each version goes to each receiver once, is held by one hold at most, and is issued once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from plan_lifecycle.domain.release import Hold, Issue, Receiver, ReportKey, Version, Way
from plan_lifecycle.store.engine import insert_new, unless_known
from plan_lifecycle.store.reports import of_key
from plan_lifecycle.store.tables import report, report_delivery, report_hold, report_issue

_HOLD = tuple(Hold.__slots__)
_ISSUE = tuple(Issue.__slots__)


def deliver(connection: Connection, report_id: int, receiver: Receiver, at: datetime) -> bool:
    """Note that a version goes to a receiver, in the transaction of its letters; False where it went before."""
    row = {"report_id": report_id, "receiver": receiver.value, "at": at}
    return insert_new(connection, report_delivery, [row]) == 1


def deliveries(connection: Connection) -> dict[int, dict[Receiver, datetime]]:
    """When each version went to whom, by the id of the version."""
    found: dict[int, dict[Receiver, datetime]] = {}
    for row in connection.execute(select(report_delivery).order_by(report_delivery.c.report_id)):
        found.setdefault(row.report_id, {})[Receiver(row.receiver)] = row.at
    return found


def hold(connection: Connection, new: Hold) -> int | None:
    """Hold a report back; return the hold's id. None where it is held already."""
    values = {name: getattr(new, name) for name in _HOLD if name != "id"}
    adding = unless_known(connection, report_hold).values(values).returning(report_hold.c.id)
    return connection.execute(adding).scalar_one_or_none()


def lift(connection: Connection, hold_id: int, *, at: datetime, by: str) -> bool:
    """End a hold; False where it has ended already."""
    standing = (report_hold.c.id == hold_id, report_hold.c.lifted_at.is_(None))
    ending = update(report_hold).where(*standing).values(lifted_at=at, lifted_by=by)
    return connection.execute(ending).rowcount == 1


def holds(connection: Connection) -> dict[ReportKey, Hold]:
    """The holds that nobody has lifted, by report; whether one has run out is for its day to say."""
    query = select(*(report_hold.c[name] for name in _HOLD)).where(report_hold.c.lifted_at.is_(None))
    found = [Hold(**row._mapping) for row in connection.execute(query.order_by(report_hold.c.id))]
    return {ReportKey(one.unit_id, one.period, one.profile): one for one in found}


def issue(connection: Connection, new: Issue) -> int | None:
    """Record that a version was issued; return the row's id. None where that is recorded already."""
    values: dict[str, Any] = {name: getattr(new, name) for name in _ISSUE if name != "id"}
    values |= {"findings": list(new.findings), "paper_findings": list(new.paper_findings)}
    adding = unless_known(connection, report_issue).values(values).returning(report_issue.c.id)
    return connection.execute(adding).scalar_one_or_none()


def undo_issue(connection: Connection, issue_id: int, *, at: datetime, by: str, reason: str) -> bool:
    """Take back that a version was issued; False where that was done already. The row stays."""
    standing = (report_issue.c.id == issue_id, report_issue.c.undone_at.is_(None))
    undoing = update(report_issue).where(*standing).values(undone_at=at, undone_by=by, undone_reason=reason)
    return connection.execute(undoing).rowcount == 1


def add_paper(connection: Connection, issue_id: int, *, blob: str, name: str, findings: Sequence[str]) -> bool:
    """Keep a signed paper with an issue that stands, in place of one that was; False where it was taken back."""
    standing = (report_issue.c.id == issue_id, report_issue.c.undone_at.is_(None))
    kept = {"paper_blob": blob, "paper_name": name, "paper_findings": list(findings)}
    return connection.execute(update(report_issue).where(*standing).values(kept)).rowcount == 1


def issues(connection: Connection) -> dict[int, Issue]:
    """How each version was issued, by the id of the version; what was taken back is not among them."""
    query = select(*(report_issue.c[name] for name in _ISSUE)).where(report_issue.c.undone_at.is_(None))
    found = (_issue(row) for row in connection.execute(query.order_by(report_issue.c.id)))
    return {one.report_id: one for one in found}


def issued(connection: Connection, key: ReportKey) -> Issue | None:
    """How a report was issued: its newest version that was."""
    every = issued_versions(connection, key)
    return every[-1] if every else None


def issued_versions(connection: Connection, key: ReportKey) -> list[Issue]:
    """How each version of a report was issued, the report itself first and then its addenda."""
    same = (*of_key(key), report_issue.c.undone_at.is_(None))
    query = select(*(report_issue.c[name] for name in _ISSUE)).join(report, report.c.id == report_issue.c.report_id)
    return [_issue(row) for row in connection.execute(query.where(*same).order_by(report.c.version))]


def is_issued(connection: Connection, key: ReportKey) -> bool:
    """Whether a version of the report was issued: what comes afterwards makes an addendum."""
    return issued(connection, key) is not None


def ways(connection: Connection) -> list[Way]:
    """Every report that was ever compiled, with all its versions: the newest report first."""
    return sorted(_ways(connection), key=lambda way: way.newest.id, reverse=True)


def ways_of(connection: Connection, unit_id: str, period: str) -> list[Way]:
    """A unit's reports of a period, one of each kind, with all their versions."""
    return _ways(connection, report.c.unit_id == unit_id, report.c.period == period)


def way_of(connection: Connection, key: ReportKey) -> Way | None:
    """One report with all its versions; None where none was compiled."""
    return next(iter(_ways(connection, *of_key(key))), None)


def _ways(connection: Connection, *which: ColumnElement[bool]) -> list[Way]:
    given, held, done = deliveries(connection), holds(connection), issues(connection)
    # Of the summary, which names units by the hundred, two words are read.
    full, about = report.c.summary["full"].as_boolean(), report.c.summary["about"].as_string()
    of_version = (report.c.id, report.c.version, report.c.compiled_at, full.label("full"), about.label("about"))
    shown = (*of_version, report.c.unit_id, report.c.period, report.c.profile)
    found: dict[ReportKey, list[Version]] = {}
    named: dict[ReportKey, str] = {}
    for row in connection.execute(select(*shown).where(*which).order_by(report.c.version, report.c.id)):
        going = row.full is not False
        version = Version(row.id, row.version, row.compiled_at, given.get(row.id, {}), row.id in done, going)
        key = ReportKey(row.unit_id, row.period, row.profile)
        found.setdefault(key, []).append(version)
        named[key] = row.about or ""
    return [
        Way(key.unit_id, key.period, tuple(versions), held.get(key), key.profile, named[key])
        for key, versions in found.items()
    ]


def _issue(row: Any) -> Issue:
    said = {"findings": tuple(row.findings), "paper_findings": tuple(row.paper_findings or ())}
    return Issue(**dict(row._mapping) | said)
