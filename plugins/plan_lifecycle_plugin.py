"""What Airflow learns of us: the timetable of working mornings, the board among its pages, the notes of runs.

Nothing is read or opened when this is imported.
"""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from plan_lifecycle import airflow_notes
from plan_lifecycle.airflow_timetable import WorkingDay
from plan_lifecycle.settings import BOARD
from plan_lifecycle.web.board import Board, Front, Words

STATIC = f"{BOARD}/tinh"


class PlanLifecyclePlugin(AirflowPlugin):
    """Registered by lying in the plugins folder."""

    name = "plan_lifecycle"
    timetables = [WorkingDay]
    listeners = [airflow_notes]
    fastapi_apps = [{"app": Board(), "url_prefix": BOARD, "name": "Điều hành"}]
    fastapi_root_middlewares = [
        {"middleware": Front, "name": "Điều hành"},
        {"middleware": Words, "name": "Tiếng Việt"},
    ]
    react_apps = [
        {
            "name": "Điều hành",
            "bundle_url": f"{STATIC}/go.js",
            "destination": "nav",
            "url_route": "dieu-hanh",
            "nav_top_level": True,
            "icon": f"{STATIC}/board.svg",
            "icon_dark_mode": f"{STATIC}/board-dark.svg",
        }
    ]
    """A part of Airflow's pages that leaves them at once: a frame costs the browser seconds, the board does not."""
    external_views = [
        {
            "name": "Tiến độ, kết quả",
            "href": f"{BOARD}/luot-chay/{{DAG_ID}}/{{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "tien-do",
        }
    ]
