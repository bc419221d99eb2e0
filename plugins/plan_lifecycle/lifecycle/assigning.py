"""Which units a plan's phrases mean in the tree as it is, and what falls to each of them."""

from __future__ import annotations

from plan_lifecycle.domain.assignment import Assigned, assign
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.unit import Unit, UnitTree


def assigned_units(plan: Plan, tree: UnitTree, issuer: Unit) -> tuple[Assigned, ...]:
    """What the plan asks of each unit directly below its issuer."""
    meant: dict[str, frozenset[str]] = {}

    def addressed(phrase: str) -> frozenset[str]:
        if phrase not in meant:
            meant[phrase] = frozenset(match_units(read_audience(phrase), tree, issuer.id)) if phrase else frozenset()
        return meant[phrase]

    return assign(plan, tree, issuer, addressed)
