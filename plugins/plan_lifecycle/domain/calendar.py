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
    """Which days are worked. The notice's days win over the rule: ``extra_working`` over everything."""

    days_off: frozenset[date] = frozenset()
    extra_working: frozenset[date] = frozenset()

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

    def rest_around(self, day: date) -> int:
        """How many rest days follow each other around ``day``; 0 where it is worked."""
        if self.is_working(day):
            return 0
        return (self.on_or_after(day) - self.on_or_before(day)).days - 1

    def letter_day(self, day: date, *, latest: date | None = None) -> date:
        """The day on which a letter meant for ``day`` goes out.

        A rest day gives the working day before; out of a long rest it moves after it, if that is still on or before
        ``latest``. Source: domain rules 5.9.
        """
        if self.rest_around(day) >= LONG_REST:
            after = self.on_or_after(day)
            if latest is None or after <= latest:
                return after
        return self.on_or_before(day)


def calendar_with(days_off: Iterable[date] = (), extra_working: Iterable[date] = ()) -> WorkingCalendar:
    """The calendar of the rule, corrected by the notices' days."""
    return WorkingCalendar(frozenset(days_off), frozenset(extra_working))


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # a slow import: only who counts days pays for it

    return frozenset(country_holidays("VN", years=year))
