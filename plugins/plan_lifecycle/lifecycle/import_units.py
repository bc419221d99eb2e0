"""Import a province: its units as of a day, its agencies and people, and the links to the units they came from.

All of it or nothing: files are read and checked whole before the store is touched. Importing again brings names and
validities up to date and changes nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from plan_lifecycle.config.country import REORGANISED_ON, Note, load_province, snapshot_note, successions
from plan_lifecycle.domain.unit import Contact, Succession, Unit, UnitKind
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import load_tree, save_contacts, save_units


@dataclass(frozen=True, slots=True)
class Province:
    """What is to be imported, checked. ``note`` is what the reader should know of the list."""

    as_of: date
    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    contacts: tuple[Contact, ...]
    note: Note | None

    @property
    def counts(self) -> dict[UnitKind, int]:
        """How many units of each kind, in the order of the list."""
        return dict(Counter(unit.kind for unit in self.units))


@dataclass(frozen=True, slots=True)
class Stored:
    """How many units and contacts were new, and how many links between units are known."""

    new_units: int
    new_contacts: int
    successions: int


def read_province(name: str, as_of: date, agencies: Path | None = None, contacts: Path | None = None) -> Province:
    """The province with its agencies and people. Raises InputError: unknown province, or every problem of a file."""
    units = load_province(name, as_of)
    links: list[Succession] = []
    people: list[Contact] = []
    if agencies is not None:
        from plan_lifecycle.config.agencies import read_agencies

        found = read_agencies(agencies, units)
        units, links = [*units, *found.units], found.successions
    if contacts is not None:
        from plan_lifecycle.config.contacts import read_contacts

        people = read_contacts(contacts, units)
    return Province(as_of, tuple(units), tuple(links), tuple(people), snapshot_note(as_of))


def import_province(store: Store, province: Province) -> Stored:
    """Store the province in one transaction, with the links of 01/7/2025 whose both ends are known by then."""
    with store.write() as connection:
        known = [
            *load_tree(connection, REORGANISED_ON - timedelta(days=1)).units,
            *load_tree(connection, REORGANISED_ON).units,
            *province.units,
        ]
        links = {*province.successions, *_across(known)}
        new_units = save_units(
            connection, province.units, sorted(links, key=lambda link: (link.predecessor, link.successor))
        )
        new_contacts = save_contacts(connection, province.contacts)
    return Stored(new_units, new_contacts, len(links))


def _across(units: Sequence[Unit]) -> Iterator[Succession]:
    """The links between known units; agencies of one short form follow their province (Sở Nội vụ to Sở Nội vụ)."""
    ids = {unit.id for unit in units}
    agencies = _agencies(units)
    for link in successions(ids):
        if link.predecessor in ids and link.successor in ids:
            yield link
            before, after = agencies.get(link.predecessor, {}), agencies.get(link.successor, {})
            yield from (Succession(before[form], after[form], link.whole) for form in before.keys() & after.keys())


def _agencies(units: Iterable[Unit]) -> dict[str, dict[str, str]]:
    """Ids of agencies by the unit they belong to and their short form."""
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        if unit.parent_id and not unit.territorial and unit.id.startswith(f"{unit.parent_id}-"):
            found.setdefault(unit.parent_id, {})[unit.id.removeprefix(unit.parent_id)] = unit.id
    return found
