"""Ruling on what is owed: a person gives a unit more time (*Gia hạn*), or lets it off (*Miễn, hoãn*).

Xã Bình An is granted ten days more: its last day moves, its ladder is climbed again towards it, and the letter says by
which day it was extended. The plan's own words stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import SETTLED, Obligation
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review._acts import Decided, Outcomes, the_obligation
from plan_lifecycle.lifecycle.review._answered import answer_request
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId
from plan_lifecycle.lifecycle.review._taken import decided_before
from plan_lifecycle.store import audit, pauses, statements
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.statements import StatementKind, StatementState

NOTHING_SAID = "không có đề nghị, thông tin nào của đơn vị đang chờ"


def extend_this(office: Office, which: SubjectId, until: date, decider: Decider, now: datetime) -> Decided:
    """Put the last day later, to today or any day after the present one; its reminders follow.

    What came in before keeps its first date and is judged by the new last day. Raises InputError where the id is not
    known, nothing is open, the day is not a later one, or no reason is given.
    """
    with office.store.write() as connection:
        owed = _open(connection, which)
        name = unit_rows.name_of(connection, owed.unit_id)
        if owed.due_on == until and owed.extended_from is not None:
            return Decided(str(which), ActKind.EXTEND, False, name, decided_before(connection, _its_own_id(owed)))
        if owed.due_on is not None and until <= owed.due_on:
            vi = f"{name}: {owed.what}: ngày gia hạn phải sau ngày cuối hiện nay ({short_date(owed.due_on)})."
            raise InputError(f"a day after {owed.due_on}, the present last day", field="until", found=until, vi=vi)
        later = replace(owed, due_on=until, extended_from=owed.extended_from or owed.due_on)
        next_on = office.rules.next_rung_on(later, unit_rows.get_unit(connection, owed.unit_id), now.date())
        pauses.extend(connection, owed, until, next_on, by=decider.by, reason=decider.why, at=now)
        _judge_again(connection, later)
        asked = [StatementKind.MORE_TIME]
        if statements.settle(connection, owed.id, asked, StatementState.DONE, by=decider.by, at=now):
            answer_request(office, connection, later, now, granted_until=until)
        moved = {"due_before": owed.due_on and owed.due_on.isoformat(), "due_after": until.isoformat()}
        _note(connection, owed, ActKind.EXTEND, decider, now, moved)
    return Decided(str(which), ActKind.EXTEND, True, name)


def waive_this(office: Office, which: SubjectId, decider: Decider, now: datetime) -> Decided:
    """Let the unit off an obligation.

    Raises InputError where the id is not known, nothing is open, or no reason is given.
    """
    with office.store.write() as connection:
        owed = _open(connection, which)
        pauses.waive(connection, owed, by=decider.by, reason=decider.why, at=now)
        statements.settle(connection, owed.id, StatementKind, StatementState.DONE, by=decider.by, at=now)
        _note(connection, owed, ActKind.WAIVE, decider, now, {})
        name = unit_rows.name_of(connection, owed.unit_id)
    return Decided(str(which), ActKind.WAIVE, True, name)


def extend_these(office: Office, ids: Sequence[SubjectId], until: date, decider: Decider, now: datetime) -> Outcomes:
    """Put the last day of several obligations later, one after the other: one that is refused stops no other.

    What has that day already by an earlier decision is left alone. Raises InputError where no reason is given.
    """
    reason = replace(decider, reason=decider.why)
    return _each(ids, lambda which: extend_this(office, which, until, reason, now))


def waive_these(office: Office, ids: Sequence[SubjectId], decider: Decider, now: datetime) -> Outcomes:
    """Let units off several obligations, one after the other: one that is refused stops no other.

    Raises InputError where no reason is given.
    """
    reason = replace(decider, reason=decider.why)
    return _each(ids, lambda which: waive_this(office, which, reason, now))


def _each(ids: Sequence[SubjectId], rule: Callable[[SubjectId], Decided]) -> Outcomes:
    for which in dict.fromkeys(ids):
        try:
            yield rule(which)
        except InputError as error:
            yield error


def _its_own_id(owed: Obligation) -> SubjectId:
    return SubjectId(Subject.OBLIGATION, owed.id)


def decline_this(office: Office, which: SubjectId, decider: Decider, now: datetime) -> Decided:
    """Decline what the unit says or asks on its page: nothing is recorded, the last day stays; page and letter say why.

    Raises InputError where the id is not known, or no reason is given.
    """
    with office.store.write() as connection:
        owed = obligation_rows.lock(connection, the_obligation(connection, which).id)
        declined = statements.settle(
            connection, owed.id, StatementKind, StatementState.DECLINED, by=decider.by, at=now, answer=decider.why
        )
        if declined:
            _note(connection, owed, ActKind.DECLINE_STATEMENT, decider, now, {"declined": [*declined]})
            answer_request(office, connection, owed, now, reason=decider.why)
        name = unit_rows.name_of(connection, owed.unit_id)
    done = bool(declined)
    return Decided(str(which), ActKind.DECLINE_STATEMENT, done, name, None if done else NOTHING_SAID)


def _open(connection: Connection, which: SubjectId) -> Obligation:
    """What an id means, held until the transaction ends. Raises InputError where nobody waits for it any more."""
    owed = obligation_rows.lock(connection, the_obligation(connection, which).id)
    if owed.state in SETTLED:
        unit, how = unit_rows.name_of(connection, owed.unit_id), decided_before(connection, _its_own_id(owed))
        vi = f"{unit}: {owed.what} đã hoàn thành hoặc đã được miễn, hoãn ({how}); nếu cần, đề nghị mở lại."
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
