"""A morning's mailbox: what communes of an invented district send, each message with what must become of it.

Every message comes from a commune of its own, which was reminded of its plan and owes it; names are invented. The
outcome stands beside the message; ``tests/lifecycle/collect/test_a_mornings_mail.py`` holds the mailroom to them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from unicodedata import normalize

from docx import Document
from tests.documents.signing import scan
from tests.factories import MAIL_FROM, address, invitation, plan_file, report_file
from tests.mail.replies import bounce

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit


class Outcome(StrEnum):
    """What becomes of a message. ``PROPOSED``: each file waits, with the unit and the content that it is for named."""

    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    FILED = "filed"
    COPY = "copy"
    PROPOSED = "proposed"
    WAITS = "waits"
    QUESTION = "question"
    REFUSED = "refused"
    NOTED = "noted"


@dataclass(frozen=True)
class Sender:
    """Who writes: the commune, a second one in the same mailbox, and the letter that it was sent."""

    unit: Unit
    second: Unit
    letter: str
    reply_to: str
    letter_bytes: bytes

    @property
    def email(self) -> str:
        """The address of both."""
        return address(self.unit)

    def plan(self, unit: Unit | None = None) -> bytes:
        """The commune's own plan in Word."""
        unit = unit or self.unit
        return plan_file(unit, number="07", place=unit.name.removeprefix("xã "))


@dataclass(frozen=True)
class Case:
    """One message. ``owes``: items and periods besides the plan; ``shared``: the mailbox serves a second commune.

    ``files``: what is filed, of the commune, as (item, period). ``acknowledged``: what is said to its sender, by kind
    of letter. ``held``: whether reminders of the plan stop.
    """

    name: str
    make: Callable[[Sender], bytes]
    outcome: Outcome
    owes: tuple[tuple[Item, str, str], ...] = ()
    shared: bool = False
    plan_owed: bool = True
    files: tuple[tuple[Item, str], ...] = ((Item.SUB_PLAN, "2023"),)
    acknowledged: tuple[str, ...] = ()
    held: bool = False


H1 = (Item.REPORT, "2023-H1", "2023-06-16")
YEAR = (Item.REPORT, "2023", "2023-12-18")
NHAC = "Nhắc thời hạn gửi trước ngày 01/3/2023: Kế hoạch thông tin, tuyên truyền CCHC năm 2023"
_KINDS = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docm": ("application", "vnd.ms-word.document.macroEnabled.12"),
    "pdf": ("application", "pdf"),
    "zip": ("application", "zip"),
}
_UNFOLDED = policy.SMTP.clone(max_line_length=900)
"""Folding a long Vietnamese subject, the standard library loses spaces between its words."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GIF = b"GIF89a" + bytes.fromhex("01000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def message(
    who: Sender, subject: str, text: str = "Kính gửi.", *, reply: bool = False, html: str = "", **headers: str
) -> EmailMessage:
    """A message of the commune; underscores in header names stand for hyphens; ``reply`` is by a mail program."""
    made = EmailMessage(policy=_UNFOLDED)
    base = {"From": f"Cán bộ xã <{who.email}>", "To": MAIL_FROM, "Subject": subject}
    base |= {"Date": "Tue, 21 Feb 2023 09:00:00 +0700", "Message-ID": f"<{abs(hash((who.email, subject)))}@xa.example>"}
    if reply:
        base |= {"To": who.reply_to, "In-Reply-To": who.letter, "References": who.letter}
    for name, value in (base | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        if value:
            made[name] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def with_file(made: EmailMessage, name: str, data: bytes) -> EmailMessage:
    """The message with a file attached."""
    main, sub = _KINDS.get(name.rpartition(".")[2], ("application", "octet-stream"))
    made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return made


def inline(made: EmailMessage, name: str, data: bytes, *, times: int = 1) -> EmailMessage:
    """The message with pictures inside its text."""
    html = made.get_payload(1)
    assert isinstance(html, EmailMessage)
    for at in range(times):
        html.add_related(
            data, maintype="image", subtype=name.rpartition(".")[2].replace("jpg", "jpeg"), disposition="inline",
            cid=f"<img{at}@xa>", filename=name,
        )  # fmt: skip
    return made


def picture(width: int, height: int) -> bytes:
    """A PNG of this size."""
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (head, rows, b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG of this size, as a camera writes it."""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    begin = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00H\x00H\x00\x00"
    return begin + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00\xd2\xcf \xff\xd9"


def calendar(who: Sender, subject: str, method: str, text: str = "", *, attached: bool = False) -> bytes:
    """What a calendar program sends."""
    made = message(who, subject, text, reply=False, To=who.reply_to)
    told = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:obligation-1@x\r\n"
        "DTSTART;VALUE=DATE:20230228\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    if attached:
        made.add_attachment(told.encode(), maintype="text", subtype="calendar", filename="invite.ics")
    else:
        made.add_alternative(told, subtype="calendar", params={"method": method})
    return made.as_bytes()


def enclosing(made: EmailMessage, enclosed: bytes) -> bytes:
    """The message with another one attached as a message."""
    made.add_attachment(message_from_bytes(enclosed, policy=policy.SMTP))
    return made.as_bytes()


def zipped(name: str, data: bytes) -> bytes:
    """A ZIP archive with one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def winmail(name: str, data: bytes) -> bytes:
    """Outlook's own envelope around one file."""

    def attribute(level: int, which: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, which, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    title = name.encode("ascii") + b"\0"
    return struct.pack("<IH", 0x223E9F78, 1) + (
        attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00018010, title) + attribute(2, 0x0006800F, data)
    )


def letter_in_words(*lines: str) -> bytes:
    """A Word file that is no plan and no report."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def automatic(
    subject: str, text: str = "Tôi đi công tác đến hết ngày 25/02/2023, việc gấp xin liên hệ đ/c Hải."
) -> Case:
    """An answer of a mailbox by itself, told by its subject alone."""
    return Case(f"tự động: {subject}", lambda who: message(who, subject, text).as_bytes(), Outcome.AUTOMATIC)


def heard(subject: str, text: str = "Xã gửi kế hoạch như đính kèm.", *, reply: bool = False) -> Case:
    """A person's message with the plan, whatever its subject speaks of."""

    def make(who: Sender) -> bytes:
        return with_file(message(who, subject, text, reply=reply), "07-KH-UBND.docx", who.plan()).as_bytes()

    return Case(f"người gửi: {subject}{' (trả lời)' if reply else ''}", make, Outcome.FILED)


def asked(name: str, text: str, subject: str = f"Re: {NHAC}") -> Case:
    """A person's words without a file."""
    return Case(
        name, lambda who: message(who, subject, text, reply=True).as_bytes(), Outcome.QUESTION,
        acknowledged=("no_usable_file",),
    )  # fmt: skip


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


def in_other_shapes() -> Iterator[Case]:
    """Forms, photographs, archives, files of two communes, links, and words without a file."""

    def form(name: str, case: str, *, period: str = "2023-H1", owes: tuple[tuple[Item, str, str], ...] = (H1,)) -> Case:
        return Case(
            case,
            lambda who: with_file(message(who, "Gửi số liệu"), name, report_file(who.unit, period)).as_bytes(),
            Outcome.FILED,
            owes=owes,
            files=((Item.REPORT, period),),
        )

    yield form("so lieu.xlsx", "biểu của ta, ngoài luồng thư")
    yield form("so lieu 6 thang.xlsx", "biểu của ta, hai kỳ còn nợ", owes=(H1, YEAR))
    yield form("Bao cao.xlsx", "biểu của kỳ năm", period="2023", owes=(H1, YEAR))
    yield Case(
        "biểu của một trong hai xã chung hộp thư",
        lambda who: with_file(message(who, "Gửi số liệu"), "so lieu.xlsx", report_file(who.unit)).as_bytes(),
        Outcome.FILED,
        owes=(H1,),
        shared=True,
        files=((Item.REPORT, "2023-H1"),),
    )
    yield Case(
        "biểu lập cho xã khác",
        lambda who: with_file(message(who, "Gửi số liệu"), "so lieu.xlsx", report_file(who.second)).as_bytes(),
        Outcome.WAITS,
        owes=(H1,),
        acknowledged=("file_waits",),
    )
    yield Case(
        "hai tệp của hai xã chung hộp thư",
        lambda who: with_file(
            with_file(message(who, f"Re: {NHAC}", "Gửi.", reply=True), f"KH {_bare(who.unit)}.docx", who.plan()),
            f"KH {_bare(who.second)}.docx",
            who.plan(who.second),
        ).as_bytes(),
        Outcome.PROPOSED,
        shared=True,
        acknowledged=("file_waits",),
        held=True,
    )
    for name, data in (
        ("20230221_090112.jpg", jpeg(1, 1)), ("IMG_0042.jpg", jpeg(3024, 4032)), ("image0.png", picture(1200, 1600)),
        ("KH da ky.png", picture(300, 500)),
    ):  # fmt: skip
        yield Case(
            f"ảnh trong thư {name}",
            lambda who, name=name, data=data: inline(
                message(who, f"Re: {NHAC}", "Em gửi kế hoạch đã ký", reply=True, html="<p>Em gửi</p>"), name, data
            ).as_bytes(),
            Outcome.COPY,
        )
    yield Case(
        "hai tệp không tên xã, mỗi tệp một tiêu ngữ",
        lambda who: with_file(
            with_file(message(who, "Gửi kế hoạch hai xã", "Gửi."), "KH 1.docx", who.plan()),
            "KH 2.docx",
            who.plan(who.second),
        ).as_bytes(),
        Outcome.PROPOSED,
        shared=True,
        acknowledged=("file_waits",),
        held=True,
    )
    yield Case(
        "ảnh trong thư mới, không lời",
        lambda who: inline(message(who, "", "", html="<p></p>"), "IMG_7.jpg", jpeg(9, 8)).as_bytes(),
        Outcome.COPY,
    )
    yield Case(
        "thư mới chỉ có đường dẫn",
        lambda who: message(who, "Tài liệu", "https://1drv.ms/w/s!Abc").as_bytes(),
        Outcome.QUESTION,
        acknowledged=("no_usable_file",),
    )
    yield Case(
        "tệp nén zip",
        lambda who: with_file(message(who, "Gửi kế hoạch"), "KH.zip", zipped("07-KH-UBND.docx", who.plan())).as_bytes(),
        Outcome.COPY,
    )
    yield Case(
        "tệp nén rar",
        lambda who: with_file(
            message(who, "Gửi kế hoạch"), "KH.rar", b"Rar!\x1a\x07\x01\x00" + who.unit.id.encode() * 20
        ).as_bytes(),
        Outcome.COPY,
    )
    yield Case(
        "chỉ có chữ ký thư với biểu trưng",
        lambda who: inline(
            message(who, f"Re: {NHAC}", "Xã đang trình ký.", reply=True, html="<p>Xã đang trình ký.</p>"),
            "image001.png",
            picture(180, 60),
        ).as_bytes(),
        Outcome.QUESTION,
        acknowledged=("no_usable_file",),
    )
    yield asked("đường dẫn thay cho tệp", "Xã gửi kế hoạch: https://drive.google.com/file/d/1AbC/view?usp=sharing")
    yield asked("đã gửi qua trục", "Đơn vị đã gửi Kế hoạch số 45/KH-UBND ngày 20/02/2023 qua trục liên thông.")
    yield asked("xin thêm thời gian", "Xã đề nghị gia hạn gửi kế hoạch đến hết ngày 10/3/2023.")
    yield asked("hỏi mẫu", "Cho xã hỏi kế hoạch năm nay theo mẫu nào?")
    yield asked("trả lời tự động được trích lại", "Xã đã nhận thư.\n\n> Đây là thư trả lời tự động\n")
    yield asked(
        "Đã chấp nhận, có lời", "Xã đề nghị gia hạn gửi kế hoạch đến hết ngày 10/3/2023.", f"Đã chấp nhận: {NHAC}"
    )


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


def _bare(unit: Unit) -> str:
    """A unit's name as people write it in file names: without its kind and without accents."""
    plain = normalize("NFD", unit.name.removeprefix("xã ").replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in plain if sign.isascii())


CASES = (*by_machines(), *with_the_plan(), *in_other_shapes(), *in_doubt())
