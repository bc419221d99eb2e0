"""What was read in a registered plan, for the person who is to start its cascade: whom it means, and who will be told.

Huyện Bắc Bình's plan asks 13 units for their own: the coordinator sees which, what waits for a decision, and that
12 letters will be written, before any of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Activity, OpenPoint, Plan, ReportingDuty, units_decided
from plan_lifecycle.domain.plan_target import PlanTarget, targets_of
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded, unheard, written_to
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units, obligations_of
from plan_lifecycle.lifecycle.cascade._plan import cascade_plan
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.cascade._upward import owed_upward
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store.audit import Act, acts, append
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.plans import RegisteredPlan


class TaskRead(NamedTuple):
    """A task, and the names of the units below the issuer that lead it."""

    task: Activity
    units: tuple[str, ...]


class DutyRead(NamedTuple):
    """A sentence that asks for a plan or report, and the names of the units that it means.

    ``below`` are those further down, who owe it by the plans of the units ``through`` which it reaches them.
    """

    duty: ReportingDuty
    units: tuple[str, ...]
    below: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


class Outlook(NamedTuple):
    """What a cascade will do: ``units`` get their draft, and so many ``letters`` are written.

    ``without_contact`` are the names of units that no letter can be written to, ``undecided`` of those for which every
    day waits for a person.
    """

    units: int
    letters: int
    without_contact: tuple[str, ...]
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A registered plan as it was read; ``below`` are the units directly below its issuer.

    ``changes_another``: it amends, replaces or withdraws an earlier plan, and ``outlook`` is None.
    """

    registered: RegisteredPlan
    issuer: str
    tasks: tuple[TaskRead, ...]
    duties: tuple[DutyRead, ...]
    targets: tuple[PlanTarget, ...]
    points: tuple[OpenPoint, ...]
    below: tuple[Unit, ...]
    outlook: Outlook | None

    @property
    def changes_another(self) -> bool:
        """Whether units are told of a change, and not of a plan that is new."""
        return self.registered.replaces_id is not None

    @property
    def undecided_points(self) -> int:
        """How many points still wait for a person."""
        return sum(1 for point in self.points if point.decision is None)


def reading_of(office: Office, plan_id: int, now: datetime) -> PlanReading:
    """Read a registered plan with what was decided about it. Raises InputError where there is none, or its issuer has
    ended; NotAPlan, BadDocument where its file cannot be read any more."""
    with office.store.read() as connection:
        registered = registered_seen(office, connection, plan_id)
        done = plan_rows.drafted_units(connection, plan_id)
        desk = open_desk(office, connection, now)
        plan = plan_in_force(office, connection, registered)
    issuer = desk.tree.get(registered.issuer_id)
    if issuer is None:
        vi = "Cơ quan ban hành kế hoạch không còn hoạt động."
        raise InputError("an issuer that exists", field="plan", found=plan_id, vi=vi)
    assigned = assigned_units(plan, desk.tree, issuer)
    waiting = [given for given in assigned if given.unit.id not in done]
    return PlanReading(
        registered,
        desk.tree.named(issuer),
        tuple(_tasks(desk, plan, assigned)),
        tuple(_duties(desk, plan, issuer, assigned)),
        targets_of(plan),
        plan.open_points,
        tuple(desk.tree.children(issuer.id)),
        _outlook(desk, registered, plan, issuer, waiting) if registered.replaces_id is None else None,
    )


def order_cascade(office: Office, plan_id: int, decider: Decider, now: datetime) -> Cascaded:
    """Cascade a plan because a person says so; the trail names who. Once it is all done, this does nothing.

    Raises InputError where there is no such plan, or its issuer has ended.
    """
    if not note_order(office, plan_id, decider, now):
        return Cascaded(plan_id, 0, 0, 0)
    return cascade_plan(office, plan_id, now)


def note_order(office: Office, plan_id: int, decider: Decider, now: datetime) -> bool:
    """Note that a person says to cascade a plan; False where it is all done. The same order twice a day is noted once.

    Raises InputError where there is no such plan.
    """
    with office.store.write() as connection:
        if registered_seen(office, connection, plan_id).cascaded_at is not None:
            return False
        *_, last = [None, *acts(connection, ActSubject.PLAN, plan_id)]
        ordered = last is not None and last.act is ActKind.CASCADE and last.by == decider.by
        if last is None or not ordered or last.at.astimezone(LOCAL).date() != now.astimezone(LOCAL).date():
            append(connection, Act(now, decider.by, ActKind.CASCADE, ActSubject.PLAN, plan_id, decider.reason))
    return True


def registered_seen(office: Office, connection: Connection, plan_id: int) -> RegisteredPlan:
    """The registered plan of an id, where it may be seen. Raises InputError."""
    found = plan_rows.get_plans(connection, [plan_id])
    if not found or not office.sight.has(found[0].issuer_id):
        vi = "Không có kế hoạch này."
        raise InputError("a registered plan", field="plan", found=plan_id, vi=vi)
    return found[0]


def _tasks(desk: Desk, plan: Plan, assigned: Sequence[Assigned]) -> Iterable[TaskRead]:
    for task in plan.activities:
        leads = [
            given.unit for given in assigned if any(share.leads and share.activity is task for share in given.shares)
        ]
        yield TaskRead(task, tuple(map(desk.tree.named, leads)))


def _duties(desk: Desk, plan: Plan, issuer: Unit, assigned: Sequence[Assigned]) -> Iterable[DutyRead]:
    own = {id(duty) for duty, _ in owed_upward(plan, desk.tree, issuer)}
    for duty in plan.reporting:
        meant = [given.unit for given in assigned if any(one is duty for one in given.duties)]
        meant += [issuer] if id(duty) in own else []
        below = _further_down(desk.tree, issuer, duty)
        through = dict.fromkeys(above for unit in below if (above := _next_below(desk.tree, issuer, unit)))
        named = desk.tree.named
        yield DutyRead(duty, tuple(map(named, meant)), tuple(map(named, below)), tuple(map(named, through)))


def _further_down(tree: UnitTree, issuer: Unit, duty: ReportingDuty) -> list[Unit]:
    """The units that a duty means and that do not stand directly below the issuer: their superior asks them for it."""
    decided = units_decided(duty.decisions)
    meant = match_units(read_audience(duty.audience), tree, issuer.id) if decided is None else sorted(decided)
    units = (unit for unit_id in meant if (unit := tree.get(unit_id)) is not None)
    return [unit for unit in units if unit.parent_id != issuer.id and unit.id != issuer.id]


def _next_below(tree: UnitTree, issuer: Unit, unit: Unit) -> Unit | None:
    """The unit directly below the issuer through which a plan reaches another one."""
    return next((above for above in tree.above(unit) if above.parent_id == issuer.id), None)


def _outlook(desk: Desk, registered: RegisteredPlan, plan: Plan, issuer: Unit, waiting: Sequence[Assigned]) -> Outlook:
    """Count without writing a draft: that alone takes long."""
    units = letters = 0
    without: list[str] = []
    undecided: list[str] = []
    for given in waiting:
        owed = obligations_of(desk.office, registered, plan, issuer, given, desk.now)
        if not any(obligation.due_on for obligation in owed):
            undecided.append(desk.tree.named(given.unit))
            continue
        units += 1
        letters += len(written_to(desk, given.unit, issuer))
        if unheard(desk, given.unit, issuer):
            without.append(desk.tree.named(given.unit))
    return Outlook(units, letters, tuple(without), tuple(undecided))
