"""Runs of Airflow as the board starts and sees them, in the api-server: with Airflow's own tables, asked in one query.

Who may start one is the board's to say before; Airflow asks nobody here. It notes who started it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from airflow.api.common.trigger_dag import trigger_dag
from airflow.exceptions import DagRunAlreadyExists
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import select

from plan_lifecycle.airflow_lateness import LATE_AFTER, OWNER
from plan_lifecycle.airflow_notes import result_of
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.web.board._runs import LateRun, LongAct, SeenRun, SeenStep, Step, run_address

_RUN = {"queued": Step.WAITING, "running": Step.RUNNING, "success": Step.DONE, "failed": Step.FAILED}
_TASK = {
    None: Step.WAITING,
    "scheduled": Step.WAITING,
    "queued": Step.WAITING,
    "success": Step.DONE,
    "failed": Step.FAILED,
    "upstream_failed": Step.FAILED,
    "skipped": Step.LEFT_OUT,
    "removed": Step.LEFT_OUT,
    "up_for_retry": Step.AGAIN,
    "up_for_reschedule": Step.AGAIN,
}
"""Whatever else Airflow says of a task is that it runs."""
_NUMBER = re.compile(r"__(\d{1,6})$")


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(LOCAL) if moment else None


class AirflowRuns:
    """The runs of the Airflow whose api-server this is."""

    def start(self, act: LongAct, by: str, day: date) -> str:
        """Start a run in somebody's name and return its id; that of the one that has not ended yet, where there is."""
        last, state = self._last(act, day)
        if last and _RUN.get(state) in (Step.WAITING, Step.RUNNING):
            return act.run_id(day, last)
        run_id = act.run_id(day, last + 1)
        try:
            trigger_dag(
                act.dag,
                triggered_by=DagRunTriggeredByType.UI,
                triggering_user_name=by,
                run_id=run_id,
                conf=dict(act.form),
            )
        except DagRunAlreadyExists:  # somebody was quicker by a moment
            return run_id
        return run_id

    def _last(self, act: LongAct, day: date) -> tuple[int, str]:
        """The number and the state of the newest run of the same thing on the day; 0 where there is none."""
        begins = act.run_id(day, 0).removesuffix("0")
        query = select(DagRun.run_id, DagRun.state).where(DagRun.dag_id == act.dag)
        with create_session() as session:
            found = session.execute(query.where(DagRun.run_id.startswith(begins, autoescape=True))).all()
        numbered = [(int(match[1]), str(state)) for run_id, state in found if (match := _NUMBER.search(run_id))]
        return max(numbered, default=(0, ""))

    def late(self) -> list[LateRun]:
        """The runs of our DAGs that should have ended by now, the oldest first."""
        still = (DagRun.state.in_([state for state, step in _RUN.items() if step in (Step.WAITING, Step.RUNNING)]),)
        since = (DagRun.queued_at < datetime.now(UTC) - LATE_AFTER, DagModel.owners == OWNER, ~DagModel.is_paused)
        query = select(DagRun.dag_id, DagRun.run_id, DagRun.queued_at, DagModel)
        query = query.join(DagModel, DagModel.dag_id == DagRun.dag_id).where(*still, *since).order_by(DagRun.queued_at)
        with create_session() as session:
            return [
                LateRun(model.dag_display_name, _local(queued), run_address(dag, run_id))
                for dag, run_id, queued, model in session.execute(query)
            ]

    def see(self, dag: str, run_id: str) -> SeenRun | None:
        """A run as it stands; None where there is none."""
        steps = select(
            TaskInstance.task_id,
            TaskInstance.map_index,
            TaskInstance._rendered_map_index,
            TaskInstance.state,
            TaskInstance._task_display_property_value,
        ).where(TaskInstance.dag_id == dag, TaskInstance.run_id == run_id)
        with create_session() as session:
            run = session.scalar(select(DagRun).where(DagRun.dag_id == dag, DagRun.run_id == run_id))
            model = session.get(DagModel, dag)
            if run is None or model is None:
                return None
            order = (TaskInstance.start_date.is_(None), TaskInstance.start_date, TaskInstance.map_index)
            rows = session.execute(steps.order_by(*order, TaskInstance.task_id)).all()
            return SeenRun(
                model.dag_display_name,
                _RUN.get(str(run.state), Step.RUNNING),
                run.triggering_user_name or "",
                _local(run.start_date),
                _local(run.end_date),
                result_of(run.note or ""),
                bool(model.is_paused),
                tuple(SeenStep(row[4] or row[0], row[2] or "", _TASK.get(row[3], Step.RUNNING)) for row in rows),
            )
