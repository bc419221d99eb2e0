"""Quotas of news that a plan names and a person gave to units: one obligation a month, counted by hand or by a column.

"Đăng ít nhất 05 tin, bài/tháng" says how many and not who; that is the coordinator's decision. Where
``config/sources.yaml`` names the unit's pages the same obligation is counted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import text_of
from plan_lifecycle.domain.publication import first_day, last_day, monthly_quotas
from plan_lifecycle.domain.target import find_targets
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.plans import RegisteredPlan

_FIELD = "targets"


def quota_clauses(plan: Plan, *, unit_id: str | None = None, point: str | None = None) -> tuple[str, ...]:
    """The sentences of the plan whose quota a person gave to this unit, or decided at this point."""
    phrases = {
        open_point.phrase
        for open_point in plan.open_points
        if open_point.field == _FIELD
        and open_point.decision is not None
        and (unit_id is None or unit_id in open_point.decision.units)
        and (point is None or open_point.point == point)
    }
    return tuple(_sentences(plan, phrases)) if phrases else ()


def _sentences(plan: Plan, phrases: set[str]) -> Iterator[str]:
    for line in dict.fromkeys(text.strip() for text in text_of(plan).splitlines()):
        for target in monthly_quotas(find_targets(line)):
            if f"{target.value:g} {target.unit or ''}".strip() in phrases:
                yield line
                break


def quotas_owed(
    office: Office, registered: RegisteredPlan, plan: Plan, issuer: Unit, unit: Unit, years: range, now: datetime
) -> Iterator[Obligation]:
    """What the unit owes of news in each month of the plan that is not over."""
    for clause in quota_clauses(plan, unit_id=unit.id)[:1]:
        months = (Period.parse(f"{year}-M{number:02}") for year in years for number in range(1, 13))
        for month in months:
            if last_day(month) < now.date():
                continue
            owed = Obligation(
                plan_id=registered.id,
                unit_id=unit.id,
                receiver_id=issuer.id,
                item=Item.QUOTA,
                period=month.code,
                clause=clause,
                phrase=f"trong {month.label}",
                basis=Basis.RECEIPT,
                due_on=last_day(month),
                opens_on=first_day(month),
            )
            yield replace(owed, next_rung_on=office.rules.next_rung_on(owed, unit, now.date()))
