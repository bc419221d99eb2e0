"""Take in what lies in the inbox, the mailbox or at an endpoint, file and check it, and answer the unit.

What has no finding is accepted, what has one is returned, as far as ``config/cascade.yaml`` leaves that to the
software. A channel that is down fails its own task at the end; what the others brought is filed all the same.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task

from plan_lifecycle import airflow_day, airflow_lateness
from plan_lifecycle import airflow_wiring as wiring

GUIDE = """
# Tiếp nhận kế hoạch, báo cáo

**Làm gì.** Nhận văn bản từ thư mục nhận, hộp thư và các hệ thống được kết nối; kiểm tra tệp, xác định văn bản thuộc
nội dung phải gửi nào, rà soát, lưu từng lần gửi và gửi thư xác nhận cho đơn vị. Văn bản đạt yêu cầu được tiếp nhận,
văn bản cần bổ sung được đề nghị hoàn thiện, trong phạm vi cơ quan cho phép tự động.

**Khi nào chạy.** Mỗi 15 phút, từ 06 giờ 00 phút đến 20 giờ 45 phút hằng ngày.

**Cần điền.** Không cần điền gì; nếu cần nhận ngay, chạy tay.

**Sau khi chạy.** Văn bản chờ quyết định ở trang *Việc chờ xử lý*, số liệu chung ở trang [Tình hình](/plan-lifecycle/).
Một nguồn không kết nối được thì chỉ việc nhận từ nguồn đó có màu đỏ; văn bản từ các nguồn khác vẫn được ghi nhận.
"""


@dag(
    dag_display_name="Tiếp nhận kế hoạch, báo cáo",
    description="Nhận văn bản các đơn vị gửi, kiểm tra, ghi nhận và trả lời đơn vị",
    schedule=wiring.schedule(CronTriggerTimetable("*/15 6-20 * * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    deadline=airflow_lateness.deadlines(),
    catchup=False,
    max_active_runs=1,
    tags=["tiếp nhận"],
    doc_md=GUIDE,
    params=airflow_day.day_params(),
)
def collect_submissions() -> None:
    """Take in from every channel, file and review, answer."""

    @task(task_display_name="Nhận từ nguồn", map_index_template="{{ channel }}", pool=wiring.DOCUMENT_POOL)
    def receive(channel: str) -> str:
        get_current_context()["channel"] = wiring.name_of_channel(channel)  # type: ignore[typeddict-unknown-key]
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

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, queue=wiring.MAIL_QUEUE, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    receive.expand(channel=wiring.channel_names()) >> file() >> send()


collect_submissions()
