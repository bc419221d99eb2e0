"""What provinces and communes write: the plan from above, the draft, the commune's own plan, its report.

A commune's plan is its draft numbered, dated and with tasks and wording of its own; its report is the Excel form or
the same figures in a Word file, half and half.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from tests.factories import rules

from plan_lifecycle.documents.drafts import (
    ActivityRow,
    DutyRow,
    FigureTable,
    IndicatorRow,
    Letterhead,
    OutlineSection,
    PlanReference,
    ReportForm,
    SignatureBlock,
    SubPlanDraft,
)
from plan_lifecycle.documents.render import render_report_form, render_sub_plan
from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import first_up, write_value

ISSUED, SIGNED = date(2026, 1, 12), date(2026, 2, 20)
HALF = Period.parse("2026-H1")
TASKS = 25
ABSTRACT = "thông tin, tuyên truyền cải cách hành chính năm 2026"
_EVIDENCE = "danh sách kèm theo"
_ABOVE = PlanReference("76/NQ-CP", "15/7/2021", "Chính phủ", "ban hành Chương trình tổng thể", "Nghị quyết")
_SUBJECTS = (
    "thủ tục hành chính", "dịch vụ công trực tuyến", "chuyển đổi số", "chế độ công vụ", "tài chính công",
    "tổ chức bộ máy", "thể chế", "gương người tốt việc tốt", "phản ánh, kiến nghị của người dân",
)  # fmt: skip


class Paper(NamedTuple):
    """One file that a commune hands in for an obligation."""

    owed: Obligation
    name: str
    data: bytes


def provincial_plan(province: Unit) -> bytes:
    """What a province has issued: tasks for all its communes, and what they owe."""
    duties = (
        DutyRow("UBND các xã", "ban hành kế hoạch triển khai", "trước ngày 01/3/2026", province.agency),
        DutyRow("UBND các xã", "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2026", province.agency),
    )
    return render_sub_plan(
        SubPlanDraft(
            head=_head(province, "KH", number=province.id[1:], issued_on=ISSUED),
            unit_name=province.agency,
            abstract=first_up(ABSTRACT),
            parent=_ABOVE,
            activities=tuple(_task(number, "UBND các xã") for number in range(1, TASKS + 1)),
            targets=("Phát thanh ít nhất 02 lượt/tuần",),
            duties=duties,
            focal_point="Sở Nội vụ",
            recipients=("Bộ Nội vụ", "UBND các xã", "Lưu: VT"),
            signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
        )
    )


def draft(commune: Unit) -> SubPlanDraft:
    """What the commune was sent: the province's tasks as its own."""
    agency = commune.agency
    province = (commune.parent_id or "")[1:]
    return SubPlanDraft(
        head=_head(commune, "KH"),
        unit_name=agency,
        abstract=f"Thông tin, tuyên truyền cải cách hành chính năm 2026 trên địa bàn {commune.name}",
        parent=PlanReference(
            f"{province.zfill(2)}/KH-UBND",
            "12/01/2026",
            f"UBND tỉnh Số {province}",
            ABSTRACT,
        ),
        activities=tuple(_task(number, agency) for number in range(1, TASKS + 1)),
        targets=("Phát thanh ít nhất 02 lượt/tuần",),
        duties=(DutyRow(agency, "Báo cáo 6 tháng đầu năm", "trước ngày 17/6/2026", f"UBND tỉnh Số {province}"),),
        focal_point="công chức Văn phòng - Thống kê",
        recipients=(f"UBND tỉnh Số {province}", "Lưu: VT"),
        signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    )


def _task(number: int, lead: str) -> ActivityRow:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return ActivityRow(
        ordinal=str(number),
        content=f"Tuyên truyền về {subject} theo chuyên đề {number} trên trang thông tin và hệ thống truyền thanh",
        lead=lead,
        support="Văn phòng HĐND và UBND; các thôn, tổ dân phố",
        deadline=f"Trước ngày {number % 28 + 1:02}/{number % 9 + 3}/2026",
        product="Tin, bài; lượt phát thanh",
    )


def _head(unit: Unit, document: str, **given: Any) -> Letterhead:
    return Letterhead(
        agency=("ỦY BAN NHÂN DÂN", unit.name.upper()),
        symbol=f"{document}-UBND",
        place=unit.name.partition(" ")[2],
        year=2026,
        **given,
    )


def paper(commune: Unit, owed: Obligation, number: int) -> Paper:
    """What the commune hands in for the obligation; ``number`` makes papers differ."""
    if owed.item is Item.SUB_PLAN:
        return Paper(owed, "ke-hoach-2026.docx", _own_plan(commune, number))
    if number // 2 % 2:
        return Paper(owed, "bao-cao-6-thang.xlsx", _report_form(commune, number))
    return Paper(owed, "bao-cao-6-thang.docx", _report(commune, number))


def _own_plan(commune: Unit, number: int) -> bytes:
    """The draft as it is issued: numbered, dated, with the commune's own tasks and wording."""
    sent, name = draft(commune), commune.name
    own = tuple(
        ActivityRow(
            str(TASKS + place), f"Tổ chức buổi {what} tại thôn {number % 9 + place} của {name}", commune.agency,
            "Công chức Văn hóa - Xã hội", f"Trước ngày {place + 9}/4/2026", "Buổi sinh hoạt",
        )
        for place, what in enumerate(("đối thoại với người dân", "giới thiệu dịch vụ công", "thi tìm hiểu"), start=1)
    )  # fmt: skip
    purposes = (
        f"Tiếp tục đưa nội dung cải cách hành chính đến từng hộ dân của {name} bằng hình thức gần gũi, dễ hiểu, gắn "
        f"với việc {_SUBJECTS[number % len(_SUBJECTS)]} mà bà con trên địa bàn đang quan tâm trong năm thứ {number}.",
        f"Mỗi thôn của {name} có ít nhất một buổi sinh hoạt chuyên đề do công chức đầu mối của xã trực tiếp trình bày.",
    )
    return render_sub_plan(
        replace(
            sent,
            head=_head(commune, "KH", number=str(number % 90 + 5), issued_on=SIGNED),
            activities=sent.activities + own,
            purposes=purposes,
            budget=("Kinh phí thực hiện bố trí trong dự toán chi thường xuyên năm 2026 của xã.",),
            signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
        )
    )


def asked_of(commune: Unit) -> tuple[Indicator, ...]:
    """The indicators that a commune reports under the plans of the country."""
    return rules().asked_of(commune, HALF.year, rules().profile_of(ABSTRACT))


def _figures(commune: Unit, number: int) -> dict[Indicator, Value]:
    """Figures that agree with each other: the same count throughout, totals the sum of their parts."""
    count = number % 9 + 1
    return {
        each: True if each.type is IndicatorType.BOOLEAN else count * max(len(each.checks.parts), 1)
        for each in asked_of(commune)
        if each.required or each.type is IndicatorType.COUNT
    }


def _report_form(commune: Unit, number: int) -> bytes:
    values = {each.code: value for each, value in _figures(commune, number).items()}
    indicators = asked_of(commune)
    return write_report_form(indicators, commune, HALF, values=values, evidence=dict.fromkeys(values, _EVIDENCE))


def _report(commune: Unit, number: int) -> bytes:
    province = (commune.parent_id or "")[1:]
    rows = tuple(
        IndicatorRow(str(place), each.code, each.name, each.unit_of_measure, write_value(value, each), _EVIDENCE)
        for place, (each, value) in enumerate(_figures(commune, number).items(), start=1)
    )
    return render_report_form(
        ReportForm(
            head=_head(commune, "BC", number=str(number % 90 + 5), issued_on=SIGNED),
            unit_name=commune.agency,
            abstract=f"Kết quả thông tin, tuyên truyền cải cách hành chính {HALF.label}",
            addressees=(f"UBND tỉnh Số {province}",),
            parent=draft(commune).parent,
            period=HALF.label,
            data_from="01/01/2026",
            data_to="31/5/2026",
            sections=(
                OutlineSection("I.", "CÔNG TÁC CHỈ ĐẠO", 0, (f"UBND {commune.name} đã ban hành kế hoạch.",) * 6),
                OutlineSection("II.", "KẾT QUẢ TUYÊN TRUYỀN", 0, ("Các nhiệm vụ được thực hiện đúng hạn.",) * 12),
            ),
            figures_label="III.",
            tables=(FigureTable("1", "Thông tin, tuyên truyền", rows),),
            recipients=("Như trên", "Lưu: VT"),
            signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn An"),
        )
    )
