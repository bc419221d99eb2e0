"""The days of Tết and of the Hùng Kings, which move with the moon; only a phrase that names one loads the library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from plan_lifecycle.domain.deadline._points import NoDateError
from plan_lifecycle.domain.regex import regex

_STEMS = ("canh", "tân", "nhâm", "quý", "giáp", "ất", "bính", "đinh", "mậu", "kỷ")
_BRANCHES = ("thân", "dậu", "tuất", "hợi", "tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi")
_NAMED_YEAR = regex(rf"\b({'|'.join(_STEMS)}) ({'|'.join(_BRANCHES)}|tí|tị|ty|kỷ)\b")


def day_of_feast(name: str, year: int, *, stated: bool) -> date:
    """The first day of Tết, or the Hùng Kings' day, of ``year``; of the year that is named ("Giáp Thìn") where one is.

    Raises NoDateError where the name and the year disagree, or the calendar does not reach.
    """
    named = _NAMED_YEAR.search(name)
    if named:
        year = _year_named(named[1], named[2], year, stated=stated)
    title = "Hung Kings' Commemoration Day" if name.startswith(("giỗ", "ngày giỗ")) else "Lunar New Year"
    days = _holidays(year).get_named(title, lookup="exact")
    if not days:
        raise NoDateError(f"Không có lịch nghỉ lễ của năm {year}.")
    first: date = min(days)
    return first


def _year_named(stem: str, branch: str, year: int, *, stated: bool) -> int:
    branch = {"tí": "tý", "ty": "tý", "tị": "tỵ"}.get(branch, branch)
    for candidate in (year,) if stated else (year, year + 1, year - 1):
        if _STEMS[candidate % 10] == stem and _BRANCHES[candidate % 12] == branch:
            return candidate
    raise NoDateError("Tên năm âm lịch không khớp với năm đã nêu.")


@lru_cache(maxsize=64)
def _holidays(year: int) -> Any:
    from holidays import country_holidays

    return country_holidays("VN", years=year, expand=False, language="en_US")
