"""What Airflow learns of us: the timetable of working mornings, the board among its pages, the notes of runs.

Nothing is read or opened when this is imported.
"""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from plan_lifecycle import airflow_notes
from plan_lifecycle.airflow_timetable import WorkingDay
from plan_lifecycle.settings import BOARD
from plan_lifecycle.web.board import Board


class PlanLifecyclePlugin(AirflowPlugin):
    """Registered by lying in the plugins folder."""

    name = "plan_lifecycle"
    timetables = [WorkingDay]
    listeners = [airflow_notes]
    fastapi_apps = [{"app": Board(), "url_prefix": BOARD, "name": "Điều hành"}]
    external_views = [
        {
            "name": "Điều hành",
            "href": f"{BOARD}/",
            "destination": "nav",
            "url_route": "dieu-hanh",
            "nav_top_level": True,
        }
    ]
