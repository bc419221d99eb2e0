"""Versions of a plan: which earlier plan a paper amends, replaces or withdraws, and what is different in it.

Plan 50/KH-UBND of huyện Bắc Bình amends its plan 15/KH-UBND: what it names holds from now on, everything else
stays. Plan 61/KH-UBND replaces it: only what the new one says holds. A Decision may withdraw it altogether.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.plan import Activity, Plan, ReportingDuty, Section
from plan_lifecycle.domain.plan_check import likeness, same_reference
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise


class RelationKind(StrEnum):
    """What a paper does to an earlier plan: *sửa đổi, bổ sung*; *thay thế*; *thu hồi, bãi bỏ, hủy bỏ*."""

    AMENDS = "amends"
    REPLACES = "replaces"
    WITHDRAWS = "withdraws"


class Cited(NamedTuple):
    """An earlier plan as the paper names it: "15/kh-ubnd" (in normal form), and its day where it is told."""

    number: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What the paper does, and to which plan: the one it names, or else those among its legal bases.

    ``named``: the sentence itself has the number, so the plan must be known.
    """

    kind: RelationKind
    cited: tuple[Cited, ...]
    named: bool


class Change(NamedTuple):
    """A field that reads otherwise."""

    field: str
    before: str
    after: str


class Altered(NamedTuple):
    """A task or duty before and after; without one of the two it is new, or gone."""

    before: Activity | ReportingDuty | None
    after: Activity | ReportingDuty | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new version changes, in the order of the plans."""

    activities: tuple[Altered, ...]
    duties: tuple[Altered, ...]


_AMENDS = r"(?:sửa đổi|bổ sung|điều chỉnh|đính chính|gia hạn)"
_REPLACES = r"(?:thay thế|thay cho)"
_WITHDRAWS = r"(?:thu hồi|bãi bỏ|hủy bỏ|hủy|chấm dứt (?:hiệu lực|thực hiện|việc thực hiện)|dừng thực hiện)"
_PART = r"(?:(?:một số|các|những|toàn bộ)\s+)?(?:nội dung|nhiệm vụ|mục|điểm|khoản|phụ lục|thời hạn|thời gian|một phần)"
_PAPER = r"(?:kế hoạch|quyết định)"
_REFERENCE = regex(
    rf"{_PAPER}\s+số\s*:?\s*(?P<number>\d{{1,5}}[a-zđ]?\s*[/-]\s*(?:\d{{4}}\s*/\s*)?[a-zđ]+(?:[/-][a-zđ]+)*)"
    r"(?:\s*,?\s*ngày\s+(?P<day>\d{1,2})\s*(?:/|-|\.|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|\.|năm)\s*(?P<year>\d{4}))?"
)
_OPENING = (
    r"(?:(?:v/v|về việc|về|ban hành|kế hoạch|quyết định|điều \d+[.:]?|\d+[.)]|việc|nội dung|phê duyệt)\s*+[:.]?\s*+)*+"
)
_RULES = (
    (RelationKind.AMENDS, regex(rf"^{_OPENING}{_AMENDS}\b[^.;]{{0,120}}?\b{_PAPER}\b")),
    (
        RelationKind.AMENDS,
        regex(rf"^{_OPENING}(?:{_REPLACES}|{_WITHDRAWS})\s+{_PART}\b[^.;]{{0,120}}?\b{_PAPER}\b"),
    ),
    (RelationKind.WITHDRAWS, regex(rf"^{_OPENING}{_WITHDRAWS}\s+(?:toàn bộ\s+)?{_PAPER}\b")),
    (RelationKind.REPLACES, regex(rf"^{_OPENING}{_REPLACES}\s+(?:toàn bộ\s+)?{_PAPER}\b")),
)
_INSIDE = regex(
    rf"(?:\(|\b(?:{_PAPER}|văn bản) này\b[^.;]{{0,120}}?){_REPLACES}\s+(?:cho\s+)?(?:toàn bộ\s+)?{_PAPER}\s+số"
)


def relation(plan: Plan) -> Relation | None:
    """What the paper does to an earlier plan, by its abstract, else by a sentence of its own; None: it is a new one.

    A paper that withdraws a plan and asks for tasks of its own replaces it.
    """
    for text in (plan.abstract or "", *_sentences(plan.sections)):
        form = normalise(text)
        kind = _kind(form)
        if kind is None:
            continue
        cited = tuple(each for each in _cited(form) if not same_reference(each.number, plan.reference or ""))
        if not cited and text is not plan.abstract:
            continue
        if kind is RelationKind.WITHDRAWS and plan.activities:
            kind = RelationKind.REPLACES
        return Relation(kind, cited or tuple(_bases(plan)), named=bool(cited))
    return None


def _kind(form: str) -> RelationKind | None:
    found = next((kind for kind, rule in _RULES if rule.search(form)), None)
    return RelationKind.REPLACES if found is None and _INSIDE.search(form) else found


def _cited(form: str) -> Iterator[Cited]:
    for match in _REFERENCE.finditer(form):
        number = re.sub(r"\s", "", match["number"])
        try:
            day = date(*(int(match[part]) for part in ("year", "month", "day"))) if match["day"] else None
        except ValueError:
            day = None
        yield Cited(number, day)


def _bases(plan: Plan) -> Iterator[Cited]:
    for basis in plan.legal_bases:
        if basis.number and re.match(_PAPER, normalise(basis.text)):
            yield Cited(basis.number, basis.issued_on)


def _sentences(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield f"{section.ordinal} {section.title}"
        yield section.title
        for paragraph in section.text:
            yield from re.split(r"(?<=[.;])\s+|\n", paragraph)
        yield from _sentences(section.sections)


def difference(old: Plan, new: Plan, kind: RelationKind = RelationKind.REPLACES) -> Difference:
    """What ``new`` changes: an amendment changes only what it names, a withdrawal ends everything."""
    if kind is RelationKind.WITHDRAWS:
        gone = tuple(Altered(activity, None) for activity in old.activities)
        return Difference(gone, tuple(Altered(duty, None) for duty in old.reporting))
    after = amended(old, new) if kind is RelationKind.AMENDS else new
    tasks = _pairs(old.activities, after.activities)
    duties = _duty_pairs(old.reporting, after.reporting)
    return Difference(
        tuple(_altered(old.activities, after.activities, tasks)),
        tuple(_altered(old.reporting, after.reporting, duties)),
    )


def amended(base: Plan, amendment: Plan) -> Plan:
    """The plan as it holds after an amendment: what this names in its place, what it adds at the end.

    It keeps the number, date and subject of the plan that it amends: units carry out that plan still.
    """
    tasks = _pairs(base.activities, amendment.activities)
    duties = _duty_pairs(base.reporting, amendment.reporting)
    activities = [
        _filled(activity, amendment.activities[tasks[at]]) if at in tasks else activity
        for at, activity in enumerate(base.activities)
    ]
    reporting = [
        _filled_duty(duty, amendment.reporting[duties[at]]) if at in duties else duty
        for at, duty in enumerate(base.reporting)
    ]
    activities += [activity for at, activity in enumerate(amendment.activities) if at not in tasks.values()]
    reporting += [duty for at, duty in enumerate(amendment.reporting) if at not in duties.values()]
    return replace(
        base,
        activities=tuple(activities),
        reporting=tuple(reporting),
        open_points=(*base.open_points, *amendment.open_points),
    )


def _filled(old: Activity, new: Activity) -> Activity:
    """The task as the amendment words it; what that leaves out stays."""
    return replace(
        new,
        lead=new.lead or old.lead,
        support=new.support or old.support,
        monitor=new.monitor or old.monitor,
        deadline=new.deadline or old.deadline,
        product=new.product or old.product,
        budget=new.budget or old.budget,
        targets=new.targets or old.targets,
    )


def _filled_duty(old: ReportingDuty, new: ReportingDuty) -> ReportingDuty:
    return replace(
        new,
        audience=new.audience or old.audience,
        deadline=new.deadline or old.deadline,
        addressee=new.addressee or old.addressee,
        receiving_office=new.receiving_office or old.receiving_office,
    )


_Asked = TypeVar("_Asked", Activity, ReportingDuty)
_SAME_TASK = 0.5
_SAME_AUDIENCE = 0.5


def _pairs(old: Sequence[Activity], new: Sequence[Activity]) -> dict[int, int]:
    """Which task is which: the most alike first, each once."""
    table = likeness(old, new) if old and new else []
    scores = [(score, -i, -j) for i, row in enumerate(table) for j, score in enumerate(row) if score >= _SAME_TASK]
    return _once(scores)


def _duty_pairs(old: Sequence[ReportingDuty], new: Sequence[ReportingDuty]) -> dict[int, int]:
    """Which duty is which: the same item of the same people; an amendment that names nobody means who had it."""
    return _once(
        [
            (score, -i, -j)
            for i, before in enumerate(old)
            for j, after in enumerate(new)
            if before.item == after.item and (score := _same_people(before.audience, after.audience)) >= _SAME_AUDIENCE
        ]
    )


def _same_people(one: str, other: str) -> float:
    if not one or not other:
        return _SAME_AUDIENCE
    mine, theirs = (set(re.findall(r"\w+", normalise(each))) for each in (one, other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs))) if mine != theirs else 2.0


def _once(scores: list[tuple[float, int, int]]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scores, reverse=True):
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs


def _altered(old: Sequence[_Asked], new: Sequence[_Asked], pairs: dict[int, int]) -> Iterator[Altered]:
    for at, before in enumerate(old):
        if at not in pairs:
            yield Altered(before, None)
        elif changes := tuple(_changes(before, new[pairs[at]])):
            yield Altered(before, new[pairs[at]], changes)
    for at, after in enumerate(new):
        if at not in pairs.values():
            yield Altered(None, after)


_FIELDS = (
    *("content", "lead", "support", "monitor", "deadline", "product", "budget"),
    *("audience", "addressee", "receiving_office"),
)


def _changes(before: Activity | ReportingDuty, after: Activity | ReportingDuty) -> Iterator[Change]:
    for field in _FIELDS:
        one, other = getattr(before, field, ""), getattr(after, field, "")
        if _same(one, other):
            continue
        yield Change(field, _shown(one), _shown(other))


def _same(one: Deadline | str | None, other: Deadline | str | None) -> bool:
    if isinstance(one, Deadline) and isinstance(other, Deadline) and (one.due or other.due):
        return (one.due, one.due_at) == (other.due, other.due_at)
    return normalise(_shown(one)) == normalise(_shown(other))


def _shown(value: Deadline | str | None) -> str:
    return value.phrase if isinstance(value, Deadline) else value or ""
