"""The rules of the house: calendar, ladders, who coordinates, what a draft asks of the units below, who signs.

They are practice, not law, so a coordinator edits them: ``config/calendar.yaml``, ``reminders.yaml``
(``config.reminding``), ``cascade.yaml``; with them the reasons, the indices, the rules of scoring.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from plan_lifecycle.config.indices import read_indices
from plan_lifecycle.config.profiles import read_profiles
from plan_lifecycle.config.reasons import read_reasons
from plan_lifecycle.config.reminding import Reminding, read_reminding
from plan_lifecycle.config.scoring import NO_SCORES, ScoreRules, read_score_rules
from plan_lifecycle.config.yaml_file import ConfigFolder, Strict, config_folder, read_yaml
from plan_lifecycle.domain.calendar import WorkingCalendar, calendar_with
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.published_index import IndexKind
from plan_lifecycle.domain.release import ReleaseMode
from plan_lifecycle.domain.reminder import Aim, Rung, RungDay, aim_of, first_rung_on, ladder_days, ladder_for
from plan_lifecycle.domain.unit import Standing, Unit, UnitKind

CALENDAR, CASCADE = "calendar.yaml", "cascade.yaml"
INDICES, SCORING = "indices.yaml", "scoring.yaml"
Short = Annotated[str, Field(min_length=1, max_length=200)]


class OnDoubt(StrEnum):
    """What becomes of a submission in which nothing is wrong, but something should be looked at again."""

    ACCEPT = "accept"
    WAIT = "wait"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class DutyBelow:
    """A sentence that a draft proposes for the units below: "{year}" in the deadline is the plan's year."""

    item: DutyItem
    what: str
    deadline: str


@dataclass(frozen=True, slots=True)
class BelowDuties:
    """What a unit of this kind asks of the units below it."""

    kind: UnitKind
    audience: str
    duties: tuple[DutyBelow, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """The block that closes a document of these kinds of unit during a validity (both ends inclusive).

    With ``names`` it is that of units whose name begins so: "Thanh tra", "Văn phòng".
    """

    kinds: frozenset[UnitKind]
    lines: tuple[str, ...]
    names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def closes(self, unit: Unit, day: date) -> bool:
        """Whether a document of the unit ends with it on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        meant = unit.kind in self.kinds and (not self.names or unit.name.startswith(self.names))
        return meant and begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Rules:
    """All rules, validated. ``leader_from`` is the least per cent of units whose reports are in before a leader is
    written to about the consolidated one. ``sender`` is the name that mailboxes show instead of the agency's,
    ``closing`` are lines below the agency's name at the end of a letter."""

    calendar: WorkingCalendar
    reminding: Reminding
    coordinating_agencies: frozenset[str]
    phone: str | None
    accept_clean: bool
    return_with_findings: bool
    on_doubt: OnDoubt
    signed_paper_for: frozenset[Item]
    leader_from: int
    release: ReleaseMode
    profiles: tuple[Profile, ...]
    below: tuple[BelowDuties, ...]
    signatures: tuple[Signature, ...]
    indices: Mapping[str, IndexKind] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    score_rules: ScoreRules = NO_SCORES
    sender: str | None = None
    closing: tuple[str, ...] = ()

    @property
    def ladders(self) -> Mapping[Item, tuple[Rung, ...]]:
        """The ladder of each kind of obligation that is reminded of."""
        return self.reminding.ladders

    def rung_days(self, obligation: Obligation, unit: Unit | None) -> tuple[RungDay, ...]:
        """When each rung of what ``unit`` owes goes out, by its standing; empty where no day or no ladder is known.

        ``unit`` is None where it exists no more: then all rungs of the ladder are meant.
        """
        aim = self.aim(obligation)
        if aim is None:
            return ()
        ladder = self.reminding.returned if aim.again else self.ladders.get(obligation.item, ())
        standing = unit.standing if unit else Standing.ORDERED
        return ladder_days(ladder_for(ladder, standing, aim.mark), aim.day, self.calendar)

    def next_rung_on(self, obligation: Obligation, unit: Unit | None, today: date) -> date | None:
        """The day of the first rung after ``today``, on which the unit learns of its obligation by another letter."""
        return first_rung_on(self.rung_days(obligation, unit), today)

    def aim(self, obligation: Obligation) -> Aim | None:
        """The last day that is reminded of: the obligation's own, or that for the completed paper."""
        return aim_of(obligation, resending=bool(self.reminding.returned))

    def last_day(self, obligation: Obligation) -> date:
        """The day of ``aim``; the end of time where none is known."""
        aim = self.aim(obligation)
        return aim.day if aim else date.max

    def may_remind(self, now: datetime) -> bool:
        """Whether people are reminded at this moment: a day and an hour of sending."""
        return self.calendar.sends_on(now.astimezone(LOCAL).date()) and self.reminding.open_at(now)

    def signature_lines(self, unit: Unit, day: date) -> tuple[str, ...]:
        """Authority and office that sign for a unit on ``day``; the first that fits."""
        found = (signature.lines for signature in self.signatures if signature.closes(unit, day))
        return next(found, ("THỦ TRƯỞNG CƠ QUAN",))

    def profile_of(self, abstract: str = "") -> Profile:
        """The kind of report that a plan of this abstract asks for; the last one, the default, where none is named."""
        return next((profile for profile in self.profiles if profile.is_asked_by(abstract)), self.profiles[-1])

    def asked_of(self, unit: Unit, year: int, profile: Profile) -> tuple[Indicator, ...]:
        """The indicators that a unit reports in a year."""
        return tuple(one for one in profile.of_year(year) if one.reported_by(unit.level, unit.name))

    def indicators_of(self, year: int) -> tuple[Indicator, ...]:
        """The indicators of all kinds of report that are in force in a year."""
        return tuple(indicator for profile in self.profiles for indicator in profile.of_year(year))

    def duties_below(self, kind: UnitKind) -> BelowDuties | None:
        """What a draft of a unit of this kind asks of the units below."""
        return next((below for below in self.below if below.kind is kind), None)


class _Year(Strict):
    notice: str
    days_off: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()


class CalendarFile(Strict):
    """``calendar.yaml`` as it is written."""

    years: dict[int, _Year]


class _Duty(Strict):
    item: DutyItem
    what: str
    deadline: str


class _Below(Strict):
    kind: UnitKind
    audience: str
    duties: tuple[_Duty, ...]


class _Signature(Strict):
    kinds: frozenset[UnitKind]
    lines: tuple[str, ...]
    names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class CascadeFile(Strict):
    """``cascade.yaml`` as it is written."""

    coordinators: frozenset[str]
    phone: Short | None = None
    sender: Short | None = None
    closing: tuple[Short, ...] = ()
    accept_without_findings: bool = False
    return_with_findings: bool = False
    on_doubt: OnDoubt = OnDoubt.ACCEPT
    signed_paper_for: frozenset[Item] = frozenset()
    leader_from: Annotated[int, Field(ge=0, le=100)] = 50
    release: ReleaseMode = ReleaseMode.AUTOMATIC
    below: tuple[_Below, ...] = ()
    signatures: tuple[_Signature, ...] = ()


def read_calendar(given: Path | ConfigFolder, reminding: Reminding | None = None) -> WorkingCalendar:
    """The calendar of ``calendar.yaml``, with the quiet days of ``reminding``. Raises InputError."""
    years = read_yaml(config_folder(given).source(CALENDAR), CalendarFile).years.values()
    quiet_before, quiet_after = reminding.quiet if reminding else (0, 0)
    return calendar_with(
        (day for year in years for day in year.days_off),
        (day for year in years for day in year.working_days),
        quiet_before=quiet_before,
        quiet_after=quiet_after,
    )


def read_rules(given: Path | ConfigFolder, reminders: str = "reminders.yaml") -> Rules:
    """Read and validate the files, below what was changed on the board. Raises InputError that names file, line and
    field."""
    folder = config_folder(given)
    reminding = read_reminding(folder.source(reminders))
    cascade = read_yaml(folder.source(CASCADE), CascadeFile)
    return Rules(
        calendar=read_calendar(folder, reminding),
        reminding=reminding,
        coordinating_agencies=cascade.coordinators,
        phone=cascade.phone,
        sender=cascade.sender,
        closing=cascade.closing,
        accept_clean=cascade.accept_without_findings,
        return_with_findings=cascade.return_with_findings,
        on_doubt=cascade.on_doubt,
        signed_paper_for=cascade.signed_paper_for,
        leader_from=cascade.leader_from,
        release=cascade.release,
        profiles=read_profiles(folder.path / "profiles", folder),
        below=tuple(_below(below) for below in cascade.below),
        signatures=tuple(Signature(**signature.model_dump()) for signature in cascade.signatures),
        indices=read_indices(folder.source(INDICES)),
        reasons=read_reasons(folder),
        score_rules=read_score_rules(folder.source(SCORING)),
    )


def _below(below: _Below) -> BelowDuties:
    duties = tuple(DutyBelow(duty.item, duty.what, duty.deadline) for duty in below.duties)
    return BelowDuties(below.kind, below.audience, duties)
