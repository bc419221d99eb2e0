"""The roles of Airflow's FAB logins: who looks at the board, and who decides there without any power over Airflow.

A coordinator sees runs and logs, and starts them from the board alone. With Airflow's own permissions whoever may start
a run may also pause its schedule; so what the board asks for is a resource of our own. Administrators are Airflow's.
"""

from __future__ import annotations

from typing import NamedTuple

RESOURCE, DECIDES = "Kế hoạch", "can_edit"
"""The resource of our own, and the action on it that makes somebody a coordinator (FAB's word for PUT)."""
VIEWER, COORDINATOR = "Xem kế hoạch", "Điều phối kế hoạch"
_LOOKS = (
    ("Website", "can_read"),
    ("DAGs", "can_read"),
    ("DAGs", "menu_access"),
    ("DAG Runs", "can_read"),
    ("DAG Versions", "can_read"),
    ("Task Instances", "can_read"),
    ("Task Logs", "can_read"),
    ("HITL Detail", "can_read"),
    ("Plugins", "can_read"),
)
ROLES: dict[str, tuple[tuple[str, str], ...]] = {VIEWER: _LOOKS, COORDINATOR: (*_LOOKS, (RESOURCE, DECIDES))}
"""Each role with its permissions: a resource of FAB and what may be done to it."""


class MadeRole(NamedTuple):
    """A role that is there now, and how many permissions it was given just now."""

    role: str
    added: int


def make_roles() -> list[MadeRole] | None:
    """Make what is missing of the roles; what somebody added to them stays. None where the logins are not FAB's."""
    from airflow.configuration import conf

    if not conf.get("core", "auth_manager").endswith(".FabAuthManager"):
        return None
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    made = []
    with get_application_builder() as builder:
        manager = builder.sm
        for name, wanted in ROLES.items():
            role = manager.find_role(name) or manager.add_role(name)
            known = {(permission.resource.name, permission.action.name) for permission in role.permissions}
            missing = [permission for permission in wanted if permission not in known]
            for resource, action in missing:
                manager.add_permission_to_role(role, manager.create_permission(action, resource))
            made.append(MadeRole(name, len(missing)))
    return made
