"""Letters of xã Bình An, one context of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from plan_lifecycle.mail.contexts import (
    Accepted,
    ChangedItem,
    ContactConfirmation,
    Context,
    Digest,
    DigestLine,
    EscalationToLeader,
    FileWaits,
    HandedItem,
    HandedOver,
    LinkRenewed,
    MainFigure,
    NothingReported,
    NoticeOfChange,
    NoUsableFile,
    OwedItem,
    PlanRef,
    Receipt,
    ReminderAfter,
    ReminderBefore,
    ReminderLast,
    ReminderQuota,
    ReportToCoordinator,
    ReportToLeader,
    RequestAnswered,
    Return,
    ScoreForm,
    Sender,
    ShortMonth,
    SubPlanRequest,
)
from plan_lifecycle.mail.message import Address, build_message, stable_message_id

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
SENDER = Sender("Sở Nội vụ", "snv@binhthuan.example.vn", "Trần Thị Hoa", "0252 3 123 456", "https://gui.example.vn")
PLAN = PlanRef(
    "36/KH-UBND", date(2026, 1, 5), "UBND tỉnh Bình Thuận", "thông tin, tuyên truyền cải cách hành chính năm 2026"
)
REPORT = OwedItem(
    what="Báo cáo CCHC 6 tháng đầu năm 2026",
    unit="UBND xã Bình An",
    deadline="Trước ngày 17/6/2026",
    last_day=date(2026, 6, 16),
    plan=PLAN,
    received=119,
    expected=124,
    figures=True,
)
SUB_PLAN = OwedItem("Kế hoạch triển khai", "UBND xã Bình An", "Trước ngày 01/3/2026", date(2026, 2, 28), PLAN)
BASE: dict[str, Any] = {"sender": SENDER, "to": "UBND xã Bình An", "today": date(2026, 6, 9)}
LEADER: dict[str, Any] = BASE | {"to": "Lãnh đạo Sở"}

ONE_OF_EACH: dict[str, Context] = {
    context.kind: context
    for context in (
        SubPlanRequest(**BASE, plan=PLAN, item=SUB_PLAN, activities=7, draft="Dự thảo.docx"),
        ReminderBefore(**BASE, items=(REPORT,), form="Mẫu báo cáo.docx"),
        ReminderLast(**BASE | {"today": date(2026, 6, 15)}, items=(REPORT,)),
        ReminderAfter(**BASE | {"today": date(2026, 6, 19)}, items=(REPORT,), send_by=date(2026, 6, 22)),
        ReminderQuota(
            **BASE | {"today": date(2026, 5, 26)},
            quotas=(
                ShortMonth("tháng 5 năm 2026", "UBND xã Bình An", 3, 5, date(2026, 5, 26), date(2026, 5, 31), PLAN, 1),
            ),
        ),
        Receipt(
            **BASE,
            what=REPORT.what,
            unit=REPORT.unit,
            received_at=datetime(2026, 6, 16, 14, 5, tzinfo=UTC),
            document="Báo cáo số 45/BC-UBND ngày 15/6/2026",
            files=("bc45.docx",),
            findings=("Cần xem lại: “Số tin, bài” là 250; kỳ trước là 12.",),
        ),
        Return(
            **BASE,
            what=REPORT.what,
            unit=REPORT.unit,
            first_received=date(2026, 6, 16),
            findings=("Chưa ghi số, ngày của kế hoạch cấp trên.", "Thiếu chỉ tiêu tin, bài"),
            resend="trước ngày 20/6/2026",
        ),
        LinkRenewed(**BASE, what=REPORT.what, link="https://gui.example.vn/n/abc", code="K7M2-P4QX-TR9H"),
        Accepted(**BASE, what=REPORT.what, unit=REPORT.unit, received_on=date(2026, 6, 16)),
        RequestAnswered(
            **BASE,
            what=REPORT.what,
            unit=REPORT.unit,
            last_day=REPORT.last_day,
            reason="Văn thư chưa thấy văn bản đến.",
            link="https://gui.example.vn/n/abc",
            code="K7M2-P4QX-TR9H",
        ),
        ScoreForm(
            **BASE,
            unit="UBND xã Bình An",
            title="Chỉ số cải cách hành chính của UBND các xã năm 2026",
            last_day=date(2026, 12, 10),
            form="Bang tu cham diem nam 2026 - UBND xa Binh An.xlsx",
        ),
        ReportToLeader(
            **LEADER,
            title="Báo cáo CCHC 6 tháng đầu năm 2026",
            division="Phòng Cải cách hành chính",
            received=122,
            expected=124,
            figures=(MainFigure("Số tin, bài", "1.250 tin, bài, tăng 12 so với cùng kỳ năm trước"),),
            missing=("UBND xã Bình An", "UBND xã Hải Ninh"),
            files=("bao-cao.docx",),
        ),
        ReportToCoordinator(
            **BASE,
            title="Báo cáo CCHC 6 tháng đầu năm 2026",
            received=122,
            expected=124,
            leader_on=date(2026, 6, 18),
            missing=("UBND xã Bình An", "UBND xã Hải Ninh"),
            files=("bao-cao.docx",),
        ),
        NothingReported(
            **BASE,
            title="Báo cáo CCHC 6 tháng đầu năm 2026",
            expected=124,
            missing=("UBND xã Bình An", "UBND xã Hải Ninh"),
        ),
        EscalationToLeader(
            **LEADER,
            what="báo cáo CCHC",
            division="Phòng Cải cách hành chính",
            last_day=date(2026, 6, 16),
            expected=124,
            missing=("UBND xã Bình An",),
            draft="Dự thảo công văn.docx",
        ),
        Digest(
            **BASE,
            standing=(DigestLine("Đã hoàn thành", 119),),
            waiting=(DigestLine("Đã nhận, chờ kiểm tra", 3),),
            dead_addresses=("ubnd@binhan.example.vn",),
            trail="412-3f9a1c0b2d4e5f60",
        ),
        ContactConfirmation(
            **BASE, unit="UBND xã Bình An", person="Trần Thị Hoa", role="cán bộ đầu mối", email="ubnd@binhan.example.vn"
        ),
        NoticeOfChange(
            **BASE,
            plan=PLAN,
            unit="UBND xã Bình An",
            change="điều chỉnh",
            basis="Quyết định số 90/QĐ-UBND",
            items=(ChangedItem(REPORT.what, "trước ngày 17/6/2026", "trước ngày 20/6/2026"),),
        ),
        FileWaits(
            **BASE, unit="UBND xã Bình An", received_at=datetime(2026, 6, 9, 8, 5, tzinfo=UTC), files=("gui-so.pdf",)
        ),
        HandedOver(
            **BASE,
            unit="UBND xã Bắc Bình",
            receiver="UBND tỉnh Lâm Đồng",
            items=(
                HandedItem(REPORT, "UBND xã Bình An", "UBND huyện Bắc Bình"),
                HandedItem(SUB_PLAN, None, "UBND tỉnh"),
            ),
        ),
        NoUsableFile(
            **BASE, unit="UBND xã Bình An", received_at=datetime(2026, 6, 9, 8, 5, tzinfo=UTC), what=REPORT.what
        ),
    )
}


def letter_bytes(**changes: Any) -> bytes:
    """A whole letter to xã Bình An; any argument of ``build_message`` may be changed."""
    arguments: dict[str, Any] = {
        "sender": Address("snv@binhthuan.example.vn", "Sở Nội vụ"),
        "recipients": [Address("ubnd@binhan.example.vn", "UBND xã Bình An")],
        "subject": "Nhắc thời hạn gửi trước ngày 17/6/2026: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An",
        "text": "Kính gửi: UBND xã Bình An\n",
        "html": "<p>Kính gửi: UBND xã Bình An</p>",
        "message_id": stable_message_id("o-1", "T-7", "ubnd@binhan.example.vn", domain="binhthuan.example.vn"),
        "date": datetime(2026, 6, 9, 0, 30, tzinfo=UTC),
    }
    return build_message(**arguments | changes)
