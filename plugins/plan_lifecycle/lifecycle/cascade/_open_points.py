"""Deciding: the coordinator settles a point that a plan leaves open, and what is owed already follows.

Huyện Bắc Bình's plan asks for something "khi có yêu cầu"; the coordinator decides 15/11/2023. The decision is kept
with the plan, every later reading has it, and xã Bình An's obligation, which had no day, gets its day and next rung.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.decision import BY_DAY, BY_UNITS, plan_key
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Basis, Obligation
from plan_lifecycle.domain.plan import Decision, OpenPoint, Plan
from plan_lifecycle.domain.plan_version import RelationKind
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.cascade._changed_obligations import Changes, apply, changes
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units, obligations_of, own_obligations
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force, plan_of
from plan_lifecycle.lifecycle.cascade._quotas import quota_clauses
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store.audit import Act, append
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.decisions import decisions_of, save_decision
from plan_lifecycle.store.plans import RegisteredPlan

_ELSEWHERE = "Nội dung này không quyết định bằng ngày hoặc danh sách đơn vị; đề nghị hoàn thiện văn bản và nạp lại."


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision did: obligations ``moved`` to its day, ``added`` for and ``closed`` of units that it names.

    ``to_cascade`` are registered plans that the next cascade takes up, since units are meant that have no draft yet.
    """

    point: OpenPoint
    decision: Decision
    plan_ids: tuple[int, ...]
    moved: int = 0
    added: int = 0
    closed: int = 0
    to_cascade: tuple[int, ...] = ()


def registered_plan(office: Office, named: str) -> Plan:
    """The reading of the registered plan with this id or number ("3", "36/KH-UBND"). Raises InputError."""
    with office.store.read() as connection:
        found = [plan for plan in plan_rows.find_plans(connection, named) if office.sight.has(plan.issuer_id)]
    if len(found) != 1:
        known = ", ".join(f"{each.id} ({each.reference} năm {each.year})" for each in found) or "none"
        vi = f"Có nhiều kế hoạch “{named}”; đề nghị nêu mã của kế hoạch ({known})."
        vi = vi if found else f"Chưa có kế hoạch “{named}”; đề nghị kiểm tra lại số, ký hiệu."
        raise InputError(f"one registered plan (found {known})", field="plan", found=named, vi=vi)
    return plan_of(office, found[0])


def decide(office: Office, plan: Plan, point: str, *, given: Decision, now: datetime) -> Settled:
    """Keep ``given`` as the decision on ``point`` of ``plan``, and put right what is owed already.

    Deciding again takes the place of what was decided before. Raises InputError where the point is unknown, cannot be
    settled so, or a unit is unknown.
    """
    found = next((open_point for open_point in plan.open_points if open_point.point == point), None)
    if found is None:
        known = ", ".join(open_point.point for open_point in plan.open_points) or "none"
        vi = f"Kế hoạch không có nội dung cần quyết định mang mã “{point}”"
        vi += f"; các mã hiện có: {known}." if plan.open_points else "."
        raise InputError(f"an open point of the plan ({known})", field="point", found=point, vi=vi)
    _require_fitting(found, given)
    with office.store.write() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        copies = _registered_as(office, connection, plan)
        _require_units(tree, given.units, copies)
        before = decisions_of(connection, plan_key(plan)).get(point)
        save_decision(connection, plan_key(plan), given, now)
        done = [_settle(office, connection, tree, each, given, now) for each in copies]
        if before != given:
            for copy in copies:
                append(connection, _act(given, copy.id, now))
    return Settled(
        found,
        given,
        tuple(each.id for each in copies),
        moved=sum(len(change.moved) for change, _ in done),
        added=sum(len(change.added) for change, _ in done),
        closed=sum(len(change.closed) for change, _ in done),
        to_cascade=tuple(each.id for each, (_, again) in zip(copies, done, strict=True) if again),
    )


def _require_fitting(point: OpenPoint, given: Decision) -> None:
    if bool(given.due) == bool(given.units):
        vi = "Đề nghị nêu ngày hoặc danh sách đơn vị, chỉ một trong hai."
        raise InputError("either --due or --units, and not both", field="decision", vi=vi)
    if given.due and point.field not in BY_DAY:
        vi = "Nội dung này quyết định bằng danh sách đơn vị." if point.field in BY_UNITS else _ELSEWHERE
        raise InputError(f"a point about a deadline, not about {point.field}", field="--due", vi=vi)
    if given.units and point.field not in BY_UNITS:
        vi = "Nội dung này quyết định bằng ngày." if point.field in BY_DAY else _ELSEWHERE
        raise InputError(f"a point about who is meant, not about {point.field}", field="--units", vi=vi)


def _require_units(tree: UnitTree, units: Sequence[str], copies: Sequence[RegisteredPlan]) -> None:
    """Each must be known, and directly below the issuer where the plan is registered: it binds nobody else."""
    unknown = [unit for unit in units if unit not in tree]
    if unknown:
        vi = f"Không có đơn vị với mã “{', '.join(unknown)}”."
        raise InputError("ids of units that are imported", field="--units", found=", ".join(unknown), vi=vi)
    for copy in copies:
        below = {unit.id for unit in tree.children(copy.issuer_id)}
        strangers = [unit for unit in units if unit not in below]
        if strangers:
            vi = f"Đơn vị “{', '.join(strangers)}” không trực thuộc cơ quan ban hành kế hoạch."
            expected = f"units directly below {copy.issuer_id}"
            raise InputError(expected, field="--units", found=", ".join(strangers), vi=vi)


def _registered_as(office: Office, connection: Connection, plan: Plan) -> list[RegisteredPlan]:
    """The registered plans that are this one: the file may have come in more than once."""
    if plan.number is None or plan.symbol is None:
        return []
    found = plan_rows.find_plans(connection, plan.reference or "")
    return [
        each for each in found if each.issued_on == plan.issued_on and plan_key(plan_of(office, each)) == plan_key(plan)
    ]


def _settle(
    office: Office, connection: Connection, tree: UnitTree, registered: RegisteredPlan, given: Decision, now: datetime
) -> tuple[Changes, bool]:
    """Put right what is owed under one plan, or under the version that holds now; whether it is to be cascaded."""
    newest = plan_rows.get_plan(connection, versions.newest_version(connection, registered.id))
    issuer = tree.get(newest.issuer_id)
    if issuer is None or newest.relation == RelationKind.WITHDRAWS:
        return Changes(), False
    plan = plan_in_force(office, connection, newest)
    decided = [duty for duty in plan.reporting if any(decision.point == given.point for decision in duty.decisions)]
    clauses = {(duty.clause, duty.basis) for duty in decided}
    clauses |= {(clause, Basis.RECEIPT) for clause in quota_clauses(plan, point=given.point)}
    owed: dict[str, list[Obligation]] = defaultdict(list)
    for obligation in versions.owed_under(connection, [newest.id]):
        owed[obligation.unit_id].append(obligation)
    extended = versions.extended(connection, [newest.id])
    drafts = plan_rows.drafted_units(connection, newest.id)
    everything = {
        given_to.unit.id: tuple(obligations_of(office, newest, plan, issuer, given_to, now))
        for given_to in assigned_units(plan, tree, issuer)
    } | {issuer.id: own_obligations(office, connection, tree, newest, plan, issuer, now)}
    owed, wanted = _touched(owed, everything, clauses)
    made = []
    for unit_id in sorted(owed.keys() | (wanted.keys() & {*drafts, issuer.id})):
        change = changes(owed.get(unit_id, ()), wanted.get(unit_id, ()), extended, decided=bool(given.due))
        unit = tree.get(unit_id)
        if unit is not None:
            meant = _meant(change, given, own=unit_id == issuer.id)
            made.append(apply(connection, office, meant, unit, now.date()))
    # a decision may name units that had nothing to do until now: they get their draft by another cascade
    again = bool(wanted.keys() - drafts - {issuer.id}) and bool(decided)
    if again:
        plan_rows.cascade_again(connection, newest.id)
    return _all(made), again


def _touched(
    owed: Mapping[str, Sequence[Obligation]],
    wanted: Mapping[str, Sequence[Obligation]],
    clauses: set[tuple[str, Basis]],
) -> tuple[dict[str, list[Obligation]], dict[str, list[Obligation]]]:
    """Of what each unit owes and is to owe, what the decided sentences ask for, or asked for until now."""
    found: tuple[dict[str, list[Obligation]], dict[str, list[Obligation]]] = ({}, {})
    for unit_id in owed.keys() | wanted.keys():
        both = (owed.get(unit_id, ()), wanted.get(unit_id, ()))
        keys = {(one.item, one.period) for some in both for one in some if (one.clause, one.basis) in clauses}
        for kept, some in zip(found, both, strict=True):
            if touched := [one for one in some if (one.item, one.period) in keys]:
                kept[unit_id] = touched
    return found


def _meant(change: Changes, given: Decision, *, own: bool) -> Changes:
    """A day moves what is owed; a list of units adds and closes, and moves to another sentence.

    Of the issuer's ``own`` duties a day also adds the one that had none and so was owed by nobody yet.
    """
    if given.due:
        moved = tuple(move for move in change.moved if move.before.due_on != move.after.due_on)
        return Changes(moved=moved, added=change.added if own else ())
    return replace(change, moved=tuple(move for move in change.moved if move.before.clause != move.after.clause))


def _all(made: Sequence[Changes]) -> Changes:
    return Changes(
        tuple(obligation for one in made for obligation in one.moved),
        tuple(each for one in made for each in one.closed),
        tuple(each for one in made for each in one.added),
    )


def _act(given: Decision, plan_id: int, now: datetime) -> Act:
    return Act(now, given.decided_by, ActKind.DECIDE, ActSubject.PLAN, plan_id, given.reason, _details(given))


def _details(given: Decision) -> dict[str, object]:
    return {"point": given.point, "due": [day.isoformat() for day in given.due], "units": list(given.units)}


def decision_on(point: str, due: Sequence[date], units: Sequence[str], decider: Decider, now: datetime) -> Decision:
    """The decision as it is kept: days in order, each unit once. Raises InputError where no reason is given."""
    days, whom = tuple(sorted(set(due))), tuple(dict.fromkeys(units))
    return Decision(point, days, whom, decider.by, decider.why, now.date())
