"""What a unit has published in a month, held against its quota: reached and short is not the same as not reached.

Xã Bình An owes "ít nhất 05 tin, bài/tháng". On 26/5 its column shows three of May: short, and it is reminded. Its
neighbour's site has not answered since the 20th: nothing is concluded about it, and the coordinator hears of it. A
month is the calendar's, not that of the reporting periods of Nghị định 09/2019/NĐ-CP.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.domain.target import Target

_NEWS = ("tin", "bài")


class MonthVerdict(StrEnum):
    """What can be said of a unit's month: đạt, chưa đạt, không kiểm tra được."""

    MET = "met"
    SHORT = "short"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class PublicationMonth:
    """One unit's month as it is counted so far.

    ``count`` is the number of items ever seen with a day in the month, None while no column could be reached;
    ``undated`` items name no day and are not counted. ``reached_at`` is the last moment at which everything could be
    read, ``why`` what stood in the way at the newest check (None: nothing). ``final_at``: nothing changes any more.
    """

    unit_id: str
    period: str
    quota: int | None
    count: int | None
    undated: int
    checked_at: datetime
    reached_at: datetime | None
    why: str | None = None
    obligation_id: int | None = None
    final_at: datetime | None = None

    @property
    def verdict(self) -> MonthVerdict:
        """Met once the quota is reached; short only by a look that saw the month as it was.

        After the month's end that is a look later than its last day: what came out after an earlier one is not known.
        """
        if self.count is None or self.quota is None:
            return MonthVerdict.UNCHECKED
        if self.count >= self.quota:
            return MonthVerdict.MET
        last = last_day(Period.parse(self.period))
        if self.checked_at.date() <= last:
            return MonthVerdict.SHORT if self.why is None else MonthVerdict.UNCHECKED
        seen = self.reached_at is not None and self.reached_at.date() > last
        return MonthVerdict.SHORT if seen else MonthVerdict.UNCHECKED


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    return Period(day.year, PeriodKind.MONTH, day.month)


def first_day(month: Period) -> date:
    """The first calendar day of a month."""
    return date(month.year, month.ordinal, 1)


def last_day(month: Period) -> date:
    """The last calendar day of a month."""
    return date(month.year, month.ordinal, monthrange(month.year, month.ordinal)[1])


def months_to_check(today: date, final_after: int) -> tuple[Period, ...]:
    """The month of yesterday, and before it the one that is not final yet, ``final_after`` days after its end.

    On the first of a month that is the whole of the month before.
    """
    newest = month_of(today - timedelta(days=1))
    return tuple(period for period in (newest.previous, newest) if not is_final(period, today, final_after))


def is_final(month: Period, today: date, final_after: int) -> bool:
    """Whether nothing is counted for the month any more."""
    return today > last_day(month) + timedelta(days=final_after)


def monthly_quotas(targets: Iterable[Target], *, every_month: bool = False) -> tuple[Target, ...]:
    """Of a plan's targets those that ask for so many items of news a month ("ít nhất 05 tin, bài/tháng").

    ``every_month``: they stand in a task that is due every month ("Đăng ít nhất 05 tin, bài", "Hằng tháng").
    """
    asked = ("month", None) if every_month else ("month",)
    return tuple(target for target in targets if target.per in asked and not target.is_ratio and _is_news(target.unit))


def _is_news(unit: str | None) -> bool:
    words = (unit or "").lower().replace(",", " ").split("/")[0].split()
    return bool(words) and words[0] in _NEWS and "tuần" not in (unit or "")
