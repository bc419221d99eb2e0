"""
# Tổng hợp báo cáo

On the morning after the last day of a level's units their reports are rolled up for the level above: totals, missing
and late units by name, Word and Excel, every number with its way back to a submission; the leader gets it by mail.

What is due is for the store to say; a report that is compiled is never changed by a later run.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task

from plan_lifecycle import airflow_day
from plan_lifecycle import airflow_wiring as wiring


@dag(
    dag_display_name="Tổng hợp báo cáo",
    schedule=wiring.schedule(CronTriggerTimetable("0 8 * * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    catchup=False,
    max_active_runs=1,
    tags=["báo cáo"],
    doc_md=__doc__,
    params=airflow_day.day_params(),
)
def compile_reports() -> None:
    """Find what is due, compile each, send."""

    @task(task_display_name="Xác định báo cáo đến kỳ")
    def due() -> list[dict[str, str]]:
        from plan_lifecycle.lifecycle.compile import reports_due

        with wiring.at_work() as (office, now):
            return [each._asdict() for each in reports_due(office, now)]

    @task(task_display_name="Tổng hợp", map_index_template="{{ report }}", pool=wiring.DOCUMENT_POOL)
    def compile_one(report: dict[str, str]) -> str:
        from plan_lifecycle.lifecycle.compile import compile_report

        get_current_context()["report"] = f"{report['unit']}, {report['period']}"  # type: ignore[typeddict-unknown-key]
        with wiring.at_work() as (office, now):
            done = compile_report(office, report["unit_id"], report["period"], now)
        return f"{done.received}/{done.expected} đơn vị"

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    compile_one.expand(report=due()) >> send()


compile_reports()
