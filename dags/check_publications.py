"""Count the month's items in the columns of each unit in ``config/sources.yaml``, and hold them against the quota.

Each item counts once; the links are kept as evidence, also of what is gone later. A site that cannot be reached is not
zero: nothing is concluded, no unit is reminded, the coordinators' digest says so, and the task fails at the end and
names it. A month is final ``final_after`` days after its end.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, task

from plan_lifecycle import airflow_day, airflow_lateness
from plan_lifecycle import airflow_wiring as wiring

GUIDE = """
# Kiểm tra tin, bài đã đăng

**Làm gì.** Đếm tin, bài trong tháng ở chuyên mục của từng đơn vị, mỗi tin, bài một lần, đối chiếu với số lượng được
giao; đường dẫn được lưu làm minh chứng, kể cả khi tin, bài sau đó bị gỡ. Đủ số lượng thì tháng đó được ghi nhận đã hoàn
thành. Từ ngày đầu tháng, cả tháng trước được đếm lại trong ít ngày, rồi lấy làm kết quả cuối cùng.

**Khi nào chạy.** 06 giờ 00 phút hằng ngày.

**Cần điền.** Không cần điền gì.

**Sau khi chạy.** Xem ở trang [Tình hình](/plan-lifecycle/). Trang của đơn vị không truy cập được thì không kết luận,
không nhắc, không tính là chưa đạt; thư tổng hợp buổi sáng nêu tên để cán bộ đầu mối kiểm tra, và lần chạy có màu đỏ.
"""


@dag(
    dag_display_name="Kiểm tra tin, bài đã đăng",
    description="Đếm tin, bài của các đơn vị trong tháng, đối chiếu với số lượng được giao",
    schedule=wiring.schedule(CronTriggerTimetable("0 6 * * *", timezone="Asia/Ho_Chi_Minh")),
    default_args=wiring.DEFAULTS,
    deadline=airflow_lateness.deadlines(),
    catchup=False,
    max_active_runs=1,
    tags=["tin, bài"],
    doc_md=GUIDE,
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
        wiring.fail_for_sites([(each.unit, each.why) for each in found if not each.reached])
        return f"{sum(bool(each.met) for each in found)}/{len(found)} lượt đơn vị, tháng đạt chỉ tiêu"

    count()


check_publications()
