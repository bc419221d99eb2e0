"""The units' people as a coordinator sees them: everyone in their term, also whose address refuses mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.tables import contact
from plan_lifecycle.store.units import in_being


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a unit, with the row's id; ``phone`` as ``domain.telephone`` keeps numbers."""

    id: int
    unit_id: str
    role: ContactRole
    name: str
    email: str
    phone: str | None
    valid_from: date | None
    valid_to: date | None
    substitute: str | None
    unreachable_since: datetime | None
    asked_on: date | None
    confirmed_on: date | None


def people_on(connection: Connection, day: date, units: Collection[str] | None = None) -> dict[str, list[PersonRow]]:
    """Who is in their term on ``day``, of each unit or of these, the officers first. One query for all units."""
    query = _people().where(in_being(contact, day))
    if units is None:
        rows = list(connection.execute(_in_order(query)))
    else:
        some = in_batches(sorted(units))
        rows = [row for ids in some for row in connection.execute(_in_order(query.where(contact.c.unit_id.in_(ids))))]
    found: dict[str, list[PersonRow]] = {}
    for row in rows:
        found.setdefault(row.unit_id, []).append(_person(row))
    return found


def everyone_of(connection: Connection, units: Collection[str]) -> list[PersonRow]:
    """All people of these units, also those whose term is over or has not begun, in order of unit and id."""
    query = _people().order_by(contact.c.unit_id, contact.c.id)
    found = in_batches(sorted(units))
    return [_person(row) for ids in found for row in connection.execute(query.where(contact.c.unit_id.in_(ids)))]


def _people() -> Any:
    return select(*(contact.c[name] for name in PersonRow.__slots__))


def _in_order(query: Any) -> Any:
    return query.order_by(contact.c.unit_id, contact.c.role.desc(), contact.c.id)


def _person(row: Any) -> PersonRow:
    return PersonRow(**dict(row._mapping) | {"role": ContactRole(row.role)})
