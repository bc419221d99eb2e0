"""Roll up the reports of a level's units for the level above, on the working day after their last day.

Every number has its way back to a submission. What is due, and who was given what, is for the store to say: a report
goes to each reader once, however often this runs. A report that the form names is compiled at once, as a new version
where its inputs have changed.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task

from plan_lifecycle import airflow_day, airflow_lateness, airflow_notes
from plan_lifecycle import airflow_wiring as wiring

GUIDE = """
# Tổng hợp báo cáo

**Làm gì.** Tổng hợp báo cáo của các đơn vị trực thuộc thành báo cáo gửi cấp trên (Word và Excel): số liệu chung, các
đơn vị chưa gửi hoặc gửi quá hạn nêu tên, mỗi số liệu dẫn được về văn bản đơn vị đã gửi. Cán bộ đầu mối nhận dự thảo
ngay buổi sáng đó; lãnh đạo nhận vào buổi sáng ngày làm việc kế tiếp, trừ khi cán bộ đầu mối giữ lại
(trang *Báo cáo*) hoặc cơ quan chọn tự trình. Không gửi vào ngày nghỉ.

**Khi nào chạy.** 08 giờ 00 phút hằng ngày; báo cáo được lập vào ngày làm việc liền sau hạn cuối của các đơn vị.

**Cần điền.** Không cần điền gì; để lập ngay một báo cáo, điền:

* **Lập ngay báo cáo của cơ quan**: tên cơ quan.
* **Kỳ báo cáo**: ghi theo mẫu nêu cạnh mục này. Số liệu đã thay đổi thì báo cáo được lập thành bản mới.

Cơ quan có nhiều loại báo cáo trong một kỳ thì ghi thêm **Loại báo cáo**; để trống thì mọi loại được lập.

**Sau khi chạy.** Xem ở trang [Tình hình](/plan-lifecycle/). Chạy lại không gửi báo cáo lần hai cho cùng một người.
"""


@dag(
    dag_display_name="Tổng hợp báo cáo",
    description="Tổng hợp báo cáo của các đơn vị, chuyển cán bộ đầu mối và trình lãnh đạo",
    schedule=wiring.schedule(CronTriggerTimetable("0 8 * * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    deadline=airflow_lateness.deadlines(),
    catchup=False,
    max_active_runs=1,
    tags=["báo cáo"],
    doc_md=GUIDE,
    params={
        "unit": Param(
            None,
            type=["null", "string"],
            title="Lập ngay báo cáo của cơ quan",
            description="Ghi tên, ví dụ: huyện Bắc Bình. Để trống các mục: các báo cáo đến kỳ.",
        ),
        "period": Param(
            None,
            type=["null", "string"],
            title="Kỳ báo cáo",
            description="Quý I ghi 2026-Q1; 6 tháng đầu năm ghi 2026-H1; năm ghi 2026; tháng 5 ghi 2026-M05.",
        ),
        "profile": Param(
            None,
            type=["null", "string"],
            title="Loại báo cáo",
            description="Ghi tên, ví dụ: Báo cáo công tác cải cách hành chính. Để trống: mọi loại kế hoạch yêu cầu.",
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

        name = f"{report['unit']}: {report['name']}"
        get_current_context()["report"] = name  # type: ignore[typeddict-unknown-key]
        with wiring.at_work() as (office, now):
            who, kind = wiring.asked_by(), report["profile"]
            done = compile_report(office, report["unit_id"], report["period"], now, profile=kind, asked_by=who)
        return f"{done.received}/{done.expected} đơn vị"

    @task(task_display_name="Chuyển cán bộ đầu mối, trình lãnh đạo", trigger_rule="all_done")
    def deliver() -> str:
        from plan_lifecycle.lifecycle.release import deliver_reports, told_of_delivery

        with wiring.at_work() as (office, now):
            done = deliver_reports(office, now)
        told = airflow_notes.note(told_of_delivery(done))
        wiring.fail_for(done.faults)
        return told

    @task(task_display_name="Gửi thư", pool=wiring.MAIL_POOL, queue=wiring.MAIL_QUEUE, trigger_rule="all_done")
    def send() -> str:
        return wiring.send_letters()

    compile_one.expand(report=due()) >> deliver() >> send()


compile_reports()
