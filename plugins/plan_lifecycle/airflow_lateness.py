"""When a run of ours is late: Airflow's own deadline on each DAG, measured from when the run was put into the queue.

It measures real time, not the business day, and says nothing of a run that was never made (the digest of the next
morning and ``doctor`` do). The first page of the board names runs that are late, too (``airflow_runs``), whether or not
the triggerer is there to call this.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.errors import PlanLifecycleError

LATE_AFTER = timedelta(hours=1)
"""How long a run may take, its time in the queue included."""
OWNER = "plan-lifecycle"
"""Whose DAGs are ours."""
TITLES = {
    "cascade_plan": "Triển khai kế hoạch đến các đơn vị",
    "check_publications": "Kiểm tra tin, bài đã đăng",
    "collect_submissions": "Tiếp nhận kế hoạch, báo cáo",
    "compile_reports": "Tổng hợp báo cáo",
    "keep_within_time": "Dọn dữ liệu hết thời hạn lưu giữ",
    "remind_deadlines": "Nhắc, đôn đốc thời hạn",
}
"""What people call our DAGs: a run that is late tells its DAG's id alone."""
log = logging.getLogger(__name__)


async def tell(context: Mapping[str, Any] | None = None) -> None:
    """Log that a run is late, and write to the administrator, where the settings name one; called by Airflow's
    triggerer, once for each run."""
    run = (context or {}).get("dag_run") or {}
    minutes = round(LATE_AFTER.total_seconds() / 60)
    log.error("Lượt chạy %s %s chưa xong sau %s phút.", run.get("dag_id"), run.get("dag_run_id"), minutes)
    await asyncio.to_thread(_write, str(run.get("dag_id") or ""), str(run.get("dag_run_id") or ""), minutes)


def _write(dag: str, run: str, minutes: int) -> None:
    """Write to the administrator; where nobody can be written to, the log alone says it."""
    from plan_lifecycle.administrator import administrator_of  # not while a DAG is parsed
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.web.board._runs import run_address

    settings = Settings()
    if not settings.admin_mail.strip():
        return
    name = TITLES.get(dag, dag)
    parts = [
        f"Lượt chạy “{name}” ({run}) chưa xong sau {minutes} phút kể từ khi được đưa vào hàng chờ.",
        "Cần làm: mở lượt chạy trong Airflow, xem việc nào còn chờ hoặc đang lặp lại; kiểm tra scheduler, worker và "
        "cơ sở dữ liệu bằng lệnh plan-lifecycle doctor. Thư này được gửi một lần cho mỗi lượt chạy.",
    ]
    if settings.board:
        parts.append(f"Tiến độ: {settings.board}/{run_address(dag, run)}")
    try:
        about = f"late:{dag}:{run}"
        administrator_of(settings).write(
            f"Lượt chạy “{name}” chưa xong sau {minutes} phút", parts, datetime.now(LOCAL), about=about
        )
    except PlanLifecycleError as error:
        log.error("the administrator was not told that %s is late: %s", run, error)


def deadlines() -> list[DeadlineAlert]:
    """The deadline of every DAG of ours."""
    queued = DeadlineReference.DAGRUN_QUEUED_AT
    return [
        DeadlineAlert(queued, LATE_AFTER, AsyncCallback(tell), name=f"Chưa xong sau {LATE_AFTER.seconds // 60} phút")
    ]
