"""What is played: a province, a year, the plan that starts it, and the last days that its clauses must come to.

The last days are written down here by hand: they are what the reading of the plan is held against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree

Owed = tuple[Item, str]

_DIRECT = frozenset({UnitKind.DEPARTMENT, UnitKind.DISTRICT})
_BELOW = frozenset({UnitKind.DIVISION, UnitKind.COMMUNE})


@dataclass(frozen=True, slots=True)
class Player:
    """A unit that owes: to whom, what until when, and whether its own plan binds units below it."""

    unit: Unit
    receiver_id: str
    last_days: Mapping[Owed, date]
    binds_others: bool

    def coordinates(self, rules: Rules) -> bool:
        """Whether the unit works for its receiver in this field: then nobody writes to it about what it owes."""
        return self.unit.name in rules.coordinating_agencies


@dataclass(frozen=True)
class Case:
    """A province's year. ``direct`` are the last days of the units right below it, ``below`` of those under them."""

    province: Unit
    year: int
    issued_on: date
    plan: bytes
    direct: Mapping[Owed, date]
    below: Mapping[Owed, date]

    def players(self, tree: UnitTree) -> Iterator[Player]:
        """Everyone who owes something, the upper level first."""
        two_tiers = not any(unit.kind is UnitKind.DISTRICT for unit in tree.children(self.province.id))
        addressed = _DIRECT | {UnitKind.COMMUNE} if two_tiers else _DIRECT
        direct = [unit for unit in tree.children(self.province.id) if unit.kind in addressed]
        for unit in direct:
            yield Player(unit, self.province.id, self.direct, unit.kind is UnitKind.DISTRICT)
        for district in (unit for unit in direct if unit.kind is UnitKind.DISTRICT):
            for unit in tree.children(district.id):
                if unit.kind in _BELOW:
                    yield Player(unit, district.id, self.below, binds_others=False)


def last_days(year: int) -> tuple[dict[Owed, date], dict[Owed, date]]:
    """The last days of a played year: right below the province, and below a district (see the case's plan)."""
    direct = {
        (Item.SUB_PLAN, str(year)): date(year, 2, 14),
        (Item.REPORT, f"{year}-H1"): date(year, 6, 19),
        (Item.REPORT, str(year)): date(year, 12, 19),
    }
    below = {
        (Item.SUB_PLAN, str(year)): date(year, 3, 1) - timedelta(days=1),
        (Item.REPORT, f"{year}-H1"): date(year, 6, 16),
        (Item.REPORT, str(year)): date(year, 12, 18),
    }
    return direct, below
