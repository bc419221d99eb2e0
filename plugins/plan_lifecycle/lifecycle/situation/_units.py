"""The units as a coordinator looks for one: below whom it stands, whether it can be reached, what it owes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plan_lifecycle.domain.text import plain
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.unit_group import UnitGroup, UnitGroups
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.situation._people import Reach, reached
from plan_lifecycle.store import overview
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.people import PersonRow


class ContactState(StrEnum):
    """Whether letters reach a unit: nobody is known, an address refuses mail, the unit proposes somebody, somebody was
    asked and has not confirmed, or all is well."""

    NONE = "none"
    DEAD = "dead"
    PROPOSED = "proposed"
    UNCONFIRMED = "unconfirmed"
    FINE = "fine"


CONTACT_WORDS = {
    ContactState.NONE: "chưa có người liên hệ",
    ContactState.DEAD: "có địa chỉ thư không đến",
    ContactState.PROPOSED: "đơn vị đề nghị đổi người liên hệ",
    ContactState.UNCONFIRMED: "đã hỏi, chưa xác nhận",
    ContactState.FINE: "đã có người liên hệ",
}
"""The states as people read them."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit that exists today; ``people`` are those in their term, ``dead`` addresses that refuse mail. ``depth``
    counts the units above it."""

    id: str
    name: str
    group: UnitGroup
    people: tuple[Reach, ...]
    reachable: bool
    dead: tuple[str, ...]
    expected: int
    received: int
    overdue: int
    state: ContactState = ContactState.FINE
    depth: int = 0


def units_now(office: Office, now: datetime, search: str = "", *, as_tree: bool = False) -> list[UnitLine]:
    """The units of today that may be seen: who is overdue first, then who cannot be reached, then by group and name.

    ``search`` are words that the name or the group has, with or without diacritics. ``as_tree``: each unit before those
    below it.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        everyone = people_rows.people_on(connection, now.date())
        counts = overview.counts_by_unit(connection, now.date())
        proposed = {request.unit_id for request in portal_rows.contact_requests(connection)}
    wanted, groups = plain(search).split(), UnitGroups(tree)
    found = []
    for unit, depth in _down(tree):
        name, group, owed = tree.named(unit), groups.of(unit.id), counts.get(unit.id, overview.OwedCounts())
        if office.sight.has(unit.id) and (not wanted or _has(plain(f"{name} {group.name}"), wanted)):
            people = everyone.get(unit.id, [])
            dead = tuple(person.email for person in people if person.unreachable_since)
            state = _state(people, proposed=unit.id in proposed)
            to_call, reachable = reached(people), len(dead) < len(people)
            found.append(UnitLine(unit.id, name, group, to_call, reachable, dead, *owed, state, depth))
    return found if as_tree else sorted(found, key=lambda line: (-line.overdue, line.reachable, line.group, line.name))


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _state(people: Sequence[PersonRow], *, proposed: bool) -> ContactState:
    if not people:
        return ContactState.PROPOSED if proposed else ContactState.NONE
    if any(person.unreachable_since for person in people):
        return ContactState.DEAD
    if proposed:
        return ContactState.PROPOSED
    open_still = any(
        person.asked_on and (person.confirmed_on is None or person.confirmed_on < person.asked_on) for person in people
    )
    return ContactState.UNCONFIRMED if open_still else ContactState.FINE


def _down(tree: UnitTree) -> Iterator[tuple[Unit, int]]:
    """Each unit with how many stand above it, before those below it."""
    waiting = [(unit, 0) for unit in reversed(tree.children(None))]
    while waiting:
        unit, depth = waiting.pop()
        yield unit, depth
        waiting += [(child, depth + 1) for child in reversed(tree.children(unit.id))]
