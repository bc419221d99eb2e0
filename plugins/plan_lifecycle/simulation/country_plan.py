"""The plan that starts a country's year: a ministry's, to all provinces, with a report of every quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from plan_lifecycle.documents.drafts import ActivityRow, DutyRow, Letterhead, SignatureBlock, SubPlanDraft
from plan_lifecycle.documents.render import render_sub_plan
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.simulation.case import Owed
from plan_lifecycle.simulation.provincial_plan import PROGRAMME

ABSTRACT = "Thông tin, tuyên truyền cải cách hành chính năm {year}"
NUMBER = "12"
_PROVINCES = "UBND các tỉnh, thành phố"
_QUARTERS = {"Q1": "quý I", "Q2": "quý II", "Q3": "quý III", "Q4": "quý IV"}


def ministerial_plan(ministry: Unit, year: int, last_days: Mapping[Owed, date]) -> bytes:
    """The Word file of plan 12/KH-BNV of 05/01 of ``year``; each province owes by ``last_days``."""
    draft = SubPlanDraft(
        head=Letterhead(
            agency=(ministry.name.upper(),),
            symbol=f"KH-{ministry.symbol}",
            place="Hà Nội",
            year=year,
            number=NUMBER,
            issued_on=date(year, 1, 5),
        ),
        unit_name=ministry.agency,
        abstract=ABSTRACT.format(year=year),
        parent=PROGRAMME,
        activities=(
            _task(1, "Phổ biến, quán triệt kế hoạch cải cách hành chính", f"Hoàn thành trong quý I/{year}"),
            _task(2, "Đăng tải tin, bài về cải cách hành chính trên trang thông tin điện tử", "Hằng tháng"),
            _task(3, "Tuyên truyền dịch vụ công trực tuyến", f"Từ ngày 15/3/{year} đến ngày 30/11/{year}"),
            _task(4, "Tập huấn nghiệp vụ cho công chức đầu mối", f"Trong tháng 5/{year}"),
            _task(5, "Tổ chức đối thoại với người dân, doanh nghiệp", "Hằng quý"),
        ),
        targets=("100% cơ quan, đơn vị, địa phương ban hành kế hoạch",),
        duties=tuple(
            DutyRow(_PROVINCES, _what(owed), f"trước ngày {short_date(day + timedelta(days=1))}", ministry.agency)
            for owed, day in last_days.items()
        ),
        focal_point="Vụ Cải cách hành chính",
        recipients=("Văn phòng Chính phủ", _PROVINCES),
        signature=SignatureBlock(("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "Nguyễn Văn Minh"),
    )
    return render_sub_plan(draft)


def _task(ordinal: int, content: str, deadline: str) -> ActivityRow:
    return ActivityRow(str(ordinal), content, _PROVINCES, "Văn phòng Bộ", deadline, "Kết quả thực hiện")


def _what(owed: Owed) -> str:
    if owed.item is Item.SUB_PLAN:
        return "ban hành kế hoạch triển khai"
    _, _, part = owed.period.partition("-")
    return f"gửi báo cáo {_QUARTERS.get(part) or ('6 tháng đầu năm' if part else 'năm')}"
