"""What a person decided about a plan's open points, put where it applies.

The district's plan asks for something "khi có yêu cầu"; the coordinator decides 15/11/2023, and from then on every
reading of that plan has the day, with who decided it, when and why.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from plan_lifecycle.domain.deadline import Deadline, DeadlineKind
from plan_lifecycle.domain.plan import Activity, Decision, Plan, ReportingDuty
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import latest_on

BY_DAY = frozenset({"deadline"})
BY_UNITS = frozenset({"lead", "audience", "targets"})
"""The fields of points that a day, and those that a list of units, can settle; others are mended in the paper."""


def point_key(field: str, phrase: str, about: str) -> str:
    """A point's key, from what it is about and not from where it stands: it outlives a new reading of the plan."""
    content = f"{field}|{normalise(phrase)}|{normalise(about)}"
    return f"{field}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def plan_key(plan: Plan) -> str:
    """What a plan's decisions are kept under: issuer, number, symbol and year of issue, for numbers begin again."""
    year = plan.issued_on.year if plan.issued_on else ""
    return "|".join((normalise(plan.issuer or ""), plan.number or "", plan.symbol or "", str(year)))[:255]


def with_decisions(plan: Plan, decisions: Mapping[str, Decision]) -> Plan:
    """The plan with what was decided, by point: days and units in their places, the points marked as decided."""
    if not decisions:
        return plan
    decisions = _everywhere(plan, decisions)
    times: Counter[str] = Counter()
    return replace(
        plan,
        activities=tuple(
            _decided(activity, _found(_of_activity(activity, times), decisions)) for activity in plan.activities
        ),
        reporting=tuple(_decided(duty, _found(_of_duty(duty, plan, times), decisions)) for duty in plan.reporting),
        open_points=tuple(
            replace(open_point, decision=decisions.get(open_point.point)) for open_point in plan.open_points
        ),
    )


def _everywhere(plan: Plan, decisions: Mapping[str, Decision]) -> Mapping[str, Decision]:
    """The decisions with those of points that are asked once for several places, at each of these."""
    found = dict(decisions)
    for asked in plan.open_points:
        keys = (asked.point, *asked.also)
        decided = next((decisions[key] for key in keys if key in decisions), None)
        if decided is not None:
            found |= {key: decisions.get(key, decided) for key in keys}
    return found


def order_key(above: ReportingDuty, feeder: ReportingDuty) -> tuple[str, str]:
    """Phrase and what it is about, of the point that an aggregator is due before those who feed it."""
    phrase = " / ".join(duty.deadline.phrase if duty.deadline else "" for duty in (above, feeder))
    return phrase, above.clause + feeder.clause


def days_decided(decision: Decision) -> str:
    """The days in words: "chậm nhất ngày 15/11/2023"."""
    return latest_on(decision.due)


def _found(points: Iterator[str], decisions: Mapping[str, Decision]) -> tuple[Decision, ...]:
    return tuple(decisions[point] for point in points if point in decisions)


def _of_activity(activity: Activity, times: Counter[str]) -> Iterator[str]:
    phrase = activity.deadline.phrase if activity.deadline else ""
    for key in (point_key("lead", activity.lead, activity.content), point_key("deadline", phrase, activity.content)):
        yield _numbered(key, times)


def _of_duty(duty: ReportingDuty, plan: Plan, times: Counter[str]) -> Iterator[str]:
    """The sentence's audience is one point for all that it asks for; its days are a point each."""
    yield point_key("audience", duty.audience, duty.clause)
    phrase = duty.deadline.phrase if duty.deadline else ""
    yield _numbered(point_key("deadline", phrase, duty.clause + duty.item), times)
    for feeder in plan.reporting:
        if feeder is not duty:
            yield point_key("deadline", *order_key(duty, feeder))


def _numbered(key: str, times: Counter[str]) -> str:
    """Rows that read the same are told apart by their order, as the reader does."""
    times[key] += 1
    return key if times[key] == 1 else f"{key}-{times[key]}"


_Asked = TypeVar("_Asked", Activity, ReportingDuty)


def _decided(asked: _Asked, decisions: tuple[Decision, ...]) -> _Asked:
    if not decisions:
        return asked
    due = next((decision for decision in decisions if decision.due), None)
    return replace(asked, decisions=decisions, deadline=_dated(asked.deadline, due) if due else asked.deadline)


def _dated(deadline: Deadline | None, decision: Decision) -> Deadline:
    """The deadline with the days that were decided; its wording stays the plan's own."""
    kind = DeadlineKind.BY if len(decision.due) == 1 else DeadlineKind.RECURRING
    return Deadline(deadline.phrase if deadline else days_decided(decision), kind, decision.due)
