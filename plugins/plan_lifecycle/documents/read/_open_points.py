"""What a person must decide before the plan can be carried out: named, placed, and never guessed.

A point's key comes from what it is about, not from where it stands, so that a decision once taken is found again
when the plan is read again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from plan_lifecycle.documents.read._all_tables import Tables
from plan_lifecycle.documents.read._head import Head
from plan_lifecycle.documents.read._pictures import Lost
from plan_lifecycle.domain.audience import read_audience
from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.decision import order_key, point_key
from plan_lifecycle.domain.plan import Activity, DutyItem, OpenPoint, ReportingDuty
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_HALF_YEARLY = frozenset({DutyItem.REPORT, DutyItem.REPORT_H1, DutyItem.REPORT_YEAR})
_FORMS = {
    "number": "Văn bản chưa có số, ký hiệu; đề nghị cho biết số, ký hiệu đã ban hành hoặc xác nhận đây là dự thảo.",
    "issued_on": "Chưa đọc được ngày ban hành; đề nghị cho biết ngày, tháng, năm ban hành.",
    "issuer": "Chưa đọc được cơ quan ban hành; đề nghị cho biết cơ quan ban hành.",
    "activities": "Không đọc được bảng phân công nhiệm vụ hoặc nhiệm vụ ghi đơn vị chủ trì, thời gian thực hiện; "
    "đề nghị xác định nhiệm vụ giao cho từng đơn vị.",
    "lead": "Nhiệm vụ chưa ghi đơn vị chủ trì; đề nghị xác định đơn vị chủ trì.",
    "unsure": "Ô trong bảng ghi chung nhiều vai trò nhưng không nêu rõ đơn vị nào chủ trì; đề nghị xác định đơn vị "
    "chủ trì.",
    "deadline": "Nhiệm vụ chưa ghi thời gian thực hiện; đề nghị xác định thời hạn.",
    "duty_deadline": "Chưa đọc được thời hạn phải gửi; đề nghị xác định thời hạn.",
    "undated": "Thời hạn ghi trong kế hoạch không phải là ngày cụ thể; đề nghị xác định ngày phải hoàn thành.",
    "audience": "Đề nghị xác định danh sách đơn vị thực hiện.",
    "nobody": "Câu văn chưa ghi đơn vị phải thực hiện; đề nghị xác định đơn vị.",
    "quota": "Chỉ tiêu định kỳ nêu trong lời văn; đề nghị xác định đơn vị phải đạt và cách kiểm đếm.",
}


_LOST = {
    Lost.PICTURE: "Có hình ảnh lớn; nội dung trong ảnh (như bảng quét) chưa đọc được, đề nghị kiểm tra.",
    Lost.OBJECT: "Có đối tượng nhúng (như bảng tính Excel); nội dung chưa đọc được, đề nghị kiểm tra.",
    Lost.CHUNK: "Có tệp nhúng (altChunk); nội dung chưa đọc được, đề nghị mở bằng Word, lưu lại và kiểm tra.",
}


TWO_TIERS = date(2025, 7, 1)
"""Since then a province has communes directly below it (Luật 72/2025/QH15), so "địa phương" is clear."""
_LOCALITIES = regex(r"(?<!đơn vị, )(?<!đơn vị và )(?:\bcác )?\bđịa phương\b(?! liên quan)", re.I)
_COMMUNES = "UBND các xã"


def point(field: str, phrase: str, reason: str, source: str, about: str = "") -> OpenPoint:
    """A point with its key: the field and a hash of the phrase and of what it is about."""
    return OpenPoint(point_key(field, phrase, about), field, phrase, reason, source)


def numbered(points: Iterable[OpenPoint], tasks: Container[str] = ()) -> tuple[OpenPoint, ...]:
    """Keys made unique: two rows that read the same get -2, -3 …; what is asked of several places is asked once.

    ``tasks`` are the places of tasks: their days, and quotas, are alike where they are worded alike. A report's day is
    asked of each who owes it.
    """
    counts: Counter[str] = Counter()
    asked: dict[tuple[str, ...], OpenPoint] = {}
    for one in points:
        counts[one.point] += 1
        times = counts[one.point]
        single = one if times == 1 else replace(one, point=f"{one.point}-{times}")
        alike = one.phrase and (one.field == "targets" or (one.field == "deadline" and one.source in tasks))
        key = (one.field, normalise(one.phrase), one.reason) if alike else (single.point,)
        asked[key] = _together(asked[key], single) if key in asked else single
    return tuple(asked.values())


def _together(first: OpenPoint, other: OpenPoint) -> OpenPoint:
    places = dict.fromkeys([*first.source.split("; "), other.source])
    return replace(first, source="; ".join(places), also=(*first.also, other.point))


def of_head(head: Head) -> Iterator[OpenPoint]:
    """What the head leaves open."""
    if head.number is None:
        yield point("number", head.symbol or "", _FORMS["number"], "Phần đầu văn bản")
    if head.issued_on is None:
        yield point("issued_on", head.date_phrase or "", _FORMS["issued_on"], "Phần đầu văn bản")
    if head.issuer is None:
        yield point("issuer", "", _FORMS["issuer"], "Phần đầu văn bản")


def of_activities(
    activities: Iterable[Activity],
    *,
    wants_lead: bool,
    wants_deadline: bool,
    unsure: Container[str] = (),
    two_tiers: bool = False,
) -> Iterator[OpenPoint]:
    """What the activities leave open; a plan whose tables have no such column does not miss it.

    ``unsure`` are the sources of those whose cell names several agencies and not which of them leads.
    """
    found = False
    for activity in activities:
        found = True
        if not activity.lead and wants_lead:
            yield point("lead", "", _FORMS["lead"], activity.source, activity.content)
        elif activity.lead and activity.source in unsure:
            yield point("lead", activity.lead, _FORMS["unsure"], activity.source, activity.content)
        elif activity.lead:
            yield from _unclear("lead", activity.lead, activity.source, activity.content, two_tiers)
        if activity.deadline is None and wants_deadline:
            yield point("deadline", "", _FORMS["deadline"], activity.source, activity.content)
        elif activity.deadline is not None and activity.deadline.needs_decision:
            yield _undated(activity.deadline, activity.source, activity.content)
    if not found:
        yield point("activities", "", _FORMS["activities"], "Toàn văn bản")


def of_tables(tables: Tables) -> Iterator[OpenPoint]:
    """What the tables leave open: columns that only their cells tell, and tables that were not read."""
    for one in tables.tasks:
        for heading, meaning in one.table.said:
            reason = f"Cột “{heading}” được đọc là {meaning} theo nội dung các ô; đề nghị kiểm tra."
            yield point("activities", heading, reason, one.place, meaning)
    for other in tables.unread:
        if other.lost is not None:
            yield point("activities", "", _LOST[other.lost], other.place, other.lost)
            continue
        reason = "Bảng này chưa được đọc là bảng nhiệm vụ hay bảng báo cáo; đề nghị kiểm tra nội dung phải thực hiện."
        yield point("activities", other.headings, reason, other.place)


def of_duties(
    duties: Iterable[ReportingDuty],
    *,
    two_tiers: bool = False,
    second: Mapping[tuple[str, str], ReportingDuty] = MappingProxyType({}),
) -> Iterator[OpenPoint]:
    """What the duties leave open. ``second`` are plans that units owe besides another, by audience and clause."""
    asked: set[tuple[str, str]] = set()
    for duty in duties:
        if (duty.audience, duty.clause) not in asked:  # once for all the reports that a sentence asks for
            asked.add((duty.audience, duty.clause))
            first = second.get((duty.audience, duty.clause)) if duty.item is DutyItem.SUB_PLAN else None
            if first is not None:
                yield point("audience", duty.audience, _besides(duty, first), duty.source, duty.clause)
            elif duty.audience:
                yield from _unclear("audience", duty.audience, duty.source, duty.clause, two_tiers)
            else:
                yield point("audience", "", _FORMS["nobody"], duty.source, duty.clause)
        if duty.deadline is None:
            yield point("deadline", "", _FORMS["duty_deadline"], duty.source, duty.clause + duty.item)
        elif duty.deadline.needs_decision:
            yield _undated(duty.deadline, duty.source, duty.clause + duty.item)


def _besides(duty: ReportingDuty, first: ReportingDuty) -> str:
    """Two plans of one unit: one of them can be followed, and a person says for whom it is this one."""
    mine, firsts = (f" ({one.deadline.phrase})" if one.deadline else "" for one in (duty, first))
    return (
        f"Câu này yêu cầu thêm một kế hoạch theo chuyên đề{mine}, ngoài kế hoạch nêu tại {first.source}{firsts}. "
        f"Mỗi đơn vị được theo dõi một kế hoạch, hiện là kế hoạch nêu tại {first.source}; đề nghị xác định đơn vị được "
        "theo dõi kế hoạch theo câu này thay cho kế hoạch đó."
    )


def no_duties(tasks: int) -> OpenPoint:
    """A plan in which nothing was found that anybody must hand in: said, never passed over."""
    reason = (
        f"Đọc được {tasks} nhiệm vụ, không thấy nội dung phải gửi (kế hoạch của đơn vị, báo cáo); đề nghị xác định đơn "
        "vị nào phải gửi gì, trước ngày nào."
    )
    return point("reporting", "", reason, "Toàn văn bản")


def unread(sentence: str, when: str, source: str) -> OpenPoint:
    """A sentence that has something sent by a day and names no plan or report that could be told."""
    reason = "Câu này nêu ngày nhưng chưa rõ ai phải gửi kế hoạch, báo cáo nào; đề nghị xác định."
    return point("reporting", when, reason, source, sentence)


def of_quota(sentence: str, phrase: str, source: str) -> OpenPoint:
    """A count per month or week that a sentence asks for without saying of whom."""
    return point("targets", phrase, _FORMS["quota"], source, sentence)


def of_order(duties: Iterable[ReportingDuty]) -> Iterator[OpenPoint]:
    """An aggregator that is due before those who feed it: an error of the plan that a person must settle."""
    reports = [
        duty
        for duty in duties
        if duty.item is not DutyItem.SUB_PLAN and duty.deadline is not None and duty.deadline.due
    ]
    for feeder in reports:
        receiver = normalise(feeder.receiving_office or feeder.addressee or "")
        for above in reports:
            if (
                above is not feeder
                and receiver
                and receiver in normalise(above.audience)
                and _comes_first(above, feeder)
            ):
                yield _contradiction(above, feeder)


def _comes_first(above: ReportingDuty, feeder: ReportingDuty) -> bool:
    """Whether a report on the same period is due above before it is due below."""
    if above.item != feeder.item and DutyItem.REPORT not in (above.item, feeder.item):
        return False
    halves = above.item in _HALF_YEARLY
    upper, lower = _by_period(above, halves), _by_period(feeder, halves)
    return any(upper[period] < lower[period] for period in upper.keys() & lower.keys())


def _by_period(duty: ReportingDuty, halves: bool) -> dict[tuple[int, int], date]:
    """The days due, by year and half-year (a report on the first half comes in by August), else by month."""
    due = duty.deadline.due if duty.deadline else ()
    return {(day.year, day.month > 8 if halves else day.month): day for day in due}


def _contradiction(above: ReportingDuty, feeder: ReportingDuty) -> OpenPoint:
    mine, theirs = (duty.deadline.phrase if duty.deadline else "" for duty in (above, feeder))
    reason = (
        f"{above.audience} phải báo cáo ({mine}) trước khi nhận đủ báo cáo của {feeder.audience} ({theirs}); "
        "đề nghị xác định lại thời hạn."
    )
    phrase, about = order_key(above, feeder)
    return point("deadline", phrase, reason, above.source, about)


def _undated(deadline: Deadline, source: str, about: str) -> OpenPoint:
    reason = " ".join(deadline.warnings) or _FORMS["undated"]
    return point("deadline", deadline.phrase, reason, source, about)


@lru_cache(maxsize=1024)
def _reasons(phrase: str) -> tuple[str, ...]:
    return read_audience(phrase).reasons


def _unclear(field: str, phrase: str, source: str, about: str, two_tiers: bool) -> Iterator[OpenPoint]:
    """Who is meant, where the phrase leaves it open: "các sở, ngành liên quan"."""
    reasons = _reasons(_LOCALITIES.sub(_COMMUNES, phrase) if two_tiers else phrase)
    if reasons:
        yield point(field, phrase, f"{' '.join(reasons)} {_FORMS['audience']}", source, about)
