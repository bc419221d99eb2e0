"""Putting the figures of many units together: a total that knows which figures it came from.

News items of all communes are added up, a rank is that of the last period, yes and no become a share of the units.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.text import normalise


class RollUpError(PlanLifecycleError):
    """The figures cannot be put together in the way that the indicator asks for."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure with the unit and the period that it is of."""

    unit_id: str
    period: Period
    figure: Figure

    @property
    def value(self) -> Value:
        """The figure's value."""
        return self.figure.value


@dataclass(frozen=True, slots=True)
class Total:
    """What ``figures`` make together. ``value`` is None where nobody reported, a tuple of texts for ``list``.

    ``reporters`` counts units; ``estimated`` says that at least one figure was an estimate.
    """

    indicator: str
    value: Value | tuple[Value, ...] | None
    reporters: int
    estimated: bool
    figures: tuple[Reported, ...]


def roll_up(indicator: Indicator, figures: Iterable[Reported], weights: Mapping[str, float] | None = None) -> Total:
    """Put the figures of an indicator together. A unit counts once a period: its final figure before an estimate,
    the later in ``figures`` before the earlier. ``weights`` gives each unit's weight by its id.

    Raises RollUpError where the roll-up does not fit the type, or a weight is missing.
    """
    if not indicator.fits():
        raise RollUpError(f"{indicator.code}: roll-up {indicator.roll_up} does not fit type {indicator.type}")
    kept = _once_each(indicator, figures)
    return Total(
        indicator=indicator.code,
        value=_together(indicator, kept, weights) if kept else None,
        reporters=len({reported.unit_id for reported in kept}),
        estimated=any(reported.figure.estimate for reported in kept),
        figures=kept,
    )


def with_computed(indicators: Sequence[Indicator], totals: Sequence[Total]) -> list[Total]:
    """The totals, one an indicator, with those that come from the totals of others: a share from its part and its
    whole, a sum from its parts. What was typed of such an indicator is not counted; where a share's parts are not
    known, or the whole is nothing, it has no value. A share that is weighted by its whole comes from its parts where
    every unit that reported it has told both: typed shares are rounded."""
    known = {total.indicator: total for total in totals}
    wanted = {indicator.code: indicator for indicator in indicators if indicator.roll_up is RollUp.COMPUTED}

    def total_of(code: str) -> Total | None:
        if code in wanted:
            known[code] = _computed(wanted.pop(code), total_of)
        return known.get(code)

    for code in list(wanted):
        total_of(code)
    for indicator in indicators:
        if _told_whole(indicator, known):
            known[indicator.code] = _computed(indicator, total_of)
    return [known[total.indicator] for total in totals]


def _computed(indicator: Indicator, total_of: Callable[[str], Total | None]) -> Total:
    codes = indicator.checks.share_of or indicator.checks.parts
    found = [total for total in map(total_of, codes) if total is not None and _is_number(total.value)]
    numbers = [total.value for total in found if isinstance(total.value, int | float)]
    value: Value | None = sum(numbers) if numbers else None
    if indicator.checks.share_of:
        value = 100 * numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else None
    figures = tuple(reported for total in found for reported in total.figures)
    reporters = len({reported.unit_id for reported in figures})
    return Total(indicator.code, value, reporters, any(total.estimated for total in found), figures)


def _told_whole(indicator: Indicator, totals: Mapping[str, Total]) -> bool:
    """Whether a weighted share has its part and its whole from each unit of which it counts."""
    parts = indicator.checks.share_of
    if indicator.roll_up is not RollUp.WEIGHTED or parts is None or indicator.weight != parts[1]:
        return False
    own, *told = map(totals.get, (indicator.code, *parts))
    if own is None or own.value is None or None in told:
        return False
    return all(
        {one.unit_id for one in total.figures} == {one.unit_id for one in own.figures} for total in told if total
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _once_each(indicator: Indicator, figures: Iterable[Reported]) -> tuple[Reported, ...]:
    kept: dict[tuple[str, Period], Reported] = {}
    for reported in figures:
        if reported.figure.indicator != indicator.code:
            continue
        key = (reported.unit_id, reported.period)
        if key not in kept or kept[key].figure.estimate or not reported.figure.estimate:
            kept[key] = reported
    return tuple(kept.values())


def _together(
    indicator: Indicator, figures: Sequence[Reported], weights: Mapping[str, float] | None
) -> Value | tuple[Value, ...] | None:
    match indicator.roll_up:
        case RollUp.NONE | RollUp.COMPUTED:
            return None
        case RollUp.LIST:
            return _distinct(reported.value for reported in figures)
        case RollUp.LAST:
            return max(enumerate(figures), key=lambda each: (each[1].period.data_to, each[0]))[1].value
        case RollUp.SHARE:
            return 100 * sum(reported.value == 1 for reported in figures) / len(figures)  # yes is kept as 1
        case RollUp.MIN | RollUp.MAX:
            pick = min if indicator.roll_up is RollUp.MIN else max
            return pick(_ranked(indicator, figures))[1]
        case RollUp.WEIGHTED:
            return _weighted(indicator, figures, weights or {})
    numbers = _numbers(indicator, figures)
    total = sum(numbers) if all(isinstance(number, int) for number in numbers) else math.fsum(numbers)
    return total if indicator.roll_up is RollUp.SUM else total / len(numbers)


def _ranked(indicator: Indicator, figures: Sequence[Reported]) -> list[tuple[float, Value]]:
    if indicator.type is not IndicatorType.DATE:
        return [(number, number) for number in _numbers(indicator, figures)]
    days = [reported.value for reported in figures if isinstance(reported.value, date)]
    if len(days) < len(figures):
        raise RollUpError(f"{indicator.code}: not every value is a date")
    return [(day.toordinal(), day) for day in days]


def _weighted(indicator: Indicator, figures: Sequence[Reported], weights: Mapping[str, float]) -> float:
    missing = [reported.unit_id for reported in figures if reported.unit_id not in weights]
    if missing:
        raise RollUpError(f"{indicator.code}: no weight ({indicator.weight}) for {', '.join(missing)}")
    whole = math.fsum(weights[reported.unit_id] for reported in figures)
    if whole <= 0:
        raise RollUpError(f"{indicator.code}: the weights ({indicator.weight}) add up to nothing")
    numbers = _numbers(indicator, figures)
    return math.fsum(n * weights[reported.unit_id] for n, reported in zip(numbers, figures, strict=True)) / whole


def _numbers(indicator: Indicator, figures: Sequence[Reported]) -> list[int | float]:
    numbers: list[int | float] = []
    for reported in figures:
        if isinstance(reported.value, bool | str | date):
            raise RollUpError(f"{indicator.code}: {reported.unit_id} has {reported.value!r}, which is no number")
        numbers.append(reported.value)
    return numbers


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """In order of first appearance; the same text in another spelling is kept once."""
    return tuple({normalise(value) if isinstance(value, str) else value: value for value in values}.values())
