"""The one way in: a phrase and its context become a Deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from plan_lifecycle.domain.deadline import _exceptions as exceptions
from plan_lifecycle.domain.deadline._clause import Clause
from plan_lifecycle.domain.deadline._context import Context, Notes
from plan_lifecycle.domain.deadline._doubts import doubts
from plan_lifecycle.domain.deadline._gathering import gather
from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind
from plan_lifecycle.domain.deadline._parser import parse
from plan_lifecycle.domain.deadline._readings import read_clause, unknown
from plan_lifecycle.domain.deadline._spelling import spelled
from plan_lifecycle.domain.deadline._unwritten import ungarbled
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

LONGEST = 2000
_BY_SOMETHING = regex(r"\b(?:theo|căn cứ|khi|sau)\b")


def read_deadline(
    phrase: str,
    *,
    year: int,
    issued: date | None = None,
    received: date | None = None,
    plan_from: date | None = None,
    plan_to: date | None = None,
    reported: tuple[int, ...] = (),
) -> Deadline:
    """Read what ``phrase`` means in the context ``year`` (1900–2099); total: never raises on any text.

    ``issued`` is the plan's own date and ``received`` the day on which the unit got it (NĐ 30/2020, Phụ lục I, for
    how a date is written); ``plan_from`` and ``plan_to`` are the plan's first and last day; ``reported`` the months
    in which the periods end that are reported on (6 for a half-yearly report), for "tháng cuối kỳ báo cáo" and
    "tháng sau". What is no date comes back as ``event`` or ``unknown``, with the reason and ``needs_decision``; over
    2,000 characters nothing is read.
    """
    context = Context(phrase, year, issued, received, plan_from, plan_to, reported)
    if len(phrase) > LONGEST:
        return unknown(context, "Nội dung dài quá 2.000 ký tự; đề nghị nêu riêng thời hạn.")
    return _read(context)


@lru_cache(maxsize=4096)
def _read(context: Context) -> Deadline:
    garbled = ungarbled(normalise(context.phrase))
    text = spelled(garbled.text)
    whole = exceptions.parted(text)
    clauses = gather(parse(whole.rest))
    notes, weekdays = _take_back(clauses, whole)
    clauses += [clause for apart in whole.apart for clause in gather(parse(apart))]
    readings = _distinct([read_clause(clause, context) for clause in clauses])
    if not readings:
        return unknown(context, " ".join(garbled.questions)) if garbled.questions else _nothing_read(text, context)
    readings = _from_the_start(readings)
    reading = readings[0] if len(readings) == 1 else _compound(readings, context)
    for question in (*garbled.questions, *doubts(text, len(_named_days(readings)))):
        notes.decide(question)
    return _noted(reading, notes, weekdays)


def _from_the_start(readings: Sequence[Deadline]) -> list[Deadline]:
    """ "trước ngày 15 hằng tháng (bắt đầu từ tháng 3)": nothing is due before it begins."""
    opens = [one.opens for one in readings if one.kind is DeadlineKind.ONGOING and one.opens and not one.due]
    if len(opens) != 1:
        return [*readings]
    return [
        replace(one, due=tuple(day for day in one.due if day >= opens[0]))
        if one.kind is DeadlineKind.RECURRING
        else one
        for one in readings
    ]


def _named_days(readings: Sequence[Deadline]) -> set[date]:
    """The days of duties that come once, and where windows open."""
    once = [reading for reading in readings if reading.kind is not DeadlineKind.RECURRING or len(reading.due) < 4]
    return {day for reading in once for day in (*reading.due, reading.opens) if day}


def _take_back(clauses: Sequence[Clause], whole: exceptions.Parted) -> tuple[Notes, frozenset[int]]:
    """Take the exceptions out of the recurrences; the weekdays are those to leave out of what is read."""
    notes = Notes()
    weekdays: frozenset[int] = frozenset()
    for text in whole.excluded:
        excluded = gather(parse(text))
        of_week = exceptions.weekdays_excluded(excluded)
        weekdays |= of_week
        months = exceptions.months_excluded(excluded)
        if not (exceptions.leave_out(clauses, months) or of_week or exceptions.is_about_rest_days(text)):
            notes.decide("Chưa rõ phần được trừ ra (“trừ …”); đề nghị xác định ngày áp dụng.")
    for text in whole.apart:
        months = exceptions.months_set_apart(gather(parse(text)))
        if not months and exceptions.names_somebody(text):
            notes.decide("Có thời hạn riêng cho một số đơn vị (“riêng …”); đề nghị xác định ngày áp dụng.")
        elif not exceptions.leave_out(clauses, months):
            notes.decide("Chưa rõ thời hạn riêng (“riêng …”) thay cho kỳ nào; đề nghị xác định.")
    if whole.cut_off:
        notes.remark("Ngày chốt số liệu không phải là thời hạn gửi.")
    return notes, weekdays


def _noted(reading: Deadline, notes: Notes, weekdays: frozenset[int]) -> Deadline:
    due = tuple(day for day in reading.due if day.weekday() not in weekdays)
    warnings = (*reading.warnings, *(remark for remark in notes.remarks if remark not in reading.warnings))
    return replace(reading, due=due, warnings=warnings, needs_decision=reading.needs_decision or notes.undecided)


def _distinct(readings: Sequence[Deadline]) -> list[Deadline]:
    distinct: list[Deadline] = []
    for reading in readings:
        if reading not in distinct:
            distinct.append(reading)
    return distinct


def _compound(parts: Sequence[Deadline], context: Context) -> Deadline:
    notes = Notes([], any(part.needs_decision for part in parts))
    for warning in dict.fromkeys(warning for part in parts for warning in part.warnings):
        notes.remark(warning)
    due = tuple(day for part in parts for day in part.due)
    hours = {part.due_at for part in parts if part.due}
    union = notes.reading(context, DeadlineKind.COMPOUND, due, due_at=hours.pop() if len(hours) == 1 else None)
    return Deadline(
        union.phrase, union.kind, union.due, None, union.due_at, union.needs_decision, union.warnings, tuple(parts)
    )


def _nothing_read(text: str, context: Context) -> Deadline:
    if _BY_SOMETHING.search(text):
        notes = Notes()
        notes.decide("Thời hạn theo sự kiện hoặc văn bản khác, không nêu ngày; đề nghị xác định ngày cụ thể.")
        return notes.reading(context, DeadlineKind.EVENT)
    return unknown(context, "Không nhận ra thời hạn; đề nghị xác định ngày cụ thể." if text else "Không nêu thời hạn.")
