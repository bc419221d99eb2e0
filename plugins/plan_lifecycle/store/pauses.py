"""Pauses and absences, extensions and waivers: each a row with who, when and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from plan_lifecycle.domain.clock import end_of
from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import Obligation, ObligationState
from plan_lifecycle.domain.pausing import Absence, RulingKind, Suspension
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import absence, letter, obligation, ruling, submission, suspension

_SUSPENSION = tuple(Suspension.__slots__)
_ABSENCE = tuple(Absence.__slots__)
_ABSENT = (
    select(*(absence.c[name] for name in _ABSENCE))
    .where(absence.c.until_on >= bindparam("since"))
    .order_by(absence.c.id)
)
_LOCK = 7_215_002
"""The advisory lock of whoever records a suspension on PostgreSQL."""


def suspend(connection: Connection, new: Suspension, at: datetime) -> int:
    """Record a suspension; return its id."""
    values = {name: getattr(new, name) for name in _SUSPENSION if name != "id"}
    adding = insert(suspension).values(**values, decided_at=at).returning(suspension.c.id)
    new_id: int = connection.execute(adding).scalar_one()
    return new_id


def the_same(connection: Connection, new: Suspension) -> int | None:
    """The suspension that keeps back the same letters on the same days and is not lifted; None where there is none.

    Nobody else records one until the transaction ends: said by two at the same moment it is one.
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    said = ("plan_id", "unit_id", "obligation_id", "from_on", "until_on")
    same = (suspension.c[name].is_not_distinct_from(getattr(new, name)) for name in said)
    query = select(func.min(suspension.c.id)).where(suspension.c.lifted_on.is_(None), *same)
    found: int | None = connection.execute(query).scalar_one()
    return found


def unit_of(connection: Connection, suspension_id: int) -> str | None:
    """The unit whose letters a suspension keeps back; None where it is of more than one, or there is none."""
    found: str | None = connection.execute(
        select(suspension.c.unit_id).where(suspension.c.id == suspension_id)
    ).scalar_one_or_none()
    return found


def lift(connection: Connection, suspension_id: int, *, on: date, by: str, reason: str) -> bool:
    """Let letters go again from ``on``; False where there is no such suspension in force."""
    known = (suspension.c.id == suspension_id, suspension.c.lifted_on.is_(None))
    values = {"lifted_on": on, "lifted_by": by, "lifted_reason": reason}
    return connection.execute(update(suspension).where(*known).values(values)).rowcount == 1


def suspensions(connection: Connection, since: date) -> list[Suspension]:
    """Those that hold on ``since`` or later, in order of id."""
    lasting = (
        or_(suspension.c.until_on.is_(None), suspension.c.until_on >= since),
        or_(suspension.c.lifted_on.is_(None), suspension.c.lifted_on > since),
    )
    query = select(*(suspension.c[name] for name in _SUSPENSION)).where(*lasting).order_by(suspension.c.id)
    return [Suspension(**row._mapping) for row in connection.execute(query)]


def of_everything(connection: Connection, day: date) -> Suspension | None:
    """What keeps back every letter on a day, the newest of several; None where letters go."""
    found = [each for each in suspensions(connection, day) if each.of_everything and each.in_force(day)]
    return found[-1] if found else None


def hold_letters(connection: Connection, reason: str, *, by: date, only: Collection[str] = ()) -> int:
    """Note on letters of this business day and before why none of them leaves now; return how many wait."""
    waiting = [letter.c.state == LetterState.QUEUED.value, letter.c.queued_at < end_of(by)]
    if only:
        waiting.append(letter.c.kind.in_(only))
    return connection.execute(update(letter).where(*waiting).values(reason=reason)).rowcount


def note_absence(connection: Connection, new: Absence, at: datetime) -> bool:
    """Record an absence; False where the very same is known."""
    row: dict[str, Any] = {name: getattr(new, name) for name in _ABSENCE}
    return insert_new(connection, absence, [row | {"decided_at": at}]) == 1


def end_absences(connection: Connection, email: str, since: date) -> int:
    """Forget that somebody is away on ``since`` or later; return how many absences that were."""
    lasting = (absence.c.email == email, absence.c.until_on >= since)
    return connection.execute(delete(absence).where(*lasting)).rowcount


def absences(connection: Connection, since: date) -> list[Absence]:
    """Those that last until ``since`` or longer; what was noted last comes last and so counts."""
    return [Absence(**row._mapping) for row in connection.execute(_ABSENT, {"since": since})]


def extend(
    connection: Connection,
    owed: Obligation,
    until: date,
    next_rung_on: date | None,
    *,
    by: str,
    reason: str,
    at: datetime,
) -> None:
    """Put the last day later. The day by the plan's words is kept beside it."""
    _rule(connection, owed, RulingKind.EXTENSION, until, by=by, reason=reason, at=at)
    values = {"due_on": until, "extended_from": owed.extended_from or owed.due_on, "next_rung_on": next_rung_on}
    connection.execute(update(obligation).where(obligation.c.id == owed.id).values(values))


def set_days_late(connection: Connection, obligation_id: int, days: int) -> None:
    """How late every version for an obligation is."""
    connection.execute(update(submission).where(submission.c.obligation_id == obligation_id).values(days_late=days))


def waive(connection: Connection, owed: Obligation, *, by: str, reason: str, at: datetime) -> None:
    """Let the unit off."""
    _rule(connection, owed, RulingKind.WAIVER, owed.due_on, by=by, reason=reason, at=at)
    values = {"state": ObligationState.WAIVED.value, "next_rung_on": None}
    connection.execute(update(obligation).where(obligation.c.id == owed.id).values(values))


def rulings_of(connection: Connection, obligation_id: int) -> list[dict[str, Any]]:
    """What people decided about an obligation, in order, with kind, due_before, due_after and who, why, when."""
    shown = (ruling.c.kind, ruling.c.due_before, ruling.c.due_after)
    whom = (ruling.c.decided_by, ruling.c.reason, ruling.c.decided_at)
    query = select(*shown, *whom).where(ruling.c.obligation_id == obligation_id).order_by(ruling.c.id)
    return [dict(row._mapping) | {"kind": RulingKind(row.kind)} for row in connection.execute(query)]


def _rule(
    connection: Connection,
    owed: Obligation,
    kind: RulingKind,
    due_after: date | None,
    *,
    by: str,
    reason: str,
    at: datetime,
) -> None:
    row = {
        "obligation_id": owed.id,
        "kind": kind.value,
        "due_before": owed.due_on,
        "due_after": due_after,
        "state_before": owed.state.value,
        "decided_by": by,
        "reason": reason,
        "decided_at": at,
    }
    connection.execute(insert(ruling).values(row))
