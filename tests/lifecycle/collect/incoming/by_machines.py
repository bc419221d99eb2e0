"""What machines send: absences, receipts, bounces, calendars."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from tests.factories import MAIL_FROM
from tests.lifecycle.collect.incoming.case import NHAC, Case, Outcome, Sender
from tests.lifecycle.collect.incoming.messages import PDF, calendar, enclosing, letter_in_words, message, with_file
from tests.mail.replies import bounce


def automatic(
    subject: str, text: str = "Tôi đi công tác đến hết ngày 25/02/2023, việc gấp xin liên hệ đ/c Hải."
) -> Case:
    """An answer of a mailbox by itself, told by its subject alone."""
    return Case(f"tự động: {subject}", lambda who: message(who, subject, text).as_bytes(), Outcome.AUTOMATIC)


def _mailer(subject: str, text: str, sender: str = "Mail Delivery System <MAILER-DAEMON@mx.example>") -> Case:
    told = f"{text}\n\n<{MAIL_FROM}> wrote:\n"
    return Case(
        f"thư báo lỗi: {subject}", lambda who: message(who, subject, told, From=sender).as_bytes(), Outcome.BOUNCE
    )


def by_machines() -> Iterator[Case]:
    """What mailboxes, calendars, help desks and mail servers send by themselves, without the headers made for it."""
    yield automatic(f"Trả lời tự động: {NHAC}")
    yield automatic(f"Tự động trả lời: {NHAC}")
    yield automatic(f"Thư trả lời tự động – Re: {NHAC}")
    yield automatic(normalize("NFD", f"Phản hồi tự động: {NHAC}"))
    yield automatic("TRẢ LỜI TỰ ĐỘNG")
    yield automatic(f"[Trả lời tự động] {NHAC}")
    yield automatic(f"Tự động: {NHAC}")
    yield automatic(f"I am out of office Re: {NHAC}", "Back next week.")
    yield automatic("Phiếu hỗ trợ #55 đã được tạo", "Bộ phận hỗ trợ sẽ liên hệ lại.")
    yield automatic("Cảm ơn quý đơn vị đã liên hệ", "Chúng tôi sẽ phản hồi.")
    yield automatic(f"Xác nhận đã đọc: {NHAC}", "Thư đã được đọc.")
    yield automatic(f"(Tự động trả lời) {NHAC}")
    yield automatic("Đi công tác đến hết ngày 25/02/2023")
    yield automatic(f"On leave until Monday Re: {NHAC}", "Back on Monday.")
    yield automatic(f"Vắng mặt: {NHAC}")
    yield automatic("Thông báo vắng mặt từ ngày 20/02 đến ngày 24/02/2023")
    yield automatic("Nghỉ phép đến 24/02/2023")
    yield automatic(f"Out of office: {NHAC}", "I am away until 27 February and will read your message then.")
    yield automatic(f"OOO until 27 Feb Re: {NHAC}", "Away.")
    yield automatic(f"Out of the Office (returning Monday) Re: {NHAC}", "Back on Monday.")
    yield automatic(f"Automatic reply: {NHAC}", "I am on leave.")
    yield automatic(f"Auto-Reply: {NHAC}", "Thank you, I am travelling.")
    yield automatic(f"Read: {NHAC}", "Your message was read on Tuesday, 21 February 2023 09:00.")
    yield automatic(f"Đã đọc: {NHAC}", "Thư của bạn đã được đọc vào lúc 09:00 ngày 21/02/2023.")
    yield automatic(f"Not read: {NHAC}", "Your message was deleted without being read.")
    yield automatic("[Ticket #20230221-17] received", "We will come back to you within two working days.")
    yield automatic(f"Ticket #4711 received: {NHAC}", "Your ticket has been logged.")
    yield automatic("Your request has been received", "A support agent will contact you.")
    yield automatic(f"[#1234] Yêu cầu của bạn đã được tiếp nhận: {NHAC}", "Mã yêu cầu 1234.")
    yield automatic("Đã tiếp nhận yêu cầu hỗ trợ số 2023-118", "Bộ phận hỗ trợ sẽ liên hệ lại.")
    yield automatic("Cảm ơn bạn đã liên hệ với UBND xã", "Chúng tôi đã nhận được thư và sẽ phản hồi.")
    yield automatic(f"Re: {NHAC}", "Đây là thư trả lời tự động. Tôi đang nghỉ phép, việc gấp xin liên hệ đ/c Hải.")
    yield automatic(f"RE: {NHAC}", "This is an automated response. I am out of the office.")
    for name in ("lich-cong-tac.pdf", "Lich truc.docx"):
        yield Case(
            f"trả lời tự động kèm tệp {name}",
            lambda who, name=name: with_file(
                message(who, f"Trả lời tự động: {NHAC}", "Tôi đi công tác.", reply=True),
                name,
                PDF if name.endswith("pdf") else letter_in_words("LỊCH TRỰC", "Thứ hai: đ/c Hải."),
            ).as_bytes(),
            Outcome.AUTOMATIC,
        )
    yield Case(
        "trả lời tự động kèm thư gốc",
        lambda who: enclosing(message(who, f"Automatic reply: {NHAC}", "Away.", reply=True), who.letter_bytes),
        Outcome.AUTOMATIC,
    )
    yield Case(
        "vắng mặt kèm tệp, trong luồng thư",
        lambda who: with_file(
            message(who, f"Vắng mặt: {NHAC}", "Tôi nghỉ phép.", reply=True), "lich-cong-tac.pdf", PDF
        ).as_bytes(),
        Outcome.AUTOMATIC,
    )
    yield Case("lịch: Accepted", lambda who: calendar(who, f"Accepted: Hạn gửi: {NHAC}", "REPLY"), Outcome.AUTOMATIC)
    yield Case(
        "lịch: Đã chấp nhận, có lời và tệp lịch",
        lambda who: calendar(who, f"Đã chấp nhận: Hạn gửi: {NHAC}", "REPLY", "Cán bộ xã đã chấp nhận.", attached=True),
        Outcome.AUTOMATIC,
    )
    yield Case("lịch: phương thức ở tiêu đề phần", lambda who: _method_outside(who), Outcome.AUTOMATIC)
    yield Case("lịch: từ chối", lambda who: calendar(who, f"Declined: {NHAC}", "REPLY"), Outcome.AUTOMATIC)
    yield Case(
        "lịch: mời họp", lambda who: calendar(who, "Họp giao ban kế hoạch tháng 3", "REQUEST"), Outcome.AUTOMATIC
    )
    yield Case("lịch: hủy họp", lambda who: calendar(who, "Đã hủy: Họp giao ban", "CANCEL"), Outcome.AUTOMATIC)
    yield automatic(f"Accepted: Hạn gửi: {NHAC}", "")
    yield automatic(f"Đã chấp nhận: Hạn gửi: {NHAC}", "")
    yield Case(
        "tiêu đề của máy, có văn bản đính kèm",
        lambda who: message(who, f"Re: {NHAC}", "x", reply=True, Auto_Submitted="auto-replied").as_bytes(),
        Outcome.AUTOMATIC,
    )
    yield _mailer("Undelivered Mail Returned to Sender", "Your message could not be delivered to <cu@xa.example>: 550")
    yield _mailer(
        f"Undeliverable: {NHAC}", "Your message did not reach the following recipient:\n\ncu@xa.example\n",
        "Microsoft Outlook <postmaster@xa.example>",
    )  # fmt: skip
    yield _mailer("Delivery Status Notification (Failure)", "Delivery to the following recipient failed: cu@xa.example")
    yield _mailer(
        "Mail delivery failed: returning message to sender", "A message could not be delivered: cu@xa.example"
    )
    yield _mailer(f"Undeliverable: {NHAC}", "Your message could not be delivered to cu@xa.example", "xa@xa.example")
    yield _mailer(
        f"Không gửi được: {NHAC}", "Thư không thể gửi đến cu@xa.example vì hộp thư đầy.",
        "Quản trị hệ thống thư <hethong@xa.example>",
    )  # fmt: skip
    yield Case("DSN của Postfix", lambda who: bounce("cu@xa.example"), Outcome.BOUNCE)


def _method_outside(who: Sender) -> bytes:
    return calendar(who, "Kế hoạch họp", "REPLY").replace(b"METHOD:REPLY", b"X-NOTE:none")
