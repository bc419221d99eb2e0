"""Obligations: what is owed, what is due, what has been met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from plan_lifecycle.domain.obligation import OUTSTANDING, Basis, Item, Obligation, ObligationState
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import obligation

_FIELDS = tuple(field.name for field in fields(Obligation))
_SELECT = select(*(obligation.c[name] for name in _FIELDS))


def save_obligations(connection: Connection, obligations: Iterable[Obligation]) -> int:
    """Insert those that are new (plan, unit, item, period); return how many."""
    rows = [{name: getattr(each, name) for name in _FIELDS if name != "id"} for each in obligations]
    return insert_new(connection, obligation, rows)


def get_obligations(connection: Connection, ids: Sequence[int]) -> list[Obligation]:
    """The obligations with these ids, in order of id."""
    return _load(connection, _SELECT.where(obligation.c.id.in_(ids)).order_by(obligation.c.id))


def due_for_rung(connection: Connection, day: date) -> list[Obligation]:
    """Outstanding obligations whose next rung is due on ``day`` or was missed before it."""
    states = [state.value for state in OUTSTANDING]
    query = _SELECT.where(obligation.c.state.in_(states), obligation.c.next_rung_on <= day)
    return _load(connection, query.order_by(obligation.c.unit_id, obligation.c.id))


def find_owed(connection: Connection, unit_id: str, item: str, period: str) -> list[Obligation]:
    """What the unit owes under this name, whatever its state; the newest plan first."""
    same = (obligation.c.unit_id == unit_id, obligation.c.item == item, obligation.c.period == period)
    return _load(connection, _SELECT.where(*same).order_by(obligation.c.plan_id.desc()))


def owed_to(connection: Connection, receiver_id: str, item: str, period: str) -> list[Obligation]:
    """All obligations of one item and period towards one receiver, in order of unit."""
    same = (obligation.c.receiver_id == receiver_id, obligation.c.item == item, obligation.c.period == period)
    return _load(connection, _SELECT.where(*same).order_by(obligation.c.unit_id))


def counts(connection: Connection, keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """For each (receiver, item, period): how many are owed and how many have come in at least once."""
    grouped = (obligation.c.receiver_id, obligation.c.item, obligation.c.period)
    query = select(*grouped, func.count(), func.count(obligation.c.first_received_at)).group_by(*grouped)
    found = {(row[0], row[1], row[2]): (row[3], row[4]) for row in connection.execute(query)}
    return {key: found.get(key, (0, 0)) for key in keys}


def set_next_rung(connection: Connection, days: dict[int, date | None]) -> None:
    """Store the next day on which a rung falls, by obligation id."""
    if days:
        statement = update(obligation).where(obligation.c.id == bindparam("key")).values(next_rung_on=bindparam("day"))
        connection.execute(statement, [{"key": key, "day": day} for key, day in days.items()])


def set_state(connection: Connection, obligation_id: int, state: ObligationState, at: datetime) -> None:
    """Move an obligation. The first receipt and the first fulfilment keep their moments."""
    values: dict[str, Any] = {"state": state.value}
    if state in (ObligationState.RECEIVED, ObligationState.FIGURES_ONLY, ObligationState.MET):
        values["first_received_at"] = func.coalesce(obligation.c.first_received_at, _moment(at))
    if state is ObligationState.MET:
        values["met_at"] = func.coalesce(obligation.c.met_at, _moment(at))
    connection.execute(update(obligation).where(obligation.c.id == obligation_id).values(values))


def aggregators(connection: Connection, item: str) -> list[tuple[str, str, date]]:
    """(receiver, period, latest due day) for every receiver and period of an item."""
    query = (
        select(obligation.c.receiver_id, obligation.c.period, func.max(obligation.c.due_on))
        .where(obligation.c.item == item, obligation.c.due_on.is_not(None))
        .group_by(obligation.c.receiver_id, obligation.c.period)
        .order_by(func.max(obligation.c.due_on), obligation.c.receiver_id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _moment(at: datetime) -> Any:
    return bindparam(None, at, type_=obligation.c.met_at.type)


def _load(connection: Connection, query: Any) -> list[Obligation]:
    return [_obligation(row) for row in connection.execute(query)]


def _obligation(row: Row[Any]) -> Obligation:
    values = dict(row._mapping)
    values |= {
        "item": Item(values["item"]),
        "basis": Basis(values["basis"]),
        "state": ObligationState(values["state"]),
    }
    return Obligation(**values)
