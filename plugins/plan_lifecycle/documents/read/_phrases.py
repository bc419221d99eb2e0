"""How officials write the number and the date of a document."""

from __future__ import annotations

import re
from datetime import date

from plan_lifecycle.domain.regex import regex

_FIRST_YEAR, _LAST_YEAR = 1945, 2099  # what lies outside is a year with a figure lost
_BLANK = r"[\s.…_]*+"
DATE = regex(
    r"ngày\s*(?P<day>\d{1,2})\s*(?:tháng|/|-|\.)\s*(?P<month>\d{1,2})\s*(?:năm|/|-|\.)\s*(?P<year>\d{4})(?!\d)", re.I
)
# The same with room left for a pen: "ngày     tháng 02 năm 2023".
OPEN_DATE = regex(
    rf"ngày{_BLANK}(?P<day>\d{{0,2}}){_BLANK}tháng{_BLANK}(?P<month>\d{{0,2}}){_BLANK}năm{_BLANK}(?P<year>\d{{0,6}})",
    re.I,
)
# "36/KH-UBND", "14-KH/TU", "72/2025/QH15", "10- CTr/TU"
REFERENCE = regex(
    r"(?<![\w/])\d{1,5}[a-zđ]?\s?(?:/\s?\d{4}\s?)?[/-]\s?[A-ZĐ][A-Za-zĐđ]*\d{0,3}(?:\s?[-/–.&]\s?[A-ZĐ][A-Za-zĐđ]*\d{0,3})*"
)


def read_date(text: str, start: int = 0, end: int | None = None) -> date | None:
    """The first whole date in a stretch of text; None where there is none, or no such day."""
    match = DATE.search(text, start, len(text) if end is None else end)
    return calendar_day(match) if match else None


def calendar_day(match: re.Match[str]) -> date | None:
    """The date that a match of DATE or OPEN_DATE names; None where a part is open, cut or names no day."""
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def read_reference(text: str) -> str | None:
    """The first document number in a text, written without spaces."""
    match = REFERENCE.search(text)
    return re.sub(r"\s", "", match[0]).replace("–", "-") if match else None
