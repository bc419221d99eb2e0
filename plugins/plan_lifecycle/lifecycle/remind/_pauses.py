"""What people decide about reminding, each with who and why: pause and resume, extend and waive, stand in for someone.

Xã Bình An is granted ten days more: its last day moves, its ladder is climbed anew towards it, and the letter says by
which day it was extended. The plan's own words stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import RELEASED, Obligation, ObligationState
from plan_lifecycle.domain.pausing import Absence, Suspension
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.message import Address
from plan_lifecycle.store import audit, pauses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


def suspend(office: Office, new: Suspension, now: datetime) -> int:
    """Send no letters about a plan, a unit, or anything, for a time; return the suspension's id. Raises InputError."""
    decider = Decider(new.decided_by, new.reason)
    new = replace(new, decided_by=decider.by, reason=decider.why)
    if new.until_on is not None and new.until_on < new.from_on:
        raise InputError(f"a day not before {new.from_on}", field="until", found=new.until_on)
    with office.store.write() as connection:
        if new.unit_id is not None and unit_rows.get_unit(connection, new.unit_id) is None:
            raise InputError("the id of a unit that is imported", field="unit", found=new.unit_id)
        if new.plan_id is not None and not plan_rows.get_plans(connection, {new.plan_id}):
            raise InputError("the id of a plan in the store", field="plan", found=new.plan_id)
        return pauses.suspend(connection, new, now)


def resume(office: Office, suspension_id: int, decider: Decider, now: datetime) -> None:
    """Let letters go again from today. Raises InputError where nothing of this id is suspended."""
    with office.store.write() as connection:
        if not pauses.lift(connection, suspension_id, on=now.date(), by=decider.by, reason=decider.why):
            raise InputError("the id of a suspension in force", field="suspension", found=suspension_id)


def stand_in(office: Office, new: Absence, now: datetime) -> bool:
    """Note that somebody is away, and who gets the letters meanwhile; False where that is known. Raises InputError."""
    decider = Decider(new.decided_by, new.reason)
    new = replace(new, decided_by=decider.by, reason=decider.why)
    Address(new.email)
    if new.substitute is not None:
        Address(new.substitute)
    if new.until_on < new.from_on:
        raise InputError(f"a day not before {new.from_on}", field="until", found=new.until_on)
    with office.store.write() as connection:
        return pauses.note_absence(connection, new, now)


def extend(
    office: Office, unit_id: str, item: str, period: str, until: date, decider: Decider, now: datetime
) -> Obligation:
    """Put a unit's last day later, today's or any day after the present one; return the obligation as it is then.

    What came in before keeps its first date and is judged by the new last day. Raises InputError.
    """
    with office.store.write() as connection:
        owed = _owed(connection, unit_id, item, period)
        if owed.state in RELEASED or owed.state is ObligationState.MET:
            raise InputError("an obligation that is still open", field="item", found=owed.state.value)
        if owed.due_on is not None and until <= owed.due_on:
            raise InputError(f"a day after {owed.due_on}, the present last day", field="until", found=until)
        later = replace(owed, due_on=until, extended_from=owed.extended_from or owed.due_on)
        unit = unit_rows.get_unit(connection, unit_id)
        later = replace(later, next_rung_on=office.rules.next_rung_on(later, unit, now.date()))
        pauses.extend(connection, owed, until, later.next_rung_on, by=decider.by, reason=decider.why, at=now)
        _judge_anew(connection, later)
        moved = {"due_before": owed.due_on and owed.due_on.isoformat(), "due_after": until.isoformat()}
        _note(connection, owed, ActKind.EXTEND, decider, now, moved)
    return later


def waive(office: Office, unit_id: str, item: str, period: str, decider: Decider, now: datetime) -> Obligation:
    """Let a unit off what it owes; return the obligation as it is then. Raises InputError."""
    with office.store.write() as connection:
        owed = _owed(connection, unit_id, item, period)
        if owed.state in RELEASED or owed.state is ObligationState.MET:
            raise InputError("an obligation that is still open", field="item", found=owed.state.value)
        pauses.waive(connection, owed, by=decider.by, reason=decider.why, at=now)
        _note(connection, owed, ActKind.WAIVE, decider, now, {})
    return replace(owed, state=ObligationState.WAIVED, next_rung_on=None)


def _note(
    connection: Connection, owed: Obligation, kind: ActKind, decider: Decider, now: datetime, details: dict[str, Any]
) -> None:
    act = audit.Act(now, decider.by, kind, ActSubject.OBLIGATION, owed.id, decider.reason, details)
    audit.append(connection, act)


def _judge_anew(connection: Connection, owed: Obligation) -> None:
    """How late what came in already is, by the new last day; its first receipt still counts."""
    versions = submission_rows.versions(connection, owed.id)
    if versions:
        issued = next((each.issued_on for each in versions if each.issued_on), None)
        pauses.set_days_late(connection, owed.id, owed.days_late(versions[0].received_at, issued))


def _owed(connection: Connection, unit_id: str, item: str, period: str) -> Obligation:
    owed = obligation_rows.owed_by(connection, [unit_id])
    found = owed.get((unit_id, item, Period.parse(period).code))
    if not found:
        known = ", ".join(f"{each[1]} {each[2]}" for each in owed) or "nothing"
        raise InputError(f"what the unit owes ({known})", field="item", found=f"{item} {period}")
    return obligation_rows.lock(connection, found[0].id)
