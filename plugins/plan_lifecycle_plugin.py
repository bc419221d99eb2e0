"""What Airflow learns of us: the timetable of working mornings. Nothing is read or opened when this is imported."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from plan_lifecycle.airflow_timetable import WorkingDay


class PlanLifecyclePlugin(AirflowPlugin):
    """Registered by lying in the plugins folder."""

    name = "plan_lifecycle"
    timetables = [WorkingDay]
