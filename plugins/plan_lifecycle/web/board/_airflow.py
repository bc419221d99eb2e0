"""Who may look and who may decide, in Airflow's own terms; the only module of the pages that knows Airflow.

Whoever may see the DAG *Tiếp nhận kế hoạch, báo cáo* may look; whoever may set it off, or has the permission of our
own, may decide; whoever may make connections is an administrator. A decision bears the name with which they are logged
in.
"""

from __future__ import annotations

from contextlib import ExitStack

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager
from airflow.api_fastapi.core_api.security import GetUserDep, requires_access_dag
from fastapi import FastAPI, HTTPException, Request

from plan_lifecycle.airflow_roles import RESOURCE
from plan_lifecycle.airflow_runs import AirflowRuns
from plan_lifecycle.office_wiring import clock_of, open_office
from plan_lifecycle.settings import Settings
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards, Person

DAG = "collect_submissions"
_look = requires_access_dag("GET", param_dag_id=DAG)
_decide = requires_access_dag("POST", DagAccessEntity.RUN, param_dag_id=DAG)


def may_look(request: Request, user: GetUserDep) -> Person:
    """Who looks, and whether they may decide, too. Raises HTTPException 401, 403."""
    _look(request, user)
    return _person(user, decides=_decides(request, user))


def may_decide(request: Request, user: GetUserDep) -> Person:
    """Who decides. Raises HTTPException 401, 403."""
    if not _decides(request, user):
        raise HTTPException(403)
    return _person(user, decides=True)


def _decides(request: Request, user: BaseUser) -> bool:
    """Whether they may set the DAG off by Airflow's rules, or have the permission of our own (``airflow_roles``).

    Airflow's simple logins are not asked for the latter: they say that everybody has it.
    """
    try:
        _decide(request, user)
    except HTTPException:
        manager = get_auth_manager()
        if isinstance(manager, SimpleAuthManager):
            return False
        return manager.is_authorized_custom_view(method="PUT", resource_name=RESOURCE, user=user)
    return True


def _person(user: BaseUser, *, decides: bool) -> Person:
    """Who it is; whoever may make Airflow's connections is an administrator. FAB knows several roles, simple one."""
    administers = get_auth_manager().is_authorized_connection(method="POST", user=user)
    several = {str(role.name) for role in getattr(user, "roles", None) or ()}
    roles = several or {str(role) for role in [getattr(user, "role", None)] if role}
    return Person(user.get_name(), decides, administers, frozenset(roles))


def board_for_airflow() -> FastAPI:
    """The board on the settings' office, which stays open as long as the process: Airflow tells a part of no end.

    Raises InputError, StoreError.
    """
    settings, opened = Settings(), ExitStack()
    office = opened.enter_context(open_office(settings, mending=True))
    folders = settings.path(settings.templates), settings.path(settings.config)
    app = create_board(
        office,
        *folders,
        guards=Guards(may_look, may_decide),
        clock=clock_of(settings, office.store),
        runs=AirflowRuns(),
        sources=settings.sources_file,
    )
    app.state.opened = opened
    return app
