"""What a unit's form asks about a plan: the tasks that the unit leads, and the targets beside its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from plan_lifecycle.documents.report_form import FormTask
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.plan_target import target_words
from plan_lifecycle.domain.plan_task import SAID_WORDS, Said, TaskStanding
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.progress._plan import PlanProgress, progress_of
from plan_lifecycle.lifecycle.progress._targets import measured
from plan_lifecycle.store import progress as progress_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.progress import SaidOfTask


@dataclass(frozen=True, slots=True)
class AskedOfPlan:
    """The tasks with what the unit has said of them, and the plan's targets by indicator: "≥ 98%"."""

    tasks: tuple[FormTask, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)


class PlansAsked:
    """What forms ask about the plans of an office at one moment; each plan is read once."""

    def __init__(self, office: Office, tree: UnitTree, now: datetime) -> None:
        self._office, self._tree, self._now = office, tree, now
        self._known: dict[int, PlanProgress | None] = {}

    def of(self, connection: Connection, obligation: Obligation, profile: Profile, unit: Unit) -> AskedOfPlan:
        """What the form of a unit for an obligation asks; nothing where its plan cannot be read any more."""
        progress = self._progress(connection, obligation.plan_id)
        if progress is None:
            return AskedOfPlan()
        targets: dict[str, list[str]] = defaultdict(list)
        for one in measured(progress, [profile]):
            for code in one.indicators or ():
                targets[code].append(target_words(one.target.target))
        told = {code: "; ".join(dict.fromkeys(words)) for code, words in targets.items()}
        return AskedOfPlan(self._tasks(connection, progress, obligation, profile, unit), told)

    def _progress(self, connection: Connection, plan_id: int) -> PlanProgress | None:
        if plan_id not in self._known:
            found = progress_of(self._office, connection, [plan_id], self._tree, self._now)
            self._known[plan_id] = next(iter(found), None)
        return self._known[plan_id]

    def _tasks(
        self, connection: Connection, progress: PlanProgress, obligation: Obligation, profile: Profile, unit: Unit
    ) -> tuple[FormTask, ...]:
        led = [one for one in progress.tasks if unit.id in one.leads and not one.task.regular]
        if unit.level not in profile.tasks or not led:
            return ()
        sent = submission_rows.versions(connection, obligation.id)[-1:]
        of_sent = progress_rows.of_submissions(connection, [one.id for one in sent])
        now = {said.task: said for rows in of_sent.values() for said in rows}
        return tuple(_row(one, now.get(one.task.key) or _last_said(one, unit.id)) for one in led)


def _last_said(one: TaskStanding, unit_id: str) -> SaidOfTask | None:
    """What the unit said of a task in an accepted report."""
    own = [report for report in one.reports if report.unit_id == unit_id]
    return SaidOfTask(one.task.key, own[-1].said, own[-1].done_on, own[-1].paper, own[-1].note) if own else None


def _row(one: TaskStanding, said: SaidOfTask | None) -> FormTask:
    task = one.task
    if said is None or said.said is Said.OPEN:
        return FormTask(task.key, task.name, task.phrase)
    day = short_date(said.done_on) if said.done_on else ""
    return FormTask(task.key, task.name, task.phrase, SAID_WORDS[said.said], day, said.paper, said.note)
