"""
# Nhắc, đôn đốc thời hạn

Every working morning whoever owes something and stands on a rung of the ladder (`config/reminders.yaml`) gets one
letter that lists everything owed. What is recorded is in the ledger, unique on obligation, rung and address; a day
that was missed is caught up with the newest rung only.

Coordinators get a digest of the morning, their leaders one a week, with the draft of an official letter where many are
late; nothing goes to a unit's head or superior by itself unless the ladder says so.

The task fails once for letters that newly failed and names them; clearing it sends only what is unsent.
"""

from __future__ import annotations

from airflow.sdk import dag, task

from plan_lifecycle import airflow_day
from plan_lifecycle import airflow_wiring as wiring


@dag(
    dag_display_name="Nhắc, đôn đốc thời hạn",
    schedule=wiring.working_mornings(),
    default_args=wiring.DEFAULTS,
    catchup=False,
    max_active_runs=1,
    tags=["thời hạn"],
    doc_md=__doc__,
    params=airflow_day.day_params(),
)
def remind_deadlines() -> None:
    """Record what is due, then send."""

    @task(task_display_name="Lập thư nhắc", pool=wiring.DOCUMENT_POOL)
    def record() -> str:
        from plan_lifecycle.lifecycle.cascade import hand_over
        from plan_lifecycle.lifecycle.digest import tell_coordinators
        from plan_lifecycle.lifecycle.remind import ask_contacts, remind

        faults: list[str] = []
        with wiring.at_work() as (office, now):
            hand_over(office, now, faults)
            done = remind(office, now)
            told = tell_coordinators(office, now)
            ask_contacts(office, now)
        wiring.fail_for([*faults, *done.faults, *told.faults])
        return f"{done.reminders} nội dung nhắc trong {done.letters} thư; bỏ qua {done.skipped} nấc đã qua"

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    record() >> send()


remind_deadlines()
