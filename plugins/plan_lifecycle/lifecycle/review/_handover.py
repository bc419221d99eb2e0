"""Handing over (*bàn giao*) what is open of units that exist no more: to who took over, or to nobody any more.

Xã Phan Hòa ended with its report of the half-year open. A person hands it over to the commune that took over, which
gets one letter with all that it takes on, or closes it. Of several successors the person says which. Everything of one
call is one transaction, and nothing is handed over twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import UNFINISHED, Item, Obligation, ObligationState
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.office import (
    Desk,
    EndedDuty,
    Heir,
    Office,
    Recipient,
    ended_duties,
    is_own_duty,
    open_desk,
    write_letter,
)
from plan_lifecycle.lifecycle.review._acts import Decided
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId
from plan_lifecycle.lifecycle.review._taken import decided_before
from plan_lifecycle.mail.contexts import HandedItem, HandedOver
from plan_lifecycle.store import audit, versions
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.database import Connection

ONLY_CLOSED = "chỉ kết thúc được: số tin, bài của một tháng và số liệu đã nhận không chuyển cho đơn vị khác"


@dataclass(frozen=True, slots=True)
class _Handed:
    """An obligation before and after; ``unit`` and ``receiver`` are what they were called before."""

    before: Obligation
    after: Obligation
    unit: str
    receiver: str


def ended_ids(office: Office, now: datetime, unit: str = "") -> list[SubjectId]:
    """What is open of units that exist no more, or of the one of this name or id. Raises InputError where none is."""
    with office.store.read() as connection:
        found = ended_duties(connection, now.date())
    wanted = normalise(unit)
    meant = [
        SubjectId(Subject.OBLIGATION, key)
        for key, duty in found.items()
        if not wanted or wanted in (normalise(duty.unit), normalise(duty.unit.removeprefix("UBND ")), duty.owed.unit_id)
    ]
    if unit and not meant:
        names = "; ".join(dict.fromkeys(duty.unit for duty in found.values()))
        vi = f"“{unit}” không có nội dung chờ bàn giao; các đơn vị có nội dung chờ bàn giao: {names or 'không có'}."
        raise InputError("a unit that ended with something open", field="unit", found=unit, vi=vi)
    return meant


class EndedUnit(NamedTuple):
    """A unit that exists no more with something open: how much, and who may take it over."""

    unit_id: str
    unit: str
    open: int
    heirs: tuple[str, ...]


def ended_units(office: Office, now: datetime) -> list[EndedUnit]:
    """The units that exist no more, may be seen, and still owe something, by name."""
    with office.store.read() as connection:
        duties = [duty for duty in ended_duties(connection, now.date()).values() if office.sight.has(duty.owed.unit_id)]
    found: dict[str, list[EndedDuty]] = {}
    for duty in duties:
        found.setdefault(duty.owed.unit_id, []).append(duty)
    units = [
        EndedUnit(unit_id, some[0].unit, len(some), tuple(sorted({heir.name for duty in some for heir in duty.heirs})))
        for unit_id, some in found.items()
    ]
    return sorted(units, key=lambda one: one.unit)


def hand_over_these(
    office: Office, ids: Sequence[SubjectId], to: str | Mapping[SubjectId, str], decider: Decider, now: datetime
) -> list[Decided | InputError]:
    """Carry obligations to who took over: each unit's only successor, or the one that ``to`` names, by name or id, for
    all of them or for each that has several.

    Raises InputError where no reason is given. An outcome for each id, in order.
    """
    named = dict.fromkeys(ids, to) if isinstance(to, str) else to
    reason = decider.why
    outcomes: list[Decided | InputError] = []
    handed: list[_Handed] = []
    with office.store.write() as connection:
        duties = ended_duties(connection, now.date())
        desk = open_desk(office, connection, now, [duty.owed for duty in duties.values()])
        for which in dict.fromkeys(ids):
            try:
                duty = _duty(connection, duties, which)
                outcome = (
                    _hand_over(connection, desk, duty, _chosen(duty, named.get(which, "")), handed)
                    if duty
                    else decided_before(connection, which)
                )
            except InputError as error:
                outcomes.append(error)
                continue
            name = duty.unit if duty else None
            outcomes.append(Decided(str(which), ActKind.HAND_OVER, outcome is None, name, outcome))
        letter_rows.queue(connection, _letters(desk, handed))
        for one in handed:
            details = {"to": one.after.unit_id, "receiver": one.after.receiver_id}
            _note(connection, one.before, ActKind.HAND_OVER, replace(decider, reason=reason), now, details)
    return outcomes


def close_these(
    office: Office, ids: Sequence[SubjectId], decider: Decider, now: datetime
) -> list[Decided | InputError]:
    """Close what is open of units that exist no more: nobody waits for it. Raises InputError without a reason."""
    reason = decider.why
    outcomes: list[Decided | InputError] = []
    with office.store.write() as connection:
        duties = ended_duties(connection, now.date())
        for which in dict.fromkeys(ids):
            try:
                duty = _duty(connection, duties, which)
            except InputError as error:
                outcomes.append(error)
                continue
            done = duty is not None and versions.close(connection, duty.owed)
            if duty is not None and done:
                _note(connection, duty.owed, ActKind.CLOSE, replace(decider, reason=reason), now, {})
            why = None if done else decided_before(connection, which)
            outcomes.append(Decided(str(which), ActKind.CLOSE, done, duty.unit if duty else None, why))
    return outcomes


def _duty(connection: Connection, duties: dict[int, EndedDuty], which: SubjectId) -> EndedDuty | None:
    """What an id means, held until the transaction ends; None where it is settled. Raises InputError where it is none
    of the kind."""
    known = obligation_rows.get_obligations(connection, [which.number]) if which.subject is Subject.OBLIGATION else []
    if not known:
        vi = f"Không có mục “{which}” để xử lý."
        raise InputError("the id of an existing obligation", field="ID", found=str(which), vi=vi)
    owed = obligation_rows.lock(connection, which.number)
    if owed.state not in UNFINISHED:
        return None
    duty = duties.get(which.number)
    if duty is None:
        vi = f"Đơn vị của “{which}” ({owed.what}) đang hoạt động; không thuộc diện bàn giao."
        raise InputError("an obligation of a unit that exists no more", field="ID", found=str(which), vi=vi)
    return duty


def _chosen(duty: EndedDuty, to: str) -> Heir:
    """Who takes over. Raises InputError where nobody can, or where a person has to say which."""
    wanted = normalise(to)
    heirs = [
        heir
        for heir in duty.heirs
        if not wanted or wanted in (normalise(heir.name), normalise(heir.name.removeprefix("UBND ")), heir.id)
    ]
    if len(heirs) == 1 and duty.keeper is not None:
        return heirs[0]
    names = "; ".join(heir.name for heir in duty.heirs)
    if not duty.heirs or duty.keeper is None:
        vi = f"{duty.unit}: {duty.owed.what} chưa có đơn vị kế thừa, nơi nhận để bàn giao; đề nghị kết thúc."
    elif to:
        vi = f"{duty.unit}: “{to}” không phải đơn vị kế thừa; đơn vị kế thừa: {names}."
    else:
        vi = f"{duty.unit} có nhiều đơn vị kế thừa ({names}); đề nghị chọn đơn vị nhận bàn giao."
    raise InputError(f"one successor of {duty.owed.unit_id}", field="to", found=to or len(heirs), vi=vi)


def _hand_over(connection: Connection, desk: Desk, duty: EndedDuty, heir: Heir, handed: list[_Handed]) -> str | None:
    """Carry one obligation; why it was not, else None."""
    owed, unit, keeper = duty.owed, desk.tree[heir.id], duty.keeper
    if owed.item is Item.QUOTA or owed.state is ObligationState.FIGURES_ONLY:
        return ONLY_CLOSED
    if keeper is None:
        return decided_before(connection, SubjectId(Subject.OBLIGATION, owed.id))
    after = _carried(desk, owed, unit, keeper)
    if heir.id == owed.unit_id:
        obligation_rows.hand_over(connection, owed, keeper.id, after.next_rung_on)
    else:
        if not versions.close(connection, owed):
            return decided_before(connection, SubjectId(Subject.OBLIGATION, owed.id))
        obligation_rows.save_obligations(connection, [after])
    handed.append(_Handed(owed, after, duty.unit, desk.tree.called(owed.receiver_id)))
    return None


def _carried(desk: Desk, owed: Obligation, unit: Unit, keeper: Unit) -> Obligation:
    """The obligation as the heir owes it: nothing has come in from it yet; the plan's words and day stay."""
    if unit.id == owed.unit_id:
        after = replace(owed, receiver_id=keeper.id)
    else:
        after = replace(
            owed, id=0, unit_id=unit.id, receiver_id=keeper.id, state=ObligationState.OPEN,
            first_received_at=None, met_at=None, resend_by=None,
        )  # fmt: skip
    return replace(after, next_rung_on=desk.office.rules.next_rung_on(after, unit, desk.now.date()))


def _letters(desk: Desk, handed: Sequence[_Handed]) -> Iterator[Letter]:
    """One letter to each heir about all that it takes on; none where it would write to itself, or nobody reads it."""
    by_unit: dict[tuple[str, str], list[_Handed]] = {}
    for one in handed:
        if one.after.due_on is not None:
            by_unit.setdefault((one.after.unit_id, one.after.receiver_id), []).append(one)
    for (unit_id, receiver_id), items in by_unit.items():
        if not is_own_duty(desk.office.rules, desk.tree, unit_id, receiver_id):
            for to in desk.recipients(unit_id)[:1]:
                yield _letter(desk, to, items)


def _letter(desk: Desk, to: Recipient, items: Sequence[_Handed]) -> Letter:
    first = items[0].after
    unit, receiver = desk.tree[first.unit_id], desk.tree[first.receiver_id]
    named = desk.tree.named(unit)
    context = HandedOver(
        sender=desk.office.sender(desk.tree, receiver, {unit.id: unit}),
        to=named,
        today=desk.now.date(),
        unit=named,
        receiver=desk.tree.named(receiver),
        items=tuple(
            HandedItem(desk.owed(one.after), one.unit if one.before.unit_id != unit.id else None, one.receiver)
            for one in items
        ),
    )
    numbers = ",".join(str(one.before.id) for one in items)
    key = f"handover:{unit.id}:{hashlib.sha256(numbers.encode()).hexdigest()[:32]}"
    return write_letter(desk.office, context, key=key, to=to, now=desk.now)


def _note(
    connection: Connection, owed: Obligation, kind: ActKind, decider: Decider, now: datetime, details: dict[str, str]
) -> None:
    act = audit.Act(now, decider.by, kind, ActSubject.OBLIGATION, owed.id, decider.reason, details)
    audit.append(connection, act)
