"""The day by which a target is to be reached, where its phrase names one; other dates are no deadline and no number.

"đến hết năm 2030", "vào năm 2025", "giai đoạn 2026 - 2030" end on the last day of what they name; "trước năm 2026"
ends on the day before it. "so với năm 2022" is a base, "Kế hoạch số 36/KH-UBND ngày 05/01/2023" a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from plan_lifecycle.domain.regex import regex

_YEAR = r"(20\d\d)"
_OF_YEAR = rf"(?:\s*[/-]\s*|\s+năm\s+){_YEAR}(?!\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class When(NamedTuple):
    """A date expression: where it stands and the last day it allows, or None where it sets no deadline."""

    start: int
    end: int
    by: date | None


def _month(year: int, month: int, length: int = 1) -> tuple[date, date]:
    after = date(year + (month + length - 1) // 12, (month + length - 1) % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _day(match: re.Match[str]) -> tuple[date, date]:
    day = date(int(match[3]), int(match[2]), int(match[1]))
    return day, day


def _quarter(match: re.Match[str]) -> tuple[date, date]:
    number = _ROMAN.get(match[1]) or int(match[1])
    return _month(int(match[2]), 3 * number - 2, 3)


def _half(match: re.Match[str]) -> tuple[date, date]:
    return _month(int(match[2]), 1 if match[1] == "đầu" else 7, 6)


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], tuple[date, date]]], ...] = (
    (r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(20\d\d)", _day),
    (r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(20\d\d)", _day),
    (rf"(?:tháng\s+)(\d{{1,2}}){_OF_YEAR}", lambda m: _month(int(m[2]), int(m[1]))),
    (rf"(\d{{1,2}})/{_YEAR}", lambda m: _month(int(m[2]), int(m[1]))),
    (rf"quý\s+(i{{1,3}}|iv|[1-4]){_OF_YEAR}", _quarter),
    (rf"0?6\s+tháng\s+(đầu|cuối)\s+năm\s+{_YEAR}", _half),
    (
        rf"(?:(?:giai\s+đoạn|nhiệm\s+kỳ|năm)\s+)?{_YEAR}\s*(?:-|đến)\s*{_YEAR}",
        lambda m: (date(int(m[1]), 1, 1), date(int(m[2]), 12, 31)),
    ),
    (rf"(?:năm|cuối|hết|đến)\s+{_YEAR}", lambda m: _month(int(m[1]), 1, 12)),
)
_COMPILED = tuple((regex(rf"(?<![\w/.-]){form}(?![\w/%]|[.,-]\d)"), span) for form, span in _FORMS)
_BEFORE = regex(r"\btrước\s*(?:khi\s+)?(?:cuối\s+)?$")
_DOCUMENTS = (
    r"(?:kế hoạch|dự toán|nghị quyết|chỉ thị|quyết định|công văn|nghị định|thông tư|luật|chương trình|đề án|kết luận|"
    r"ban hành|văn bản|số \S+)(?: của \S+(?: \S+)?)?"
)
_NO_DEADLINE = regex(
    r"(?:so với(?: cùng kỳ)?|cùng kỳ(?: của)?|gấp \S+(?: lần)?|"
    r"\b(?:từ|sau|kể từ|trong các năm|số liệu|kết quả|của|bằng|so)|"
    rf"{_DOCUMENTS})\s*$"
)


def find_dates(plain: str) -> list[When]:
    """Every date expression of a text in normal form, in order, none within another."""
    taken: list[When] = []
    for pattern, span in _COMPILED:
        for match in pattern.finditer(plain):
            if all(match.end() <= when.start or when.end <= match.start() for when in taken):
                taken += _read(plain, match, span)
    return sorted(taken)


def _read(plain: str, match: re.Match[str], span: Callable[[re.Match[str]], tuple[date, date]]) -> Iterator[When]:
    try:
        first, last = span(match)
    except ValueError:
        return
    lead = plain[max(0, match.start() - 60) : match.start()]
    by: date | None = last
    if _BEFORE.search(lead):
        by = first - timedelta(days=1)
    elif _NO_DEADLINE.search(lead):
        by = None
    yield When(match.start(), match.end(), by)
