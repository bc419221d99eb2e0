"""How Airflow stands, by its own database: parts, our DAGs, pools, logins. For a look from outside of any task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from airflow.jobs.job import Job
from airflow.models.connection import Connection
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.errors import ParseImportError
from airflow.models.pool import Pool
from airflow.utils.session import create_session
from sqlalchemy import TableClause, column, func, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

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
    """``beats``: the newest heartbeat of each kind of part; ``broken``: the files of DAGs that do not load.

    ``connections`` are those of ours that stand in the database; ``may_stop`` names, with their role, the logins that
    may pause or delete DAGs though they are no administrators (none where the logins are not FAB's).
    """

    beats: Mapping[str, datetime]
    dags: Mapping[str, DagState]
    broken: tuple[str, ...]
    pools: Mapping[str, int]
    connections: frozenset[str] = frozenset()
    may_stop: tuple[str, ...] = ()


def read_state(dag_ids: frozenset[str], connections: frozenset[str] = frozenset()) -> AirflowState:
    """Read what Airflow's database says of these DAGs and connections, and of everything else.

    Raises AirflowStateError.
    """
    try:
        return _read(dag_ids, connections)
    except SQLAlchemyError as error:
        said = str(error).partition("\n")[0]
        raise AirflowStateError(
            f"cannot ask Airflow's database: {said}", vi="Không đọc được cơ sở dữ liệu của Airflow."
        ) from error


def _read(dag_ids: frozenset[str], connections: frozenset[str]) -> AirflowState:
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
        ours = frozenset(
            map(str, session.scalars(select(Connection.conn_id).where(Connection.conn_id.in_(connections))))
        )
        logins = may_stop(session)
    return AirflowState({str(kind): at for kind, at in beats if at}, dags, broken, pools, ours, logins)


def may_stop(session: Session) -> tuple[str, ...]:
    """Logins that may pause or delete DAGs though they are no administrators, "lan (User)"; read from FAB's tables."""
    if not inspect(session.connection()).has_table("ab_permission_view_role"):
        return ()
    user, role = _named("ab_user", "id", "username", "active"), _named("ab_role", "id", "name")
    has, gives = (
        _named("ab_user_role", "user_id", "role_id"),
        _named("ab_permission_view_role", "permission_view_id", "role_id"),
    )
    given = _named("ab_permission_view", "id", "permission_id", "view_menu_id")
    action, resource = _named("ab_permission", "id", "name"), _named("ab_view_menu", "id", "name")
    found = select(user.c.username, role.c.name).distinct().order_by(user.c.username, role.c.name)
    joined = (
        user.join(has, has.c.user_id == user.c.id)
        .join(role, role.c.id == has.c.role_id)
        .join(gives, gives.c.role_id == role.c.id)
        .join(given, given.c.id == gives.c.permission_view_id)
        .join(action, action.c.id == given.c.permission_id)
        .join(resource, resource.c.id == given.c.view_menu_id)
    )
    stops = (
        action.c.name.in_(("can_edit", "can_delete")),
        resource.c.name == "DAGs",
        role.c.name != "Admin",
        user.c.active,
    )
    return tuple(f"{name} ({of})" for name, of in session.execute(found.select_from(joined).where(*stops)))


def _named(name: str, *columns: str) -> TableClause:
    return table(name, *map(column, columns))
