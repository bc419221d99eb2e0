"""What simulated units count, known beforehand: figures that agree with each other as the checks of a form ask.

Xã Bình An held 3 conferences by June and 5 by December, with 30 to 60 people at each; it never did more tasks than it
had. A figure follows from the seed, the unit, the indicator and the quarter, so what a report must add up to can be
told without running it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plan_lifecycle.config.yaml_file import Strict
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.simulation.drawing import draw

_QUARTERS = {"-Q1": 1, "-H1": 2, "-Q3": 3, "": 4}
Range = tuple[int, int]


class Each(Strict):
    """So many of one thing at every other: people at a conference."""

    of: str
    number: Range


class Amounts(Strict):
    """How much there is in a quarter, by indicator: as a number, as per cent of its whole, or so many at each.

    ``rare`` is what hardly any unit has: of a thousand units, how many have one in a quarter.
    """

    default: Range
    numbers: dict[str, Range]
    rare: dict[str, int] = {}
    share: Range
    shares: dict[str, Range]
    each: dict[str, Each]


class Figures:
    """The figures of every unit. ``indicators`` are those of the case's year, of all kinds of report."""

    def __init__(self, seed: int, amounts: Amounts, indicators: Iterable[Indicator]) -> None:
        self._seed, self._amounts = seed, amounts
        self._by_code: Mapping[str, Indicator] = {one.code: one for one in indicators}

    def value(self, unit_id: str, indicator: Indicator, period: str) -> Value | None:
        """What a unit writes: a count, a share of counts, or yes; None is left open."""
        if indicator.type is IndicatorType.BOOLEAN:
            return True
        if indicator.type is IndicatorType.COUNT and indicator.roll_up is RollUp.SUM:
            return self.count(unit_id, indicator.code, period)
        if indicator.type is IndicatorType.CODE:
            return max(number for number, _ in indicator.options)
        if indicator.checks.share_of and indicator.roll_up is RollUp.WEIGHTED:
            part, whole = (self.count(unit_id, code, period) for code in indicator.checks.share_of)
            return round(100 * part / whole, 2) if whole else None
        return None

    def count(self, unit_id: str, code: str, period: str) -> int:
        """A counted figure, which grows within the year where the indicator does."""
        year, ending = period[:4], period[4:]
        quarters = _QUARTERS[ending] if self._grows(code) else 1
        return sum(self._in_quarter(unit_id, code, f"{year}-Q{number}") for number in range(1, quarters + 1))

    def _grows(self, code: str) -> bool:
        checks = self._by_code[code].checks
        if checks.at_most or checks.parts:
            return self._grows(checks.at_most or checks.parts[0])
        return checks.cumulative

    def _in_quarter(self, unit_id: str, code: str, quarter: str) -> int:
        checks, amounts = self._by_code[code].checks, self._amounts
        if checks.parts:
            return sum(self._in_quarter(unit_id, part, quarter) for part in checks.parts)
        drawn = draw(self._seed, unit_id, code, quarter)
        if checks.at_most:
            whole = self._in_quarter(unit_id, checks.at_most, quarter)
            return whole * _within(amounts.shares.get(code, amounts.share), drawn) // 100
        if each := amounts.each.get(code):
            return self._in_quarter(unit_id, each.of, quarter) * _within(each.number, drawn)
        if (per_mille := amounts.rare.get(code)) is not None:
            return int(drawn % 1000 < per_mille)
        return _within(amounts.numbers.get(code, amounts.default), drawn)


def _within(bounds: Range, drawn: int) -> int:
    low, high = bounds
    return low + drawn % (high - low + 1)
