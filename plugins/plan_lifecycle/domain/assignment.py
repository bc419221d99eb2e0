"""Who below an issuer has to do what: a plan's activities and duties, unit by unit.

A level writes only to the level directly below it: a province's plan names the communes too, but it is their
district's plan that binds them (until mid-2025).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plan_lifecycle.domain.plan import Activity, Plan, ReportingDuty, units_decided
from plan_lifecycle.domain.unit import Unit, UnitTree


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part in an activity: it leads (*chủ trì*), or supports the lead that the plan names (*phối hợp*)."""

    activity: Activity
    leads: bool


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a plan asks of one unit: its part in activities, and what it owes on paper."""

    unit: Unit
    shares: tuple[Share, ...]
    duties: tuple[ReportingDuty, ...]


def assign(
    plan: Plan, tree: UnitTree, issuer: Unit, addressed: Callable[[str], frozenset[str]]
) -> tuple[Assigned, ...]:
    """Every unit directly below ``issuer`` that owes something on paper, with its share of the plan.

    ``addressed`` gives the ids that a phrase means. An activity that names nobody at all is led by everybody: what is
    only partly clear is never silently dropped. Whom a person named, it is.
    """

    def meant(asked: Activity | ReportingDuty, phrase: str) -> frozenset[str]:
        decided = units_decided(asked.decisions)
        return addressed(phrase) if decided is None else decided

    tasks = [(activity, meant(activity, activity.lead), addressed(activity.support)) for activity in plan.activities]
    owes = [(duty, meant(duty, duty.audience)) for duty in plan.reporting]
    found = []
    for unit in tree.children(issuer.id):
        duties = tuple(duty for duty, ids in owes if unit.id in ids)
        shares = tuple(
            Share(activity, leads=unit.id in leads or not leads | supports)
            for activity, leads, supports in tasks
            if unit.id in leads | supports or not leads | supports
        )
        if duties:
            found.append(Assigned(unit, shares, duties))
    return tuple(found)
