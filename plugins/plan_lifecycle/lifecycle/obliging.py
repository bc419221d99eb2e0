"""From a plan's clause to what one unit owes: which item of which period until which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.deadline import Deadline, DeadlineKind, read_deadline
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.plan import Plan, ReportingDuty
from plan_lifecycle.domain.reminder import first_rung_on
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.plans import RegisteredPlan


def obligations_of(
    office: Office, registered: RegisteredPlan, plan: Plan, issuer: Unit, given: Assigned, now: datetime
) -> Iterator[Obligation]:
    """What the unit owes under the plan, each item of each period once; the first clause that names it decides.

    A deadline that only a person can read gives an obligation without a day: it waits for a decision, never dropped.
    """
    seen: set[tuple[Item, str]] = set()
    for duty in given.duties:
        deadline = _for_unit(duty.deadline, registered, plan, now.date())
        for item, period, due_on in _owed(duty, deadline, registered.year):
            if (item, period) in seen:
                continue
            seen.add((item, period))
            owed = Obligation(
                plan_id=registered.id,
                unit_id=given.unit.id,
                receiver_id=issuer.id,
                item=item,
                period=period,
                clause=duty.clause,
                phrase=deadline.phrase if deadline else "",
                basis=Basis(duty.basis),
                due_on=due_on,
                opens_on=deadline.opens if deadline else None,
                due_at=deadline.due_at if deadline else None,
            )
            days = office.rules.rung_days(owed, given.unit.standing)
            yield replace(owed, next_rung_on=first_rung_on(days, now.date()))


def _for_unit(deadline: Deadline | None, registered: RegisteredPlan, plan: Plan, received: date) -> Deadline | None:
    """A deadline that counts from receipt counts from the day on which this unit gets the plan."""
    if deadline is None or deadline.kind is not DeadlineKind.RELATIVE:
        return deadline
    return read_deadline(deadline.phrase, year=registered.year, issued=plan.issued_on, received=received)


def _owed(duty: ReportingDuty, deadline: Deadline | None, year: int) -> Iterator[tuple[Item, str, date | None]]:
    due: tuple[date | None, ...] = deadline.due if deadline and not deadline.needs_decision else ()
    if duty.item == "sub_plan":
        yield Item.SUB_PLAN, str(year), next(iter(due), None)
    elif duty.item == "report_h1":
        yield Item.REPORT, f"{year}-H1", next(iter(due), None)
    elif duty.item == "report_year":
        yield Item.REPORT, str(year), next(iter(due), None)
    elif duty.item == "report_quarter":
        for quarter in range(1, 5):
            yield Item.REPORT, f"{year}-Q{quarter}", due[quarter - 1] if len(due) == 4 else None
    elif duty.item == "report_month":
        for month in range(1, 13):
            yield Item.REPORT, f"{year}-M{month:02}", due[month - 1] if len(due) == 12 else None
    elif len(due) == 1:  # a report of no named period; without a day it is an open point of the plan, no obligation
        yield Item.REPORT, str(year), due[0]
