"""The forebears of units, as far back as the store knows them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Connection, select

from plan_lifecycle.domain.lineage import Heritage, Lineage
from plan_lifecycle.domain.unit import Succession, Unit
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.tables import succession
from plan_lifecycle.store.units import get_units


def load_lineage(connection: Connection, unit_ids: Iterable[str]) -> Lineage:
    """The units with all their forebears, and where each forebear went."""
    known = set(unit_ids)
    links: set[Succession] = set()
    wave = known
    while wave:
        found = set(_links(connection, succession.c.successor, wave))
        wave = {each.predecessor for each in found} - known
        known |= wave
        links |= found
    forebears = {link.predecessor for link in links}
    links |= set(_links(connection, succession.c.predecessor, forebears))
    units = get_units(connection, known)
    ordered = sorted(links, key=lambda each: (each.successor, each.predecessor))
    return Lineage({unit.id: unit for unit in units}, ordered)


def load_heritage(connection: Connection, unit_ids: Iterable[str]) -> Heritage:
    """The units with everything that came after them and everything that they, or what came after, belonged to."""
    known: dict[str, Unit] = {}
    links: set[Succession] = set()
    wave = set(unit_ids)
    while wave:
        found = get_units(connection, wave)
        known |= {unit.id: unit for unit in found}
        onwards = set(_links(connection, succession.c.predecessor, wave))
        links |= onwards
        above = {unit.parent_id for unit in found if unit.parent_id}
        wave = ({link.successor for link in onwards} | above) - known.keys()
    return Heritage(known, sorted(links, key=lambda link: (link.predecessor, link.successor)))


def _links(connection: Connection, end: Column[str], unit_ids: Iterable[str]) -> Iterable[Succession]:
    query = select(succession.c.predecessor, succession.c.successor, succession.c.whole)
    for ids in in_batches(sorted(unit_ids)):
        for row in connection.execute(query.where(end.in_(ids))):
            yield Succession(row.predecessor, row.successor, row.whole)
