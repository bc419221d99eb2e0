"""Whom a coordinator calls: the people of a unit with their numbers, those who get its letters first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from plan_lifecycle.domain.telephone import Telephone, telephones_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store.people import PersonRow


class Reach(NamedTuple):
    """A person, and the numbers to call."""

    name: str
    phones: tuple[Telephone, ...]


def reach_of(office: Office, day: date, units: Collection[str]) -> dict[str, tuple[Reach, ...]]:
    """Whom to call in each of these units on a day, as far as they may be seen. One query."""
    with office.store.read() as connection:
        found = people_rows.people_on(connection, day, {unit for unit in units if office.sight.has(unit)})
    return {unit: reached(people) for unit, people in found.items()}


def reached(people: Iterable[PersonRow], written_to: Collection[str] = ()) -> tuple[Reach, ...]:
    """Each person once, whose address is one of ``written_to`` first.

    Somebody with a number counts where none of those has one: an address that refuses mail is no reason not to call.
    """
    addresses = {email.lower() for email in written_to}
    first = _each_once(person for person in people if not addresses or person.email.lower() in addresses)
    if any(each.phones for each in first):
        return first
    others = (each for each in _each_once(people) if each.phones and each not in first)
    return (*first, *others)


def _each_once(people: Iterable[PersonRow]) -> tuple[Reach, ...]:
    found: dict[str, tuple[Telephone, ...]] = {}
    for person in people:
        found[person.name] = tuple(dict.fromkeys((*found.get(person.name, ()), *telephones_of(person.phone))))
    return tuple(Reach(name, phones) for name, phones in found.items())
