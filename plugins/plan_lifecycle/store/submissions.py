"""Submissions: versions of what a unit sent for an obligation, with findings, figures and the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, bindparam, func, literal, or_, select, update

from plan_lifecycle.domain.clock import end_of
from plan_lifecycle.domain.figure import Figure, NotKnown
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Finding, Rule, Submission, SubmissionState
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.figures import add_figures
from plan_lifecycle.store.tables import obligation, submission

_COLUMNS = [column for column in submission.columns if column.name not in ("reviewed_at", "reviewed_by", "reason")]
_VERSIONS = (
    select(*_COLUMNS).where(submission.c.obligation_id == bindparam("obligation_id")).order_by(submission.c.version)
)
_SETTING_ASIDE = (
    update(submission)
    .where(submission.c.obligation_id == bindparam("of"), submission.c.state == SubmissionState.RECEIVED.value)
    .values(state=SubmissionState.SUPERSEDED.value)
)
_ADDING = submission.insert()
_PLANS_UNDER = (
    select(obligation.c.unit_id, submission.c.blob)
    .join(obligation, obligation.c.id == submission.c.obligation_id)
    .where(obligation.c.plan_id == bindparam("plan_id"), obligation.c.item == Item.SUB_PLAN.value)
    .order_by(submission.c.version)
)


def add(connection: Connection, new: Submission, figures: Iterable[Figure | NotKnown] = ()) -> int:
    """Insert a submission and its figures, set aside the versions before it; return its id."""
    connection.execute(_SETTING_ASIDE, {"of": new.obligation_id})
    values = asdict(new) | {"state": new.state.value}
    values.pop("id")
    added = connection.execute(_ADDING, values).inserted_primary_key
    new_id = int(added[0]) if added else 0
    add_figures(connection, new_id, figures)
    return new_id


def versions(connection: Connection, obligation_id: int) -> list[Submission]:
    """All versions for an obligation, oldest first."""
    return [_submission(row) for row in connection.execute(_VERSIONS, {"obligation_id": obligation_id})]


def in_state(connection: Connection, state: SubmissionState) -> list[Submission]:
    """All submissions in a state, oldest first."""
    query = select(*_COLUMNS).where(submission.c.state == state.value).order_by(submission.c.id)
    return [_submission(row) for row in connection.execute(query)]


def find(connection: Connection, ids: Sequence[int]) -> dict[int, Submission]:
    """The submissions with these ids, as far as there are such, in the order of the ids."""
    query = select(*_COLUMNS)
    rows = (row for some in in_batches(ids) for row in connection.execute(query.where(submission.c.id.in_(some))))
    found = {row.id: _submission(row) for row in rows}
    return {number: found[number] for number in ids if number in found}


def review(
    connection: Connection, submission_id: int, state: SubmissionState, *, at: datetime, by: str, reason: str | None
) -> bool:
    """Accept or return a submission that is waiting; False when it is not waiting any more."""
    waiting = (submission.c.id == submission_id, submission.c.state == SubmissionState.RECEIVED.value)
    values = {"state": state.value, "reviewed_at": at, "reviewed_by": by, "reason": reason}
    return connection.execute(update(submission).where(*waiting).values(values)).rowcount == 1


def complete(
    connection: Connection,
    submission_id: int,
    findings: Sequence[Finding],
    *,
    source: str | None = None,
    reference: str | None = None,
    issued_on: date | None = None,
    figures: Iterable[Figure | NotKnown] = (),
    to_review: bool = False,
    held: bool = False,
) -> None:
    """Add what another file of the same submission says; ``to_review``: it waits to be reviewed with that, ``held``:
    by a person."""
    values: dict[str, Any] = {"findings": [asdict(finding) for finding in findings]}
    found = {"blob": source, "reference": reference, "issued_on": issued_on}
    values |= {name: value for name, value in found.items() if value is not None}
    if to_review:
        values |= {"state": SubmissionState.RECEIVED.value, "held": held}
        values |= dict.fromkeys(("reviewed_at", "reviewed_by", "reason"))
    connection.execute(update(submission).where(submission.c.id == submission_id).values(values))
    add_figures(connection, submission_id, figures)


def join_paper(
    connection: Connection, submission_id: int, reference: str | None, issued_on: date | None, days_late: int
) -> None:
    """Note number and date of the signed paper with what had come without it."""
    values = {
        "reference": func.coalesce(reference, submission.c.reference),
        "issued_on": func.coalesce(literal(issued_on, Date), submission.c.issued_on),
        "days_late": days_late,
    }
    connection.execute(update(submission).where(submission.c.id == submission_id).values(values))


def reopen(connection: Connection, submission_id: int) -> bool:
    """Let a person decide again: the newest version, accepted or returned, waits once more and no rule touches it."""
    later = submission.alias()
    newer = select(later.c.id).where(
        later.c.obligation_id == submission.c.obligation_id, later.c.version > submission.c.version
    )
    decided = submission.c.state.in_([SubmissionState.ACCEPTED.value, SubmissionState.RETURNED.value])
    values = {"state": SubmissionState.RECEIVED.value, "held": True}
    values |= dict.fromkeys(("reviewed_at", "reviewed_by", "reason"))
    newest = (submission.c.id == submission_id, decided, ~newer.exists())
    return connection.execute(update(submission).where(*newest).values(values)).rowcount == 1


def accepted(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, Submission]:
    """For each obligation its newest accepted submission."""
    query = select(*_COLUMNS).where(submission.c.state == SubmissionState.ACCEPTED.value).order_by(submission.c.version)
    return {
        row.obligation_id: _submission(row)
        for ids in in_batches(obligation_ids)
        for row in connection.execute(query.where(submission.c.obligation_id.in_(ids)))
    }


def accepted_plans(connection: Connection, *, by: date) -> list[tuple[Submission, str, int, str]]:
    """Sub-plans accepted by the end of this day: with the unit that sent it, the plan that it carries out, the year."""
    query = (
        select(*_COLUMNS, obligation.c.unit_id, obligation.c.plan_id, obligation.c.period)
        .join(obligation, obligation.c.id == submission.c.obligation_id)
        .where(submission.c.state == SubmissionState.ACCEPTED.value, obligation.c.item == Item.SUB_PLAN.value)
        .where(or_(submission.c.reviewed_at.is_(None), submission.c.reviewed_at < end_of(by)))
        .order_by(submission.c.id)
    )
    return [(_submission(row), row.unit_id, row.plan_id, row.period) for row in connection.execute(query)]


def sub_plans_under(connection: Connection, plan_id: int) -> dict[str, str]:
    """The blob of each unit's newest sub-plan under a plan, by unit."""
    return {row.unit_id: row.blob for row in connection.execute(_PLANS_UNDER, {"plan_id": plan_id})}


def findings_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Findings out of their column; those of before there was an ``about`` are about nothing in particular."""
    return tuple(Finding(**dict(row) | {"rule": Rule(row["rule"])}) for row in rows)


def count_returned(connection: Connection) -> int:
    """How many times a submission was returned."""
    returned = select(func.count()).where(submission.c.state == SubmissionState.RETURNED.value)
    return connection.execute(returned).scalar_one()


def _submission(row: Any) -> Submission:
    values = {name: value for name, value in row._mapping.items() if name in Submission.__dataclass_fields__}
    values["findings"] = findings_of(values["findings"])
    values["state"] = SubmissionState(values["state"])
    return Submission(**values)
