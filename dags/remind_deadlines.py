"""Write one letter to whoever owes something and stands on a rung of the ladder (``config/reminders.yaml``).

What is recorded is in the ledger, unique on obligation, rung and address; a day that was missed is caught up with the
newest rung only. Coordinators get a digest, their leaders one a week. The sending task fails once for letters that
newly failed and names them; clearing it sends only what is unsent.
"""

from __future__ import annotations

from airflow.sdk import dag, task

from plan_lifecycle import airflow_day, airflow_lateness, heartbeat
from plan_lifecycle import airflow_wiring as wiring

GUIDE = """
# Nhắc, đôn đốc thời hạn

**Làm gì.** Mỗi đơn vị đến mốc nhắc trước hạn hoặc đôn đốc sau hạn nhận một thư liệt kê mọi nội dung còn phải gửi. Cán
bộ đầu mối nhận thư tổng hợp buổi sáng; lãnh đạo nhận mỗi tuần một lần, kèm dự thảo công văn đôn đốc khi nhiều đơn vị
quá hạn. Không thư nào tự gửi đến thủ trưởng đơn vị hoặc cấp trên, trừ khi cơ quan đã quy định trong mốc nhắc.

**Khi nào chạy.** 07 giờ 30 phút các ngày làm việc. Buổi sáng bị lỡ được bù bằng mốc nhắc mới nhất, không gửi dồn.

**Cần điền.** Không cần điền gì.

**Sau khi chạy.** Đơn vị nào chưa gửi, đã được nhắc mấy lần: trang [Tình hình](/plan-lifecycle/); từng thư: trang *Thư*.
Có thư không gửi được thì việc gửi thư có màu đỏ; chạy lại chỉ gửi thư chưa gửi.
"""


@dag(
    dag_display_name="Nhắc, đôn đốc thời hạn",
    description="Gửi thư nhắc trước hạn, đôn đốc sau hạn, thư tổng hợp buổi sáng cho cán bộ đầu mối",
    schedule=wiring.working_mornings(),
    default_args=wiring.DEFAULTS,
    deadline=airflow_lateness.deadlines(),
    catchup=False,
    max_active_runs=1,
    tags=["thời hạn"],
    doc_md=GUIDE,
    params=airflow_day.day_params(),
)
def remind_deadlines() -> None:
    """Record what is due, then send."""

    @task(task_display_name="Lập thư nhắc", pool=wiring.DOCUMENT_POOL, on_execute_callback=heartbeat.on_start)
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

    @task(
        task_display_name="Gửi thư",
        pool=wiring.MAIL_POOL,
        queue=wiring.MAIL_QUEUE,
        trigger_rule="all_done",
        on_success_callback=heartbeat.on_success,
        on_failure_callback=heartbeat.on_failure,
    )
    def send() -> str:
        return wiring.send_letters()

    record() >> send()


remind_deadlines()
