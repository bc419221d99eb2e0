"""How much waits, and for how long: figures for whoever watches the office from outside. They name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING
from plan_lifecycle.domain.submission import ArrivalState, SubmissionState
from plan_lifecycle.store.tables import arrival, letter, obligation, report, submission


@dataclass(frozen=True, slots=True)
class Measures:
    """Letters that have not left; arrivals and submissions that wait; the oldest of each; what is overdue; reports."""

    letters_queued: int
    oldest_letter: datetime | None
    backlog: int
    oldest_waiting: datetime | None
    overdue: int
    reports: int


def measure(connection: Connection, today: date) -> Measures:
    """The figures of this moment: five counts."""
    not_left = letter.c.state.in_((LetterState.QUEUED.value, LetterState.CLAIMED.value))
    queued, oldest_letter = connection.execute(select(func.count(), func.min(letter.c.queued_at)).where(not_left)).one()
    unread = arrival.c.state.in_((ArrivalState.NEW.value, ArrivalState.UNMATCHED.value))
    arrived, oldest = connection.execute(select(func.count(), func.min(arrival.c.received_at)).where(unread)).one()
    undecided = submission.c.state == SubmissionState.RECEIVED.value
    sent, older = connection.execute(select(func.count(), func.min(submission.c.received_at)).where(undecided)).one()
    owed = [state.value for state in OUTSTANDING]
    late = select(func.count()).select_from(obligation).where(obligation.c.state.in_(owed), obligation.c.due_on < today)
    reports = connection.execute(select(func.count()).select_from(report)).scalar_one()
    waiting = min((moment for moment in (oldest, older) if moment is not None), default=None)
    overdue = connection.execute(late).scalar_one()
    return Measures(queued, oldest_letter, arrived + sent, waiting, overdue, reports)
