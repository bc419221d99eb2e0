"""Let go what has been kept for longer than ``config/retention.yaml`` says; evidence never goes.

A run that dies half-way has done what the trail says, and the next one goes on.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from plan_lifecycle import airflow_day, airflow_lateness
from plan_lifecycle import airflow_wiring as wiring

GUIDE = """
# Dọn dữ liệu hết thời hạn lưu giữ

**Làm gì.** Hủy những dữ liệu đã quá thời hạn lưu giữ của cơ quan: nội dung thư đã gửi, thư đến hộp thư nhận, bản nháp
và dự thảo không còn dùng, tệp danh sách đã nạp, ghi nhận phiên làm việc của trang đơn vị; ẩn danh người thôi phụ trách.
Kế hoạch, văn bản đơn vị đã nộp, báo cáo, nhật ký và việc đã gửi thư cho ai, lúc nào luôn được giữ.

**Khi nào chạy.** 02 giờ 00 phút ngày 01 hằng tháng.

**Cần điền.** *Chỉ liệt kê*: chọn để xem những gì sẽ hủy mà chưa hủy.

**Sau khi chạy.** Số lượng đã hủy ghi ở ghi chú của lần chạy và trong nhật ký; không khôi phục được. Trang
[Tình hình](/plan-lifecycle/) không thay đổi. Thời hạn của từng loại do người quản trị đặt ở tệp retention.yaml.
"""


@dag(
    dag_display_name="Dọn dữ liệu hết thời hạn lưu giữ",
    description="Hủy dữ liệu đã quá thời hạn lưu giữ, ẩn danh người đã thôi phụ trách",
    schedule=wiring.schedule(CronTriggerTimetable("0 2 1 * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    deadline=airflow_lateness.deadlines(),
    catchup=False,
    max_active_runs=1,
    tags=["lưu giữ"],
    doc_md=GUIDE,
    params=airflow_day.day_params()
    | {
        "list_only": Param(
            False, type="boolean", title="Chỉ liệt kê", description="Chọn để xem những gì sẽ hủy mà chưa hủy."
        )
    },
)
def keep_within_time() -> None:
    """List, or let go."""

    @task(task_display_name="Hủy dữ liệu hết thời hạn", pool=wiring.DOCUMENT_POOL)
    def let_go() -> str:
        return wiring.let_go()

    let_go()


keep_within_time()
