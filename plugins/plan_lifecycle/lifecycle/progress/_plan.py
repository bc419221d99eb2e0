"""The tasks of a plan in force with their states, and its targets with what was settled of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Activity, Plan, units_decided
from plan_lifecycle.domain.plan_target import PlanTarget, TargetMark, targets_of
from plan_lifecycle.domain.plan_task import PlanTask, TaskReport, TaskStanding, newest_of_each, standing_of, tasks_of
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.cascade import plan_in_force
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import progress as progress_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far one plan is. ``id`` is its first version, under which notes are kept; 0 where it is not registered.

    ``readable`` is False where its file cannot be read any more: then nothing is known of its tasks and targets.
    """

    id: int
    reference: str
    abstract: str
    issued_on: date | None
    issuer_id: str
    tasks: tuple[TaskStanding, ...] = ()
    targets: tuple[PlanTarget, ...] = ()
    marks: Mapping[str, TargetMark] = field(default_factory=dict)
    readable: bool = True


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan whose progress can be looked at: its id, how it is called, who issued it."""

    id: int
    name: str
    issuer_id: str
    issuer: str


def plans_to_follow(office: Office, now: datetime) -> list[PlanChoice]:
    """The registered plans in force that may be seen, those with no superior plan first, the newest first."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        plans = plan_rows.plans_in_force(connection)
        units = unit_rows.with_former(connection, tree, [plan.issuer_id for plan in plans])
    return [
        PlanChoice(
            plan.id,
            f"Kế hoạch số {plan.reference} năm {plan.year} của {units.called(plan.issuer_id)}",
            plan.issuer_id,
            units.called(plan.issuer_id),
        )
        for plan in plans
        if office.sight.has(plan.issuer_id)
    ]


def progress_of(
    office: Office, connection: Connection, plan_ids: Collection[int], tree: UnitTree, now: datetime
) -> tuple[PlanProgress, ...]:
    """Each of these plans once, in the version that holds, in order of registration."""
    newest = {versions.newest_version(connection, plan_id) for plan_id in plan_ids}
    return tuple(_progress(office, connection, plan_id, tree, now) for plan_id in sorted(newest))


def progress_of_plan(office: Office, named: str, now: datetime) -> PlanProgress:
    """The registered plan of this id or number. Raises InputError where there is none, or several."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        return _progress(office, connection, named_plan(connection, named, office.sight), tree, now)


def named_plan(connection: Connection, named: str, sight: Sight) -> int:
    """The id of the version in force of a registered plan that may be seen, by id or number ("3", "36/KH-UBND").

    Raises InputError.
    """
    known_so = [plan for plan in plan_rows.find_plans(connection, named) if sight.has(plan.issuer_id)]
    found = {versions.newest_version(connection, plan.id) for plan in known_so}
    if len(found) != 1:
        plans = plan_rows.get_plans(connection, found)
        known = ", ".join(f"{plan.id} ({plan.reference} năm {plan.year})" for plan in plans) or "none"
        vi = f"Có nhiều kế hoạch “{named}”; đề nghị nêu mã của kế hoạch ({known})."
        vi = vi if found else f"Chưa có kế hoạch “{named}”; đề nghị kiểm tra lại số, ký hiệu."
        raise InputError(f"one registered plan (found {known})", field="plan", found=named, vi=vi)
    return found.pop()


def plan_file(data: bytes, name: str, today: date) -> PlanProgress:
    """A plan that is a file only: by its days alone, since nobody reports of it. Raises NotAPlan, BadDocument."""
    plan = read_plan(data, name=name)
    tasks = tuple(standing_of(task, (), (), None, today) for task in tasks_of(plan.activities))
    return PlanProgress(0, plan.reference or "", plan.abstract or "", plan.issued_on, "", tasks, targets_of(plan))


def _progress(office: Office, connection: Connection, plan_id: int, tree: UnitTree, now: datetime) -> PlanProgress:
    registered = plan_rows.get_plan(connection, plan_id)
    chain = [plan_id, *versions.earlier_versions(connection, registered)]
    about = (chain[-1], registered.reference, registered.abstract or "", registered.issued_on, registered.issuer_id)
    try:
        plan = plan_in_force(office, connection, registered)
    except (BlobError, NotAPlan, BadDocument):
        return PlanProgress(*about, readable=False)
    units = unit_rows.with_former(connection, tree, [registered.issuer_id])
    reports = newest_of_each(progress_rows.reported(connection, chain, units.called, now))
    tasks = _standings(plan, tree, registered.issuer_id, reports, _marks(connection, chain[-1], now), now.date())
    marks = progress_rows.target_marks(connection, chain[-1], now)
    return PlanProgress(*about, tuple(tasks), targets_of(plan), marks)


def _marks(connection: Connection, plan_id: int, now: datetime) -> dict[str, TaskReport]:
    return progress_rows.task_marks(connection, plan_id, now)


def _standings(
    plan: Plan,
    tree: UnitTree,
    issuer_id: str,
    reports: Mapping[str, tuple[TaskReport, ...]],
    marks: Mapping[str, TaskReport],
    today: date,
) -> Iterator[TaskStanding]:
    for task, leads in tasks_with_leads(plan, tree, issuer_id):
        yield standing_of(task, leads, reports.get(task.key, ()), marks.get(task.key), today)


def tasks_with_leads(plan: Plan, tree: UnitTree, issuer_id: str) -> Iterator[tuple[PlanTask, frozenset[str]]]:
    """Each task of a plan with the ids of the units below its issuer that lead it."""
    leads = _leads(tree, issuer_id)
    for task, activity in zip(tasks_of(plan.activities), plan.activities, strict=True):
        yield task, leads(activity)


def _leads(tree: UnitTree, issuer_id: str) -> Callable[[Activity], frozenset[str]]:
    """The units below the issuer that lead a task: those that a person named, else those that the plan's words mean."""
    below = {unit.id for unit in tree.children(issuer_id)} if issuer_id in tree else set()
    meant: dict[str, frozenset[str]] = {}

    def of(activity: Activity) -> frozenset[str]:
        decided = units_decided(activity.decisions)
        if decided is not None:
            return decided
        if activity.lead not in meant:
            named = bool(activity.lead) and issuer_id in tree
            found = match_units(read_audience(activity.lead), tree, issuer_id) if named else ()
            meant[activity.lead] = frozenset(found) & below
        return meant[activity.lead]

    return of
