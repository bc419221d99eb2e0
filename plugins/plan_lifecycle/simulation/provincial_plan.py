"""The plan that starts a played year, for any province: issued, numbered, with the clauses of the case."""

from __future__ import annotations

from datetime import date, timedelta

from plan_lifecycle.documents.drafts import (
    ActivityRow,
    DutyRow,
    Letterhead,
    PlanReference,
    SignatureBlock,
    SubPlanDraft,
)
from plan_lifecycle.documents.render import render_sub_plan
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit, bare_name
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.simulation.case import Owed

PROGRAMME = PlanReference(
    reference="76/NQ-CP",
    issued_on="15/7/2021",
    issuer="Chính phủ",
    abstract="ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030",
    type="Nghị quyết",
)


def provincial_plan(province: Unit, year: int, last_days: dict[Owed, date], *, two_tiers: bool) -> bytes:
    """The Word file of plan 36/KH-UBND of 05/01 of ``year``, by the People's Committee of ``province``."""
    territories = "UBND các xã, phường, đặc khu" if two_tiers else "UBND các huyện, thị xã, thành phố"
    everyone = f"Các sở, ban, ngành và {territories}"
    whole = f"Các sở, ban, ngành; {territories}"
    draft = SubPlanDraft(
        head=Letterhead(
            agency=("ỦY BAN NHÂN DÂN", province.name.upper()),
            symbol="KH-UBND",
            place=bare_name(province.name),
            year=year,
            number="36",
            issued_on=date(year, 1, 5),
        ),
        unit_name=province.agency,
        abstract=f"Thông tin, tuyên truyền cải cách hành chính năm {year}",
        parent=PROGRAMME,
        activities=(
            _task(1, "Phổ biến, quán triệt kế hoạch cải cách hành chính", whole, f"Hoàn thành trong quý I/{year}"),
            _task(2, "Đăng tải ít nhất 05 tin, bài/tháng trên trang thông tin điện tử", territories, "Hằng tháng"),
            _task(3, "Tuyên truyền dịch vụ công trực tuyến", whole, f"Từ ngày 15/3/{year} đến ngày 30/11/{year}"),
            _task(4, "Tập huấn nghiệp vụ cho công chức đầu mối", "Sở Nội vụ", f"Trong tháng 5/{year}"),
            _task(5, "Tổ chức đối thoại với người dân, doanh nghiệp", territories, "Hằng quý"),
        ),
        targets=("100% cơ quan, đơn vị, địa phương ban hành kế hoạch",),
        duties=tuple(
            DutyRow(everyone, _what(owed), f"trước ngày {short_date(day + timedelta(days=1))}", _addressee(province))
            for owed, day in last_days.items()
        ),
        focal_point="Sở Nội vụ",
        recipients=("Bộ Nội vụ", "Các sở, ban, ngành tỉnh", territories),
        signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn Minh"),
    )
    return render_sub_plan(draft)


def _task(ordinal: int, content: str, lead: str, deadline: str) -> ActivityRow:
    return ActivityRow(str(ordinal), content, lead, "Sở Nội vụ", deadline, "Kết quả thực hiện")


def _what(owed: Owed) -> str:
    if owed.item is Item.SUB_PLAN:
        return "ban hành kế hoạch triển khai"
    return "gửi báo cáo 6 tháng đầu năm" if owed.period.endswith("-H1") else "gửi báo cáo năm"


def _addressee(province: Unit) -> str:
    return f"{province.agency} (qua Sở Nội vụ)"
