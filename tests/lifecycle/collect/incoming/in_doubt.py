"""What leaves a doubt, and waits for a person."""

from __future__ import annotations

from collections.abc import Iterator

from tests.documents.signing import scan
from tests.factories import address, invitation
from tests.lifecycle.collect.incoming.case import H1, NHAC, Case, Outcome, Sender
from tests.lifecycle.collect.incoming.messages import PDF, message, with_file


def in_doubt() -> Iterator[Case]:
    """What nobody may file but a person, and what is let in nowhere."""
    yield Case("người lạ, nêu tên xã", lambda who: _stranger(who, f"KH CCHC {who.unit.name}"), Outcome.WAITS,
               acknowledged=("file_waits",), held=True)  # fmt: skip
    yield Case(
        "người lạ, chỉ văn bản ghi tên xã",
        lambda who: _stranger(who, "Gửi tài liệu"),
        Outcome.WAITS,
        acknowledged=("file_waits",),
        held=True,
    )
    yield Case("người lạ, không nêu xã nào", lambda who: _stranger(who, "Gửi", invitation()), Outcome.WAITS)
    yield Case(
        "DMARC không đạt",
        lambda who: with_file(
            message(who, f"Re: {NHAC}", reply=True, Authentication_Results="mx; dmarc=fail"),
            "07-KH-UBND.docx",
            who.plan(),
        ).as_bytes(),
        Outcome.WAITS,
        held=True,
    )
    yield Case(
        "trả lời thư của xã khác",
        lambda who: with_file(
            message(who, f"Re: {NHAC}", reply=True, From=f"Cán bộ <{address(who.second)}>"), "07-KH.docx", who.plan()
        ).as_bytes(),
        Outcome.WAITS,
        acknowledged=("file_waits",),
        held=True,
    )
    yield Case(
        "tên tệp là báo cáo",
        lambda who: with_file(
            message(who, "Báo cáo tự động hoá quy trình một cửa"), "Bao cao tu dong hoa.docx", invitation()
        ).as_bytes(),
        Outcome.WAITS,
        acknowledged=("file_waits",),
    )
    yield Case(
        "chưa nợ gì",
        lambda who: with_file(message(who, "Kế hoạch CCHC 2023"), "KH-UBND.docx", who.plan()).as_bytes(),
        Outcome.WAITS,
        plan_owed=False,
        acknowledged=("file_waits",),
    )
    yield Case(
        "nợ hai thứ, tệp không nói gì",
        lambda who: with_file(message(who, "Gửi Sở", "Gửi."), "gui-so.pdf", scan()).as_bytes(),
        Outcome.WAITS,
        owes=(H1,),
        acknowledged=("file_waits",),
        held=True,
    )
    yield Case(
        "phần mềm gửi, có tệp",
        lambda who: with_file(
            message(who, "Thông báo văn bản mới", From="Phần mềm <no-reply@phanmem.example>"), "van-ban.pdf", PDF
        ).as_bytes(),
        Outcome.WAITS,
    )
    yield Case(
        "không có người gửi",
        lambda who: with_file(message(who, f"Re: {NHAC}", reply=True, From=""), "07-KH.docx", who.plan()).as_bytes(),
        Outcome.WAITS,
        held=True,
    )
    yield Case(
        "tệp hỏng",
        lambda who: with_file(message(who, f"Re: {NHAC}", reply=True), "07-KH-UBND.docx", b"PK\x03\x04hong").as_bytes(),
        Outcome.REFUSED,
    )
    yield Case(
        "bản tin quảng cáo",
        lambda who: message(
            who, "Khuyến mãi tháng 2", "Mua ngay", From="Cửa hàng <news@cua-hang.example>", List_Unsubscribe="<x>"
        ).as_bytes(),
        Outcome.NOTED,
    )


def _stranger(who: Sender, subject: str, data: bytes = b"") -> bytes:
    made = message(who, subject, "Tôi gửi kế hoạch của xã.", From="An <an.vanthu@thu-rieng.example>")
    return with_file(made, "ke hoach.docx", data or who.plan()).as_bytes()
