"""The forebears of units, as far back as the store knows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Column, Connection, Select, bindparam, select

from plan_lifecycle.domain.lineage import Heritage, Lineage
from plan_lifecycle.domain.unit import Succession, Unit
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.tables import succession
from plan_lifecycle.store.units import get_units


def _at(end: Column[str]) -> Select[tuple[str, str, bool]]:
    query = select(succession.c.predecessor, succession.c.successor, succession.c.whole)
    return query.where(end.in_(bindparam("ids", expanding=True)))


_FROM, _TO = _at(succession.c.predecessor), _at(succession.c.successor)


def load_lineage(connection: Connection, unit_ids: Iterable[str]) -> Lineage:
    """The units with all their forebears, and where each forebear went."""
    known = set(unit_ids)
    links: set[Succession] = set()
    wave = known
    while wave:
        found = set(_links(connection, _TO, wave))
        wave = {each.predecessor for each in found} - known
        known |= wave
        links |= found
    forebears = {link.predecessor for link in links}
    links |= set(_links(connection, _FROM, forebears))
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
        onwards = set(_links(connection, _FROM, wave))
        links |= onwards
        above = {unit.parent_id for unit in found if unit.parent_id}
        wave = ({link.successor for link in onwards} | above) - known.keys()
    return Heritage(known, sorted(links, key=lambda link: (link.predecessor, link.successor)))


class Kin(NamedTuple):
    """A unit that stood before another, or came after it; ``whole`` is False where only a part went over."""

    unit: Unit
    whole: bool


def kin_of(connection: Connection, unit_id: str) -> tuple[list[Kin], list[Kin]]:
    """What a unit directly came from, and what directly came after it, in order of name."""
    before = list(_links(connection, _TO, [unit_id]))
    after = list(_links(connection, _FROM, [unit_id]))
    units = {unit.id: unit for unit in get_units(connection, [*_ends(before, after)])}
    kin = (
        (Kin(units[link.predecessor], link.whole) for link in before),
        (Kin(units[link.successor], link.whole) for link in after),
    )
    return sorted(kin[0], key=_by_name), sorted(kin[1], key=_by_name)


def _ends(before: Iterable[Succession], after: Iterable[Succession]) -> Iterable[str]:
    yield from (link.predecessor for link in before)
    yield from (link.successor for link in after)


def _by_name(kin: Kin) -> str:
    return kin.unit.name


def _links(
    connection: Connection, query: Select[tuple[str, str, bool]], unit_ids: Iterable[str]
) -> Iterable[Succession]:
    for ids in in_batches(sorted(unit_ids)):
        for row in connection.execute(query, {"ids": ids}):
            yield Succession(row.predecessor, row.successor, row.whole)
