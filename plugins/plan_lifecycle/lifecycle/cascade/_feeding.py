"""When those below must report, so that their aggregator has time to put together what they send.

UBND huyện reports on the first half-year to two agencies, by 20/6 and by 15/6: its communes report by 13/6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.plan import DutyItem, ReportingDuty
from plan_lifecycle.domain.writing import latest_on
from plan_lifecycle.lifecycle.cascade._periods import owed_in

FEEDING_WORKING_DAYS = 2
"""What an aggregator needs between the last report from below and its own."""


def binding(item: DutyItem, deadlines: Sequence[Deadline], years: range) -> list[Deadline]:
    """Of several deadlines of one item those that bind: for each period the earliest.

    What belongs to no period that can be told is kept as well. A unit is followed for one plan of its own, that of the
    first clause; about another a person is asked.
    """
    if item is DutyItem.SUB_PLAN:
        return list(deadlines[:1])
    earliest: dict[str, tuple[date, Deadline]] = {}
    kept = []
    for deadline in deadlines:
        days = _by_period(item, [deadline], years)
        kept += [] if days else [deadline]
        for period, day in days.items():
            if period not in earliest or day < earliest[period][0]:
                earliest[period] = day, deadline
    return list(dict.fromkeys([*(deadline for _, deadline in earliest.values()), *kept]))


def in_time_for(
    duties: Iterable[ReportingDuty], item: DutyItem, proposed: Deadline, years: range, calendar: WorkingCalendar
) -> str:
    """The words of a deadline for those below, moved where they would report on the day of their aggregator or later.

    Each period is held against the earliest day on which the aggregator owes the same by any of its own ``duties``.
    """
    if item is DutyItem.SUB_PLAN:
        return proposed.phrase
    own = _by_period(item, (duty.deadline for duty in duties if duty.item is item and duty.deadline), years)
    asked = _by_period(item, [proposed], years)
    late = {period for period in asked.keys() & own.keys() if asked[period] >= own[period]}
    if not late:
        return proposed.phrase
    return latest_on(
        calendar.shift(own[period], -FEEDING_WORKING_DAYS) if period in late else day for period, day in asked.items()
    )


def _by_period(item: DutyItem, deadlines: Iterable[Deadline], years: range) -> dict[str, date]:
    """The earliest day of each period by any of the deadlines; what a person must decide is left out."""
    days: dict[str, date] = {}
    for deadline in deadlines:
        for _, period, day in owed_in(item, deadline, years):
            if day is not None:
                days[period] = min(day, days.get(period, day))
    return days
