"""The groups of units that a report tells apart: those of a coordinator, as long as a chart can show so many."""

from __future__ import annotations

from collections.abc import Iterable

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.unit_group import UnitGroups, group_of_kind

_MOST = 40
"""Groups that one chart can show."""


def groups_of(tree: UnitTree, receiver_id: str, contributions: Iterable[Contribution]) -> dict[str, str]:
    """Each unit's group in words as its receiver calls it, the groups in a coordinator's order.

    More than a chart can show are put together by what the units are. Those that ``tree`` does not know are the others.
    """
    units, groups = [one.unit_id for one in contributions], UnitGroups(tree, receiver_id)
    found = {unit_id: groups.of(unit_id) for unit_id in units}
    if len(set(found.values())) > _MOST:
        found = {unit_id: group_of_kind(tree.known(unit_id)) for unit_id in units}
    return {unit_id: group.name for unit_id, group in sorted(found.items(), key=lambda one: one[1])}
