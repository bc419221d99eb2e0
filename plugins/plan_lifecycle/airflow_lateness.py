"""When a run of ours is late: Airflow's own deadline on each DAG, measured from when the run was put into the queue.

It measures real time, not the business day, and says nothing of a run that was never made (``doctor`` does). The first
page of the board names runs that are late, too (``airflow_runs``), whether or not the triggerer is there to call this.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

LATE_AFTER = timedelta(hours=1)
"""How long a run may take, its time in the queue included."""
OWNER = "plan-lifecycle"
"""Whose DAGs are ours."""
log = logging.getLogger(__name__)


async def tell(context: Mapping[str, Any] | None = None) -> None:
    """Log that a run is late; called by Airflow's triggerer."""
    run = (context or {}).get("dag_run") or {}
    minutes = round(LATE_AFTER.total_seconds() / 60)
    log.error("Lượt chạy %s %s chưa xong sau %s phút.", run.get("dag_id"), run.get("dag_run_id"), minutes)


def deadlines() -> list[DeadlineAlert]:
    """The deadline of every DAG of ours."""
    queued = DeadlineReference.DAGRUN_QUEUED_AT
    return [
        DeadlineAlert(queued, LATE_AFTER, AsyncCallback(tell), name=f"Chưa xong sau {LATE_AFTER.seconds // 60} phút")
    ]
