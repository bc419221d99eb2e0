"""A consolidated report: what each unit contributed, who is missing, who was late, what it was a year ago."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from plan_lifecycle.domain.figure import ESTIMATED, NOT_KNOWN, Figure, NotKnown
from plan_lifecycle.domain.indicator import NUMERIC, Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan_target import TargetStanding
from plan_lifecycle.domain.plan_task import TaskStanding
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth, last_day
from plan_lifecycle.domain.published_index import NamedIndex
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.writing import count_text, first_up

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Contribution:
    """One unit's part: its accepted submission and figures, or none (``submission_id`` None).

    ``received_at`` is when it first came: by that it is late or not. Without a submission it means: something came, but
    nothing was accepted yet; ``waiting`` says that it was not looked at yet either. ``unsigned``: there are figures,
    their signed paper is still awaited. ``doubts`` are what should be looked at again in what was accepted. ``own``: it
    is that of the agency which compiles, a to-do of its own and never late. ``unknown`` are the figures that the unit
    does not know yet. ``version`` counts the unit's submissions, ``files`` are the names of those that this one is made
    of.
    """

    unit_id: str
    unit_name: str
    obligation_id: int
    due_on: date | None
    submission_id: int | None
    received_at: datetime | None
    days_late: int
    document: str | None
    figures: tuple[Figure, ...]
    waiting: bool = False
    unsigned: bool = False
    doubts: tuple[str, ...] = ()
    own: bool = False
    unknown: tuple[NotKnown, ...] = ()
    version: int = 1
    files: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the unit's figures are in the report."""
        return self.submission_id is not None

    def value(self, code: str) -> Value | None:
        """Its figure of an indicator."""
        return next((figure.value for figure in self.figures if figure.indicator == code), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete and how timely: counts of units; ``missing`` by name, without the agency that compiles (that is
    ``own_missing``). ``on_time + late = received``.
    """

    expected: int
    received: int
    on_time: int
    late: int
    missing: tuple[str, ...]
    own_missing: tuple[str, ...] = ()

    @property
    def completeness(self) -> float:
        """Per cent of the units whose report is in."""
        return 100 * self.received / self.expected if self.expected else 100.0

    @property
    def timeliness(self) -> float:
        """Per cent of the units whose report came in time."""
        return 100 * self.on_time / self.expected if self.expected else 100.0


@dataclass(frozen=True, slots=True)
class PlansKnown:
    """Of how many units a plan of their own is owed, of how many it was accepted, and of how many it came in time."""

    owed: int = 0
    accepted: int = 0
    on_time: int = 0


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
class Placing:
    """A decision about a statement of a report: ``section`` is where units wrote it, ``target`` the heading under which
    it goes, None where it is left out. ``text`` is how one of them worded it."""

    key: ReportKey
    statement: str
    section: str
    text: str
    target: str | None
    reason: str
    decided_at: datetime
    decided_by: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph of a unit's accepted report. ``placing`` is what a coordinator decided about it, where she did: then
    ``passage`` stands under the heading that she chose."""

    contribution: Contribution
    passage: Passage
    placing: Placing | None = None

    @property
    def left_out(self) -> bool:
        """Whether the report goes without it."""
        return self.placing is not None and self.placing.target is None

    @property
    def section(self) -> str:
        """The heading that its unit wrote it under."""
        return self.placing.section if self.placing else self.passage.section


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
    plans_known: PlansKnown = PlansKnown()

    @property
    def compared(self) -> bool:
        """Whether any figure of last year stands beside one of now."""
        return any(total.value is not None for total in self.last_year.totals.values())


def not_known(contributions: Iterable[Contribution]) -> dict[str, list[tuple[str, str]]]:
    """Which units do not know their figure of an indicator yet, by indicator: each by name, with its reason."""
    found: dict[str, list[tuple[str, str]]] = {}
    for contribution in contributions:
        for one in contribution.unknown:
            found.setdefault(one.indicator, []).append((contribution.unit_name, one.note))
    return found


def not_known_text(units: Sequence[tuple[str, str]]) -> str:
    """ "02 đơn vị chưa có số liệu"; of one with its reason."""
    if not units:
        return ""
    said = f"{count_text(len(units))} đơn vị {NOT_KNOWN}"
    reasons = {note for _name, note in units if note}
    return f"{said} ({reasons.pop()})" if len(reasons) == 1 else said


def estimated_by(total: Total, contributions: Iterable[Contribution]) -> list[str]:
    """The names of the units whose figure in a total is an estimate."""
    units = {reported.unit_id for reported in total.figures if reported.figure.estimate}
    return list(dict.fromkeys(one.unit_name for one in contributions if one.unit_id in units))


def estimate_text(names: Sequence[str]) -> str:
    """ "Ước thực hiện của UBND xã Bình An"; of many a few stand for all, whom the workbook names."""
    if not names:
        return ""
    rest = len(names) - _NAMED
    more = f" và {count_text(rest)} đơn vị khác" if rest > 0 else ""
    return f"{first_up(ESTIMATED)} của {', '.join(names[:_NAMED])}{more}"


def completeness(contributions: Sequence[Contribution]) -> Standing:
    """Count the units, each of which contributes once."""
    outside = [contribution for contribution in contributions if not contribution.counts]
    inside = len(contributions) - len(outside)
    late = sum(one.counts and one.days_late > 0 for one in contributions)
    missing = tuple(contribution.unit_name for contribution in outside if not contribution.own)
    own = tuple(contribution.unit_name for contribution in outside if contribution.own)
    return Standing(len(contributions), inside, inside - late, late, missing, own)


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
