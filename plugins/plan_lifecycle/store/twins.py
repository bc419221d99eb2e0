"""What other units have sent that is the same: the same content, or the same number and date for the same item."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update

from plan_lifecycle.domain.submission import Finding, SubmissionState
from plan_lifecycle.store.submissions import findings_of
from plan_lifecycle.store.tables import obligation, submission, submission_file

MOST = 20
"""Twins that are looked at; a file that more units have sent is everybody's."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A submission of another unit; none that a newer one has taken the place of."""

    id: int
    unit_id: str
    received_at: datetime
    state: SubmissionState
    findings: tuple[Finding, ...]


def of_content(connection: Connection, blob: str, unit_id: str) -> list[Twin]:
    """What other units have sent of this content, oldest first."""
    holding = select(submission_file.c.submission_id).where(submission_file.c.blob == blob)
    return _twins(connection, _of_others(unit_id).where(submission.c.id.in_(holding)))


def of_number(
    connection: Connection, reference: str, issued_on: date, *, unit_id: str, item: str, period: str
) -> list[Twin]:
    """What other units have sent for this item and period that bears this number and date, oldest first."""
    paper = (submission.c.reference == reference, submission.c.issued_on == issued_on)
    of = (obligation.c.item == item, obligation.c.period == period)
    return _twins(connection, _of_others(unit_id).where(*paper, *of))


def add_finding(connection: Connection, submission_id: int, finding: Finding, *, hold: bool) -> None:
    """Tell it of a submission that is there already, once; ``hold``: as long as it waits, it waits for a person."""
    query = select(submission.c.findings).where(submission.c.id == submission_id).with_for_update()
    known = findings_of(connection.execute(query).scalar_one())
    if finding in known:
        return
    values = {"findings": [asdict(told) for told in (*known, finding)]} | ({"held": True} if hold else {})
    connection.execute(update(submission).where(submission.c.id == submission_id).values(values))


def _of_others(unit_id: str) -> Select[Any]:
    shown = (submission.c[name] for name in ("id", "received_at", "state", "findings"))
    live = submission.c.state != SubmissionState.SUPERSEDED.value
    return (
        select(*shown, obligation.c.unit_id)
        .join(obligation, obligation.c.id == submission.c.obligation_id)
        .where(obligation.c.unit_id != unit_id, live)
    )


def _twins(connection: Connection, query: Select[Any]) -> list[Twin]:
    rows = connection.execute(query.order_by(submission.c.id).limit(MOST))
    return [
        Twin(row.id, row.unit_id, row.received_at, SubmissionState(row.state), findings_of(row.findings))
        for row in rows
    ]
