"""Deadlines that count from something: "trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.deadline._context import Context, Notes
from plan_lifecycle.domain.deadline._expressions import Bound, Count, Dated
from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind
from plan_lifecycle.domain.deadline._points import Grain, NoDateError, Span, completed, days_of, end_of_month
from plan_lifecycle.domain.regex import regex

_PAPERS = "kế hoạch văn bản công quyết định chỉ thị thông báo chương trình này trên"
_ACTS = "ngày khi lúc thời điểm được có đã nhận tiếp ký ban hành phát hiệu lực thi"
_OF_THE_PLAN = frozenset(f"{_PAPERS} {_ACTS}".split())
_ISSUING = regex(r"\b(?:ký|ban hành|phát hành|hiệu lực)\b")
_RECEIVING = regex(r"\b(?:nhận)\b")
_CALENDAR = WorkingCalendar()
_WORKING = "Ngày làm việc tính theo lịch nghỉ chung, chưa tính ngày làm bù, hoán đổi do đơn vị tự quy định."


def read(count: Count, restated: Dated | None, context: Context, notes: Notes) -> Deadline:
    """The reading of a lapse; a date in brackets settles it and is compared with the count. Raises NoDateError."""
    if count.unit == "working day":
        notes.remark(_WORKING)
    base = _base(count, context, notes, ask=restated is None)
    if restated:
        return _settled(count, restated, base, context, notes)
    if base is None:
        return notes.reading(context, DeadlineKind.RELATIVE)
    return notes.reading(context, DeadlineKind.RELATIVE, (_counted(count, base),))


def _settled(count: Count, restated: Dated, base: date | None, context: Context, notes: Notes) -> Deadline:
    (element,) = completed(restated.elements)[:1]
    end = element.end if isinstance(element, Span) else element
    last = days_of(end, context.year)[1]
    if Bound.BEFORE in restated.bounds:
        last -= timedelta(days=1)
    opens = days_of(element.start, context.year)[0] if isinstance(element, Span) and element.start else None
    if base is None and opens is None and count.anchor and Bound.THAT_IS not in restated.bounds:
        notes.decide("Ngày trong ngoặc có thể là mốc bắt đầu tính hoặc ngày cuối; đề nghị xác nhận.")
    expected = _lapse_from(count, opens) if opens else _counted(count, base) if base else last
    if expected != last:
        notes.decide("Ngày trong ngoặc không khớp với số ngày đã nêu; đề nghị xác nhận.")
    kind = DeadlineKind.WINDOW if opens else DeadlineKind.BY
    return notes.reading(context, kind, (last,), opens=opens, due_at=restated.hour)


def _lapse_from(count: Count, opens: date) -> date:
    """The last day of a window of that length, its first day counted."""
    if count.unit == "working day":
        return _CALENDAR.shift(opens - timedelta(days=1), count.number)
    return _counted(count._replace(direction=1), opens) - timedelta(days=1)


def _base(count: Count, context: Context, notes: Notes, *, ask: bool) -> date | None:
    """The day to count from; None, with the reason noted, where the plan does not tell it."""
    stated = _stated_day(count.anchor, context)
    if stated:
        return stated
    base: date | None = None
    if _is_the_plan(count.anchor):
        first, second = context.received, context.issued
        if _ISSUING.search(count.anchor) and not _RECEIVING.search(count.anchor):
            first, second = second, first
        base = first or second
        reason = "Chưa có ngày nhận hoặc ngày ban hành để tính thời hạn."
    elif count.anchor or count.direction < 0:
        reason = "Thời hạn tính theo một mốc khác, chưa rõ ngày; đề nghị xác định ngày cụ thể."
    else:
        base = context.received or context.issued
        reason = "Không nêu mốc bắt đầu tính thời hạn; đề nghị xác nhận."
    if ask and (base is None or not count.anchor):
        notes.decide(reason)
    if ask and base and count.unit == "hour":
        notes.decide("Thời hạn tính theo giờ, chưa rõ giờ bắt đầu; đề nghị xác nhận.")
    return base


def _stated_day(anchor: str, context: Context) -> date | None:
    if not any(character.isdigit() for character in anchor):
        return None
    from plan_lifecycle.domain.deadline._parser import parse

    for item in parse(anchor):
        if isinstance(item, Dated) and len(item.elements) == 1:
            (element,) = completed(item.elements)
            if not isinstance(element, Span) and element.grain is Grain.DAY:
                return days_of(element, context.year)[0]
    return None


def _is_the_plan(anchor: str) -> bool:
    words = re.split(r" (?:của|từ|do)\b", anchor)[0].split()
    return bool(words) and set(words) <= _OF_THE_PLAN and bool(_ISSUING.search(anchor) or _RECEIVING.search(anchor))


def _counted(count: Count, base: date) -> date:
    number = count.number * count.direction
    try:
        if count.unit == "working day":
            return _CALENDAR.shift(base, number)
        if count.unit in ("month", "year"):
            return _months_later(base, number * (12 if count.unit == "year" else 1))
        days = {"week": 7 * number, "hour": -(-number // 24)}.get(count.unit, number)
        return base + timedelta(days=days)
    except (ValueError, OverflowError):
        raise NoDateError("Thời hạn vượt ra ngoài lịch.") from None


def _months_later(base: date, months: int) -> date:
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    last = end_of_month(year, month + 1)
    return last.replace(day=min(base.day, last.day))
