"""What other units have sent that is the same: the same content, or the same number and date for the same item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select, update

from plan_lifecycle.domain.submission import Finding, Rule, SubmissionState
from plan_lifecycle.store.engine import in_batches
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


class Crossed(NamedTuple):
    """A submission whose content another unit sent at the same moment, so that neither saw the other."""

    submission_id: int
    unit_id: str
    other_id: str


def of_content(connection: Connection, blob: str, unit_id: str) -> list[Twin]:
    """What other units have sent of this content, oldest first."""
    return _found(connection.execute(_OF_CONTENT, {"blob": blob, "unit_id": unit_id}))


def of_number(
    connection: Connection, reference: str, issued_on: date, *, unit_id: str, item: str, period: str
) -> list[Twin]:
    """What other units have sent for this item and period that bears this number and date, oldest first."""
    paper = (submission.c.reference == reference, submission.c.issued_on == issued_on)
    of = (obligation.c.item == item, obligation.c.period == period)
    return _found(connection.execute(_first(_of_others(unit_id).where(*paper, *of))))


def unseen(connection: Connection, submission_ids: Sequence[int]) -> list[Crossed]:
    """Which of these submissions hold a content that another unit has sent too, and say nothing of it."""
    own, other = submission_file.alias(), submission_file.alias()
    mine, theirs = submission.alias(), submission.alias()
    of_mine, of_theirs = obligation.alias(), obligation.alias()
    query = (
        select(mine.c.id, mine.c.findings, of_mine.c.unit_id, of_theirs.c.unit_id.label("other_id"))
        .join(own, own.c.submission_id == mine.c.id)
        .join(other, (other.c.blob == own.c.blob) & (other.c.submission_id != mine.c.id))
        .join(theirs, (theirs.c.id == other.c.submission_id) & (theirs.c.state != SubmissionState.SUPERSEDED.value))
        .join(of_mine, of_mine.c.id == mine.c.obligation_id)
        .join(of_theirs, (of_theirs.c.id == theirs.c.obligation_id) & (of_theirs.c.unit_id != of_mine.c.unit_id))
    )
    rows = [row for ids in in_batches(submission_ids) for row in connection.execute(query.where(mine.c.id.in_(ids)))]
    silent = (row for row in rows if not any(told.rule is Rule.PAPER_SAME for told in findings_of(row.findings)))
    return [Crossed(row.id, row.unit_id, row.other_id) for row in silent]


def add_finding(connection: Connection, submission_id: int, finding: Finding, *, hold: bool) -> None:
    """Tell it of a submission that is there already, once; ``hold``: as long as it waits, it waits for a person."""
    query = select(submission.c.findings).where(submission.c.id == submission_id).with_for_update()
    known = findings_of(connection.execute(query).scalar_one())
    if finding in known:
        return
    values = {"findings": [asdict(told) for told in (*known, finding)]} | ({"held": True} if hold else {})
    connection.execute(update(submission).where(submission.c.id == submission_id).values(values))


def _of_others(unit_id: str | BindParameter[str]) -> Select[Any]:
    shown = (submission.c[name] for name in ("id", "received_at", "state", "findings"))
    live = submission.c.state != SubmissionState.SUPERSEDED.value
    return (
        select(*shown, obligation.c.unit_id)
        .join(obligation, obligation.c.id == submission.c.obligation_id)
        .where(obligation.c.unit_id != unit_id, live)
    )


def _first(query: Select[Any]) -> Select[Any]:
    return query.order_by(submission.c.id).limit(MOST)


_OF_CONTENT = _first(
    _of_others(bindparam("unit_id")).where(
        submission.c.id.in_(select(submission_file.c.submission_id).where(submission_file.c.blob == bindparam("blob")))
    )
)


def _found(rows: Iterable[Row[Any]]) -> list[Twin]:
    return [
        Twin(row.id, row.unit_id, row.received_at, SubmissionState(row.state), findings_of(row.findings))
        for row in rows
    ]
