"""What units are scored on in a year: criteria in parts, each with the points that it can bring.

The scheme of the communes has a part "Cải cách thủ tục hành chính", in it a criterion "Giải quyết hồ sơ đúng hạn" of
4 points. Schemes are configuration (``config/scoring.yaml``): every province has its own, and a new one most years.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from plan_lifecycle.domain.score import rounded
from plan_lifecycle.domain.unit import Unit, UnitKind


class Fact(StrEnum):
    """What the ledger itself knows of a unit's year, as a share of what was owed."""

    PLANS_ON_TIME = "plans_on_time"
    REPORTS_ON_TIME = "reports_on_time"


@dataclass(frozen=True, slots=True)
class Scale:
    """How a share becomes points: all from ``full`` per cent on, in proportion from ``least`` on, none below."""

    full: Decimal = Decimal(100)
    least: Decimal = Decimal(0)

    def points(self, maximum: Decimal, done: int, asked: int) -> Decimal:
        """The points for ``done`` of ``asked`` (more than 0), rounded to two decimals, half up."""
        share = Fraction(done * 100, asked)
        if share >= Fraction(self.full):
            return maximum
        if share < Fraction(self.least):
            return Decimal(0)
        return rounded(Fraction(maximum) * share / 100, 2)

    @property
    def words(self) -> str:
        """The rule as people read it."""
        full, least = (f"{number.normalize():f}".replace(".", ",") for number in (self.full, self.least))
        below = f"; dưới {least}%: không chấm điểm" if self.least else ""
        return f"đạt từ {full}%: điểm tối đa; từ {least}% đến dưới {full}%: tính theo tỷ lệ{below}"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is scored. ``fact`` says that the ledger knows the share, ``scale`` how a share becomes points.

    With a scale and no fact the unit writes how much it was to do and how much it did.
    """

    code: str
    name: str
    maximum: Decimal
    fact: Fact | None = None
    scale: Scale | None = None

    @property
    def counted(self) -> bool:
        """Whether the unit writes what it was to do and what it did."""
        return self.scale is not None and self.fact is None


@dataclass(frozen=True, slots=True)
class Part:
    """Criteria under one heading."""

    name: str
    criteria: tuple[Criterion, ...]

    @property
    def maximum(self) -> Decimal:
        """The points of all its criteria."""
        return sum((criterion.maximum for criterion in self.criteria), Decimal(0))


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """Units that are ranked among each other: of these kinds; the names ``classed_only`` have a band and no rank."""

    name: str
    kinds: frozenset[UnitKind]
    classed_only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A set of criteria for some units, in force in the years from ``first`` to ``last`` (None: open)."""

    code: str
    name: str
    groups: tuple[RankedGroup, ...]
    parts: tuple[Part, ...]
    first: int | None = None
    last: int | None = None

    def in_force(self, year: int) -> bool:
        """Whether the units are scored by it in that year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)

    def group_of(self, unit: Unit) -> RankedGroup | None:
        """Where the unit is ranked; None where it is not scored by this scheme."""
        return next((group for group in self.groups if unit.kind in group.kinds), None)

    @property
    def maximum(self) -> Decimal:
        """The points of a unit to which every criterion applies."""
        return sum((part.maximum for part in self.parts), Decimal(0))

    def criteria(self) -> Iterator[Criterion]:
        """All criteria, in order."""
        for part in self.parts:
            yield from part.criteria
