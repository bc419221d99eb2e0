"""
# Tổng hợp báo cáo

On the working day after the last day of a level's units their reports are rolled up for the level above: totals,
missing and late units by name, Word and Excel, every number with its way back to a submission. The coordinator has the
draft that morning; the leader has it the next working morning unless told otherwise (`release` in
`config/cascade.yaml`). Nobody is given one on a rest day.

* `unit` and `period`: compile this one now, as a new version where its inputs have changed; both empty: what is due.

What is due, and who was given what, is for the store to say: a report goes to each of them once, however often this
runs.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task

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
    params={
        "unit": Param(
            None,
            type=["null", "string"],
            title="Lập ngay báo cáo của cơ quan",
            description="Tên như “huyện Bắc Bình”, hoặc mã đơn vị; để trống: các báo cáo đến kỳ.",
        ),
        "period": Param(
            None,
            type=["null", "string"],
            title="Kỳ báo cáo",
            description="Như 2026-Q1, 2026-H1, 2026; ghi cùng cơ quan.",
        ),
        **airflow_day.day_params(),
    },
)
def compile_reports() -> None:
    """Find what is due, compile each, give each to whose turn it is, send."""

    @task(task_display_name="Xác định báo cáo đến kỳ")
    def due() -> list[dict[str, str]]:
        from plan_lifecycle.lifecycle.compile import reports_due

        with wiring.at_work() as (office, now):
            asked = wiring.asked_report(office, now)
            return asked if asked is not None else [each._asdict() for each in reports_due(office, now)]

    @task(task_display_name="Tổng hợp", map_index_template="{{ report }}", pool=wiring.DOCUMENT_POOL)
    def compile_one(report: dict[str, str]) -> str:
        from plan_lifecycle.lifecycle.compile import compile_report

        get_current_context()["report"] = f"{report['unit']}, {report['period']}"  # type: ignore[typeddict-unknown-key]
        with wiring.at_work() as (office, now):
            done = compile_report(office, report["unit_id"], report["period"], now)
        return f"{done.received}/{done.expected} đơn vị"

    @task(task_display_name="Chuyển cán bộ đầu mối, trình lãnh đạo", trigger_rule="all_done")
    def deliver() -> str:
        from plan_lifecycle.lifecycle.release import deliver_reports, told_of_delivery

        with wiring.at_work() as (office, now):
            done = deliver_reports(office, now)
        told = wiring.note(told_of_delivery(done))
        wiring.fail_for(done.faults)
        return told

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    compile_one.expand(report=due()) >> deliver() >> send()


compile_reports()
