"""
# Kiểm tra tin, bài đã đăng

Every morning the month's items in the columns of each unit in `config/sources.yaml` (RSS, Atom, or a list in a page)
are counted, each once, and held against the quota of the plan or of the configuration; the links are kept as evidence,
also of what is gone later. A month whose quota is reached is met. On the first of a month the whole of the month before
is counted, and again until `final_after` days later: then it is final.

A site that cannot be reached is not zero: nothing is concluded, no unit is reminded, the coordinators' digest says so,
and the task fails at the end and names it.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, task

from plan_lifecycle import airflow_day
from plan_lifecycle import airflow_wiring as wiring


@dag(
    dag_display_name="Kiểm tra tin, bài đã đăng",
    schedule=wiring.schedule(CronTriggerTimetable("0 6 * * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    catchup=False,
    max_active_runs=1,
    tags=["tin, bài"],
    doc_md=__doc__,
    params=airflow_day.day_params(),
)
def check_publications() -> None:
    """Count, column by column."""

    @task(task_display_name="Đếm tin, bài", pool=wiring.DOCUMENT_POOL)
    def count() -> str:
        from plan_lifecycle.config.sources import read_sources
        from plan_lifecycle.lifecycle.publications import check_publications as check
        from plan_lifecycle.settings import Settings

        settings = Settings()
        with wiring.at_work() as (office, now):
            found = check(office, read_sources(settings.sources_file), now)
        failed = [f"{each.unit}: {each.why}" for each in found if not each.reached]
        if failed:
            raise wiring.SourcesFailedError("; ".join(failed))
        return f"{sum(bool(each.met) for each in found)}/{len(found)} lượt đơn vị, tháng đạt chỉ tiêu"

    count()


check_publications()
