"""
# Tiếp nhận kế hoạch, báo cáo

Whatever lies in the inbox folder or at the endpoint becomes an arrival; it passes the gate, is matched, checked and
stored as a version of a submission, and the unit gets a receipt. What has no finding is accepted, what has one is
returned, as far as `config/cascade.yaml` leaves that to the software.

A channel that is down fails its own task at the end; what the others brought is filed all the same.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task

from plan_lifecycle import airflow_day
from plan_lifecycle import airflow_wiring as wiring


@dag(
    dag_display_name="Tiếp nhận kế hoạch, báo cáo",
    schedule=wiring.schedule(CronTriggerTimetable("*/15 6-20 * * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    catchup=False,
    max_active_runs=1,
    tags=["tiếp nhận"],
    doc_md=__doc__,
    params=airflow_day.day_params(),
)
def collect_submissions() -> None:
    """Take in from every channel, file and review, answer."""

    @task(task_display_name="Nhận từ nguồn", map_index_template="{{ channel }}", pool=wiring.DOCUMENT_POOL)
    def receive(channel: str) -> str:
        get_current_context()["channel"] = channel  # type: ignore[typeddict-unknown-key]
        return wiring.receive_from(channel)

    @task(
        task_display_name="Kiểm tra, ghi nhận",
        pool=wiring.DOCUMENT_POOL,
        trigger_rule="all_done",
        outlets=[wiring.ACCEPTED_PLANS_ALIAS],
    )
    def file() -> str:
        from plan_lifecycle.lifecycle.collect import file_and_review

        with wiring.at_work() as (office, now):
            done = file_and_review(office, now)
        if done.accepted:
            wiring.accepted_plans(now)
        wiring.fail_for(done.faults)
        return f"ghi nhận {done.filed}, tiếp nhận {done.accepted}, đề nghị hoàn thiện {done.returned}"

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    receive.expand(channel=wiring.channel_names()) >> file() >> send()


collect_submissions()
