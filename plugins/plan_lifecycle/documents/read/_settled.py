"""One time for one duty: what the plan says of it in several places is held against each other.

A movement asks everybody for a plan "trong Quý I/2026" and, three pages on, for the same plan "trước ngày 15/3/2026".
The narrower one is meant, and the duty says so; of two that are equally narrow a person must choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from plan_lifecycle.documents.read._when import specificity
from plan_lifecycle.domain.audience import read_audience
from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.plan import DutyItem, ReportingDuty
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_TOPICS = ("tuyên truyền", "kiểm tra", "thi đua", "đào tạo", "bồi dưỡng", "chuyển đổi số", "rà soát", "khảo sát")
_QUARTER = regex(r"\bquý\s+(?:iv|i{1,3}|[1-4])\b|\b0?9 tháng\b")
_MOST = 40
_SINGLE = regex(r"tổng kết|sơ kết|giữa kỳ|đột xuất|chuyên đề")  # reports beside the periodic ones
_NAMED_AFTER = regex(r"\bkế hoạch\b([^.;:()]{0,60})")


def settled(duties: Sequence[ReportingDuty], also: Sequence[Sequence[Deadline]], about: str) -> list[ReportingDuty]:
    """The duties, each with the one time that holds for it.

    ``also`` are the other times that were said of each; ``about`` is what the plan itself is about.
    """
    made = [_narrowest(duty, [(time, duty.source) for time in times]) for duty, times in zip(duties, also, strict=True)]
    voices = _voices(made)
    return [
        _narrowest(
            duty,
            [
                (one.deadline, one.source)
                for one in voices.get(duty.item, ())
                if one.deadline and _same(duty, one, about)
            ],
        )
        for duty in made
    ]


def beside(duties: Sequence[ReportingDuty], about: str) -> list[tuple[ReportingDuty, ReportingDuty]]:
    """The plans on a topic of their own that units owe besides another: each with the one that goes before it.

    What is asked for without a topic, or else first, goes before; ``about`` is what the plan itself is about.
    """
    plans = [duty for duty in duties if duty.item is DutyItem.SUB_PLAN]
    before: list[ReportingDuty] = []
    found = []
    for duty in sorted(plans, key=lambda plan: bool(_topics(plan.clause, about))):
        topics = _topics(duty.clause, about)
        rivals = [one for one in before if _overlap(one.audience, duty.audience)]
        if rivals and all(_topics(one.clause, about) != topics for one in rivals):
            found.append((duty, rivals[0]))
        else:
            before.append(duty)
    return found


def main_first(duties: Sequence[ReportingDuty], about: str) -> list[ReportingDuty]:
    """The duties in their order, those on a topic of their own behind the ones that go before them."""
    later = {id(duty) for duty, _ in beside(duties, about)}
    return sorted(duties, key=lambda duty: id(duty) in later)


def _voices(duties: Sequence[ReportingDuty]) -> dict[DutyItem, list[ReportingDuty]]:
    """Of each paper the duties that name a time, each wording once; no plan names as many as are kept."""
    found: dict[DutyItem, dict[tuple[str, str], ReportingDuty]] = {}
    for duty in duties:
        if duty.deadline is not None:
            found.setdefault(duty.item, {}).setdefault((duty.audience, duty.deadline.phrase), duty)
    return {item: list(voices.values())[:_MOST] for item, voices in found.items()}


def _narrowest(duty: ReportingDuty, others: Sequence[tuple[Deadline, str]]) -> ReportingDuty:
    """The duty with the narrowest of its times, and a warning that names the others."""
    own = duty.deadline
    different = [(time, source) for time, source in others if time.due and (own is None or time.due != own.due)]
    if not different or (own is not None and duty.item not in (DutyItem.SUB_PLAN, DutyItem.REPORT) and not own.due):
        return duty if own is not None or not different else _taken(duty, *different[0])
    if own is None:
        return _taken(duty, *different[0])
    # a day of the year is narrower than a month, a month than a quarter; of two equally narrow ones a person chooses
    best, where = max(different, key=lambda pair: specificity(pair[0].phrase))
    mine, theirs = specificity(own.phrase), specificity(best.phrase)
    if theirs > mine or (not own.due and not own.needs_decision):
        warning = f"Kế hoạch nêu cả “{own.phrase}” ({duty.source}); lấy thời hạn cụ thể hơn “{best.phrase}” ({where})."
        return replace(duty, deadline=replace(best, warnings=(*best.warnings, warning)))
    told = f"Kế hoạch nêu cả “{best.phrase}” ({where})"
    if mine > theirs:
        warning = f"{told}; lấy thời hạn cụ thể hơn “{own.phrase}”."
        return replace(duty, deadline=replace(own, warnings=(*own.warnings, warning)))
    warning = f"{told} cho cùng nội dung này; đề nghị xác định thời hạn."
    return replace(duty, deadline=replace(own, needs_decision=True, warnings=(*own.warnings, warning)))


def _taken(duty: ReportingDuty, time: Deadline, where: str) -> ReportingDuty:
    return replace(duty, deadline=replace(time, warnings=(*time.warnings, f"Thời hạn nêu tại {where}.")))


def _same(duty: ReportingDuty, other: ReportingDuty, about: str) -> bool:
    """Whether two duties are one: the same paper, of people who overlap, towards the same body."""
    if duty is other or duty.item is not other.item or duty.item is DutyItem.REPORT:
        return False
    towards = [{normalise(name) for name in (one.addressee, one.receiving_office) if name} for one in (duty, other)]
    if towards[0] and towards[1] and not towards[0] & towards[1]:
        return False
    if duty.item is DutyItem.SUB_PLAN and _topics(duty.clause, about) != _topics(other.clause, about):
        return False
    quarters = [set(_QUARTER.findall(normalise(one.deadline.phrase))) for one in (duty, other) if one.deadline]
    if len(quarters) == 2 and all(quarters) and not quarters[0] & quarters[1]:
        return False
    clauses = normalise(duty.clause), normalise(other.clause)
    if duty.item is not DutyItem.SUB_PLAN and any(map(_SINGLE.search, clauses)):
        return False
    return _overlap(duty.audience, other.audience)


def _topics(clause: str, about: str) -> frozenset[str]:
    """What a plan that is asked for is about, beyond what the plan that asks is about."""
    form, own = normalise(clause), normalise(about)
    names = " ".join(_NAMED_AFTER.findall(form[:2_000]))
    return frozenset(topic for topic in _TOPICS if topic in names and topic not in own)


def _overlap(one: str, other: str) -> bool:
    if normalise(one) == normalise(other):
        return True
    mine, theirs = _meant(one), _meant(other)
    everybody, groups = ("all", None), [{name for _, name in meant} for meant in (mine, theirs)]
    return bool(mine & theirs) or (everybody in mine | theirs and all(None in names for names in groups))


@lru_cache(maxsize=1024)
def _meant(phrase: str) -> frozenset[tuple[str, str | None]]:
    mentions = read_audience(phrase).mentions if phrase else ()
    return frozenset((str(mention.audience), normalise(mention.name) if mention.name else None) for mention in mentions)
