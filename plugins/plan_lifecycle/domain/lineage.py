"""Where a unit comes from: which units stood in its place on an earlier day, and whether they went into it whole.

Xã Bình An of 01/7/2025 was formed from three communes, so its figures of 2024 are theirs together. Of a fourth it got
a part only: nobody can tell which part of that commune's figures is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from plan_lifecycle.domain.unit import Succession, Unit


class Origin(NamedTuple):
    """A unit of the earlier day; ``whole`` says that all of it belongs to who is asked for now."""

    unit: Unit
    whole: bool


@dataclass(frozen=True)
class Lineage:
    """Units with their forebears. ``links`` holds every link to them and all links of each forebear onwards, so that a
    split is seen."""

    units: Mapping[str, Unit]
    links: Collection[Succession] = field(default=(), repr=False)

    def origins(self, unit_ids: Iterable[str], day: date) -> tuple[Origin, ...]:
        """The units that exist on ``day`` from which these come, each once; one that was there itself is one of them.

        A split unit counts as whole where all its heirs are among those who are asked for.
        """
        asked = tuple(dict.fromkeys(unit_ids))
        found: dict[str, Unit] = {}
        seen: set[str] = set()
        waiting = list(reversed(asked))
        while waiting:
            unit_id = waiting.pop()
            unit = self.units.get(unit_id)
            if unit is None or unit_id in seen:
                continue
            seen.add(unit_id)
            if unit.exists_on(day):
                found[unit_id] = unit
            waiting += [link.predecessor for link in reversed(self._to.get(unit_id, []))]
        covered = dict.fromkeys(asked, True)
        return tuple(Origin(unit, self._covered(unit_id, covered)) for unit_id, unit in found.items())

    def _covered(self, unit_id: str, known: dict[str, bool]) -> bool:
        """Whether everything of the unit went to those who are asked for."""
        if unit_id not in known:
            known[unit_id] = False  # whoever comes back to itself is covered by nobody
            onwards = self._onwards.get(unit_id, ())
            split = len(onwards) > 1
            known[unit_id] = bool(onwards) and all(
                (split or succession.whole) and self._covered(succession.successor, known) for succession in onwards
            )
        return known[unit_id]

    @cached_property
    def _to(self) -> Mapping[str, list[Succession]]:
        return _by(self.links, "successor")

    @cached_property
    def _onwards(self) -> Mapping[str, list[Succession]]:
        return _by(self.links, "predecessor")


def _stands_for(heir: Unit, unit: Unit) -> bool:
    """Whether what was owed to the unit can be owed to this heir: an authority of its tier or above, as it was one."""
    return heir.level <= unit.level and heir.territorial is unit.territorial


@dataclass(frozen=True)
class Heritage:
    """Where units went: ``units`` with all that came after them and all that they belonged to, by id.

    Xã Phan Hòa was divided between two communes; huyện Bắc Bình ended without an heir, and what was owed to it is
    its province's: that of today where the province ended too.
    """

    units: Mapping[str, Unit]
    links: Collection[Succession] = field(default=(), repr=False)

    def heirs(self, unit_id: str, day: date) -> tuple[Unit, ...]:
        """The units that exist on ``day`` and took over from this one, by whatever steps; itself where it exists."""
        found: dict[str, Unit] = {}
        seen: set[str] = set()
        waiting = [unit_id]
        while waiting:
            step = waiting.pop()
            unit = self.units.get(step)
            if unit is None or step in seen:
                continue
            seen.add(step)
            if unit.exists_on(day):
                found[step] = unit
            else:
                waiting += [link.successor for link in self._onwards.get(step, [])]
        return tuple(found[key] for key in sorted(found))

    def keeper(self, unit_id: str, day: date) -> Unit | None:
        """Who now receives what was owed to the unit: itself, else its only heir of the same tier or above, else who
        keeps what was owed to the unit above it; None where nobody is left."""
        seen: set[str] = set()
        step: Unit | None = self.units.get(unit_id)
        while step is not None and step.id not in seen:
            seen.add(step.id)
            able = [heir for heir in self.heirs(step.id, day) if _stands_for(heir, step)]
            if len(able) == 1:
                return able[0]
            step = self.units.get(step.parent_id or "")
        return None

    @cached_property
    def _onwards(self) -> Mapping[str, list[Succession]]:
        return _by(self.links, "predecessor")


def _by(links: Iterable[Succession], end: str) -> Mapping[str, list[Succession]]:
    grouped: dict[str, list[Succession]] = defaultdict(list)
    for succession in links:
        grouped[getattr(succession, end)].append(succession)
    return grouped
