"""The rules of the house: calendar, ladders, who coordinates, what a draft asks of the units below, who signs.

They are practice, not law, so a coordinator edits them: ``config/calendar.yaml``, ``reminders.yaml``, ``cascade.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plan_lifecycle.config.indicators import read_indicators
from plan_lifecycle.config.yaml_file import Strict, read_yaml
from plan_lifecycle.domain.calendar import WorkingCalendar, calendar_with
from plan_lifecycle.domain.indicator import Indicator, of_year
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.reminder import Rung
from plan_lifecycle.domain.unit import ContactRole, UnitKind


@dataclass(frozen=True, slots=True)
class DutyBelow:
    """A sentence that a draft proposes for the units below: "{year}" in the deadline is the plan's year."""

    item: str
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
    """The block that closes a document of these kinds of unit during a validity (both ends inclusive)."""

    kinds: frozenset[UnitKind]
    lines: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Rules:
    """All rules, validated. ``ladders`` has one for each item that is reminded of."""

    calendar: WorkingCalendar
    ladders: Mapping[Item, tuple[Rung, ...]]
    coordinators: frozenset[str]
    phone: str | None
    accept_clean: bool
    return_with_findings: bool
    indicators: tuple[Indicator, ...]
    below: tuple[BelowDuties, ...]
    signatures: tuple[Signature, ...]

    def signature_lines(self, kind: UnitKind, day: date) -> tuple[str, ...]:
        """Authority and office that sign for a unit of this kind on ``day``."""
        for each in self.signatures:
            begun = each.valid_from is None or each.valid_from <= day
            if kind in each.kinds and begun and (each.valid_to is None or day <= each.valid_to):
                return each.lines
        return ("THỦ TRƯỞNG CƠ QUAN",)

    def indicators_of(self, year: int, level: int | None = None) -> tuple[Indicator, ...]:
        """The indicators in force in a year, those of one level where it is given."""
        return of_year(self.indicators, year, level)

    def duties_below(self, kind: UnitKind) -> BelowDuties | None:
        """What a draft of a unit of this kind asks of the units below."""
        return next((each for each in self.below if each.kind is kind), None)


class _Year(Strict):
    notice: str
    days_off: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()


class _CalendarFile(Strict):
    years: dict[int, _Year]


class _Rung(Strict):
    name: str
    days: int
    working_days: int = 0
    letter: str
    roles: tuple[ContactRole, ...] = (ContactRole.OFFICER,)


class _RemindersFile(Strict):
    ladders: dict[Item, tuple[_Rung, ...]]


class _Duty(Strict):
    item: str
    what: str
    deadline: str


class _Below(Strict):
    kind: UnitKind
    audience: str
    duties: tuple[_Duty, ...]


class _Signature(Strict):
    kinds: frozenset[UnitKind]
    lines: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None


class _CascadeFile(Strict):
    coordinators: frozenset[str]
    phone: str | None = None
    accept_without_findings: bool = False
    return_with_findings: bool = False
    below: tuple[_Below, ...] = ()
    signatures: tuple[_Signature, ...] = ()


def read_rules(folder: Path) -> Rules:
    """Read and validate the three files. Raises InputError that names file, line and field."""
    calendar = read_yaml(folder / "calendar.yaml", _CalendarFile)
    reminders = read_yaml(folder / "reminders.yaml", _RemindersFile)
    cascade = read_yaml(folder / "cascade.yaml", _CascadeFile)
    return Rules(
        calendar=calendar_with(
            (day for year in calendar.years.values() for day in year.days_off),
            (day for year in calendar.years.values() for day in year.working_days),
        ),
        ladders={item: tuple(map(_rung, rungs)) for item, rungs in reminders.ladders.items()},
        coordinators=cascade.coordinators,
        phone=cascade.phone,
        accept_clean=cascade.accept_without_findings,
        return_with_findings=cascade.return_with_findings,
        indicators=read_indicators(folder / "indicators.yaml"),
        below=tuple(_below(each) for each in cascade.below),
        signatures=tuple(Signature(**each.model_dump()) for each in cascade.signatures),
    )


def _rung(rung: _Rung) -> Rung:
    return Rung(rung.name, rung.days, rung.letter, rung.roles, rung.working_days)


def _below(below: _Below) -> BelowDuties:
    duties = tuple(DutyBelow(duty.item, duty.what, duty.deadline) for duty in below.duties)
    return BelowDuties(below.kind, below.audience, duties)
