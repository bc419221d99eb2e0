"""What somebody may see and decide about: every unit, or some.

Ms Hoa coordinates huyện Bắc Bình and its communes: of what other districts owe she sees nothing, in no list, count or
file. Who is named nowhere sees everything, or nothing, as the rules say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """The units that somebody may see, by id; None for all that there are."""

    units: frozenset[str] | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.units is None

    def has(self, unit_id: str | None) -> bool:
        """Whether the unit may be seen; what belongs to no unit is for those who see everything."""
        return self.units is None or unit_id in self.units

    def has_all(self, unit_ids: Collection[str]) -> bool:
        """Whether all of several units may be seen; of none, whether everything may be."""
        return self.units is None or (bool(unit_ids) and self.units.issuperset(unit_ids))


EVERYTHING = Sight()
NOTHING = Sight(frozenset())


@dataclass(frozen=True, slots=True)
class Limit:
    """What a login name, or whoever has a role, is limited to: units, and units with all that lies below them."""

    user: str | None
    role: str | None
    units: frozenset[str]
    below: frozenset[str]

    def binds(self, name: str, roles: Collection[str]) -> bool:
        """Whether somebody of this login name and these roles is limited by it; capital letters are no difference."""
        if self.user is not None:
            return _plain(self.user) == _plain(name)
        return self.role is not None and _plain(self.role) in {_plain(role) for role in roles}


@dataclass(frozen=True, slots=True)
class Access:
    """Who is limited to what; ``others`` says whether those whom no limit names see everything, else nothing."""

    limits: tuple[Limit, ...] = ()
    others: bool = True

    def sight(self, name: str, roles: Collection[str], parents: Mapping[str, str | None]) -> Sight:
        """What somebody sees: what all limits that name them give together.

        ``parents`` are the units of all times, each with the id of the one above it.
        """
        found = [limit for limit in self.limits if limit.binds(name, roles)]
        if not found:
            return EVERYTHING if self.others else NOTHING
        units = {unit for limit in found for unit in limit.units}
        return Sight(frozenset(units | _with_below({unit for limit in found for unit in limit.below}, parents)))


def _with_below(tops: Iterable[str], parents: Mapping[str, str | None]) -> set[str]:
    """The units with all below them."""
    children: dict[str, list[str]] = {}
    for unit, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(unit)
    found: set[str] = set()
    waiting = list(tops)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += children.get(unit, ())
    return found


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
