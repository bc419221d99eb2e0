"""What waits for a person: submissions to be looked at, papers nobody could place, obligations without a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select

from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation
from plan_lifecycle.domain.submission import ArrivalState, Finding, SubmissionState, doubtful
from plan_lifecycle.store.submissions import findings_of
from plan_lifecycle.store.tables import ABSTRACT, arrival, obligation, report_source, submission, unit

PLACED = frozenset({ArrivalState.NEW, ArrivalState.FILED, ArrivalState.REFUSED, ArrivalState.DUPLICATE})
"""Arrivals in any other state wait for a person."""


@dataclass(frozen=True, slots=True)
class WaitingSubmission:
    """A submission with what it is of; ``file_name`` is that of the file that opened it."""

    id: int
    obligation_id: int
    unit_id: str
    item: Item
    period: str
    version: int
    received_at: datetime
    days_late: int
    reference: str | None
    findings: tuple[Finding, ...]
    held: bool
    file_name: str
    abstract: str | None = ""


@dataclass(frozen=True, slots=True)
class WaitingArrival:
    """An arrival that could not be placed, and why; ``item`` and ``period`` as claimed."""

    id: int
    channel: str
    key: str
    received_at: datetime
    sender: str | None
    file_name: str
    unit_id: str | None
    item: str | None
    period: str | None
    reason: str | None
    blob: str | None
    quarantined: bool


@dataclass(frozen=True, slots=True)
class WaitingObligation:
    """An obligation that waits for a person: its deadline is not known, or it is the coordinating agency's own."""

    id: int
    unit_id: str
    item: Item
    period: str
    phrase: str
    receiver_id: str
    due_on: date | None
    abstract: str | None = ""


def submissions_to_review(connection: Connection) -> list[WaitingSubmission]:
    """Every submission that nobody and no rule has decided, oldest first."""
    return _submissions(connection, submission.c.state == SubmissionState.RECEIVED.value)


def submissions_for_addendum(connection: Connection) -> list[WaitingSubmission]:
    """Submissions that came when their report had been compiled, and are in no version of it yet, oldest first."""
    newer = select(report_source.c.report_id).where(report_source.c.submission_id == submission.c.id).exists()
    live = submission.c.state.in_([SubmissionState.RECEIVED.value, SubmissionState.ACCEPTED.value])
    return _submissions(connection, submission.c.after_report_id.is_not(None) & live & ~newer)


def reports_in_doubt(connection: Connection) -> list[WaitingSubmission]:
    """Accepted reports with something to be looked at again, of which no report has been compiled yet, oldest first."""
    compiled = select(report_source.c.report_id).where(report_source.c.submission_id == submission.c.id).exists()
    told = cast(submission.c.findings, Text).like('%"doubt": true%')
    accepted = submission.c.state == SubmissionState.ACCEPTED.value
    found = _submissions(connection, accepted & (obligation.c.item == Item.REPORT.value) & told & ~compiled)
    return [sent for sent in found if doubtful(sent.findings)]


def submissions_of(connection: Connection, ids: Collection[int]) -> list[WaitingSubmission]:
    """These submissions, whatever was decided about them."""
    return _submissions(connection, submission.c.id.in_(ids))


def arrivals_to_place(connection: Connection) -> list[WaitingArrival]:
    """Arrivals whose sender or subject is not known, oldest first."""
    names = [field.name for field in WaitingArrival.__dataclass_fields__.values()]
    query = select(*(arrival.c[name] for name in names))
    query = query.where(arrival.c.state.not_in([state.value for state in PLACED])).order_by(arrival.c.id)
    return [WaitingArrival(*row) for row in connection.execute(query)]


def obligations_without_day(connection: Connection) -> list[WaitingObligation]:
    """Outstanding obligations that nobody is reminded of, because their last day is not known."""
    return _obligations(connection, obligation.c.due_on.is_(None))


def obligations_of_units_named(connection: Connection, names: Collection[str]) -> list[WaitingObligation]:
    """Outstanding obligations of units with these names, whose last day is known: the first last day first."""
    named = select(unit.c.id).where(unit.c.name.in_(sorted(names)))
    return _obligations(connection, obligation.c.due_on.is_not(None) & obligation.c.unit_id.in_(named))


def _obligations(connection: Connection, which: ColumnElement[bool]) -> list[WaitingObligation]:
    own = [name for name in WaitingObligation.__dataclass_fields__ if name != ABSTRACT.name]
    shown = [*(obligation.c[name] for name in own), ABSTRACT]
    outstanding = obligation.c.state.in_([state.value for state in OUTSTANDING])
    rows = connection.execute(select(*shown).where(which, outstanding).order_by(obligation.c.due_on, obligation.c.id))
    return [WaitingObligation(**dict(row._mapping) | {"item": Item(row.item)}) for row in rows]


def report_compiled(connection: Connection, owed: Obligation) -> int | None:
    """The newest report that was compiled of what units owe under the same plan, if any."""
    of_plan = select(obligation.c.id).where(
        obligation.c.plan_id == owed.plan_id,
        obligation.c.item == owed.item.value,
        obligation.c.receiver_id == owed.receiver_id,
        obligation.c.period == owed.period,
    )
    query = select(func.max(report_source.c.report_id)).where(report_source.c.obligation_id.in_(of_plan))
    newest: int | None = connection.execute(query).scalar_one()
    return newest


def _submissions(connection: Connection, which: ColumnElement[bool]) -> list[WaitingSubmission]:
    rows = connection.execute(_shown().where(which).order_by(submission.c.id))
    return [
        WaitingSubmission(**dict(row._mapping) | {"item": Item(row.item), "findings": findings_of(row.findings)})
        for row in rows
    ]


def _shown() -> Select[tuple[object, ...]]:
    own = (submission.c[name] for name in ("id", "obligation_id", "version", "received_at", "days_late", "reference"))
    of = (obligation.c.unit_id, obligation.c.item, obligation.c.period)
    return (
        select(*own, submission.c.findings, submission.c.held, *of, arrival.c.file_name, ABSTRACT)
        .join(obligation, obligation.c.id == submission.c.obligation_id)
        .join(arrival, arrival.c.id == submission.c.arrival_id)
    )
