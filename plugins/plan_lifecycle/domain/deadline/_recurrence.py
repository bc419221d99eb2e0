"""Deadlines that come again: the days of one context year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.deadline._clause import Clause
from plan_lifecycle.domain.deadline._context import Context, Notes
from plan_lifecycle.domain.deadline._expressions import Bound, Dated, Every
from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind
from plan_lifecycle.domain.deadline._points import (
    Element,
    Grain,
    NoDateError,
    Point,
    Span,
    days_of,
    end_of_month,
    points_of,
)

_CALENDAR = WorkingCalendar()
_UNSAID = "Thời hạn lặp lại nhưng không nêu ngày cụ thể; đề nghị xác định ngày."
_MISSING_DAY = "Tháng không có ngày đã nêu thì lấy ngày cuối tháng."


def recurs(clause: Clause, elements: Sequence[Element]) -> bool:
    """Whether the clause comes again: it says so, names several days, or reports on a period of no given year."""
    points = points_of(elements)
    if clause.every or len(elements) > 1 or any(point.grain is Grain.WEEKDAY for point in points):
        return True
    yearless = not any(point.year or point.years_on for point in points)
    if clause.periodic and yearless:
        return True
    reported = [*points_of(clause.label), *(point for point in points if point.generic)]
    unending = [point for point in reported if point.grain in (Grain.PART, Grain.QUARTER) and not point.year]
    return bool(unending) and yearless


def read(clause: Clause, context: Context, notes: Notes, elements: Sequence[Element] = ()) -> Deadline:
    """The reading of a recurrence; without a day it is due on the last day of each period. Raises NoDateError."""
    dated = clause.dated or Dated()
    due = [] if Bound.EARLY in dated.bounds else _due(clause, dated, elements, context, notes)
    if not due:
        notes.decide(_UNSAID)
    elif _has_more_periods(clause, elements):
        notes.decide("Số ngày nêu ra ít hơn số kỳ lặp lại; đề nghị xác định ngày của mỗi kỳ.")
    elif _is_half_said(clause, elements):
        notes.decide("Chỉ nêu kỳ báo cáo, không rõ là hạn gửi hay khoảng thời gian; đề nghị xác nhận.")
    return notes.reading(context, DeadlineKind.RECURRING, tuple(due), due_at=dated.hour)


def _due(clause: Clause, dated: Dated, elements: Sequence[Element], context: Context, notes: Notes) -> list[date]:
    recurrences = [_of_periods(every, clause, context) for every in clause.every]
    if elements and recurrences and _is_length(recurrences, elements):
        return _within(recurrences, elements, context.year, notes)
    if elements:
        return _days_named(recurrences, elements, dated, context.year, notes)
    if not recurrences and not clause.periodic:
        raise NoDateError("Có giờ nhưng không nêu ngày." if dated.hour else "Không nhận ra thời hạn.")
    return [day for every in recurrences for day in _ends(every, context.year, notes)]


def _of_periods(every: Every, clause: Clause, context: Context) -> Every:
    """The recurrence in the months of the periods that are reported on, where these are known."""
    label = points_of(clause.label)
    every = _inside(every, [point for point in label if _is_part_of_year(point)])
    named = {
        point.last for point in label if point.last and (point.generic or (every.place and _is_part_of_year(point)))
    }
    wanted = set(context.reported) or set(every.months if every.of_period else ()) or named
    if every.unit != "month" or every.unclear or not wanted:
        return every._replace(unclear=True) if every.of_period and not wanted else every
    if every.of_period or wanted <= set(every.months):
        return every._replace(months=tuple(sorted(wanted)), of_period=False)
    return every


def _is_part_of_year(point: Point) -> bool:
    return not point.generic and point.grain in (Grain.MONTH, Grain.QUARTER, Grain.PART)


def _inside(every: Every, parts: Sequence[Point]) -> Every:
    """The recurrence inside the parts of the year that are named: "quý I, II, III: trước ngày 15 tháng cuối quý"."""
    kept = tuple(
        month for month in every.months if any((part.first or 1) <= month <= (part.last or 12) for part in parts)
    )
    return every._replace(months=kept) if kept else every


def _has_more_periods(clause: Clause, elements: Sequence[Element]) -> bool:
    """ "hằng quý, trước ngày 15/12": a day for one of four."""
    if not _are_days(elements) or any(point.first is None for point in points_of(elements)):
        return False
    months = {month for every in clause.every if not every.place for month in every.months}
    return len(elements) < len(months) and not clause.label


def _is_half_said(clause: Clause, elements: Sequence[Element]) -> bool:
    """ "6 tháng" by itself."""
    alone = len(elements) == 1 and not (clause.every or clause.periodic or clause.label)
    return alone and points_of(elements)[0].generic


def _is_length(every: Sequence[Every], elements: Sequence[Element]) -> bool:
    """Whether the elements say how long, not when: "hằng quý trong năm 2023", "hằng tháng, từ tháng 3 đến tháng 9"."""
    points = points_of(elements)
    if any(point.grain is Grain.WEEKDAY or (point.grain is Grain.DAY and point.first is None) for point in points):
        return False
    yearly = all(one.months == (12,) for one in every)
    return all(point.grain is Grain.YEAR for point in points) if yearly else not _are_days(elements)


def _are_days(elements: Sequence[Element]) -> bool:
    return any(not isinstance(element, Span) and element.grain in (Grain.DAY, Grain.FEAST) for element in elements)


def _within(every: Sequence[Every], elements: Sequence[Element], year: int, notes: Notes) -> list[date]:
    """The ends of the periods inside the window: those of the context year, or of the one year that is named."""
    points = points_of(elements)
    first, last = days_of(points[0], year)[0], days_of(points[-1], year)[1]
    if first.year == last.year:
        year = first.year
    return [day for one in every for day in _ends(one, year, notes) if first <= day <= last]


def _ends(every: Every, year: int, notes: Notes) -> Iterator[date]:
    if every.unclear:
        return
    if every.unit in ("day", "week"):
        day = date(year, 1, 1)
        while day.year == year:
            if every.unit == "day" or day.weekday() == 6:
                yield day
            day += timedelta(days=1)
        return
    for month in every.months:
        day = end_of_month(*_months_on(year, month, every.later))
        yield _CALENDAR.on_or_before(day) if every.working else day
    if every.working:
        notes.remark("Ngày làm việc tính theo lịch nghỉ chung.")


def _days_named(
    every: Sequence[Every], elements: Sequence[Element], dated: Dated, year: int, notes: Notes
) -> list[date]:
    points = points_of(elements)
    if any(point.grain is Grain.WEEKDAY for point in points):
        return _weekdays(every, elements, dated, year)
    if all(point.grain is Grain.DAY and point.first is None for point in points):
        months = sorted(
            {_months_on(year, m, one.later) for one in every if one.pinned and not one.unclear for m in one.months}
        )
        days = [_in_month(element, month, of_year, notes) for of_year, month in months for element in elements]
        return [_last_allowed(day, dated, year) for day in days]
    return [_last_allowed(element, dated, year) for element in elements]


def _weekdays(every: Sequence[Every], elements: Sequence[Element], dated: Dated, year: int) -> list[date]:
    if not any(one.unit == "week" for one in every):
        raise NoDateError("Nêu thứ trong tuần nhưng không nêu tuần nào.")
    ends = [element.end if isinstance(element, Span) else element for element in elements]
    shift = timedelta(days=1 if Bound.BEFORE in dated.bounds and not dated.hour else 0)
    days = []
    for end in ends:
        if end.weekday is None:
            raise NoDateError("Không đọc được thứ trong tuần.")
        first = date(year, 1, 1)
        day = first + timedelta(days=(end.weekday - first.weekday()) % 7)
        while day.year == year:
            days.append(day - shift)
            day += timedelta(days=7)
    return days


def _in_month(element: Element, month: int, year: int, notes: Notes) -> Point:
    point = element.end if isinstance(element, Span) else element
    day = point.day or 0
    if not 1 <= day <= 31:
        raise NoDateError(f"Không có ngày {day} trong tháng.")
    last = end_of_month(year, month).day
    if day > last and _MISSING_DAY not in notes.remarks:
        notes.remark(_MISSING_DAY)
    return point._replace(day=min(day, last), first=month, last=month, year=point.year or year)


def _months_on(year: int, month: int, later: int) -> tuple[int, int]:
    """Year and month so many months later."""
    years, at = divmod(month - 1 + later, 12)
    return year + years, at + 1


def _last_allowed(element: Element, dated: Dated, year: int) -> date:
    strict = Bound.BEFORE in dated.bounds or (isinstance(element, Span) and element.strict)
    first, last = days_of(element.end if isinstance(element, Span) else element, year)
    if strict:
        return first if dated.hour else first - timedelta(days=1)
    return last
