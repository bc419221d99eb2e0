"""The cascade: from one plan to a draft, obligations and a letter for every unit directly below its issuer.

Huyện Bắc Bình's plan is registered from the very file that the district sent; xã Bình An then gets its own draft, owes
its plan "trước ngày 01/3/2023" under that plan's clause, and has it all in one letter. Everything for one unit is
written in one transaction and unique on plan and unit: doing it again adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade._changed_obligations import apply, changes
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded, ForUnit, prepare, unheard
from plan_lifecycle.lifecycle.cascade._new_version import reissue
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units, obligations_of, own_obligations, taken_over
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.cascade._registering import register_plan
from plan_lifecycle.lifecycle.office import Desk, Office, contained, open_desk, told_in
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store import wordings as wording_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.plans import RegisteredPlan


@dataclass(frozen=True, slots=True)
class Registered:
    """The plans that were taken up, by id, and those that could not be read (issuer: why)."""

    plan_ids: tuple[int, ...]
    faults: tuple[str, ...]


class WaitingPlan(NamedTuple):
    """A plan that is registered and not yet cascaded in full, its issuer's name, and when it was registered."""

    plan_id: int
    issuer: str
    registered_at: datetime


def waiting_plans(office: Office, now: datetime) -> list[WaitingPlan]:
    """What the store says is still to be cascaded and may be seen, the upper plans first."""
    with office.store.read() as connection:
        return _waiting(office, connection, plan_rows.plans_to_cascade(connection), now)


def ordered_plans(office: Office, now: datetime, named: int | None = None) -> list[WaitingPlan]:
    """The same without what a person has uploaded and not yet said to cascade; the plan ``named`` is said so."""
    with office.store.read() as connection:
        ordered = {plan.id for plan in plan_rows.plans_to_cascade(connection, ordered=True)} | {named}
        found = [plan for plan in plan_rows.plans_to_cascade(connection) if plan.id in ordered]
        return _waiting(office, connection, found, now)


def _waiting(
    office: Office, connection: Connection, plans: Sequence[RegisteredPlan], now: datetime
) -> list[WaitingPlan]:
    tree = unit_rows.load_tree(connection, now.date())
    return [
        WaitingPlan(plan.id, tree[plan.issuer_id].agency, plan.registered_at)
        for plan in plans
        if plan.issuer_id in tree and office.sight.has(plan.issuer_id)
    ]


def register_accepted(office: Office, now: datetime) -> Registered:
    """Register the accepted sub-plans of units that have units below them: what those sent binds the next level.

    A plan accepted on a later day than ``now`` is left to that day: a replay of an old day knows nothing of it.
    One that a person accepted although it cannot be read (no number, a scan) does not stop the others.
    """
    plan_ids: list[int] = []
    faults: list[str] = []
    waiting = unregistered_plans(office, now)
    with office.store.read() as connection:
        names = {unit_id: unit_rows.name_of(connection, unit_id) for _, unit_id, _ in waiting}
    for submission, unit_id, parent_id in waiting:
        with contained(unit_id, told_in(faults, names[unit_id]), unit=unit_id, plan=parent_id):
            data = office.store.blobs.get(submission.blob)
            plan_ids.append(register_plan(office, data, issuer_id=unit_id, now=now, parent_id=parent_id))
    return Registered(tuple(plan_ids), tuple(faults))


def unregistered_plans(office: Office, now: datetime) -> list[tuple[Submission, str, int]]:
    """Sub-plans of units with units below them, accepted by the day of ``now`` and not registered yet.

    Each with its unit and the plan that it carries out.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        files, papers = plan_rows.registered_files(connection), plan_rows.registered_numbers(connection)
        return [
            (submission, unit_id, parent_id)
            for submission, unit_id, parent_id, year in submission_rows.accepted_plans(connection, by=now.date())
            if tree.children(unit_id)
            and (unit_id, submission.blob) not in files
            and (unit_id, int(year), submission.reference) not in papers
        ]


def cascade_plan(office: Office, plan_id: int, now: datetime) -> Cascaded:
    """Give every unit below the plan's issuer what it has not got yet: draft, obligations, letter.

    A plan that amends, replaces or withdraws another changes what that one set going (``_new_version``).
    The issuer itself owes what its plan says that it sends upward. Raises InputError where the issuer is no more.
    """
    with office.store.read() as connection:
        registered = plan_rows.get_plan(connection, plan_id)
        done = plan_rows.drafted_units(connection, plan_id)
        desk = open_desk(office, connection, now)
        plan = plan_in_force(office, connection, registered)
    issuer = desk.tree.get(registered.issuer_id)
    if issuer is None:
        raise InputError("an issuer that exists", field="plan", found=f"{plan_id} of {registered.issuer_id}")
    if registered.replaces_id is not None:
        return reissue(desk, registered, plan, issuer)
    assigned, below = assigned_units(plan, desk.tree, issuer), desk.tree.children(issuer.id)
    prepared, undecided, faults = _prepared(
        desk, registered, plan, issuer, [given for given in assigned if given.unit.id not in done]
    )
    with office.store.write() as connection:
        drafts, asked, letters = _save(connection, desk, registered, plan, prepared)
        own = own_obligations(office, connection, desk.tree, registered, plan, issuer, now)
        asked += obligation_rows.save_obligations(connection, own)
        if (assigned or own or not below) and not undecided and not faults:
            plan_rows.mark_cascaded(connection, plan_id, now)
    without = tuple(desk.tree.named(for_unit.unit) for for_unit in prepared if unheard(desk, for_unit.unit, issuer))
    return Cascaded(
        plan_id,
        drafts,
        asked,
        letters,
        without_contact=without,
        undecided=undecided,
        faults=faults,
        without_duties=None if plan.reporting or not below else len(plan.activities),
        nobody=() if assigned or own or not below else tuple(dict.fromkeys(duty.audience for duty in plan.reporting)),
    )


def _prepared(
    desk: Desk, registered: RegisteredPlan, plan: Plan, issuer: Unit, assigned: Sequence[Assigned]
) -> tuple[list[ForUnit], tuple[str, ...], tuple[str, ...]]:
    """What each unit gets; the names of those for which every day waits for a person; what failed, and why."""
    prepared: list[ForUnit] = []
    undecided: list[str] = []
    faults: list[str] = []
    for given in assigned:
        name = desk.tree.named(given.unit)
        with contained(given.unit.id, told_in(faults, name), unit=given.unit.id, plan=registered.id):
            obligations = tuple(obligations_of(desk.office, registered, plan, issuer, given, desk.now))
            if any(obligation.due_on for obligation in obligations):
                prepared.append(prepare(desk, registered, plan, issuer, given, obligations))
            else:
                undecided.append(name)
    return prepared, tuple(undecided), tuple(faults)


def _save(
    connection: Connection, desk: Desk, registered: RegisteredPlan, plan: Plan, prepared: Sequence[ForUnit]
) -> tuple[int, int, int]:
    """Write what each unit gets; what it owes by its own plan already is from now on owed by this one."""
    done = plan_rows.drafted_units(connection, registered.id)
    fresh = [for_unit for for_unit in prepared if for_unit.draft["unit_id"] not in done]
    own = obligation_rows.owed_by_own_plan(connection, [for_unit.unit.id for for_unit in fresh])
    added = 0
    for for_unit in fresh:
        change = changes(taken_over(desk.office, plan, for_unit.obligations, own), for_unit.obligations, frozenset())
        apply(connection, desk.office, change, for_unit.unit, desk.now.date())
        added += len(change.added)
    wording_rows.keep(connection, {blob: runs for for_unit in fresh for blob, runs in for_unit.wording.items()})
    return (
        plan_rows.save_drafts(connection, [for_unit.draft for for_unit in fresh]),
        added,
        len(letter_rows.queue(connection, [letter for for_unit in fresh for letter in for_unit.letters])),
    )
