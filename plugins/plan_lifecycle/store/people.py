"""The units' people as a coordinator sees them: everyone in their term, also whose address refuses mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.store.engine import in_batches, unless_known
from plan_lifecycle.store.tables import contact, contact_change
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


def get_person(connection: Connection, person_id: int, *, locked: bool = False) -> PersonRow | None:
    """One person; None where there is none of this id. ``locked``: whoever changes the same person waits until then."""
    query = _people().where(contact.c.id == person_id)
    row = connection.execute(query.with_for_update() if locked else query).one_or_none()
    return _person(row) if row else None


def ids_of_address(connection: Connection, email: str) -> list[int]:
    """The rows that have an address, in order of id."""
    query = select(contact.c.id).where(contact.c.email == email).order_by(contact.c.id)
    return list(connection.execute(query).scalars())


def find_person(connection: Connection, unit_id: str, role: ContactRole, email: str) -> PersonRow | None:
    """The person of a unit with a role and an address, also one whose term is over."""
    same = (contact.c.unit_id == unit_id, contact.c.role == role.value, contact.c.email == email)
    row = connection.execute(_people().where(*same)).one_or_none()
    return _person(row) if row else None


def add_person(connection: Connection, unit_id: str, values: Mapping[str, Any]) -> int | None:
    """Add a person; return the row's id, None where unit, role and address are known together."""
    adding = unless_known(connection, contact).values(unit_id=unit_id, **values).returning(contact.c.id)
    return connection.execute(adding).scalar_one_or_none()


def change_person(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Write these fields of a person."""
    connection.execute(update(contact).where(contact.c.id == person_id).values(dict(values)))


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a person by hand: the fields before (None: the person was new) and after, by whom and when."""

    id: int
    contact_id: int
    before: dict[str, Any] | None
    after: dict[str, Any]
    by: str
    reason: str | None
    at: datetime
    undone_by: str | None
    undone_at: datetime | None


def note_change(connection: Connection, values: Mapping[str, Any]) -> int:
    """Note a change (contact_id, before, after, by, reason, at); return its id."""
    new_id: int = connection.execute(
        insert(contact_change).values(dict(values)).returning(contact_change.c.id)
    ).scalar_one()
    return new_id


def changes_of(connection: Connection, unit_id: str) -> list[ChangeRow]:
    """What was changed by hand of the people of a unit, the newest first."""
    query = select(*(contact_change.c[name] for name in ChangeRow.__slots__))
    query = query.join(contact, contact.c.id == contact_change.c.contact_id).where(contact.c.unit_id == unit_id)
    rows = connection.execute(query.order_by(contact_change.c.id.desc()))
    return [ChangeRow(**row._mapping) for row in rows]


def undo_change(connection: Connection, change_id: int, *, by: str, at: datetime) -> bool:
    """Note that a change was undone; False where it was undone before, or there is none of this id."""
    known = (contact_change.c.id == change_id, contact_change.c.undone_at.is_(None))
    values = {"undone_by": by, "undone_at": at}
    return connection.execute(update(contact_change).where(*known).values(values)).rowcount == 1


def _people() -> Any:
    return select(*(contact.c[name] for name in PersonRow.__slots__))


def _in_order(query: Any) -> Any:
    return query.order_by(contact.c.unit_id, contact.c.role.desc(), contact.c.id)


def _person(row: Any) -> PersonRow:
    return PersonRow(**dict(row._mapping) | {"role": ContactRole(row.role)})
