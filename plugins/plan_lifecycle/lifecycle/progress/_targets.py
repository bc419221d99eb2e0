"""By which indicators the targets of a plan are measured: what a person settled, else what the profile's rules say.

Where neither says anything, a person is offered the indicators that are most alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp
from plan_lifecycle.domain.plan_target import OWN_MEASURES, PlanTarget, TargetMark, indicators_for
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.target_suggestion import Suggestions
from plan_lifecycle.lifecycle.progress._plan import PlanProgress


@dataclass(frozen=True, slots=True)
class Measured:
    """A target with the codes of its indicators; None is still to be settled, empty is measured by none."""

    target: PlanTarget
    indicators: tuple[str, ...] | None
    mark: TargetMark | None


def measured(progress: PlanProgress, profiles: Sequence[Profile]) -> tuple[Measured, ...]:
    """Each target of the plan. Profiles are asked in turn; the first whose rules fit decides.

    What an objective and a task ask in other words, by the same indicators and the same number, is one target.
    """
    found: dict[tuple[object, ...], Measured] = {}
    for target in progress.targets:
        mark = progress.marks.get(target.key)
        one = Measured(target, mark.indicators if mark else _by_rules(target, profiles), mark)
        asked = target.target
        same = (one.indicators, asked.comparison, asked.value, asked.upper, asked.per)
        known = found.setdefault(same if one.indicators and not mark else (target.key,), one)
        if known is not one:
            sources = tuple(dict.fromkeys((*known.target.sources, *target.sources)))
            found[same] = replace(known, target=replace(known.target, sources=sources))
    return tuple(found.values())


def suggested(progress: PlanProgress, profile: Profile) -> dict[str, tuple[str, ...]]:
    """The indicators that are offered for each target which nothing measures yet, the most alike first, by its key."""
    offers = Suggestions((one, is_share(one)) for one in profile.indicators)
    return {one.target.key: offers.of(one.target) for one in measured(progress, [profile]) if one.indicators is None}


def _by_rules(target: PlanTarget, profiles: Sequence[Profile]) -> tuple[str, ...] | None:
    found = (indicators_for(target, profile.targets, _shares(profile)) for profile in profiles)
    return next((codes for codes in found if codes is not None), None)


def _shares(profile: Profile) -> dict[str, bool]:
    """Of each indicator whether its total is a per cent."""
    return {one.code: is_share(one) for one in profile.indicators} | dict.fromkeys(OWN_MEASURES, True)


def is_share(indicator: Indicator) -> bool:
    """Whether its total is a per cent."""
    return indicator.type is IndicatorType.RATIO or indicator.roll_up is RollUp.SHARE
