"""Tables of tasks, and the activities that are read of them."""

from __future__ import annotations

from tests.documents.plan_texts import Plan, Rows

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.plan import Activity

FIVE = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"]
BANNERS = ["1", "Treo băng rôn", "UBND xã Bình An", "Phòng Nội vụ", "Trước ngày 01/5/2023"]


def activities(*tables: Rows, between: str | None = None) -> tuple[Activity, ...]:
    plan = Plan().head().text("I. NHIỆM VỤ")
    for number, rows in enumerate(tables):
        if number and between is not None:
            plan.text(between)
        plan.table(rows)
    return read_plan(plan.end().data).activities
