"""How a date joins the clause before it: as its label, its bracket, its weekday, its month, or the next of a list."""

from __future__ import annotations

from plan_lifecycle.domain.deadline._clause import Clause, are_generic, has_days, is_label
from plan_lifecycle.domain.deadline._expressions import Bound, Dated, Every, Mark, Sign
from plan_lifecycle.domain.deadline._points import Grain, Point, Span, in_year, points_of


def join_date(clause: Clause, dated: Dated, marks: set[Mark]) -> bool:
    """Let the clause take the date in, behind these marks; False where it does not belong to it."""
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
    if clause.every and not dated.bounds and dated.elements and are_generic(dated.elements):
        months = tuple(sorted({point.last or 12 for point in points_of(dated.elements)}))
        clause.every.append(Every("month", months))
    else:
        clause.dated = dated
    return True


def _is_length(dated: Dated, marks: set[Mark]) -> bool:
    """Whether a period only says how long something goes on: "thường xuyên trong năm 2025"."""
    lasting = not dated.bounds - {Bound.DURING, Bound.UNTIL} and dated.hour is None and len(dated.elements) == 1
    if not lasting:
        return False
    span = isinstance(dated.elements[0], Span)
    if marks & {Mark.COMMA, Mark.AND} and (Mark.WORDS in marks or not span):
        return False
    return span or not has_days(dated) or Bound.UNTIL in dated.bounds


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
        or _narrows(clause, first, dated, marks)
        or _names_years(clause, first, dated, marks)
        or _names_months(clause, first, dated, marks)
        or (has_days(first) and _restates(clause, dated, marks))
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
    if clause.label or not is_label(first) or not has_days(dated):
        return False
    if not (dated.bounds or Mark.OPEN in marks or (marks == {Mark.WORDS} and _falls_in(first, dated))):
        return False
    clause.label, clause.dated = first.elements, dated
    return True


def _falls_in(label: Dated, dated: Dated) -> bool:
    """ "quý I: 10/3": the day is one of the period, and not a second duty."""
    periods = [point for point in points_of(label.elements) if point.grain is not Grain.YEAR and not point.year]
    days = points_of(dated.elements)
    return bool(periods) and all(
        any((period.first or 1) <= (day.first or 0) <= (period.last or 12) for period in periods) for day in days
    )


def _labels_date(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "trước ngày 16/6 (đối với báo cáo 6 tháng)": the date first, then its period."""
    if clause.label or not is_label(dated) or not has_days(first) or not marks & {Mark.OPEN, Mark.FOR}:
        return False
    clause.label = dated.elements
    return True


def _names_year(clause: Clause, first: Dated, dated: Dated) -> bool:
    """ "trước ngày 20 hằng tháng trong năm 2023"."""
    yearly = all(point.grain is Grain.YEAR for point in points_of(dated.elements))
    if not yearly or clause.label or not clause.every or not has_days(first) or dated.bounds - {Bound.DURING}:
        return False
    clause.label = dated.elements
    return True


def _narrows(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "năm 2023 (quý II)", "quý II (tháng 5)": the bracket says which part of the period."""
    if Mark.OPEN not in marks or Mark.WORDS in marks or clause.every or clause.label or clause.ongoing:
        return False
    if not (is_label(first) and is_label(dated)) or len(first.elements) != 1 or isinstance(first.elements[0], Span):
        return False
    wide, parts = first.elements[0], points_of(dated.elements)
    if any(part.generic or part.year not in (None, wide.year) or not _is_within(part, wide) for part in parts):
        return False
    clause.dated = dated._replace(bounds=first.bounds, elements=in_year(dated.elements, wide.year))
    return True


def _is_within(part: Point, wide: Point) -> bool:
    """Whether ``part`` is a shorter period inside of ``wide``."""
    if wide.generic or not (part.first and part.last and wide.first and wide.last):
        return False
    return wide.first <= part.first <= part.last <= wide.last and part.last - part.first < wide.last - wide.first


def _names_years(clause: Clause, first: Dated, dated: Dated, marks: set[Mark]) -> bool:
    """ "trước 15/3 các năm 2023, 2024", "ngày 31 tháng 12 năm 2023 và 2024": the same days of several years."""
    days, years = points_of(first.elements), points_of(dated.elements)
    if dated.bounds or clause.every or clause.label or any(year.grain is not Grain.YEAR for year in years):
        return False
    if any(day.grain is not Grain.DAY or day.first is None for day in days) or len(years) + len(marks) < 2:
        return False
    if any(isinstance(element, Span) for element in (*first.elements, *dated.elements)):
        return False
    named = [day for day in days if day.year]
    if marks - {Mark.AND} or bool(named) is not bool(marks):
        return False
    clause.dated = first._replace(elements=(*named, *(day._replace(year=y.year) for y in years for day in days)))
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
    if has_days(first) is not has_days(dated) or (dated.hour or first.hour) != first.hour:
        return False
    alternatives = first.alternatives or dated.alternatives or Mark.OR in marks
    clause.dated = first._replace(elements=first.elements + dated.elements, alternatives=alternatives)
    return True
