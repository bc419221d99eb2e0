"""What one clause means: the rules of administrative usage, applied to the expressions that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from plan_lifecycle.domain.deadline import _recurrence as recurrence
from plan_lifecycle.domain.deadline import _relative as relative
from plan_lifecycle.domain.deadline._clause import Clause
from plan_lifecycle.domain.deadline._context import Context, Notes
from plan_lifecycle.domain.deadline._expressions import Bound, Dated, Sign, Since
from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind
from plan_lifecycle.domain.deadline._points import (
    Element,
    Grain,
    NoDateError,
    Span,
    completed,
    days_of,
    in_year,
    points_of,
)
from plan_lifecycle.domain.writing import short_date

_INCLUSIVE = {Bound.LATEST, Bound.UNTIL, Bound.DURING, Bound.DONE}
_DAYS = {DeadlineKind.BEFORE, DeadlineKind.BY}
_FAR = 5
"""Years after the plan's own beyond which a day inside a year is taken for a slip of the keys."""
_SINGLE = {DeadlineKind.BEFORE, DeadlineKind.BY, DeadlineKind.WINDOW, DeadlineKind.RELATIVE, DeadlineKind.RECURRING}


def read_clause(clause: Clause, context: Context) -> Deadline:
    """The reading of one clause; ``unknown`` with the reason where it names a day that does not exist."""
    notes = Notes()
    try:
        reading = _read(clause, context, notes)
    except NoDateError as error:
        return unknown(context, str(error))
    return _not_before_plan(reading, context)


def unknown(context: Context, reason: str) -> Deadline:
    """A phrase that goes to a person."""
    notes = Notes()
    notes.decide(reason)
    return notes.reading(context, DeadlineKind.UNKNOWN)


def _read(clause: Clause, context: Context, notes: Notes) -> Deadline:
    if clause.sign is Sign.UNDATABLE:
        return unknown(context, "Mốc theo âm lịch, năm học hoặc nhiệm kỳ; đề nghị xác định ngày dương lịch cụ thể.")
    if clause.sign:
        notes.decide("Thời hạn theo sự kiện hoặc văn bản khác, không nêu ngày; đề nghị xác định ngày cụ thể.")
        return notes.reading(context, DeadlineKind.EVENT)
    if clause.count:
        return relative.read(clause.count, clause.restated, context, notes)
    if clause.since:
        return _read_since(clause, clause.since, context, notes)
    if clause.ongoing or (clause.onwards and clause.elements):
        return _read_ongoing(clause, context, notes)
    if not clause.dated or not clause.elements:
        return recurrence.read(clause, context, notes)
    return _read_dated(clause, clause.dated, context, notes)


def _read_dated(clause: Clause, dated: Dated, context: Context, notes: Notes) -> Deadline:
    elements = _narrowed(completed(_with_label(clause, dated)))
    _note_bounds(dated, notes)
    if not clause.every and not clause.periodic and len(_years(clause.label)) > 1 and not _years(elements):
        notes.decide("Thời hạn nêu giai đoạn nhiều năm, không nêu năm của ngày; đề nghị xác định.")
    if recurrence.recurs(clause, elements):
        return recurrence.read(clause, context, notes, elements)
    if Bound.EARLY in dated.bounds or {Bound.LATE, Bound.BEFORE} <= dated.bounds:
        return unknown(context, "Thời hạn chỉ nêu khoảng thời gian, không nêu ngày; đề nghị xác định ngày cụ thể.")
    opens, last = limits(elements[0], dated, context, notes)
    if Bound.AFTER in dated.bounds:
        notes.decide("Thời hạn chỉ nêu ngày bắt đầu (“sau ngày”); đề nghị xác định ngày cuối.")
        return notes.reading(context, DeadlineKind.ONGOING, opens=last + timedelta(days=1))
    kind = _kind(elements[0], dated)
    reading = notes.reading(context, kind, (last,), opens=opens if kind is DeadlineKind.WINDOW else None)
    return _checked(clause, dated, reading, context, notes)


def _with_label(clause: Clause, dated: Dated) -> tuple[Element, ...]:
    """The date takes from the period that it belongs to what it leaves unsaid: the year, or the month."""
    if not clause.label:
        return dated.elements
    label = completed(clause.label)
    points = points_of(label)
    years = _years(label)
    elements = in_year(dated.elements, years.pop() if len(years) == 1 else None)
    days = [element for element in elements if not isinstance(element, Span)]
    if len(days) == len(elements) and all(day.grain is Grain.DAY and day.first is None for day in days):
        months = [point.first for point in points if point.grain is Grain.MONTH]
        return tuple(day._replace(first=month, last=month) for month in months for day in days) or elements
    return elements


def _narrowed(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """ "năm 2023, quý III" is the quarter of that year, and not two duties."""
    wide, *narrow = elements
    if isinstance(wide, Span) or wide.grain is not Grain.YEAR or not narrow or not wide.year:
        return elements
    points = points_of(narrow)
    if any(point.grain is Grain.YEAR or point.generic or point.year != wide.year for point in points):
        return elements
    return tuple(narrow)


def _years(elements: Sequence[Element]) -> set[int]:
    return {point.year for point in points_of(elements) if point.year}


def _note_bounds(dated: Dated, notes: Notes) -> None:
    if {Bound.BEFORE, Bound.LATEST} <= dated.bounds:
        notes.decide("“Chậm nhất” và “trước” trái nhau; lấy ngày chặt hơn, đề nghị xác nhận.")
    if Bound.TENTATIVE in dated.bounds:
        notes.decide("Thời hạn mới là dự kiến; đề nghị xác nhận.")
    if Bound.LATE in dated.bounds:
        notes.decide("“Cuối” kỳ không nêu ngày; lấy ngày cuối cùng của kỳ, đề nghị xác nhận.")
    if dated.alternatives:
        notes.decide("Thời hạn nêu nhiều khả năng; đề nghị xác định ngày áp dụng.")


def limits(element: Element, dated: Dated, context: Context, notes: Notes) -> tuple[date | None, date]:
    """First day and last day allowed of ``element`` under its bounds; "từ nay" opens with the plan.

    Raises NoDateError.
    """
    year = context.year
    strict = Bound.BEFORE in dated.bounds
    if not isinstance(element, Span):
        first, last = days_of(element, year)
        if not strict:
            return first, last
        return first, first if dated.hour else first - timedelta(days=1)
    first, last = days_of(element.end, year)
    if element.strict or strict:
        last = first - timedelta(days=1)
    opens = days_of(element.start, year)[0] if element.start else context.first_day
    if opens and element.start and last < opens:
        notes.decide("Ngày kết thúc trước ngày bắt đầu; đề nghị kiểm tra lại thời hạn.")
    return opens, last


def _kind(element: Element, dated: Dated) -> DeadlineKind:
    if isinstance(element, Span):
        return DeadlineKind.WINDOW
    if Bound.BEFORE in dated.bounds:
        return DeadlineKind.BEFORE
    if element.grain in (Grain.DAY, Grain.FEAST) or dated.bounds & (_INCLUSIVE | {Bound.LATE}):
        return DeadlineKind.BY
    return DeadlineKind.WINDOW


def _checked(clause: Clause, dated: Dated, reading: Deadline, context: Context, notes: Notes) -> Deadline:
    """The reading, with its weekday and the date in its bracket compared with it."""
    due = reading.due
    element = dated.elements[0]
    if clause.weekday and days_of(points_of([element])[0], context.year)[0].weekday() != clause.weekday.weekday:
        notes.decide("Thứ trong tuần không khớp với ngày; đề nghị kiểm tra lại.")
    if clause.restated:
        (stated,) = completed(clause.restated.elements)[:1]
        _, again = limits(stated, clause.restated, context, notes)
        if again != due[-1]:
            notes.decide("Ngày trong ngoặc không khớp với thời hạn; lấy ngày sớm hơn, đề nghị xác nhận.")
            due = (min(again, due[-1]),)
    return notes.reading(context, reading.kind, due, opens=reading.opens, due_at=dated.hour)


def _read_since(clause: Clause, since: Since, context: Context, notes: Notes) -> Deadline:
    opens = days_of(since.start, context.year)[0]
    if clause.until_event:
        notes.decide("Thời hạn kết thúc theo sự kiện, không nêu ngày; đề nghị xác định ngày cụ thể.")
        return notes.reading(context, DeadlineKind.EVENT, opens=opens)
    if clause.every or clause.periodic:
        recurring = recurrence.read(clause, context, notes)
        due = tuple(day for day in recurring.due if day >= opens)
        return notes.reading(context, DeadlineKind.RECURRING, due, opens=opens, due_at=recurring.due_at)
    if since.vague:
        notes.decide("Không nêu ngày kết thúc; đề nghị xác định ngày cụ thể.")
    due = (context.last_day,) if clause.ongoing and not clause.onwards else ()
    return notes.reading(context, DeadlineKind.ONGOING, due, opens=opens)


def _read_ongoing(clause: Clause, context: Context, notes: Notes) -> Deadline:
    if not clause.elements:
        due = () if clause.onwards else (context.last_day,)
        return notes.reading(context, DeadlineKind.ONGOING, due)
    dated = clause.dated or Dated()
    elements = completed(clause.elements)
    opens, last = limits(elements[-1], dated, context, notes)
    if len(elements) > 1:
        opens = limits(elements[0], dated, context, notes)[0]
    until = not isinstance(elements[0], Span) and Bound.UNTIL in dated.bounds
    due = () if clause.onwards else (last,)
    return notes.reading(context, DeadlineKind.ONGOING, due, opens=None if until else opens)


def _is_far(reading: Deadline, last: date, year: int) -> bool:
    """Whether the one day is a long time ahead, and not the end of that year."""
    return reading.kind in _DAYS and last.month < 12 and last.year > year + _FAR


def _not_before_plan(reading: Deadline, context: Context) -> Deadline:
    first = context.first_day
    if reading.kind not in _SINGLE or not reading.due:
        return reading
    last = reading.due[-1]
    notes = Notes([*reading.warnings], reading.needs_decision)
    if first and last < first:
        notes.decide(f"Thời hạn trước ngày của kế hoạch ({short_date(first)}); đề nghị kiểm tra lại.")
    elif last.year < context.year - 1 or _is_far(reading, last, context.year):
        notes.decide(f"Năm của thời hạn ({last.year}) xa năm của kế hoạch ({context.year}); đề nghị kiểm tra lại.")
    else:
        return reading
    return notes.reading(context, reading.kind, reading.due, opens=reading.opens, due_at=reading.due_at)
