"""Which periods a duty of a plan is about, and which day of its deadline belongs to which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan import DutyItem, Plan

_PARTS = {
    DutyItem.REPORT_H1: ("-H1",),
    DutyItem.REPORT_YEAR: ("",),
    DutyItem.REPORT_QUARTER: tuple(f"-Q{quarter}" for quarter in range(1, 5)),
    DutyItem.REPORT_MONTH: tuple(f"-M{month:02}" for month in range(1, 13)),
}


def years_of(year: int, plan: Plan) -> range:
    """The years that the plan covers from ``year`` on: an emulation movement runs for several."""
    return range(year, (plan.period[-1] if year in plan.period else year) + 1)


def owed_in(item: DutyItem, deadline: Deadline | None, years: range) -> Iterator[tuple[Item, str, date | None]]:
    """What is owed by this duty: item, period, last day; a day is None where a person must decide it."""
    due: tuple[date | None, ...] = deadline.due if deadline and not deadline.needs_decision else ()
    if item is DutyItem.SUB_PLAN:
        yield Item.SUB_PLAN, str(years[0]), next(iter(due), None)
    elif item in _PARTS:
        periods = [f"{year}{part}" for year in years for part in _PARTS[item]]
        yield from ((Item.REPORT, period, day) for period, day in _dated(periods, due, len(_PARTS[item])))
    elif len(due) == 1:  # a report of no named period; without a day it is an open point of the plan, no obligation
        yield Item.REPORT, str(years[0]), due[0]


def _quarters_named(periods: list[str], due: tuple[date | None, ...]) -> dict[str, date | None] | None:
    """The quarters that fewer days than quarters belong to ("quý I trước ngày 10/3"); None where they fit none."""
    found: dict[str, date | None] = {}
    for day in due:
        if day is None:
            return None
        quarter, year = (day.month - 1) // 3 if day.month % 3 == 1 else (day.month + 2) // 3, day.year
        period = f"{year}-Q{quarter}" if quarter else f"{year - 1}-Q4"
        if day.month % 3 == 2 or period not in periods or period in found:
            return None
        found[period] = day
    return found or None


def _dated(periods: list[str], due: tuple[date | None, ...], a_year: int) -> Iterator[tuple[str, date | None]]:
    """Each period with its day: one day for each, or none where they do not agree.

    A plan of several years that begins within a year has fewer days than periods: the last belongs to the last.
    """
    if a_year == 1 and len(periods) == 1:
        yield periods[0], next(iter(due), None)
    elif len(periods) - a_year < len(due) <= len(periods) and (len(due) == len(periods) or len(periods) > a_year):
        yield from zip(periods[-len(due) :], due, strict=True)
    elif (named := _quarters_named(periods, due)) is not None:
        yield from named.items()
    else:
        yield from ((period, None) for period in periods)
