"""Which compiled reports may say something else now, found by the database for all of them at once.

Thirty-four provinces have a hundred papers each in a report of a quarter; on most mornings nothing came, and none of
them is loaded to learn that.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from plan_lifecycle.domain.obligation import RELEASED, Item, ObligationState
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.submission import SubmissionState
from plan_lifecycle.store.tables import obligation, report, report_source, submission


def watched(connection: Connection, since: datetime) -> dict[ReportKey, int]:
    """The newest version of each report that was compiled at or after a moment, by its id."""
    query = select(report.c.unit_id, report.c.period, report.c.profile, report.c.id)
    rows = connection.execute(query.where(report.c.compiled_at >= since).order_by(report.c.version))
    return {ReportKey(*key): report_id for *key, report_id in rows}


def perhaps_changed(connection: Connection, since: datetime) -> set[int]:
    """The ids of versions compiled since a moment whose papers may not be what they were compiled from.

    Every version whose papers have changed is among them; one of them may yet turn out to be as it was.
    """
    return _other_papers(connection, since) | _not_inside(connection, since)


def _other_papers(connection: Connection, since: datetime) -> set[int]:
    """Those with a source that is accepted in another version, later or not at all, or owed no more, or signed."""
    accepted = submission.c.state == SubmissionState.ACCEPTED.value
    last = select(submission.c.obligation_id, func.max(submission.c.version).label("version")).where(accepted)
    newest = last.group_by(submission.c.obligation_id).subquery()
    now = submission.alias("now")
    is_newest = and_(now.c.obligation_id == newest.c.obligation_id, now.c.version == newest.c.version)
    signed = and_(obligation.c.state == ObligationState.MET.value, report_source.c.submission_id.is_not(None))
    query = (
        select(report_source.c.report_id)
        .distinct()
        .join(report, report.c.id == report_source.c.report_id)
        .join(obligation, obligation.c.id == report_source.c.obligation_id)
        .outerjoin(newest, newest.c.obligation_id == report_source.c.obligation_id)
        .outerjoin(now, is_newest)
        .where(
            report.c.compiled_at >= since,
            or_(
                func.coalesce(report_source.c.submission_id, 0) != func.coalesce(now.c.id, 0),
                func.coalesce(report_source.c.days_late, 0) != func.coalesce(now.c.days_late, 0),
                obligation.c.receiver_id != report.c.unit_id,
                obligation.c.period != report.c.period,
                obligation.c.state.in_([state.value for state in RELEASED]),
                signed,
            ),
        )
    )
    return set(connection.execute(query).scalars())


def _not_inside(connection: Connection, since: datetime) -> set[int]:
    """Those without something that is owed for them."""
    same = and_(obligation.c.receiver_id == report.c.unit_id, obligation.c.period == report.c.period)
    inside = and_(report_source.c.report_id == report.c.id, report_source.c.obligation_id == obligation.c.id)
    query = (
        select(report.c.id)
        .distinct()
        .join(obligation, and_(same, obligation.c.item == Item.REPORT.value))
        .outerjoin(report_source, inside)
        .where(report.c.compiled_at >= since, report_source.c.report_id.is_(None))
        .where(obligation.c.state.not_in([state.value for state in RELEASED]))
    )
    return set(connection.execute(query).scalars())
