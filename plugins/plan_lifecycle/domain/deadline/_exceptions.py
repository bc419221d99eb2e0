"""What a phrase takes back: "trừ quý IV", "riêng tháng 12 trước ngày 10", and the day at which figures are cut off.

They are cut out of the text before the rest is read, for they stand inside a clause and outside its grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plan_lifecycle.domain.deadline._clause import Clause
from plan_lifecycle.domain.deadline._points import Grain, Point, points_of
from plan_lifecycle.domain.regex import regex

_WORDS = regex(r"\btrừ\b|\briêng\b|\bkhông (?:kể|bao gồm|tính)\b|\bsố liệu\b")
_OPENS = r"(?:(?<=[,;.(:-])|(?<=[,;.(:-] )|(?<![\s\S]))(?:và |nhưng )?"
_EXCEPT = regex(
    r"\b(?:(?:ngoại )?trừ|không (?:kể|bao gồm|tính))\b(?: (?:báo cáo|kỳ|các))* ?"
    r"([^,;.()]*(?:,? (?:và )?(?:(?:tháng|quý|thứ) ?\w+|chủ nhật|\d{1,2}(?!\d)))*)"
)
_APART = regex(
    _OPENS + r"riêng\b(?! (?:lẻ|rẽ|biệt|của)\b)(?: đối với)? ?"
    r"([^;()]*?)(?=[;)]|\.(?: |$)|,? (?:và |còn )?riêng\b|$)"
)
_CUT_OFF = regex(
    _OPENS + r"(?:thời (?:điểm|gian) |mốc |ngày )?"
    r"(?:(?:chốt|tính|lấy) số liệu|số liệu (?:được )?(?:chốt|tính|lấy))\b[^,;()]*"
)
_REST_DAYS = regex(r"ngày (?:nghỉ|lễ)|lễ|tết|đột xuất")
_NOTHING = regex(r"^[\W_]*$")
_SOMEBODY = regex(r"\b(?:sở|ban|ngành|ubnd|ủy ban|cấp|xã|phường|huyện|thành phố|đơn vị|cơ quan|phòng|trung tâm)\b")


@dataclass(frozen=True, slots=True)
class Parted:
    """A phrase without its exceptions: ``rest``, the texts ``excluded`` and those set ``apart``; ``cut_off`` where a
    day of the figures was passed over."""

    rest: str
    excluded: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    cut_off: bool = False


def parted(text: str) -> Parted:
    """Part ``text`` (in normal form); all of it is the rest where nothing else would be left."""
    if not _WORDS.search(text):
        return Parted(text)
    taken: dict[re.Pattern[str], tuple[str, ...]] = {}
    rest = text
    for pattern in (_CUT_OFF, _APART, _EXCEPT):
        taken[pattern] = tuple(
            found.groups("")[-1].strip() if found.groups() else "" for found in pattern.finditer(rest)
        )
        rest = pattern.sub(" ", rest)
    if _NOTHING.match(rest):
        return Parted(text)
    return Parted(rest, taken[_EXCEPT], taken[_APART], bool(taken[_CUT_OFF]))


def months_excluded(clauses: Sequence[Clause]) -> frozenset[int]:
    """The months of the periods in what follows *trừ*: 10 to 12 for "quý IV"; none where it names no period."""
    return frozenset(month for point in _periods(clauses) for month in _months(point))


def weekdays_excluded(clauses: Sequence[Clause]) -> frozenset[int]:
    """The weekdays in what follows *trừ*; 0 is Monday."""
    points = [point for clause in clauses for point in points_of(clause.elements)]
    return frozenset(point.weekday for point in points if point.weekday is not None)


def months_set_apart(clauses: Sequence[Clause]) -> frozenset[int]:
    """The last months of the periods in what follows *riêng*: a report of the quarter takes the place of one."""
    return frozenset(point.last for point in _periods(clauses) if point.last)


def is_about_rest_days(text: str) -> bool:
    """Whether what follows *trừ* changes no day on which something is owed: "trừ ngày nghỉ, lễ", "trừ đột xuất"."""
    return bool(_REST_DAYS.search(text))


def names_somebody(text: str) -> bool:
    """Whether what is set apart is a unit and no period: "riêng UBND cấp xã trước ngày 01/3"."""
    return bool(_SOMEBODY.search(text))


def leave_out(clauses: Sequence[Clause], months: frozenset[int]) -> bool:
    """Take ``months`` out of every recurrence; False where no recurrence has one of them."""
    found = False
    for clause in clauses:
        for at, every in enumerate(clause.every):
            if every.unit == "month" and months & set(every.months):
                found = True
                clause.every[at] = every._replace(months=tuple(m for m in every.months if m not in months))
    return found


def _periods(clauses: Sequence[Clause]) -> list[Point]:
    """The periods that are named, and not the days on which something is due."""
    named = [point for clause in clauses for point in points_of(clause.label or clause.elements)]
    return [point for point in named if point.grain in (Grain.MONTH, Grain.QUARTER, Grain.PART)]


def _months(point: Point) -> range:
    first, last = point.first or 1, point.last or 12
    return range(last, last + 1) if point.generic else range(first, last + 1)
