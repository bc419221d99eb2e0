"""Dates as people write them in a message, often without the year: "ngày 12/6", "12-6-2023", "hết tháng 6".

All patterns are for text in normal form without accents. A date without a year is the nearest that makes sense: one of
something done lies behind the day of writing, one that is asked for ahead of it.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from plan_lifecycle.domain.regex import regex

_DAY = (
    r"(?:(?P<day{n}>\d{{1,2}})\s?[/.-]\s?(?P<month{n}>\d{{1,2}})(?:\s?[/.-]\s?(?P<year{n}>\d{{4}}|\d{{2}}))?(?![\w/])"
    r"|(?P<dd{n}>\d{{1,2}}) thang (?P<mm{n}>\d{{1,2}})(?: nam (?P<yy{n}>\d{{4}}))?)"
)
DATE = regex(
    rf"(?:\b(?:ngay|hom|sang|chieu)(?: ngay)? {_DAY.format(n=1)}"
    r"|(?<![\w/.-])(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>\d{4})(?![\w/])"
    r"|\b(?P<near>hom (?:nay|qua)|sang nay|chieu nay|chieu qua)\b)"
)
"""The date of something done."""
REQUESTED = regex(
    rf"\b(?P<before>truoc)?(?:den|toi|cham nhat|sang|vao)?(?: la)?(?P<whole> het)?(?: ngay)? {_DAY.format(n=1)}"
    r"|\bhet thang (?P<end>\d{1,2})(?:[/ ](?:nam )?(?P<endyear>\d{4}))?"
)
"""The last day that is asked for."""
_LONG_PAST = timedelta(days=60)


def spoken_day(found: re.Match[str], today: date) -> date | None:
    """The day of a DATE, at the latest ``today``; None where there is no such day, or it is still to come."""
    if found["near"]:
        return today - timedelta(days="qua" in found["near"])
    day, month, year = _parts(found)
    if year is None:
        this = _day(today.year, month, day)
        return this if this and this <= today else _day(today.year - 1, month, day)
    told = _day(year, month, day)
    return told if told and told <= today else None


def last_day(found: re.Match[str], today: date) -> date | None:
    """The last day of a REQUESTED, today or later; None where there is no such day, or it has gone by."""
    if found["end"]:
        month = int(found["end"])
        year = int(found["endyear"]) if found["endyear"] else today.year
        told = _day(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
    else:
        day, month, given = _parts(found)
        told = _day(given or today.year, month, day)
        if told and given is None and told < today - _LONG_PAST:
            told = _day(today.year + 1, month, day)
        told = told - timedelta(days=1) if told and found["before"] else told
    return told if told and told >= today else None


def _parts(found: re.Match[str]) -> tuple[int, int, int | None]:
    groups = found.groupdict()
    day = next(int(groups[name]) for name in ("day1", "dd1", "day2") if groups.get(name))
    month = next(int(groups[name]) for name in ("month1", "mm1", "month2") if groups.get(name))
    year = next((int(groups[name]) for name in ("year1", "yy1", "year2") if groups.get(name)), None)
    return day, month, year + 2000 if year is not None and year < 100 else year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
