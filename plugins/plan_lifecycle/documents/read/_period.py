"""Which years a plan covers, and the terms on which its deadlines are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from plan_lifecycle.domain.deadline import Deadline, DeadlineKind, read_deadline
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_OTHERS = regex(r"ngày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4}|(?<!\d)\d+/\d{4}/[\wđ]+")
_SPAN = regex(
    r"(?:giai đoạn|nhiệm kỳ|các năm|thời kỳ|từ năm|năm học|năm)\s*(20\d\d)\s*(?:-"
    r"|đến(?: năm)?)\s*(20\d\d)"
)
_YEAR = regex(r"(?<!đến )(?<!hết )(?<!hướng )năm\s+(20\d\d)(?!\s*-\s*20)")
_STATED_YEAR = regex(r"(?<!\d)20\d\d(?!\d)")
# The months in which the periods of a report end.
PERIOD_ENDS: dict[DutyItem, tuple[int, ...]] = {
    DutyItem.REPORT_H1: (6,), DutyItem.REPORT_YEAR: (12,), DutyItem.REPORT_QUARTER: (3, 6, 9, 12),
    DutyItem.REPORT_MONTH: tuple(range(1, 13)),
}  # fmt: skip
_QUARTER = regex(r"\bquý\s*(iv|i{1,3}|[1-4])\b|\b0?(9|chín) tháng\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_EARLY, _LATE = 1, 2  # a report is due at most so many months before and after its period's last month
_UNNAMED = "Nêu nhiều ngày nhưng không nêu kỳ báo cáo; đề nghị xác định ngày phải gửi."
_UNEQUAL = "Số ngày nêu trong kế hoạch không khớp với số kỳ báo cáo; đề nghị xác định ngày của từng kỳ."
_UNTIL = regex(r"(?:đến|hết)\s+(?:hết\s+)?năm\s+(20\d\d)")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the reading of a plan's deadlines starts from."""

    issued_on: date | None
    period: tuple[int, ...]

    @property
    def year(self) -> int | None:
        """The year that a date without one falls in: the plan's first that has not passed when it was issued."""
        if not self.period:
            return self.issued_on.year if self.issued_on else None
        if self.issued_on is None:
            return self.period[0]
        return min(max(self.period[0], self.issued_on.year), self.period[-1])

    def deadline(self, phrase: str, item: DutyItem | None = None) -> Deadline | None:
        """Read a phrase, of the report ``item`` where it is one's; None where there is none, or no year for it."""
        if not phrase.strip() or self.year is None:
            return None
        first = self._read(phrase, self.year, item)
        if not _recurs(first) or _STATED_YEAR.search(phrase):
            return for_item(first, item, self._years)
        later = [self._read(phrase, year, item) for year in self._years[1:]]
        return for_item(self._all_years(first, later) if later else first, item, self._years)

    @property
    def _years(self) -> range:
        """The years of the plan that had not passed when it was issued."""
        first = self.year or 0
        return range(first, (self.period[-1] if self.period else first) + 1)

    def _read(self, phrase: str, year: int, item: DutyItem | None) -> Deadline:
        first, last = (self.period[0], self.period[-1]) if self.period else (year, year)
        reported = PERIOD_ENDS.get(item, ()) if item else ()
        if item is DutyItem.REPORT_QUARTER and (named := _QUARTER.findall(normalise(phrase))):
            reported = tuple(sorted({3 * (_ROMAN.get(number) or int(number)) if number else 9 for number, _ in named}))
        return _read(phrase, year, self.issued_on, first, last, reported)

    def _all_years(self, first: Deadline, later: Sequence[Deadline]) -> Deadline:
        """What recurs does so every year of the plan; days that had passed when it was issued are not owed.

        Of a compound only the parts that recur do: a day that is named once stays one day.
        """
        if first.kind is DeadlineKind.COMPOUND:
            others = [
                [deadline.parts[at] for deadline in later if at < len(deadline.parts)] for at in range(len(first.parts))
            ]
            pairs = zip(first.parts, others, strict=True)
            parts = tuple(self._all_years(part, more) if _recurs(part) else part for part, more in pairs)
            return replace(first, parts=parts, due=tuple(sorted({day for part in parts for day in part.due})))
        begun = self.issued_on or date.min
        due = sorted({day for reading in (first, *later) for day in reading.due if day >= begun})
        passed = any(day < begun for day in first.due)
        return replace(
            first,
            due=tuple(due),
            needs_decision=later[0].needs_decision if passed else first.needs_decision,
            warnings=later[0].warnings if passed else first.warnings,
        )


def _recurs(reading: Deadline) -> bool:
    return reading.kind is DeadlineKind.RECURRING or any(map(_recurs, reading.parts))


def for_item(deadline: Deadline, item: DutyItem | None, years: range) -> Deadline:
    """The deadline of a report: of several days those that follow its period; asked about where they do not fit it."""
    ends = PERIOD_ENDS.get(item, ()) if item else ()
    if item is DutyItem.REPORT and len(deadline.due) > 1 and not deadline.needs_decision:
        return replace(deadline, needs_decision=True, warnings=(*deadline.warnings, _UNNAMED))
    if not ends or not deadline.due:
        return deadline
    if len(ends) == 1 and len(deadline.due) > len(years):
        due = tuple(day for day in deadline.due if (day.month - ends[0] + _EARLY) % 12 <= _EARLY + _LATE)
        if due and len(due) <= len(years):
            return replace(deadline, due=due)
    if deadline.needs_decision:
        return deadline
    few = len(ends) > 1 and len(deadline.due) < len(ends) and not _QUARTER.search(normalise(deadline.phrase))
    if few or len(deadline.due) > len(ends) * len(years):
        return replace(deadline, needs_decision=True, warnings=(*deadline.warnings, _UNEQUAL))
    return deadline


@lru_cache(maxsize=1024)
def _read(phrase: str, year: int, issued_on: date | None, first: int, last: int, reported: tuple[int, ...]) -> Deadline:
    """A table repeats its few phrases in row after row."""
    begin, end = date(first, 1, 1), date(last, 12, 31)
    return read_deadline(phrase, year=year, issued=issued_on, plan_from=begin, plan_to=end, reported=reported)


def period_of(abstract: str | None, issued_on: date | None, opening: str = "") -> tuple[int, ...]:
    """The years of a plan, first and last; one where they are the same, none where nothing tells.

    Its own year ("năm 2023") comes before the stage of the programme that it serves ("giai đoạn 2021 - 2030").
    """
    for text in (abstract or "", opening):
        found = _years(normalise(text))
        if found:
            return found
    if issued_on is None:
        return ()
    until = _UNTIL.search(normalise(abstract or ""))
    if until and int(until[1]) > issued_on.year:
        return (issued_on.year, int(until[1]))
    return (issued_on.year,)


def _years(text: str) -> tuple[int, ...]:
    text = _OTHERS.sub(" ", text)
    single = sorted({int(match[1]) for match in _YEAR.finditer(_SPAN.sub(" ", text))})
    if single:
        return tuple(dict.fromkeys((single[0], single[-1])))
    span = _SPAN.search(text)
    return tuple(dict.fromkeys((int(span[1]), int(span[2])))) if span else ()
