"""The units of all times, for papers that bear another name than their sender's: read once, and only where one does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.domain.letterhead import named
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.store import lineage as lineage_rows
from plan_lifecycle.store import units as unit_rows


class Register:
    """Whom a letterhead names, as the units were called and stood on the paper's date."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._trees: dict[date, UnitTree] = {}

    def on(self, day: date) -> UnitTree:
        """The tree of a day."""
        if day not in self._trees:
            self._trees[day] = UnitTree.on(day, self._units.values())
        return self._trees[day]

    def called(self, unit_id: str, day: date) -> str:
        """What a unit was called on a day, or when it existed; "một cơ quan khác" where nobody knows it."""
        tree = self.on(day)
        if unit_id in tree:
            return tree.named(tree[unit_id])
        return self._units[unit_id].agency if unit_id in self._units else "một cơ quan khác"

    def named(self, letterhead: Sequence[str], day: date, near: Unit | None = None) -> list[Unit]:
        """The units that a letterhead names: those of the province of ``near``, else those of any other, else of any
        other time: old sheets are used up."""
        tree = self.on(day)
        top = _top(tree, near) if near else ""
        within = [tree[top], *tree.below(top)] if top in tree else []
        for units in (within, tree.units):
            if found := named(letterhead, units, lambda unit: tuple(tree.above(unit))):
                return found
        return named(letterhead, self._units.values(), self._above)

    def called_so(self, name: str) -> list[Unit]:
        """The units of all times that are called so."""
        return UnitNames(self._units.values()).find(name)

    def related(self, unit_id: str, other_id: str) -> bool:
        """Whether one of two units came from the other."""
        with self._office.store.read() as connection:
            return any(
                one in lineage_rows.load_lineage(connection, [other]).units
                for one, other in ((unit_id, other_id), (other_id, unit_id))
            )

    def _above(self, unit: Unit) -> tuple[Unit, ...]:
        """The chain over a unit, whenever it was."""
        parent = self._units.get(unit.parent_id or "")
        return (parent, *self._above(parent)) if parent else ()

    @cached_property
    def _units(self) -> dict[str, Unit]:
        with self._office.store.read() as connection:
            return {unit.id: unit for unit in unit_rows.every_unit(connection)}


def _top(tree: UnitTree, unit: Unit) -> str:
    *_, top = (unit, *tree.above(tree.get(unit.id) or unit))
    return top.id
