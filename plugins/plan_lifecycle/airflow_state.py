"""How Airflow stands, read from its own database: parts, our DAGs, pools. For a look from outside of any task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from airflow.jobs.job import Job
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.errors import ParseImportError
from airflow.models.pool import Pool
from airflow.utils.session import create_session
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from plan_lifecycle.domain.errors import PlanLifecycleError


class AirflowStateError(PlanLifecycleError):
    """Airflow's database cannot be asked."""


@dataclass(frozen=True, slots=True)
class DagState:
    """One DAG: whether it is paused, and how its newest run that ended came out (None: none has)."""

    paused: bool
    name: str
    last_state: str | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class AirflowState:
    """``beats``: the newest heartbeat of each kind of part; ``broken``: the files of DAGs that do not load."""

    beats: Mapping[str, datetime]
    dags: Mapping[str, DagState]
    broken: tuple[str, ...]
    pools: Mapping[str, int]


def read_state(dag_ids: frozenset[str]) -> AirflowState:
    """Read what Airflow's database says of these DAGs, and of everything else. Raises AirflowStateError."""
    try:
        return _read(dag_ids)
    except SQLAlchemyError as error:
        said = str(error).partition("\n")[0]
        raise AirflowStateError(
            f"cannot ask Airflow's database: {said}", vi="Không đọc được cơ sở dữ liệu của Airflow."
        ) from error


def _read(dag_ids: frozenset[str]) -> AirflowState:
    with create_session() as session:
        beats = session.execute(
            select(Job.job_type, func.max(Job.latest_heartbeat)).where(Job.state == "running").group_by(Job.job_type)
        ).all()
        models = session.scalars(select(DagModel).where(DagModel.dag_id.in_(dag_ids), ~DagModel.is_stale)).all()
        dags = {}
        for model in models:
            query = select(DagRun.state, DagRun.end_date).where(
                DagRun.dag_id == model.dag_id, DagRun.end_date.is_not(None)
            )
            last = session.execute(query.order_by(DagRun.end_date.desc()).limit(1)).first()
            name = model.dag_display_name or model.dag_id
            dags[model.dag_id] = DagState(bool(model.is_paused), name, *(tuple(last) if last else (None, None)))
        broken = tuple(str(name) for name in session.scalars(select(ParseImportError.filename)))
        pools = {str(name): int(slots) for name, slots in session.execute(select(Pool.pool, Pool.slots))}
    return AirflowState({str(kind): at for kind, at in beats if at}, dags, broken, pools)
