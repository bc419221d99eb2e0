"""What brings the plan, however the message calls itself."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

from tests.documents.signing import scan
from tests.lifecycle.collect.incoming.case import NHAC, Case, Outcome, Sender
from tests.lifecycle.collect.incoming.messages import GIF, enclosing, inline, message, picture, winmail, with_file


def heard(subject: str, text: str = "Xã gửi kế hoạch như đính kèm.", *, reply: bool = False) -> Case:
    """A person's message with the plan, whatever its subject speaks of."""

    def make(who: Sender) -> bytes:
        return with_file(message(who, subject, text, reply=reply), "07-KH-UBND.docx", who.plan()).as_bytes()

    return Case(f"người gửi: {subject}{' (trả lời)' if reply else ''}", make, Outcome.FILED)


def with_the_plan() -> Iterator[Case]:
    """People who send what is asked for, in the ways of their mail programs."""
    yield heard(f"Re: {NHAC}", reply=True)
    yield heard("[UBND xã] Kế hoạch thông tin, tuyên truyền CCHC năm 2023")
    yield heard("Please find attached", "Dear all, please find attached our plan.")
    yield heard("RE: Out of office procedures plan", reply=True)
    yield heard("Out of office procedures plan")
    yield heard("Kế hoạch ứng dụng trả lời tự động (chatbot) năm 2023")
    yield heard(f"Fwd: Trả lời tự động: {NHAC}")
    yield heard(f"Re: Trả lời tự động: {NHAC}", reply=True)
    yield heard("Vắng mặt cán bộ đầu mối, đồng chí phó chủ tịch gửi kế hoạch")
    yield heard("Thông báo vắng mặt và gửi kế hoạch của xã")
    yield heard("Phiếu trình số 12: gửi kế hoạch")
    yield heard("Đã đọc thư nhắc và gửi kế hoạch")
    yield heard("Undeliverable nên xã gửi lại kế hoạch", "Thư trước không gửi được, xã gửi lại.")
    yield heard("Ticket hỗ trợ đã đóng, xã gửi kế hoạch")
    yield heard("Đi công tác về muộn nên nay xã mới gửi kế hoạch")
    yield heard("On leave policy and communication plan")
    yield heard("Tài liệu", "")
    yield heard("Tự động hoá báo cáo: kế hoạch năm 2023")
    yield heard("Read the plan of our commune")
    yield heard(
        f"RE: {NHAC}", "Gửi Sở.\n\nVào Th 3, 21 thg 2, 2023 Sở đã viết:\n> Đây là thư nhắc tự động\n", reply=True
    )
    yield Case(
        "bản PDF đã ký, quét",
        lambda who: with_file(message(who, f"Re: {NHAC}", "Gửi.", reply=True), "07 KH UBND.pdf", scan()).as_bytes(),
        Outcome.FILED,
    )
    yield Case(
        "winmail.dat",
        lambda who: with_file(
            message(who, f"Re: {NHAC}", "Gửi.", reply=True), "winmail.dat", winmail("07-KH-UBND.docx", who.plan())
        ).as_bytes(),
        Outcome.FILED,
    )
    yield Case("thư chuyển tiếp lồng thư", _nested, Outcome.FILED)
    yield Case(
        "thư lồng là một tệp .eml",
        lambda who: with_file(message(who, "Chuyển thư", "Chuyển."), "thu goc.eml", _inner(who)).as_bytes(),
        Outcome.FILED,
    )
    yield Case("chuyển tiếp hai lần", lambda who: enclosing(message(who, "Fwd: Fwd: KH"), _nested(who)), Outcome.FILED)
    yield Case(
        "kèm tệp lịch của chính ta",
        lambda who: _and_calendar(with_file(message(who, "Gửi kế hoạch"), "07-KH-UBND.docx", who.plan())),
        Outcome.FILED,
    )
    yield Case(
        "qua danh sách thư",
        lambda who: with_file(
            message(who, "Kế hoạch năm 2023", List_Id="<cchc.example>"), "07-KH-UBND.docx", who.plan()
        ).as_bytes(),
        Outcome.FILED,
    )
    for name, data, times in (
        ("image001.png", picture(180, 60), 1),
        ("pixel.gif", GIF, 1),
        ("logo.png", picture(900, 900), 2),
    ):
        yield Case(
            f"kế hoạch kèm hình trang trí {name}",
            lambda who, name=name, data=data, times=times: with_file(
                inline(message(who, "Gửi kế hoạch", html="<p>Gửi</p>"), name, data, times=times),
                "07-KH-UBND.docx",
                who.plan(),
            ).as_bytes(),
            Outcome.FILED,
        )


def _nested(who: Sender) -> bytes:
    return enclosing(message(who, "Fwd: Gửi kế hoạch", "Chuyển Sở."), _inner(who))


def _inner(who: Sender) -> bytes:
    made = message(who, "Gửi kế hoạch", From="Chủ tịch <ct@xa.example>")
    return with_file(made, "07-KH-UBND.docx", who.plan()).as_bytes()


def _and_calendar(made: EmailMessage) -> bytes:
    told = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"
    made.add_attachment(told, maintype="text", subtype="calendar", filename="han-gui.ics")
    return made.as_bytes()
