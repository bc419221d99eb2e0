"""Which expressions belong to one duty: "báo cáo 6 tháng trước ngày 16/6, tổng kết năm trước ngày 15/12" are two.

An expression joins the clause before it, or opens the next one. The order in a clause is free: officials write
"hằng tháng, trước ngày 20" as often as "trước ngày 20 hằng tháng".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plan_lifecycle.domain.deadline._expressions import Bound, Count, Dated, Every, Expression, Item, Mark, Sign, Since
from plan_lifecycle.domain.deadline._points import Element, Grain, Point, Span, points_of

_DAYS = {Grain.DAY, Grain.FEAST}


@dataclass(slots=True)
class Clause:
    """The expressions of one duty, each in its place.

    ``label`` is the period that is reported on ("**6 tháng** (trước ngày 16/6)"), ``restated`` what a bracket says
    the date is, ``weekday`` one named beside its date.
    """

    dated: Dated | None = None
    label: tuple[Element, ...] = ()
    restated: Dated | None = None
    weekday: Point | None = None
    every: list[Every] = field(default_factory=list)
    since: Since | None = None
    count: Count | None = None
    sign: Sign | None = None
    ongoing: bool = False
    onwards: bool = False
    periodic: bool = False
    until_event: bool = False

    @property
    def elements(self) -> tuple[Element, ...]:
        """The points and spans named so far."""
        return self.dated.elements if self.dated else ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been said but, perhaps, *định kỳ*."""
        return self == Clause(periodic=self.periodic)


def gather(items: Sequence[Item]) -> list[Clause]:
    """Sort the items into clauses."""
    clauses: list[Clause] = []
    marks: set[Mark] = set()
    for item in items:
        if isinstance(item, Mark):
            marks.add(item)
            continue
        if not clauses or _parted(clauses[-1], item, marks) or not _joins(clauses[-1], item, marks):
            clauses.append(Clause())
            _joins(clauses[-1], item, set())
        marks = set()
    return clauses


def _parted(clause: Clause, item: Expression, marks: set[Mark]) -> bool:
    """Whether a semicolon sets the item apart: all but "quý II; quý IV", which is a list."""
    if Mark.SEMICOLON not in marks:
        return False
    listed = marks == {Mark.SEMICOLON} and isinstance(item, Dated) and _is_label(item) and _is_bare_period(clause)
    if listed:
        marks.clear()
        marks.add(Mark.COMMA)
    return not listed


def _joins(clause: Clause, item: Expression, marks: set[Mark]) -> bool:
    """Put ``item`` into ``clause`` where it belongs there, and say whether it did."""
    if isinstance(item, Dated):
        return _dated_joins(clause, item, marks)
    if isinstance(item, Every):
        return _every_joins(clause, item)
    if isinstance(item, Sign):
        return _sign_joins(clause, item, marks)
    if clause.sign or clause.count or clause.since or clause.elements:
        return False
    if isinstance(item, Since):
        clause.since = item
        return True
    if clause.ongoing or clause.every:
        return False
    clause.count = item
    return True


def _sign_joins(clause: Clause, sign: Sign, marks: set[Mark]) -> bool:
    if sign is Sign.ONGOING:
        if not (clause.empty or clause.ongoing or _is_bare_period(clause)):
            return False
        clause.ongoing = True
    elif sign is Sign.ONWARDS:
        clause.onwards = True
    elif sign is Sign.PERIODIC:
        if not (clause.empty or Mark.OPEN in marks):
            return False
        clause.periodic = True
    elif sign is Sign.UNTIL_EVENT and clause.since:
        clause.until_event = True
    elif sign is Sign.MANNER and not clause.empty and Mark.OR not in marks:
        return True
    elif not clause.empty or clause.periodic:
        return False
    else:
        clause.sign = sign
    return True


def _every_joins(clause: Clause, every: Every) -> bool:
    if clause.sign or clause.count or clause.ongoing or clause.since:
        return False
    if clause.elements and clause.every:
        if every.place and not any(known.place for known in clause.every):
            clause.every = [every]
            return True
        return not every.place and every in clause.every
    if clause.elements and not _recurs_with(points_of(clause.elements), every):
        return False
    clause.every.append(every)
    return True


def _recurs_with(points: Sequence[Point], every: Every) -> bool:
    """Whether the points can be those of such a recurrence: days without month in months, the rest in years."""
    if every.unit == "week" and all(point.grain is Grain.WEEKDAY for point in points):
        return True
    if every.unit == "month" and all(point.grain is Grain.DAY and point.first is None for point in points):
        return True
    if all(point.grain not in _DAYS | {Grain.WEEKDAY} for point in points):
        return True
    return every.months == (12,) and all(point.grain is not Grain.WEEKDAY and not point.year for point in points)


def _dated_joins(clause: Clause, dated: Dated, marks: set[Mark]) -> bool:
    if clause.sign in (Sign.MANNER, Sign.BY_PLAN) and marks <= {Mark.WORDS}:
        clause.sign = None
    if clause.sign:
        return False
    if clause.count:
        return _restates(clause, dated, marks)
    if clause.since:
        return _closes(clause, dated)
    if clause.ongoing and not clause.elements and not _is_length(dated, marks):
        return False
    if not clause.dated:
        return _first_date(clause, dated)
    return _next_date(clause, clause.dated, dated, marks)


def _first_date(clause: Clause, dated: Dated) -> bool:
    if clause.every and not dated.bounds and dated.elements and _are_generic(dated.elements):
        months = tuple(sorted({point.last or 12 for point in points_of(dated.elements)}))
        clause.every.append(Every("month", months))
    else:
        clause.dated = dated
    return True


def _next_date(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    if not dated.elements or not first.elements:
        if dated.hour and first.hour:
            return False
        bounds, elements = first.bounds | dated.bounds, first.elements or dated.elements
        clause.dated = Dated(bounds, first.hour or dated.hour, elements, first.alternatives or dated.alternatives)
        return True
    return (
        _names_weekday(clause, first, dated, marks)
        or _dates_label(clause, first, dated, marks)
        or _labels_date(clause, first, dated, marks)
        or _names_year(clause, first, dated)
        or _names_months(clause, first, dated, marks)
        or (_has_days(first) and _restates(clause, dated, marks))
        or _goes_on(clause, first, dated, marks)
    )


def _restates(clause: Clause, dated: Dated, marks: set[Mark]) -> bool:
    if not dated.elements or clause.restated or not (Bound.THAT_IS in dated.bounds or Mark.OPEN in marks):
        return False
    clause.restated = dated
    return True


def _closes(clause: Clause, dated: Dated) -> bool:
    """ "từ ngày 01/3 (thứ Tư) đến ngày 15/3": the end comes late."""
    start = clause.since.start if clause.since else None
    if start is None or Bound.UNTIL not in dated.bounds or len(dated.elements) != 1:
        return False
    end = dated.elements[0]
    if isinstance(end, Span):
        return False
    clause.since, clause.dated = None, Dated(elements=(Span(start, end, Bound.BEFORE in dated.bounds),))
    return True


def _names_weekday(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "thứ Sáu, ngày 14/3": one day under two names."""
    if Mark.WORDS in marks or clause.every or len(first.elements) != 1 or len(dated.elements) != 1:
        return False
    one, other = first.elements[0], dated.elements[0]
    if isinstance(one, Span) or isinstance(other, Span):
        return False
    if one.grain is Grain.WEEKDAY and other.grain is Grain.DAY:
        clause.weekday, day = one, other
    elif other.grain is Grain.WEEKDAY and one.grain is Grain.DAY:
        clause.weekday, day = other, one
    else:
        return False
    clause.dated = Dated(first.bounds | dated.bounds, first.hour or dated.hour, (day,))
    return True


def _dates_label(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "6 tháng (trước ngày 16/6)": the period first, then its date."""
    if clause.label or not _is_label(first) or not _has_days(dated) or not (dated.bounds or Mark.OPEN in marks):
        return False
    clause.label, clause.dated = first.elements, dated
    return True


def _labels_date(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "trước ngày 16/6 (đối với báo cáo 6 tháng)": the date first, then its period."""
    if clause.label or not _is_label(dated) or not _has_days(first) or not marks & {Mark.OPEN, Mark.FOR}:
        return False
    clause.label = dated.elements
    return True


def _names_year(clause: Clause, first: Dated, dated: Dated) -> bool:
    """ "trước ngày 20 hằng tháng trong năm 2023"."""
    yearly = all(point.grain is Grain.YEAR for point in points_of(dated.elements))
    if not yearly or clause.label or not clause.every or not _has_days(first) or dated.bounds - {Bound.DURING}:
        return False
    clause.label = dated.elements
    return True


def _names_months(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "ngày 15 của các tháng 3, 6, 9, 12", "ngày 15 tháng 6 và tháng 12"."""
    days, months = points_of(first.elements), points_of(dated.elements)
    if dated.bounds or any(month.grain is not Grain.MONTH for month in months):
        return False
    if marks and marks <= {Mark.COMMA, Mark.AND} and len(days) == 1 and days[0].spelled:
        months = [days[0], *months]
    elif marks or any(day.grain is not Grain.DAY or day.first for day in days):
        return False
    points = tuple(month._replace(grain=Grain.DAY, day=day.day) for month in months for day in days)
    clause.dated = first._replace(elements=points)
    return True


def _goes_on(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "trước ngày 15/6 và trước ngày 15/12": a list that repeats its bound."""
    listed = bool(marks) and marks <= {Mark.COMMA, Mark.AND, Mark.OR} and (marks != {Mark.COMMA} or not dated.hour)
    if not listed or clause.every or clause.label or clause.restated or (dated.bounds and dated.bounds != first.bounds):
        return False
    if _has_days(first) is not _has_days(dated) or (dated.hour or first.hour) != first.hour:
        return False
    alternatives = first.alternatives or dated.alternatives or Mark.OR in marks
    clause.dated = first._replace(elements=first.elements + dated.elements, alternatives=alternatives)
    return True


def _has_days(dated: Dated) -> bool:
    return bool(dated.elements) and all(point.grain in _DAYS for point in points_of(dated.elements))


def _is_label(dated: Dated) -> bool:
    periods = all(point.grain not in _DAYS | {Grain.WEEKDAY} for point in points_of(dated.elements))
    return bool(dated.elements) and periods and not dated.bounds and dated.hour is None


def _is_bare_period(clause: Clause) -> bool:
    return bool(clause.dated) and not clause.every and not clause.label and _is_label(clause.dated or Dated())


def _is_length(dated: Dated, marks: set[Mark]) -> bool:
    """Whether a period only says how long something goes on: "thường xuyên trong năm 2025"."""
    lasting = not dated.bounds - {Bound.DURING, Bound.UNTIL} and dated.hour is None and len(dated.elements) == 1
    if not lasting:
        return False
    span = isinstance(dated.elements[0], Span)
    if marks & {Mark.COMMA, Mark.AND} and (Mark.WORDS in marks or not span):
        return False
    return span or not _has_days(dated) or Bound.UNTIL in dated.bounds


def _are_generic(elements: Sequence[Element]) -> bool:
    return all(point.generic for point in points_of(elements))
