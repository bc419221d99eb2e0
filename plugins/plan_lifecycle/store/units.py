"""Units, their succession and their people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
    update,
)

from plan_lifecycle.domain.unit import Contact, ContactRole, Standing, Succession, Unit, UnitKind, UnitTree
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import contact, succession, unit

_UNIT_COLUMNS = tuple(column.name for column in unit.columns)
MOST_KEPT = 20_000
"""Units kept in memory: more than a country has, a few megabytes."""


def save_units(connection: Connection, units: Sequence[Unit], successions: Iterable[Succession] = ()) -> int:
    """Insert the units that are new, bring the known ones up to date; return how many were new.

    Parents may follow their children in ``units``; validate the list first (``domain.unit_list``).
    """
    rows = [_unit_row(each) for each in sorted(units, key=lambda each: each.level)]
    new = insert_new(connection, unit, _parents_first(rows))
    if rows and new < len(rows):
        keys = [{"key": row["id"], **{f"new_{name}": row[name] for name in _UNIT_COLUMNS}} for row in rows]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _UNIT_COLUMNS if name != "id"}
        connection.execute(update(unit).where(unit.c.id == bindparam("key")).values(values), keys)
    links = [
        {"predecessor": link.predecessor, "successor": link.successor, "whole": link.whole} for link in successions
    ]
    insert_new(connection, succession, links)
    return new


def get_unit(connection: Connection, unit_id: str) -> Unit | None:
    """One unit, whether or not it still exists."""
    row = connection.execute(select(unit).where(unit.c.id == unit_id)).one_or_none()
    return _unit(*row) if row else None


_OF_IDS = select(unit).where(unit.c.id.in_(bindparam("ids", expanding=True)))


def get_units(connection: Connection, unit_ids: Iterable[str]) -> list[Unit]:
    """These units, whether or not they still exist, in order of id."""
    ids = sorted(set(unit_ids))
    rows = (row for some in in_batches(ids) for row in connection.execute(_OF_IDS, {"ids": some}))
    return sorted((_unit(*row) for row in rows), key=lambda each: each.id)


def every_unit(connection: Connection) -> list[Unit]:
    """All units of all times, the upper levels first."""
    return [_unit(*row) for row in connection.execute(select(unit).order_by(unit.c.level, unit.c.id))]


def parents(connection: Connection) -> dict[str, str | None]:
    """The units of all times, each with the id of the one above it."""
    return {row.id: row.parent_id for row in connection.execute(select(unit.c.id, unit.c.parent_id))}


def load_tree(connection: Connection, day: date) -> UnitTree:
    """The tree of all units that exist on ``day``."""
    rows = connection.execute(select(unit).where(in_being(unit, day)).order_by(unit.c.level, unit.c.id))
    return UnitTree.on(day, (_unit(*row) for row in rows))


def with_former(connection: Connection, tree: UnitTree, unit_ids: Iterable[str | None]) -> UnitTree:
    """The tree with the names of those of the units that do not exist on its day, and of what they belonged to."""
    missing = {unit_id for unit_id in unit_ids if unit_id and unit_id not in tree and unit_id not in tree.former}
    if not missing:
        return tree
    former = dict(tree.former) | {found.id: found for found in get_units(connection, missing)}
    above = {found.parent_id for found in former.values() if found.parent_id and found.parent_id not in tree}
    former |= {found.id: found for found in get_units(connection, above - former.keys())}
    return replace(tree, former=former)


def name_of(connection: Connection, unit_id: str) -> str:
    """What a unit is called, whether or not it still exists."""
    return with_former(connection, UnitTree.on(date.max, ()), [unit_id]).called(unit_id)


def ended_among(connection: Connection, unit_ids: Iterable[str | None], day: date) -> set[str]:
    """Those of the units that do not exist on ``day``."""
    found: set[str] = set()
    for some in in_batches(sorted({unit_id for unit_id in unit_ids if unit_id})):
        query = select(unit.c.id).where(unit.c.id.in_(some), not_(in_being(unit, day)))
        found |= set(connection.execute(query).scalars())
    return found


def save_contacts(connection: Connection, contacts: Iterable[Contact]) -> int:
    """Insert the contacts that are new (unit, role and address), bring the known ones up to date; return how many were
    new.

    A last day or a telephone number that is known stays where ``contacts`` name none: the unit itself may have named a
    successor since, and many lists have no column of numbers.
    """
    rows = [
        {
            "unit_id": each.unit_id,
            "role": each.role.value,
            "name": each.name,
            "email": each.email,
            "valid_from": each.valid_from,
            "valid_to": each.valid_to,
            "substitute": each.substitute,
            "phone": each.phone,
        }
        for each in contacts
    ]
    new = insert_new(connection, contact, rows)
    if new < len(rows):
        same = [contact.c[name] == bindparam(f"new_{name}") for name in ("unit_id", "role", "email")]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("name", "valid_from", "substitute")}
        values["valid_to"] = func.coalesce(bindparam("new_valid_to", type_=Date), contact.c.valid_to)
        values["phone"] = func.coalesce(bindparam("new_phone", type_=String), contact.c.phone)
        keyed = [{f"new_{name}": value for name, value in row.items()} for row in rows]
        connection.execute(update(contact).where(*same).values(values), keyed)
    return new


def load_contacts(
    connection: Connection, day: date, role: ContactRole | None = None, *, units: Collection[str] | None = None
) -> dict[str, list[Contact]]:
    """The reachable contacts of each unit, or of these few, on ``day``, officers first; a dead address is left out."""
    query = _reachable(role, few=units is not None)
    found: dict[str, list[Contact]] = defaultdict(list)
    for row in connection.execute(query, {"day": day} | ({} if units is None else {"units": list(units)})):
        found[row.unit_id].append(_contact(row))
    return dict(found)


@cache
def _reachable(role: ContactRole | None, *, few: bool) -> Select[Any]:
    """The contacts that can be reached on a ``day``; with ``few`` those of ``units`` alone."""
    day = bindparam("day", type_=contact.c.valid_from.type)
    query = select(contact).where(in_being(contact, day), contact.c.unreachable_since.is_(None))
    if role is not None:
        query = query.where(contact.c.role == role.value)
    if few:
        query = query.where(contact.c.unit_id.in_(bindparam("units", expanding=True)))
    return query.order_by(contact.c.unit_id, contact.c.role.desc(), contact.c.id)


def contacts_to_ask(connection: Connection, day: date, begins: date) -> list[Contact]:
    """Reachable contacts that were neither asked nor confirmed since the year's questions began."""
    open_still = (or_(column.is_(None), column < begins) for column in (contact.c.asked_on, contact.c.confirmed_on))
    query = select(contact).where(in_being(contact, day), contact.c.unreachable_since.is_(None), *open_still)
    return [_contact(row) for row in connection.execute(query.order_by(contact.c.unit_id, contact.c.id))]


def note_asked(connection: Connection, emails: Sequence[str], day: date) -> None:
    """Note when contacts were asked to confirm themselves."""
    for some in in_batches(emails):
        connection.execute(update(contact).where(contact.c.email.in_(some)).values(asked_on=day))


def note_confirmed(connection: Connection, email: str, day: date) -> bool:
    """A contact confirmed itself, and so reads its mail again; False where nobody has this address."""
    values = {"confirmed_on": day, "unreachable_since": None}
    return connection.execute(update(contact).where(contact.c.email == email).values(values)).rowcount > 0


def mark_unreachable(connection: Connection, email: str, since: datetime) -> bool:
    """Note that mail to this address was refused for good; False where nobody has it, or it is known. Case does not
    matter: a server may have changed it."""
    found = (func.lower(contact.c.email) == email.lower(), contact.c.unreachable_since.is_(None))
    return connection.execute(update(contact).where(*found).values(unreachable_since=since)).rowcount > 0


def days_of_change(connection: Connection, first: date, last: date) -> list[date]:
    """The days after ``first``, until ``last``, on which units or people are others than on the day before."""
    found: set[date] = set()
    for table in (unit, contact):
        begins, ends = table.c.valid_from, table.c.valid_to
        query = select(begins).where(begins > first, begins <= last).distinct()
        found |= set(connection.execute(query).scalars())
        query = select(ends).where(ends >= first, ends < last).distinct()
        found |= {day + timedelta(days=1) for day in connection.execute(query).scalars()}
    return sorted(found)


def _contact(row: Any) -> Contact:
    return _made_contact(
        row.unit_id, row.role, row.name, row.email, row.valid_from, row.valid_to, row.substitute, row.phone
    )


@lru_cache(maxsize=MOST_KEPT)
def _made_contact(unit_id: str, role: str, *rest: Any) -> Contact:
    """Equal rows are one contact: pages read the same people again and again."""
    return Contact(unit_id, ContactRole(role), *rest)


def in_being(table: Any, day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Whether a row with a validity (``valid_from``, ``valid_to``, both inclusive) holds on ``day``."""
    return and_(
        or_(table.c.valid_from.is_(None), table.c.valid_from <= day),
        or_(table.c.valid_to.is_(None), table.c.valid_to >= day),
    )


def _parents_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Order rows so that a parent is inserted before its children (departments share their parent's level)."""
    waiting = {row["id"]: row for row in rows}
    ordered: list[dict[str, Any]] = []

    def place(row: dict[str, Any]) -> None:
        above = waiting.get(row["parent_id"]) if row["parent_id"] else None
        chain = [row]
        while above is not None and len(chain) <= len(rows):
            chain.append(above)
            above = waiting.get(above["parent_id"]) if above["parent_id"] else None
        for each in reversed(chain):
            if waiting.pop(each["id"], None) is not None:
                ordered.append(each)

    for row in rows:
        if row["id"] in waiting:
            place(row)
    return ordered


def _unit_row(each: Unit) -> dict[str, Any]:
    return {
        "id": each.id,
        "code": each.code,
        "name": each.name,
        "kind": each.kind.value,
        "level": each.level,
        "parent_id": each.parent_id,
        "short_name": each.short_name,
        "symbol": each.symbol,
        "standing": each.standing.value,
        "valid_from": each.valid_from,
        "valid_to": each.valid_to,
    }


@lru_cache(maxsize=MOST_KEPT)
def _unit(*row: Any) -> Unit:
    """The unit of a whole row. Equal rows are one unit: every page loads all, and making them costs the most."""
    values = dict(zip(_UNIT_COLUMNS, row, strict=True))
    return Unit(**values | {"kind": UnitKind(values["kind"]), "standing": Standing(values["standing"])})
