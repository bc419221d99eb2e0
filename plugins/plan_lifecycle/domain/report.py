"""A consolidated report: all that it says, what it was a year ago, and what changed since the version before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.contribution import Contribution, PlansKnown, Standing
from plan_lifecycle.domain.indicator import NUMERIC, Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.placing import Written
from plan_lifecycle.domain.plan_target import TargetStanding
from plan_lifecycle.domain.plan_task import TaskStanding
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth, last_day
from plan_lifecycle.domain.published_index import NamedIndex
from plan_lifecycle.domain.roll_up import Total


@dataclass(frozen=True, slots=True)
class LastYear:
    """The same period a year before (*cùng kỳ năm trước*), of the units from which those of now come.

    ``totals`` by indicator; ``uneven`` are those that other units reported then than now. ``notes`` say what the
    figures rest on.
    """

    label: str
    totals: Mapping[str, Total] = field(default_factory=dict)
    contributions: tuple[Contribution, ...] = ()
    uneven: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """How much more, or less, than a year ago; ``percent`` is None where that has no meaning."""

    difference: float
    percent: float | None


@dataclass(frozen=True, slots=True)
class Published:
    """One unit's months that were counted on its own site, beside what it reports. ``as_of`` is the day of the report.

    A month that is not over counts as neither met nor short until it is met.
    """

    unit_id: str
    unit_name: str
    months: tuple[PublicationMonth, ...]
    reported: Value | None
    as_of: date

    def of(self, verdict: MonthVerdict) -> tuple[PublicationMonth, ...]:
        """The months of which this can be said."""
        return tuple(month for month in self.months if month.verdict is verdict and month not in self.running)

    @property
    def running(self) -> tuple[PublicationMonth, ...]:
        """Months that may still be met."""
        return tuple(
            month
            for month in self.months
            if month.verdict is not MonthVerdict.MET and last_day(Period.parse(month.period)) >= self.as_of
        )

    @property
    def counted(self) -> int | None:
        """All items that were counted; None where no month could be."""
        counts = [month.count for month in self.months if month.count is not None]
        return sum(counts) if counts else None

    @property
    def difference(self) -> int | None:
        """How many items more the unit reports than were counted; None where one of them is not known."""
        reported = _number(self.reported)
        return None if reported is None or self.counted is None else int(reported) - self.counted


class Subject(StrEnum):
    """What has changed in a report."""

    PAPER = "paper"
    FIGURE = "figure"
    TEXT = "text"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change from a version of a report to the next: ``what`` it is of, as it read ``before`` and reads ``after``.

    ``source`` names the units by whose papers, with their numbers; empty where ``what`` says it or no paper did it.
    ``difference`` says how much more or less it is, where both are numbers ("tăng 30").
    """

    subject: Subject
    what: str
    before: str
    after: str
    source: str = ""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """A plan under which the reports are owed: how far its own tasks are, and its targets beside the results."""

    reference: str
    tasks: tuple[TaskStanding, ...] = ()
    targets: tuple[TargetStanding, ...] = ()


NO_PROFILE = Profile("", "", "")
"""Of figures alone, without an outline."""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """All that a consolidated report says; ``totals`` in the order of ``indicators``.

    ``remarks`` name the totals that could not be formed. ``profile`` is the kind of report. ``written`` is what units
    wrote, in the order of their contributions. ``asked`` is how many units each indicator is asked of. ``groups`` are
    the kinds that units belong to, in words, by unit. ``earlier`` are the totals that were reported for shorter periods
    of the year so far, each with its label. ``plans_known`` counts the units' own plans.
    """

    period: Period
    indicators: tuple[Indicator, ...]
    totals: tuple[Total, ...]
    contributions: tuple[Contribution, ...]
    standing: Standing
    last_year: LastYear
    published: tuple[Published, ...] = ()
    remarks: tuple[str, ...] = ()
    profile: Profile = NO_PROFILE
    written: tuple[Written, ...] = ()
    asked: Mapping[str, int] = field(default_factory=dict)
    plans: tuple[PlanStanding, ...] = ()
    indices: tuple[NamedIndex, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[tuple[str, Mapping[str, object]], ...] = ()
    plans_known: PlansKnown = field(default_factory=PlansKnown)

    @property
    def compared(self) -> bool:
        """Whether any figure of last year stands beside one of now."""
        return any(total.value is not None for total in self.last_year.totals.values())


def change(indicator: Indicator, now: Total, then: Total | None) -> Change | None:
    """The change of a total; None where one of them is no number, or more is neither more nor less (a rank, a day).

    Shares change by points, so they have no per cent; nor has what was nothing a year ago.
    """
    before, after = _number(then.value) if then else None, _number(now.value)
    amount = indicator.type in NUMERIC and indicator.type is not IndicatorType.RANK
    if before is None or after is None or not (amount or in_points(indicator)):
        return None
    percent = None if in_points(indicator) or before == 0 else 100 * (after - before) / abs(before)
    return Change(after - before, percent)


def in_points(indicator: Indicator) -> bool:
    """Whether the indicator's totals are shares, which differ by points of per cent."""
    return indicator.roll_up is RollUp.SHARE or indicator.type is IndicatorType.RATIO


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
