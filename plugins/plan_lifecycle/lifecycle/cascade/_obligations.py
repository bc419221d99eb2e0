"""From a plan's clause to what one unit owes: which unit it means, which item of which period until which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from plan_lifecycle.domain.assignment import Assigned, assign
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.deadline import Deadline, DeadlineKind, read_deadline
from plan_lifecycle.domain.obligation import RELEASED, Item, Obligation
from plan_lifecycle.domain.plan import Plan, ReportingDuty, units_decided
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.cascade._periods import owed_in, years_of
from plan_lifecycle.lifecycle.cascade._quotas import quotas_owed
from plan_lifecycle.lifecycle.cascade._upward import owed_upward
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.plans import RegisteredPlan


def assigned_units(plan: Plan, tree: UnitTree, issuer: Unit) -> tuple[Assigned, ...]:
    """What the plan asks of each unit directly below its issuer."""
    meant: dict[str, frozenset[str]] = {}

    def addressed(phrase: str) -> frozenset[str]:
        if phrase not in meant:
            meant[phrase] = frozenset(match_units(read_audience(phrase), tree, issuer.id)) if phrase else frozenset()
        return meant[phrase]

    own = {id(duty) for duty, _ in owed_upward(plan, tree, issuer)}
    below = tuple(duty for duty in plan.reporting if id(duty) not in own)
    return assign(replace(plan, reporting=below), tree, issuer, addressed)


def obligations_of(
    office: Office, registered: RegisteredPlan, plan: Plan, issuer: Unit, given: Assigned, now: datetime
) -> Iterator[Obligation]:
    """What the unit owes under the plan, each item of each period once; the first clause that names it decides, and
    before it one that a person gave to the unit by name.

    A deadline that only a person can read gives an obligation without a day: it waits for a decision, never dropped.
    """
    duties = sorted(given.duties, key=lambda duty: units_decided(duty.decisions) is None)
    yield from _each_once(office, registered, plan, given.unit, [(duty, issuer) for duty in duties], now)
    yield from quotas_owed(office, registered, plan, issuer, given.unit, years_of(registered.year, plan), now)


def own_obligations(
    office: Office,
    connection: Connection,
    tree: UnitTree,
    registered: RegisteredPlan,
    plan: Plan,
    issuer: Unit,
    now: datetime,
) -> tuple[Obligation, ...]:
    """What the issuer itself owes upward by the words of its own plan, and owes by nobody else's already."""
    made = tuple(_each_once(office, registered, plan, issuer, owed_upward(plan, tree, issuer), now))
    if not made:
        return ()
    own = {obligation.id for obligation in obligation_rows.owed_by_own_plan(connection, [issuer.id])}
    owed = obligation_rows.owed_by(connection, [issuer.id])
    asked = {
        _asked(office, obligation, obligation.abstract)
        for some in owed.values()
        for obligation in some
        if obligation.id not in own and obligation.state not in RELEASED
    }
    return tuple(obligation for obligation in made if _asked(office, obligation, plan.abstract) not in asked)


def taken_over(office: Office, plan: Plan, wanted: Iterable[Obligation], own: Iterable[Obligation]) -> list[Obligation]:
    """Of what units owe by their ``own`` plans that which a ``plan`` from above now asks of one of them."""
    asked = {(obligation.unit_id, _asked(office, obligation, plan.abstract)) for obligation in wanted}
    return [one for one in own if (one.unit_id, _asked(office, one, one.abstract)) in asked]


def _asked(office: Office, obligation: Obligation, abstract: str | None) -> tuple[Item, str, str]:
    """What is the same thing, whoever's plan asks for it: the item of a period, of one kind of report."""
    return obligation.item, obligation.period, office.rules.profile_of(abstract or "").code


def _each_once(
    office: Office,
    registered: RegisteredPlan,
    plan: Plan,
    unit: Unit,
    duties: Iterable[tuple[ReportingDuty, Unit]],
    now: datetime,
) -> Iterator[Obligation]:
    """What the unit owes by these duties, each with its receiver; the first that names an item of a period decides."""
    seen: set[tuple[Item, str]] = set()
    for duty, receiver in duties:
        deadline = _for_unit(duty.deadline, registered, plan, now.date())
        for item, period, due_on in owed_in(duty.item, deadline, years_of(registered.year, plan)):
            if (item, period) in seen:
                continue
            seen.add((item, period))
            owed = Obligation(
                plan_id=registered.id,
                unit_id=unit.id,
                receiver_id=receiver.id,
                item=item,
                period=period,
                clause=duty.clause,
                phrase=deadline.phrase if deadline else "",
                basis=duty.basis,
                due_on=due_on,
                opens_on=deadline.opens if deadline else None,
                due_at=deadline.due_at if deadline else None,
            )
            yield replace(owed, next_rung_on=office.rules.next_rung_on(owed, unit, now.date()))


def _for_unit(deadline: Deadline | None, registered: RegisteredPlan, plan: Plan, received: date) -> Deadline | None:
    """A deadline that counts from receipt counts from the day on which this unit gets the plan."""
    if deadline is None or deadline.kind is not DeadlineKind.RELATIVE:
        return deadline
    return read_deadline(deadline.phrase, year=registered.year, issued=plan.issued_on, received=received)
