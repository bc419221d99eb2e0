"""What the store itself knows of the units' own plans: no typing overrides it, and who typed otherwise is told.

Xã Bình An's plan came in and was accepted as number 07/KH-UBND of 20/02/2023. Where its report says that there is none
yet, or another number, the accepted plan counts and the coordinator reads what the unit typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plan_lifecycle.domain.contribution import Contribution, PlansKnown
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan_check import same_reference
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection

ISSUED, NUMBER, DATE = "plan_issued", "plan_number", "plan_date"
"""The indicators that tell of the unit's own plan: whether it is issued, its number and symbol, its day."""
FROM_PLAN = "theo kế hoạch đã tiếp nhận"


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans that units owe their superior in a year, and those that were accepted by a day, by unit."""

    owing: frozenset[str]
    accepted: Mapping[str, Submission]

    @property
    def counts(self) -> PlansKnown:
        """How many there are."""
        on_time = sum(not sent.days_late for sent in self.accepted.values())
        return PlansKnown(len(self.owing), len(self.accepted), on_time)


def plans_of(connection: Connection, receiver_id: str, year: int, by: date) -> Plans:
    """The plans that were accepted of those owed to a unit."""
    owed = obligation_rows.owed_to(connection, receiver_id, Item.SUB_PLAN.value, str(year))
    sent = submission_rows.accepted(connection, [obligation.id for obligation in owed])
    accepted = {
        obligation.unit_id: found
        for obligation in owed
        if (found := sent.get(obligation.id)) is not None and found.received_at.date() <= by
    }
    return Plans(frozenset(obligation.unit_id for obligation in owed), accepted)


def of_plan(plan: Submission) -> dict[str, Value]:
    """What an accepted plan says of itself; nothing where its number or day is open."""
    if not plan.reference or not plan.issued_on:
        return {}
    return {ISSUED: True, NUMBER: plan.reference, DATE: plan.issued_on}


def with_plans(contributions: Iterable[Contribution], plans: Plans, asked: Collection[str]) -> tuple[Contribution, ...]:
    """The same with what accepted plans say in place of what was typed, of the indicators that are ``asked``."""
    return tuple(_with_plan(one, plans, asked) if one.counts else one for one in contributions)


def _with_plan(one: Contribution, plans: Plans, asked: Collection[str]) -> Contribution:
    plan = plans.accepted.get(one.unit_id)
    if plan is None:
        claimed = one.unit_id in plans.owing and one.value(ISSUED) is True
        return replace(one, doubts=(*one.doubts, _UNSEEN)) if claimed else one
    known = {code: value for code, value in of_plan(plan).items() if code in asked}
    if not known:
        return one
    typed = {code: value for code in known if (value := one.value(code)) is not None}
    figures = [*(figure for figure in one.figures if figure.indicator not in known), *_figures(one.figures, known)]
    figures.sort(key=lambda figure: figure.indicator)
    unknown = tuple(open_ for open_ in one.unknown if open_.indicator not in known)
    doubts = (*one.doubts, *_contradictions(plan, typed))
    return replace(one, figures=tuple(figures), unknown=unknown, doubts=doubts)


_UNSEEN = "Báo cáo ghi đã ban hành kế hoạch triển khai, nhưng chưa có kế hoạch nào của đơn vị được tiếp nhận."


def _figures(typed: Sequence[Figure], known: Mapping[str, Value]) -> Iterator[Figure]:
    """What was typed where it says the same, else what the plan says."""
    of = {figure.indicator: figure for figure in typed}
    for code, value in known.items():
        same = code in of and _same(code, of[code].value, value)
        yield of[code] if same else Figure(code, value, FROM_PLAN)


def _contradictions(plan: Submission, typed: Mapping[str, Value]) -> Iterator[str]:
    wrong = [_typed(code, value) for code, value in typed.items() if not _same(code, value, of_plan(plan)[code])]
    if wrong and plan.issued_on:
        yield (
            f"Kế hoạch triển khai: báo cáo ghi {', '.join(wrong)}; lấy theo kế hoạch đã tiếp nhận, số {plan.reference} "
            f"ngày {short_date(plan.issued_on)}."
        )


def _same(code: str, typed: Value, known: Value) -> bool:
    return same_reference(typed, str(known)) if code == NUMBER and isinstance(typed, str) else typed == known


def _typed(code: str, value: Value) -> str:
    if code == ISSUED:
        return "chưa ban hành"
    return f"ngày {short_date(value)}" if isinstance(value, date) else f"số {value}"
