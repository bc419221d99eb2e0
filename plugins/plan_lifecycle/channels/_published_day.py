"""The day on which something came out, as Vietnamese sites write it, or as feeds should and do not.

"Thứ Hai, 05/06/2023 14:30", "Tháng Sáu 5, 2023", "3 giờ trước", "Mon, 05 Jun 2023 23:30:00" without a zone (it is
local time then): whoever reads the site sees the same day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.text import normalise, without_accents

LONGEST = 200
"""Characters of a text that may name a day."""

_NUMBERS = ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for names in (_NUMBERS, _ENGLISH) for number, name in enumerate(names, start=1)}
_MONTHS |= {"gieng": 1, "bon": 4, "chap": 12}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?:th(?:ang|g)?\.?\s*(\d{{1,2}}|{_NAME})|({'|'.join(_ENGLISH)})[a-z]*\.?)"

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2})[-/](\d{1,2})[-/](\d{2})(?!\d)")
_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})[\s,/-]*{_MONTH}[\s,/-]*(?:nam\s*)?(\d{{4}})(?!\d)")
_MONTH_FIRST = re.compile(rf"(?<![a-z]){_MONTH}\s+(\d{{1,2}})\s*(?:,|nam)?\s*(\d{{4}})(?!\d)")
_WORDS_YEARLESS = re.compile(rf"(?<!\d)(\d{{1,2}})\s*{_MONTH}(?!\w)")
_YEARLESS = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})(?![\d/-])")
_AGO = re.compile(r"(?<!\d)(\d{1,4})\s*(giay|phut|gio|tieng|ngay|hom|tuan)\s*truoc")
_AGES = {"giay": "seconds", "phut": "minutes", "gio": "hours", "tieng": "hours", "ngay": "days", "hom": "days"}
_SHORT_ZONE = re.compile(r"(?<=\d\d )([+-]\d{2})$")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}\S*")


def published_day(text: str, now: datetime) -> date | None:
    """The local day that a text names, as it is read at ``now``; None where it names none. Total."""
    text = text.strip()[:LONGEST]
    if not text:
        return None
    moment = _moment(text)
    if moment is not None:
        return moment
    plain = without_accents(normalise(text))
    return next((day for read in _WAYS if (day := read(plain, now))), None)


def _moment(text: str) -> date | None:
    """By the forms that feeds are to use (RFC 822, ISO 8601); a moment without a zone is local."""
    iso = _ISO.search(text)
    zoned = _SHORT_ZONE.sub(r"\g<1>00", text)  # else "+07" is read as seven minutes
    for read, given in ((datetime.fromisoformat, iso[0] if iso else ""), (parsedate_to_datetime, zoned)):
        try:
            moment = read(given)
            return (moment.astimezone(LOCAL) if moment.tzinfo else moment).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _year_first(plain: str, _: datetime) -> date | None:
    match = _YEAR_FIRST.search(plain)
    return _date(match[1], match[2], match[3]) if match else None


def _day_first(plain: str, _: datetime) -> date | None:
    """Day before month, as it is written here; the other way round only where there is no such month."""
    match = _DAY_FIRST.search(plain)
    return _date(match[3], match[2], match[1]) or _date(match[3], match[1], match[2]) if match else None


def _short_year(plain: str, _: datetime) -> date | None:
    match = _SHORT_YEAR.search(plain)
    return _date(f"20{match[3]}", match[2], match[1]) if match else None


def _in_words(plain: str, _: datetime) -> date | None:
    match = _IN_WORDS.search(plain)
    return _date(match[4], _month(match[2] or match[3]), match[1]) if match else None


def _month_first(plain: str, _: datetime) -> date | None:
    match = _MONTH_FIRST.search(plain)
    return _date(match[4], _month(match[1] or match[2]), match[3]) if match else None


def _ago(plain: str, now: datetime) -> date | None:
    local = now.astimezone(LOCAL)
    if match := _AGO.search(plain):
        count, unit = int(match[1]), match[2]
        return (local - timedelta(**({"days": 7 * count} if unit == "tuan" else {_AGES[unit]: count}))).date()
    if "hom qua" in plain:
        return local.date() - timedelta(days=1)
    return local.date() if "hom nay" in plain or "vua xong" in plain else None


def _yearless(plain: str, now: datetime) -> date | None:
    """The last time that this day was: a site leaves out the year of what is new."""
    today = now.astimezone(LOCAL).date()
    if match := _WORDS_YEARLESS.search(plain):
        day, month = match[1], _month(match[2] or match[3])
    elif match := _YEARLESS.search(plain):
        day, month = match[1], int(match[2])
    else:
        return None
    found = (_date(year, month, day) for year in (today.year, today.year - 1))
    return next((day for day in found if day and day <= today + timedelta(days=1)), None)


_WAYS: tuple[Callable[[str, datetime], date | None], ...] = (
    _year_first,
    _day_first,
    _in_words,
    _month_first,
    _short_year,
    _ago,
    _yearless,
)


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS[text]


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
