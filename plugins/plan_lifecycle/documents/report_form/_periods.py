"""Which reporting periods a text names: the name of a sheet ("6T 2023"), a title, the heading of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_DAY = regex(
    r"(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s*[\d….]*\s*tháng\s*[\d….]*\s*(?:năm\s*\d{4})?"
)
_ANY_PERIOD = regex(r"quý\s*(?:,|/|và|hoặc)\s*6 tháng(?:\s*(?:,|/|và|hoặc)\s*(?:cả )?năm\b)?")
"""What a form is for in general: "(sử dụng trong kỳ báo cáo quý, 6 tháng, năm)"."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:[\s/.,_()\-]*(?:của\s+)?(?:năm\s*)?(?P<year>20\d\d)(?!\d)|\s*[/.'-]\s*(?P<short>\d\d)(?!\d))?"
_HALF = regex(
    r"(?<![\d,.])(?:0?6|sáu)\s*-?\s*(?:tháng|th|t)(?![a-zđ]*\d*\s*tháng)\s*"
    rf"(?P<which>đầu|cuối|đ|c)?\s*(?:năm|n)?(?![^\W\d_]){_YEAR}"
)
_OTHER_SPAN = regex(rf"(?<![\d,.])(?:0?9|chín|0?3|ba)\s*(?:tháng|th|t)(?![^\W\d_])\s*(?:đầu|cuối)?\s*(?:năm)?{_YEAR}")
_WHOLE = regex(rf"(?:cả năm|12 tháng|12t(?![^\W\d_])){_YEAR}")
_QUARTER = regex(rf"(?<!\w)(?P<name>quý|q)\s*[-.]?\s*(?P<which>iii|ii|iv|i|[1-4])(?!\w){_YEAR}")
_MONTH = regex(rf"(?<!\w)(?P<name>tháng|t)\s*(?P<which>0?[1-9]|1[0-2])(?!\d){_YEAR}")
_PAPERS = regex(r"\b(?:căn cứ|kèm theo|ban hành|nghị quyết|nghị định|quyết định|thông tư|công văn|chỉ thị)\b")
_BARE_YEAR = regex(r"(?<![\d/.-])20\d\d(?![\d/.-]*\d)")


class Named(NamedTuple):
    """A period as a text names it. ``kind`` None: a span that is no reporting period; ``year`` None: not said."""

    kind: PeriodKind | None
    ordinal: int
    year: int | None
    bare_year: bool = False


class When(StrEnum):
    """How what a text names stands to the period that is reported."""

    THIS = "this"
    OTHER = "other"
    UNSAID = "unsaid"


def when_of(texts: Iterable[str], period: Period | None) -> When:
    """Whether texts name the period, or others only. The year alone says nothing against a part of it."""
    if period is None:
        return When.UNSAID
    found = [_stands(named, period) for text in texts for named in named_periods(text)]
    if When.THIS in found:
        return When.THIS
    return When.OTHER if When.OTHER in found else When.UNSAID


def said(texts: Iterable[str], period: Period | None, when: When) -> str:
    """The first of some texts that stands so to the period; empty where none does."""
    return next((text for text in texts if when_of((text,), period) is when), "")


def named_periods(text: str) -> list[Named]:
    """The periods that a text names, longest words first; days are none."""
    rest = _ANY_PERIOD.sub(" ", _DAY.sub(" ", normalise(text[:300])))
    found: list[Named] = []
    for pattern, kind in _PATTERNS:
        found += [Named(kind, _ordinal(match), _year(match)) for match in pattern.finditer(rest) if _sure(match, rest)]
        rest = pattern.sub(" ", rest)
    years = {int(match[0]) for match in _BARE_YEAR.finditer(rest)}
    if len(years) == 1 and any(named.year is None for named in found):
        (year,) = years
        return [named._replace(year=named.year or year) for named in found]
    return [*found, *(Named(PeriodKind.YEAR, 1, year, bare_year=True) for year in sorted(years))]


_PATTERNS: tuple[tuple[re.Pattern[str], PeriodKind | None], ...] = (
    (_WHOLE, PeriodKind.YEAR),
    (_HALF, PeriodKind.HALF),
    (_OTHER_SPAN, None),
    (_QUARTER, PeriodKind.QUARTER),
    (_MONTH, PeriodKind.MONTH),
)


def _sure(match: re.Match[str], text: str) -> bool:
    """A letter and a number, "T1", are a month only with their year or where nothing else stands."""
    alone = _BARE_YEAR.sub("", text).strip(" -_./")
    return match.groupdict().get("name") != "t" or _year(match) is not None or match[0].strip() == alone


def _ordinal(match: re.Match[str]) -> int:
    which = match.groupdict().get("which")
    if which is None:
        return 1
    if which in ("đầu", "đ", "cuối", "c"):
        return 1 if which[0] == "đ" else 2
    return _ROMAN.get(which) or int(which)


def _year(match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"])
    return 2000 + int(match["short"]) if match["short"] else None


def _stands(named: Named, period: Period) -> When:
    if named.year is not None and named.year != period.year:
        return When.OTHER
    if (named.kind, named.ordinal) == (period.kind, period.ordinal):
        return When.THIS
    return When.UNSAID if named.bare_year else When.OTHER


def titles(cells: Iterable[str]) -> Iterator[str]:
    """The lines above a table that may say its period: not those that name the papers it rests on."""
    for text in cells:
        if text and not _PAPERS.search(normalise(text)):
            yield text
