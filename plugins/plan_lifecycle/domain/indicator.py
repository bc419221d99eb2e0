"""Indicators: what is counted, in which unit of measure, at which levels, and how the values of several units make one.

A commune writes "1.250 lượt" or "85%" (``figure_text`` reads that into a ``figure``); ``roll_up`` adds the communes up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise


class IndicatorType(StrEnum):
    """What kind of value an indicator has. A ratio is in per cent (85, not 0.85); a rank counts from 1; a code is one
    of the indicator's options ("Có = 1; Không = 0")."""

    COUNT = "count"
    RATIO = "ratio"
    MONEY = "money"
    SCORE = "score"
    RANK = "rank"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    CODE = "code"


class RollUp(StrEnum):
    """How the values of several units make one. ``share`` is the per cent of the reporters that say yes; ``computed``
    comes from the totals of the indicators that it consists of (``Checks.parts``, ``Checks.share_of``)."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED = "weighted"
    MIN = "min"
    MAX = "max"
    LAST = "last"
    LIST = "list"
    SHARE = "share"
    COMPUTED = "computed"
    NONE = "none"


NUMERIC = frozenset(
    {IndicatorType.COUNT, IndicatorType.RATIO, IndicatorType.MONEY, IndicatorType.SCORE, IndicatorType.RANK}
)
WHOLE = frozenset({IndicatorType.COUNT, IndicatorType.RANK})
_NUMBERS_ONLY = frozenset({RollUp.SUM, RollUp.MEAN, RollUp.WEIGHTED, RollUp.COMPUTED})
_ORDERED_ONLY = frozenset({RollUp.MIN, RollUp.MAX})

OVER_UNITS = "% đơn vị"
"""The unit of measure of a share of units, where totals are written: what each unit answers is another thing."""

_ISO_DATE = regex(r"\d{4}-\d{2}-\d{2}")

Value = int | float | str | bool | date


class FigureRule(StrEnum):
    """What figures are checked for once each of them can be read (``domain.figure_check``)."""

    PARTS = "parts"
    AT_MOST = "at_most"
    SHARE_OF = "share_of"
    CUMULATIVE = "cumulative"
    JUMP = "jump"
    EVIDENCE = "evidence"


class Evidence(StrEnum):
    """What must stand behind a figure above 0: anything that can be looked up, or a link for every item counted."""

    DOCUMENT = "document"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Jump:
    """How far a figure may lie from that of the last period: ``factor`` times up or down, and ``by`` at least that
    much in its own unit. Where both are given, both must be passed."""

    factor: float | None = None
    by: float | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """What an indicator's figure is held against; codes name other indicators.

    It equals the sum of ``parts``, is ``at_most`` another, is the per cent that ``share_of`` names (part, whole), never
    falls within a year where it is ``cumulative``. A breach of a rule in ``blocking`` has to be put right; any other is
    to be looked at again (*cần xem lại*).
    """

    parts: tuple[str, ...] = ()
    at_most: str | None = None
    share_of: tuple[str, str] | None = None
    cumulative: bool = False
    jump: Jump | None = None
    evidence: Evidence | None = None
    blocking: frozenset[FigureRule] = frozenset({FigureRule.PARTS, FigureRule.AT_MOST})

    @property
    def codes(self) -> tuple[str, ...]:
        """The other indicators that are needed for it."""
        return (*self.parts, *((self.at_most,) if self.at_most else ()), *(self.share_of or ()))


NO_CHECKS = Checks()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One version of an indicator, in force from ``valid_from_year`` to ``valid_to_year`` (both inclusive, None open).

    ``levels`` are the levels of the units that report it; ``weight`` is the code of the indicator that weighs it
    where ``roll_up`` is ``weighted``. ``minimum`` and ``maximum`` bound numbers, both inclusive. ``by`` names the
    agencies that report it, empty is every unit of these levels. ``options`` are a code's numbers with their words.
    ``within`` is the row above it in its form, where another indicator bears the same name.
    """

    code: str
    name: str
    unit_of_measure: str
    type: IndicatorType
    roll_up: RollUp
    levels: tuple[int, ...]
    required: bool = False
    valid_from_year: int | None = None
    valid_to_year: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    weight: str | None = None
    checks: Checks = NO_CHECKS
    by: frozenset[str] = frozenset()
    options: tuple[tuple[int, str], ...] = ()
    within: str = ""

    @property
    def alone(self) -> str:
        """What it is called outside its form: two that bear one name are told apart by the rows above them."""
        return f"{self.name} ({self.within})" if self.within else self.name

    def in_force(self, year: int) -> bool:
        """Whether this version counts in ``year``."""
        first, last = self.valid_from_year, self.valid_to_year
        return (first is None or first <= year) and (last is None or year <= last)

    def fits(self) -> bool:
        """Whether the roll-up makes sense for the type: texts are not added, only yes and no have a share."""
        if self.roll_up in _NUMBERS_ONLY:
            return self.type in NUMERIC
        if self.roll_up in _ORDERED_ONLY:
            return self.type in NUMERIC or self.type is IndicatorType.DATE
        return self.roll_up is not RollUp.SHARE or self.type is IndicatorType.BOOLEAN

    def reported_by(self, level: int, agency: str) -> bool:
        """Whether a unit of this level and name reports it."""
        return level in self.levels and (not self.by or agency in self.by)

    @property
    def measured(self) -> str:
        """The unit of measure as a form shows it: "Không = 0; Có = 1" where it is a code."""
        return "; ".join(f"{words} = {number}" for number, words in self.options) or self.unit_of_measure

    def comparable(self, other: Indicator) -> bool:
        """Whether values of two versions mean the same: a figure in đồng is none in triệu đồng."""
        mine, theirs = normalise(self.unit_of_measure), normalise(other.unit_of_measure)
        return self.type is other.type and mine == theirs

    def kept_value(self, number: float | None, text: str | None) -> Value:
        """A value as it was meant, from the number or text that is kept of it."""
        if number is None:
            text = text or ""
            return date.fromisoformat(text) if self.type is IndicatorType.DATE and _ISO_DATE.fullmatch(text) else text
        if self.type is IndicatorType.BOOLEAN:
            return number == 1
        return int(number) if float(number).is_integer() else number


def of_year(indicators: Iterable[Indicator], year: int, level: int | None = None) -> tuple[Indicator, ...]:
    """The versions in force in a year, those that a level reports where one is given."""
    return tuple(
        indicator
        for indicator in indicators
        if indicator.in_force(year) and (level is None or level in indicator.levels)
    )
