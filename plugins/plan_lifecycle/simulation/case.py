"""What is played: the papers that come in, who owes what to whom, and the last days that its clauses must come to.

The last days are written down by hand, here or in a case's file: they are what the reading of the plan is held against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree

_DIRECT = frozenset({UnitKind.DEPARTMENT, UnitKind.DISTRICT})
_BELOW = frozenset({UnitKind.DIVISION, UnitKind.COMMUNE})


class Owed(NamedTuple):
    """One item of one period under one paper; ``paper`` counts the papers of the case from 0."""

    item: Item
    period: str
    paper: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan that comes in from outside: its day, issuer and bytes, ``abstract`` and ``number`` as they stand in it."""

    comes_on: date
    issuer: Unit
    data: bytes
    name: str = "ke-hoach.docx"
    abstract: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Owing:
    """What units owe the unit right above them: those of the kinds or names of ``by``, below each unit of ``to``.

    ``by`` and ``to`` hold kinds and names; ``last_days`` are the last days allowed.
    """

    by: frozenset[str]
    to: frozenset[str]
    last_days: Mapping[Owed, date]

    def owes(self, unit: Unit) -> bool:
        """Whether it is meant."""
        return bool(self.by & {unit.kind.value, unit.name})

    def receives(self, unit: Unit) -> bool:
        """Whether it is handed in to this unit."""
        return bool(self.to & {unit.kind.value, unit.name})


@dataclass(frozen=True, slots=True)
class Player:
    """A unit that owes: to whom, what until when, and whether its own plan binds units below it.

    ``number`` tells the players apart; ``fed_until`` is the last day of the units below for what it adds up of them.
    ``issued`` are the papers of its own, by which it owes something upward.
    """

    unit: Unit
    receiver_id: str
    last_days: Mapping[Owed, date]
    binds_others: bool
    number: int
    fed_until: Mapping[Owed, date] = field(default_factory=dict)
    issued: frozenset[int] = frozenset()

    @property
    def papers(self) -> list[int]:
        """The papers of others under which it owes something, and gets a draft of its own."""
        return sorted({owed.paper for owed in self.last_days} - self.issued)

    def coordinates(self, rules: Rules) -> bool:
        """Whether the unit works for its receiver in this field: then nobody writes to it about what it owes."""
        return self.unit.name in rules.coordinating_agencies


@dataclass(frozen=True)
class Case:
    """The papers of a case, from the first, and who owes what; played to the end of ``ends``."""

    year: int
    papers: tuple[Paper, ...]
    owing: tuple[Owing, ...]
    ends: date

    @property
    def begins(self) -> date:
        """The day of the first paper."""
        return min(paper.comes_on for paper in self.papers)

    def report_of(self, unit_id: str, owed: Owed, rules: Rules) -> ReportKey:
        """Which report of a unit puts together what it, or a unit below it, reports under a paper."""
        return ReportKey(unit_id, owed.period, rules.profile_of(self.papers[owed.paper].abstract).code)

    def papers_of(self, day: date) -> list[Paper]:
        """What comes in on a day."""
        return [paper for paper in self.papers if paper.comes_on == day]

    def players(self, tree: UnitTree) -> Iterator[Player]:
        """Everyone who owes something, the upper level first."""
        of_unit = {unit.id: found for unit in tree.units if (found := self._last_days(tree, unit))}
        receivers = {tree[unit_id].parent_id for unit_id in of_unit}
        in_order = sorted((tree[unit_id] for unit_id in of_unit), key=lambda unit: _depth(tree, unit))
        for number, unit in enumerate(in_order):
            below = [of_unit[child.id] for child in tree.children(unit.id) if child.id in of_unit]
            fed = {owed: max(last[owed] for last in below if owed in last) for last in below for owed in last}
            issued = frozenset(paper for paper, one in enumerate(self.papers) if one.issuer.id == unit.id)
            yield Player(unit, str(unit.parent_id), of_unit[unit.id], unit.id in receivers, number, fed, issued)

    def _last_days(self, tree: UnitTree, unit: Unit) -> dict[Owed, date]:
        above = tree.parent(unit)
        found: dict[Owed, date] = {}
        for owing in self.owing:
            if above is not None and owing.owes(unit) and owing.receives(above):
                found |= owing.last_days
        return found


@dataclass(frozen=True)
class Stage:
    """A case with the units as of its first paper."""

    case: Case
    tree: UnitTree


def case_of_a_province(
    province: Unit, year: int, plan: bytes, *, two_tiers: bool = False, abstract: str = "", day: date | None = None
) -> Case:
    """A province's year, set off by its own plan on 05/01 or another ``day``."""
    direct, below = last_days(year)
    kinds = _DIRECT | {UnitKind.COMMUNE} if two_tiers else _DIRECT
    owing = (
        Owing(frozenset(kinds), frozenset({province.name}), direct),
        Owing(frozenset(_BELOW), frozenset({UnitKind.DISTRICT}), below),
    )
    paper = Paper(day or date(year, 1, 5), province, plan, abstract=abstract)
    return Case(year, (paper,), owing, date(year, 12, 31))


def last_days(year: int) -> tuple[dict[Owed, date], dict[Owed, date]]:
    """The last days of a played year: right below the province, and below a district (see the case's plan)."""
    direct = {
        Owed(Item.SUB_PLAN, str(year)): date(year, 2, 14),
        Owed(Item.REPORT, f"{year}-H1"): date(year, 6, 19),
        Owed(Item.REPORT, str(year)): date(year, 12, 19),
    }
    below = {
        Owed(Item.SUB_PLAN, str(year)): date(year, 3, 1) - timedelta(days=1),
        Owed(Item.REPORT, f"{year}-H1"): date(year, 6, 16),
        Owed(Item.REPORT, str(year)): date(year, 12, 18),
    }
    return direct, below


def _depth(tree: UnitTree, unit: Unit) -> int:
    above = tree.parent(unit)
    return 0 if above is None else 1 + _depth(tree, above)
