"""Import a province: its units as of a day, its agencies and people, and the links to the units they came from.

All of it or nothing: files are read and checked whole before the store is touched. Only who says so has lines left out
that do not fit. Importing again brings names and validities up to date and changes nothing else: what is not in the
files, or left out of them, stays in the store as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.config.country import (
    REORGANISED_ON,
    Note,
    load_province,
    provinces_before,
    snapshot_note,
    successions,
)
from plan_lifecycle.config.table_file import Faulty, Table, told
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.unit import Contact, Succession, Unit, UnitKind
from plan_lifecycle.store import audit
from plan_lifecycle.store.database import Connection
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
    skipped: tuple[InputError, ...] = ()
    """What is wrong with the lines that were left out."""

    @property
    def counts(self) -> dict[UnitKind, int]:
        """How many units of each kind, in the order of the list."""
        return dict(Counter(unit.kind for unit in self.units))


@dataclass(frozen=True, slots=True)
class Stored:
    """How many units and contacts were new, and how many links between units are known.

    ``needed`` are the former provinces from which units of this one come and which are not in the store yet: without
    them there is nothing to hold a year's figures against.
    """

    new_units: int
    new_contacts: int
    successions: int
    needed: tuple[str, ...] = ()


def read_province(
    name: str,
    as_of: date,
    agencies: Path | Table | None = None,
    contacts: Path | Table | None = None,
    *,
    skip_faulty: bool = False,
    known: Sequence[Unit] = (),
) -> Province:
    """The province with its agencies and people; with ``skip_faulty`` without the lines that do not fit.

    People may belong to units that are ``known`` from before and not in these lists.

    Raises InputError: an unknown province, a file that is no table, or else every problem of both files.
    """
    units = load_province(name, as_of)
    links: list[Succession] = []
    people: list[Contact] = []
    faulty: tuple[Faulty, ...] = ()
    problems: list[InputError] = []
    if agencies is not None:
        from plan_lifecycle.config.agencies import sound_agencies

        found, links, faulty = sound_agencies(agencies, units)
        units, problems = [*units, *found], told(faulty)
    if contacts is not None:
        from plan_lifecycle.config.contacts import sound_contacts

        listed = {unit.id for unit in units}
        people, wrong = sound_contacts(contacts, [*units, *(unit for unit in known if unit.id not in listed)], faulty)
        problems += told(wrong)
    if not skip_faulty:
        raise_all(problems)
    return Province(as_of, tuple(units), tuple(links), tuple(people), snapshot_note(as_of), tuple(problems))


class Confirmed(NamedTuple):
    """Who said, and when, that the lines which do not fit are left out; ``upload`` is the list that was kept."""

    by: str
    at: datetime
    upload: int = 0


def import_province(store: Store, province: Province, confirmed: Confirmed | None = None) -> Stored:
    """Store the province in one transaction, with the links of 01/7/2025 whose both ends are known by then.

    Raises ValueError where lines were left out and nobody has confirmed that.
    """
    if province.skipped and confirmed is None:
        raise ValueError("lines were left out, and nobody has confirmed that")
    with store.write() as connection:
        stored = put_province(connection, province)
        if province.skipped and confirmed is not None:
            audit.append(connection, skipping(province, confirmed))
    return stored


def put_province(connection: Connection, province: Province) -> Stored:
    """Store the province within a transaction that is there."""
    known = [
        *load_tree(connection, REORGANISED_ON - timedelta(days=1)).units,
        *load_tree(connection, REORGANISED_ON).units,
        *province.units,
    ]
    links = {*province.successions, *_across(known)}
    in_order = sorted(links, key=lambda link: (link.predecessor, link.successor))
    new_units = save_units(connection, province.units, in_order)
    new_contacts = save_contacts(connection, province.contacts)
    needed = provinces_before([unit.id for unit in province.units], [unit.id for unit in known])
    return Stored(new_units, new_contacts, len(links), tuple(needed))


def skipping(province: Province, confirmed: Confirmed) -> audit.Act:
    """The row of the trail that says which lines were left out, by whom."""
    lines = [{"file": str(each.file), "line": each.line, "field": each.field} for each in province.skipped]
    details = {"province": province.units[0].id, "lines": lines}
    return audit.Act(confirmed.at, confirmed.by, ActKind.SKIP_LINES, ActSubject.LIST, confirmed.upload, None, details)


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
