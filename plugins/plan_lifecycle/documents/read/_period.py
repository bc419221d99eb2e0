"""Which years a plan covers, and the terms on which its deadlines are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from plan_lifecycle.domain.deadline import Deadline, DeadlineKind, read_deadline
from plan_lifecycle.domain.text import normalise

_OTHERS = re.compile(r"ngày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4}|\d+/\d{4}/[\wđ]+")
_SPAN = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|các năm|thời kỳ|từ năm|năm học|năm)\s*(20\d\d)\s*(?:-"
    r"|đến(?: năm)?)\s*(20\d\d)"
)
_YEAR = re.compile(r"(?<!đến )(?<!hết )(?<!hướng )năm\s+(20\d\d)(?!\s*-\s*20)")
_STATED_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_UNTIL = re.compile(r"(?:đến|hết)\s+(?:hết\s+)?năm\s+(20\d\d)")


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

    def deadline(self, phrase: str) -> Deadline | None:
        """Read a phrase; None where there is none, or no year to read it in."""
        if not phrase.strip() or self.year is None:
            return None
        first = self._read(phrase, self.year)
        if first.kind is not DeadlineKind.RECURRING or _STATED_YEAR.search(phrase):
            return first
        last = self.period[-1] if self.period else self.year
        later = [self._read(phrase, year) for year in range(self.year + 1, last + 1)]
        return self._all_years(first, later) if later else first

    def _read(self, phrase: str, year: int) -> Deadline:
        first, last = (self.period[0], self.period[-1]) if self.period else (year, year)
        return _read(phrase, year, self.issued_on, first, last)

    def _all_years(self, first: Deadline, later: Sequence[Deadline]) -> Deadline:
        """What recurs does so every year of the plan; days that had passed when it was issued are not owed."""
        begun = self.issued_on or date.min
        due = sorted({day for reading in (first, *later) for day in reading.due if day >= begun})
        passed = any(day < begun for day in first.due)
        return replace(
            first,
            due=tuple(due),
            needs_decision=later[0].needs_decision if passed else first.needs_decision,
            warnings=later[0].warnings if passed else first.warnings,
        )


@lru_cache(maxsize=1024)
def _read(phrase: str, year: int, issued_on: date | None, first: int, last: int) -> Deadline:
    """A table repeats its few phrases in row after row."""
    return read_deadline(phrase, year=year, issued=issued_on, plan_from=date(first, 1, 1), plan_to=date(last, 12, 31))


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
