"""Working days: BLLĐ 2019, Điều 112 and each year's notice of swapped days.

The library ``holidays`` knows the rule; the notice's extra days off and extra working days are configuration.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

LONG_REST = 4
"""Consecutive rest days from which a rest counts as long, as Tết does (domain rules 5.9)."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked, and on which of them letters go out.

    The notice's days win over the rule: ``extra_working`` over everything. ``quiet_before`` and ``quiet_after`` are
    working days around the rest of Tết on which nobody is written to; for letters they belong to that rest.
    """

    days_off: frozenset[date] = frozenset()
    extra_working: frozenset[date] = frozenset()
    quiet_before: int = 0
    quiet_after: int = 0

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        if day in self.extra_working:
            return True
        return day.weekday() < 5 and day not in self.days_off and day not in _public_holidays(day.year)

    def on_or_before(self, day: date) -> date:
        """``day`` itself when worked, else the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """``day`` itself when worked, else the next working day."""
        while not self.is_working(day):
            day += _DAY
        return day

    def shift(self, day: date, working_days: int) -> date:
        """Count working days on from ``day`` (back, when negative); 0 gives ``day`` itself, worked or not."""
        step = _DAY if working_days > 0 else -_DAY
        for _ in range(abs(working_days)):
            day += step
            day = self.on_or_after(day) if working_days > 0 else self.on_or_before(day)
        return day

    def sends_on(self, day: date) -> bool:
        """Whether letters go out on ``day``: it is worked, and not one of the quiet days around Tết."""
        if not self.is_working(day):
            return False
        return not (self.quiet_before or self.quiet_after) or day not in _quiet_days(self, day.year)

    def rest_around(self, day: date) -> int:
        """How many days without letters follow each other around ``day``; 0 where letters go out."""
        if self.sends_on(day):
            return 0
        return (self.sending_after(day) - self.sending_before(day)).days - 1

    def sending_before(self, day: date) -> date:
        """``day`` itself when letters go out on it, else the last such day before it."""
        while not self.sends_on(day):
            day -= _DAY
        return day

    def sending_after(self, day: date) -> date:
        """``day`` itself when letters go out on it, else the next such day."""
        while not self.sends_on(day):
            day += _DAY
        return day

    def letter_day(self, day: date, *, latest: date) -> date:
        """The day on which a letter meant for ``day`` goes out, on or before ``latest``.

        A rest day gives the working day before; out of a long rest it moves after it, if that is still on or before
        ``latest``. Source: domain rules 5.9.
        """
        if self.rest_around(day) >= LONG_REST:
            after = self.sending_after(day)
            if after <= latest:
                return after
        return self.sending_before(day)


def calendar_with(
    days_off: Iterable[date] = (),
    extra_working: Iterable[date] = (),
    *,
    quiet_before: int = 0,
    quiet_after: int = 0,
) -> WorkingCalendar:
    """The calendar of the rule, corrected by the notices' days."""
    return WorkingCalendar(frozenset(days_off), frozenset(extra_working), quiet_before, quiet_after)


@lru_cache(maxsize=64)
def _quiet_days(calendar: WorkingCalendar, year: int) -> frozenset[date]:
    """The quiet working days of a year; Tết is always between 21/01 and 21/02, so they never leave the year."""
    first = _tet(year)
    before, after = calendar.on_or_before(first), calendar.on_or_after(first)
    return frozenset(
        [calendar.shift(before, -n) for n in range(calendar.quiet_before)]
        + [calendar.shift(after, n) for n in range(calendar.quiet_after)]
    )


@lru_cache(maxsize=64)
def _tet(year: int) -> date:
    """The first day of the lunar year."""
    from holidays import country_holidays

    (day,) = country_holidays("VN", years=year, language="en_US").get_named("Lunar New Year", lookup="exact")
    return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # a slow import: only who counts days pays for it

    return frozenset(country_holidays("VN", years=year))
