"""The units as a coordinator looks for one: below whom it stands, whether it can be reached, what it owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.text import plain
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.situation._people import Reach, reached
from plan_lifecycle.lifecycle.situation._today import group_of
from plan_lifecycle.store import overview
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import units as unit_rows


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit that exists today; ``people`` are those in their term, ``dead`` addresses that refuse mail."""

    id: str
    name: str
    group: str
    people: tuple[Reach, ...]
    reachable: bool
    dead: tuple[str, ...]
    expected: int
    received: int
    overdue: int


def units_now(office: Office, now: datetime, search: str = "") -> list[UnitLine]:
    """The units of today that may be seen: who is overdue first, then who cannot be reached, then by group and name.

    ``search`` are words that the name or the group has, with or without diacritics.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        everyone = people_rows.people_on(connection, now.date())
        counts = overview.counts_by_unit(connection, now.date())
    wanted = plain(search).split()
    found = []
    for unit in tree.units:
        name, group, owed = tree.named(unit), group_of(tree, unit.id), counts.get(unit.id, overview.OwedCounts())
        if office.sight.has(unit.id) and (not wanted or _has(plain(f"{name} {group}"), wanted)):
            people = everyone.get(unit.id, [])
            dead = tuple(person.email for person in people if person.unreachable_since)
            found.append(UnitLine(unit.id, name, group, reached(people), len(dead) < len(people), dead, *owed))
    return sorted(found, key=lambda line: (-line.overdue, line.reachable, line.group, line.name))


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)
