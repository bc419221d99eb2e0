"""Obligations: what is owed, what is due, what has been met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)

from plan_lifecycle.domain.obligation import (
    OUTSTANDING,
    RELEASED,
    SETTLED,
    UNFINISHED,
    Basis,
    Gathering,
    Item,
    Obligation,
    ObligationState,
)
from plan_lifecycle.domain.submission import SubmissionState
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import ABSTRACT, obligation, plan, submission, unit
from plan_lifecycle.store.units import in_being

Owed = tuple[str, str, str]
"""Unit, item, period."""

_FIELDS = tuple(field.name for field in fields(Obligation))
_OF_PLAN = "abstract"  # the one field that is the plan's
_SELECT = select(*(ABSTRACT if name == _OF_PLAN else obligation.c[name] for name in _FIELDS))
_LOCKED = _SELECT.where(obligation.c.id == bindparam("key")).with_for_update()
_OF_UNITS = _SELECT.where(obligation.c.unit_id.in_(bindparam("units", expanding=True))).order_by(
    obligation.c.plan_id.desc()
)
_ENUMS = tuple(
    (_FIELDS.index(name), {member.value: member for member in members})
    for name, members in (("item", Item), ("basis", Basis), ("state", ObligationState))
)


def save_obligations(connection: Connection, obligations: Iterable[Obligation]) -> int:
    """Insert those that are new (plan, unit, item, period); return how many."""
    rows = [{name: getattr(each, name) for name in _FIELDS if name not in ("id", _OF_PLAN)} for each in obligations]
    return insert_new(connection, obligation, rows)


def get_obligations(connection: Connection, ids: Sequence[int]) -> list[Obligation]:
    """The obligations with these ids, in order of id."""
    found = [_load(connection, _SELECT.where(obligation.c.id.in_(some))) for some in in_batches(ids)]
    return sorted((each for some in found for each in some), key=lambda each: each.id)


def lock(connection: Connection, obligation_id: int) -> Obligation:
    """The obligation as it is now, held until the transaction ends: two arrivals for it are filed one by one."""
    return _load(connection, _LOCKED, key=obligation_id)[0]


def due_for_rung(connection: Connection, day: date) -> list[Obligation]:
    """Outstanding obligations whose next rung is due on ``day`` or was missed before it."""
    states = [state.value for state in OUTSTANDING]
    query = _SELECT.where(obligation.c.state.in_(states), obligation.c.next_rung_on <= day)
    return _load(connection, query.order_by(obligation.c.unit_id, obligation.c.id))


def owed_by(connection: Connection, unit_ids: Collection[str]) -> dict[Owed, list[Obligation]]:
    """What these units owe by (unit, item, period), in any state: what binds first, then the newest plan."""
    found: dict[Owed, list[Obligation]] = {}
    for ids in in_batches(sorted(unit_ids)):
        for each in sorted(_load(connection, _OF_UNITS, units=ids), key=lambda each: each.state in RELEASED):
            found.setdefault((each.unit_id, each.item.value, each.period), []).append(each)
    return found


def owed_by_own_plan(connection: Connection, unit_ids: Collection[str]) -> list[Obligation]:
    """What these units owe by the words of their own plans, in any state, in order of id."""
    found = []
    for ids in in_batches(sorted(unit_ids)):
        of_own = _SELECT.where(obligation.c.unit_id.in_(ids), _by_own_plan())
        found += _load(connection, of_own.order_by(obligation.c.id))
    return sorted(found, key=lambda owed: owed.id)


def owed_to(connection: Connection, receiver_id: str, item: str, period: str) -> list[Obligation]:
    """All obligations of one item and period that bind towards one receiver, in order of unit."""
    same = (obligation.c.receiver_id == receiver_id, obligation.c.item == item, obligation.c.period == period)
    return _load(connection, _SELECT.where(*same, _binding()).order_by(obligation.c.unit_id))


def counts(connection: Connection, keys: Iterable[Gathering]) -> dict[Gathering, tuple[int, int]]:
    """For each of them: how many have come in at least once, and how many are owed."""
    grouped = (obligation.c.receiver_id, obligation.c.item, obligation.c.period, plan.c.abstract)
    wanted = set(keys)
    query = select(*grouped, func.count(), func.count(obligation.c.first_received_at)).where(_binding())
    query = query.join(plan, plan.c.id == obligation.c.plan_id)
    # by receivers: keys of three columns do not fit into one IN on both databases, and a receiver has few items
    found: dict[Gathering, tuple[int, int]] = dict.fromkeys(wanted, (0, 0))
    for receivers in in_batches(sorted({key[0] for key in wanted})):
        some = query.where(obligation.c.receiver_id.in_(receivers)).group_by(*grouped)
        for *of, abstract, owed, received in connection.execute(some):
            found[of[0], of[1], of[2], abstract or ""] = (received, owed)
    return {key: found[key] for key in wanted}


def open_of_ended(connection: Connection, day: date) -> list[Obligation]:
    """What is open and was owed by, or to, a unit that does not exist on ``day``: the units in order, then the ids."""
    owing, receiving = unit.alias("owing"), unit.alias("receiving")
    states = [state.value for state in UNFINISHED]
    query = (
        _SELECT.join(owing, owing.c.id == obligation.c.unit_id)
        .join(receiving, receiving.c.id == obligation.c.receiver_id)
        .where(obligation.c.state.in_(states), or_(not_(in_being(owing, day)), not_(in_being(receiving, day))))
    )
    return _load(connection, query.order_by(obligation.c.unit_id, obligation.c.id))


def hand_over(connection: Connection, owed: Obligation, receiver_id: str, next_rung_on: date | None) -> None:
    """Have an obligation owed to another receiver."""
    values = {"receiver_id": receiver_id, "next_rung_on": next_rung_on}
    connection.execute(update(obligation).where(obligation.c.id == owed.id).values(values))


def set_next_rung(connection: Connection, days: dict[int, date | None]) -> None:
    """Store the next day on which a rung falls, by obligation id."""
    if days:
        statement = update(obligation).where(obligation.c.id == bindparam("key")).values(next_rung_on=bindparam("day"))
        connection.execute(statement, [{"key": key, "day": day} for key, day in days.items()])


def set_state(connection: Connection, obligation_id: int, state: ObligationState, at: datetime) -> None:
    """Move an obligation. The first receipt and the first fulfilment keep their moments.

    What was met or released stays so when something more comes in, or goes back.
    """
    connection.execute(_moving(state), {"key": obligation_id, "moment": at})


@cache
def _moving(state: ObligationState) -> Update:
    """The obligation ``key`` moves at a ``moment``."""
    settled, at = [of.value for of in SETTLED], bindparam("moment", type_=obligation.c.met_at.type)
    values: dict[str, Any] = {"state": state.value}
    if state in (ObligationState.RECEIVED, ObligationState.FIGURES_ONLY, ObligationState.RETURNED):
        values["state"] = case((obligation.c.state.in_(settled), obligation.c.state), else_=state.value)
    if state in (ObligationState.RECEIVED, ObligationState.FIGURES_ONLY, ObligationState.MET):
        values["first_received_at"] = func.coalesce(obligation.c.first_received_at, at)
    if state is ObligationState.MET:
        values["met_at"] = func.coalesce(obligation.c.met_at, at)
    return update(obligation).where(obligation.c.id == bindparam("key")).values(values)


def forget_receipt(connection: Connection, obligation_id: int) -> None:
    """Take back the first receipt: what came was not the unit's own paper."""
    connection.execute(update(obligation).where(obligation.c.id == obligation_id).values(first_received_at=None))


def reopen(connection: Connection, obligation_id: int, state: ObligationState, next_rung_on: date | None) -> None:
    """Take back that an obligation was met or released: it is owed again, its first receipt stays."""
    values = {"state": state.value, "met_at": None, "next_rung_on": next_rung_on}
    connection.execute(update(obligation).where(obligation.c.id == obligation_id).values(values))


def set_resend_by(connection: Connection, obligation_id: int, day: date) -> None:
    """Note until when the completed paper is awaited."""
    connection.execute(update(obligation).where(obligation.c.id == obligation_id).values(resend_by=day))


def aggregators(connection: Connection, item: str) -> list[tuple[str, str, str, date]]:
    """(receiver, period, abstract of the plan, latest due day) of an item that somebody asked of the receiver's units.

    A department that reports upward by its own plan alone makes nobody above compile.
    """
    query = (
        select(obligation.c.receiver_id, obligation.c.period, plan.c.abstract, func.max(obligation.c.due_on))
        .join(plan, plan.c.id == obligation.c.plan_id)
        .where(obligation.c.item == item, obligation.c.due_on.is_not(None), _binding(), not_(_by_own_plan()))
        .group_by(obligation.c.receiver_id, obligation.c.period, plan.c.abstract)
        .order_by(func.max(obligation.c.due_on), obligation.c.receiver_id, obligation.c.period, plan.c.abstract)
    )
    return [(row[0], row[1], row[2] or "", row[3]) for row in connection.execute(query)]


def _binding() -> ColumnElement[bool]:
    """What counts: nobody was let off, or only of what was still awaited beside something that was accepted."""
    accepted = exists().where(
        submission.c.obligation_id == obligation.c.id, submission.c.state == SubmissionState.ACCEPTED.value
    )
    return or_(obligation.c.state.not_in([state.value for state in RELEASED]), accepted)


def _by_own_plan() -> ColumnElement[bool]:
    """Whether the unit itself issued the plan under which it owes."""
    own = plan.alias("own")  # the query may have the plan beside it
    return exists().where(own.c.id == obligation.c.plan_id, own.c.issuer_id == obligation.c.unit_id)


def _load(connection: Connection, query: Select[Any], **given: Any) -> list[Obligation]:
    return [_obligation(row) for row in connection.execute(query, given)]


def _obligation(row: Row[Any]) -> Obligation:
    """By place, in the order of the dataclass: a province's morning loads thousands."""
    values = list(row)
    for place, members in _ENUMS:
        values[place] = members[values[place]]
    return Obligation(*values)
