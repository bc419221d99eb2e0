"""Ruling on what is owed: a person gives a unit more time (*Gia hạn*), or lets it off (*Miễn, hoãn*).

Xã Bình An is granted ten days more: its last day moves, its ladder is climbed again towards it, and the letter says by
which day it was extended. The plan's own words stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import SETTLED, Obligation
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review._acts import Decided, the_obligation
from plan_lifecycle.lifecycle.review._waiting import SubjectId
from plan_lifecycle.store import audit, pauses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


def extend_this(office: Office, which: SubjectId, until: date, decider: Decider, now: datetime) -> Decided:
    """Put the last day later, to today or any day after the present one; its reminders follow.

    What came in before keeps its first date and is judged by the new last day. Raises InputError where the id is not
    known, nothing is open, the day is not a later one, or no reason is given.
    """
    with office.store.write() as connection:
        owed = _open(connection, which)
        if owed.due_on is not None and until <= owed.due_on:
            vi = f"Ngày gia hạn phải sau ngày cuối hiện nay ({short_date(owed.due_on)})."
            raise InputError(f"a day after {owed.due_on}, the present last day", field="until", found=until, vi=vi)
        later = replace(owed, due_on=until, extended_from=owed.extended_from or owed.due_on)
        next_on = office.rules.next_rung_on(later, unit_rows.get_unit(connection, owed.unit_id), now.date())
        pauses.extend(connection, owed, until, next_on, by=decider.by, reason=decider.why, at=now)
        _judge_again(connection, later)
        moved = {"due_before": owed.due_on and owed.due_on.isoformat(), "due_after": until.isoformat()}
        _note(connection, owed, ActKind.EXTEND, decider, now, moved)
        name = unit_rows.name_of(connection, owed.unit_id)
    return Decided(str(which), ActKind.EXTEND, True, name)


def waive_this(office: Office, which: SubjectId, decider: Decider, now: datetime) -> Decided:
    """Let the unit off an obligation.

    Raises InputError where the id is not known, nothing is open, or no reason is given.
    """
    with office.store.write() as connection:
        owed = _open(connection, which)
        pauses.waive(connection, owed, by=decider.by, reason=decider.why, at=now)
        _note(connection, owed, ActKind.WAIVE, decider, now, {})
        name = unit_rows.name_of(connection, owed.unit_id)
    return Decided(str(which), ActKind.WAIVE, True, name)


def _open(connection: Connection, which: SubjectId) -> Obligation:
    """What an id means, held until the transaction ends. Raises InputError where nobody waits for it any more."""
    owed = obligation_rows.lock(connection, the_obligation(connection, which).id)
    if owed.state in SETTLED:
        vi = f"Nội dung “{which}” ({owed.what}) đã hoàn thành hoặc đã được miễn, hoãn; nếu cần, đề nghị mở lại."
        raise InputError("an obligation that is still open", field="ID", found=f"{which}, {owed.state.value}", vi=vi)
    return owed


def _judge_again(connection: Connection, owed: Obligation) -> None:
    """How late what came in already is, by the new last day; its first receipt still counts."""
    versions = submission_rows.versions(connection, owed.id)
    if versions:
        issued = next((version.issued_on for version in versions if version.issued_on), None)
        pauses.set_days_late(connection, owed.id, owed.days_late(versions[0].received_at, issued))


def _note(
    connection: Connection, owed: Obligation, kind: ActKind, decider: Decider, now: datetime, details: dict[str, Any]
) -> None:
    act = audit.Act(now, decider.by, kind, ActSubject.OBLIGATION, owed.id, decider.reason, details)
    audit.append(connection, act)
