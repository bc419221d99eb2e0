"""The units as a coordinator looks for one: below whom it stands, whether it can be reached, what it owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.situation._today import group_of
from plan_lifecycle.store import overview
from plan_lifecycle.store import units as unit_rows


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit that exists today; ``people`` are those who can be written to, ``dead`` addresses that refuse mail."""

    id: str
    name: str
    group: str
    people: tuple[str, ...]
    dead: tuple[str, ...]
    expected: int
    received: int
    overdue: int


def units_now(office: Office, now: datetime, search: str = "") -> list[UnitLine]:
    """The units of today: who is overdue first, then who cannot be reached, then by group and name.

    ``search`` are words that the name or the group has, with or without diacritics.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        contacts = unit_rows.load_contacts(connection, now.date())
        counts = overview.counts_by_unit(connection, now.date())
        dead: dict[str, list[str]] = {}
        for address in overview.dead_addresses(connection, now.date()):
            dead.setdefault(address.unit_id, []).append(address.email)
    wanted = _plain(search).split()
    found = []
    for unit in tree.units:
        name, group, owed = tree.named(unit), group_of(tree, unit.id), counts.get(unit.id, overview.OwedCounts())
        if all(word in _plain(f"{name} {group}") for word in wanted):
            people = tuple(dict.fromkeys(contact.name for contact in contacts.get(unit.id, ())))
            found.append(UnitLine(unit.id, name, group, people, tuple(dead.get(unit.id, ())), *owed))
    return sorted(found, key=lambda line: (-line.overdue, bool(line.people), line.group, line.name))


def _plain(text: str) -> str:
    return without_accents(normalise(text))
