"""What people of xã Bình An send, in the shapes that real clients give it: none of it is a bounce or an auto-reply.

``GOOD`` answer or carry what is owed; ``AUTOMATIC`` and ``FAILED`` are what mailboxes and servers send in their place.
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from unicodedata import normalize

OFFICER = "Nguyễn Văn An <vanthu@binhan.example.vn>"
OFFICE = "Sở Nội vụ <snv@binhthuan.example.vn>"
QUOTE = "\n\nVào Th 3, 9 thg 6, 2026 lúc 07:30 Sở Nội vụ <snv@binhthuan.example.vn> đã viết:\n> {}\n"
DSN_TEXT = (
    "This is the mail system at host mail.example.vn.\n\nI'm sorry to have to inform you that your message could not\n"
    "be delivered to one or more recipients.\n\n<cu@binhan.example.vn>: mx.example.vn said: 550 5.1.1 unknown\n"
)


_REPORT = """\
From: MAILER-DAEMON@mail.example.vn (Mail Delivery System)
To: snv@binhthuan.example.vn
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="bao"

--bao
Content-Type: text/plain; charset=us-ascii

{text}
--bao
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.vn

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}

--bao
Content-Type: message/rfc822

From: snv@binhthuan.example.vn
To: cu@binhan.example.vn
Subject: x

x
--bao--
"""


def message(subject: str, text: str, **headers: str) -> EmailMessage:
    """A person's message; underscores in header names stand for hyphens."""
    made = EmailMessage(policy=policy.SMTP)
    base = {"From": OFFICER, "To": OFFICE, "Subject": subject, "Date": "Tue, 16 Jun 2026 14:05:00 +0700"}
    base["Message-ID"] = "<CAF-1@mail.binhan.example.vn>"
    for name, value in (base | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        made[name] = value
    made.set_content(text)
    return made


def with_files(made: EmailMessage, *names: str) -> EmailMessage:
    """The message with documents attached."""
    for name in names:
        made.add_attachment(b"PK\x03\x04" + bytes(64), maintype="application", subtype="octet-stream", filename=name)
    return made


def bounce(recipient: str = "cu@binhan.example.vn", status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery report as Postfix writes it."""
    report = _REPORT.format(text=DSN_TEXT, recipient=recipient, status=status, action=action)
    return report.replace("\n", "\r\n").encode()


def forwarded(enclosed: bytes, subject: str, text: str) -> bytes:
    """A person's message with another one attached."""
    head = f"From: {OFFICER}\nTo: {OFFICE}\nSubject: {subject}\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/mixed; boundary="nguoi"\n\n--nguoi\nContent-Type: text/plain; charset=utf-8\n\n'
    head += f"{text}\n\n--nguoi\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n"
    return head.replace("\n", "\r\n").encode() + enclosed + b"\r\n--nguoi--\r\n"


def _signed() -> bytes:
    signed = MIMEMultipart("signed", protocol="application/pkcs7-signature")
    signed["From"], signed["To"], signed["Subject"] = OFFICER, OFFICE, "Báo cáo CCHC 6 tháng đầu năm 2026"
    signed.attach(MIMEText("Kính gửi báo cáo số 45/BC-UBND.", "plain"))
    signature = MIMEText("MIIB", "plain")
    signature.replace_header("Content-Type", 'application/pkcs7-signature; name="smime.p7s"')
    signature["Content-Disposition"] = 'attachment; filename="smime.p7s"'
    signed.attach(signature)
    return signed.as_bytes()


def _opaque() -> bytes:
    made = message("Gửi báo cáo", "x")
    made.clear_content()
    made.set_content(bytes(200), maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    return made.as_bytes()


def _html_only(subject: str, html: str, **headers: str) -> bytes:
    made = message(subject, "x", **headers)
    made.set_content(html, subtype="html")
    return made.as_bytes()


def _raw(headers: str, body: str) -> bytes:
    return (headers + "\n" + body).replace("\n", "\r\n").encode()


IN_REPLY = {"In_Reply_To": "<nhac-1@binhthuan.example.vn>", "References": "<nhac-1@binhthuan.example.vn>"}
SUBJECT = "Re: Nhắc thời hạn gửi trước ngày 17/6/2026: Báo cáo CCHC 6 tháng đầu năm 2026 – UBND xã Bình An"

GOOD: dict[str, bytes] = {
    "with the signed PDF and the Word file": with_files(
        message("[UBND xã Bình An] Báo cáo CCHC 6 tháng đầu năm 2026 – Số 45/BC-UBND", "Kính gửi Sở Nội vụ."),
        "45-BC-UBND.signed.pdf",
        "Báo cáo CCHC.docx",
    ).as_bytes(),
    "only a file, no subject, no text": with_files(message("", ""), "bc.docx").as_bytes(),
    "a reply with files": with_files(
        message(SUBJECT, "Gửi Sở." + QUOTE.format("Kính gửi"), **IN_REPLY), "a.xlsx"
    ).as_bytes(),
    "a reply in words": message(SUBJECT, "Đơn vị đã gửi văn bản số 45/BC-UBND ngày 15/6/2026.", **IN_REPLY).as_bytes(),
    "a reply without thread headers": message("RE: Nhắc thời hạn gửi", "Đã gửi ngày 15/6.").as_bytes(),
    "Trả lời: as a prefix": message("Trả lời: Nhắc thời hạn gửi", "Xã đang trình ký.").as_bytes(),
    "a reply that quotes an auto-reply": message(
        "Re: Trả lời tự động: Nhắc thời hạn gửi",
        "Xin gửi." + QUOTE.format("Out of office"),
        **IN_REPLY,
    ).as_bytes(),
    "a reply to an Automatic reply": message("Re: Automatic reply: Báo cáo", "Kính gửi.", **IN_REPLY).as_bytes(),
    "a reply that quotes a bounce": message(
        "Re: Undelivered Mail Returned to Sender", "Đơn vị gửi lại." + DSN_TEXT.replace("\n", "\n> "), **IN_REPLY
    ).as_bytes(),
    "a forwarded bounce as attachment": forwarded(
        bounce(), "Fwd: Undelivered Mail Returned to Sender", "Thư bị trả lại như đính kèm, đơn vị xin gửi lại báo cáo."
    ),
    "a forwarded bounce in the text, with the report": with_files(
        message("Fwd: Delivery Status Notification (Failure)", "Xã gửi lại báo cáo.\n\n" + DSN_TEXT), "bc.docx"
    ).as_bytes(),
    "a forwarded letter": with_files(
        message("Fwd: Kế hoạch triển khai", "---------- Forwarded message ----------\nFrom: x"), "kh.docx"
    ).as_bytes(),
    "Chuyển tiếp: as a prefix": message("Chuyển tiếp: Báo cáo quý II", "Chuyển Sở.").as_bytes(),
    "signed with S/MIME": _signed(),
    "signed and opaque": _opaque(),
    "PGP in the text": message("Báo cáo", "-----BEGIN PGP SIGNED MESSAGE-----\n\nGửi báo cáo.\n").as_bytes(),
    "HTML only": _html_only(SUBJECT, "<p>Đã <b>gửi</b> số 45/BC-UBND</p>", **IN_REPLY),
    "speaks of failures in the commune's own work": message(
        "Báo cáo kết quả khắc phục lỗi gửi nhận văn bản", "Hệ thống không gửi được, delivery failed nhiều lần."
    ).as_bytes(),
    "titled Undeliverable by the person": with_files(
        message("Mail delivery failed nên xã gửi lại báo cáo", "Kính gửi"), "bc.pdf"
    ).as_bytes(),
    "marked Auto-Submitted: no": message("Báo cáo", "Gửi báo cáo.", Auto_Submitted="no").as_bytes(),
    "bare UTF-8 in the headers": _raw(
        "From: Văn thư <vanthu@binhan.example.vn>\nTo: snv@binhthuan.example.vn\nSubject: Báo cáo tháng 6\n",
        "Gửi Sở.\n",
    ),
    "through a list, with files": with_files(
        message("Báo cáo", "Gửi", List_Id="<cchc.example.vn>", Precedence="list"), "bc.docx"
    ).as_bytes(),
    "from the postmaster who is a person": message(
        SUBJECT, "Xã gửi chậm do lỗi máy chủ.", From="Quản trị <postmaster@binhan.example.vn>", **IN_REPLY
    ).as_bytes(),
    "from the office's service mailbox, telling of trouble": message(
        SUBJECT,
        "Thư trước không gửi được tới Sở, nay xã gửi lại.\n\n-----Original Message-----\nFrom: x\n",
        From="UBND xã <admin@binhan.example.vn>",
        **IN_REPLY,
    ).as_bytes(),
    "asks for more time": message("Đề nghị gia hạn", "Đề nghị gia hạn nộp đến 20/6.").as_bytes(),
    "with a picture of the signed page": with_files(message("gui so", "anh chup"), "trang1.jpg").as_bytes(),
}

AUTOMATIC: dict[str, bytes] = {
    "Exchange, Vietnamese": message("Trả lời tự động: Nhắc thời hạn gửi", "Tôi đi công tác đến 20/6.").as_bytes(),
    "Exchange, English": message("Automatic reply: Nhắc", "Away", X_Auto_Response_Suppress="All").as_bytes(),
    "RFC 3834": message(SUBJECT, "Đang nghỉ phép.", Auto_Submitted="auto-replied (vacation)", **IN_REPLY).as_bytes(),
    "Gmail": message("Nghỉ phép Re: Nhắc", "Nghỉ", X_Autoreply="yes", Precedence="bulk").as_bytes(),
    "Zimbra": message(
        "Vắng mặt", "Đi vắng", Auto_Submitted="auto-replied (zimbra; vacation)", Return_Path="<>", Precedence="bulk"
    ).as_bytes(),
    "only the null envelope and the thread": message(
        SUBJECT, "Đã nhận thư.", Return_Path="<>", X_Auto_Response_Suppress="OOF, AutoReply", **IN_REPLY
    ).as_bytes(),
    "decomposed letters": message(normalize("NFD", "Trả lời tự động: Nhắc"), "Vắng").as_bytes(),
    "only the null envelope": message(SUBJECT, "Tôi đi vắng.", Return_Path="<>", **IN_REPLY).as_bytes(),
    "Apple": message(SUBJECT, "Đi vắng", X_Apple_Action="vacation").as_bytes(),
    "Domino": message("AUTO: An is out of the office (returning 20/06/2026)", "x").as_bytes(),
    "Out of Office": message("Out of Office: Nhắc", "Away").as_bytes(),
    "a ticket system": message(
        "[#1234] Đã tiếp nhận", "Chúng tôi đã nhận.", Auto_Submitted="auto-generated", **IN_REPLY
    ).as_bytes(),
}

OTHER: dict[str, bytes] = {
    "a newsletter": message("Khuyến mãi tháng 6", "Mua ngay", List_Unsubscribe="<mailto:x@example.vn>").as_bytes(),
    "a robot": message("Mã đăng nhập", "123456", From="no-reply@dichvu.example.vn").as_bytes(),
    "a bounce passed on without a word": message(
        "Fwd: Delivery Status Notification (Failure)",
        DSN_TEXT + "\n--- Below this line is a copy of the message.\n\nx\n",
    ).as_bytes(),
    "an invitation to lunch": message("Hẹn trưa", "Trưa nay ăn cơm nhé").as_bytes(),
    "a scheduled job": message("Cron", "done", Auto_Submitted="auto-generated", From="root@may.example.vn").as_bytes(),
}

NOTICES: dict[str, tuple[str, str, str, str | None, bool | None]] = {
    # name: (From, Subject, text, status, permanent); the address that failed is always cu@binhan.example.vn
    "a full mailbox, in Vietnamese": (
        "Quản trị thư <postmaster@binhan.example.vn>",
        "Thư không gửi được",
        "Thư của quý vị không gửi được tới cu@binhan.example.vn do hộp thư đã đầy.",
        None,
        False,
    ),
    "a full mailbox, the letter before its receiver": (
        "Mail Delivery System <MAILER-DAEMON@mail.binhan.example.vn>",
        "Hộp thư đầy",
        "Không thể gửi thư tới <cu@binhan.example.vn>: hộp thư của người nhận đã đầy.",
        None,
        False,
    ),
    "a locked account": (
        "no-reply@mail.binhan.example.vn",
        "Thông báo: Thư không được phân phát",
        "Thư gửi tới địa chỉ cu@binhan.example.vn không phân phát được do tài khoản đã bị khóa.",
        None,
        True,
    ),
    "a delay, in Vietnamese": (
        "Mail Delivery System <MAILER-DAEMON@mail.binhan.example.vn>",
        "Cảnh báo: thư chưa gửi được",
        "Thư tới cu@binhan.example.vn chưa gửi được sau 4 giờ. Hệ thống sẽ tiếp tục thử gửi trong 5 ngày.",
        None,
        False,
    ),
    "a receiver who is not there, without accents": (
        "Postmaster <postmaster@binhan.example.vn>",
        "Khong gui duoc thu",
        "Khong gui duoc thu toi cu@binhan.example.vn\n550 5.1.1 User unknown",
        "5.1.1",
        True,
    ),
    "a delay": (
        "Mail Delivery System <Mailer-Daemon@x.example.vn>",
        "Warning: message 1P1ce6 delayed 24 hours",
        "This message was created automatically by mail delivery software.\n\nThe address is:\n\n"
        "  cu@binhan.example.vn\n    Delay reason: Connection timed out\n\nNo action is required on your part.",
        None,
        False,
    ),
    "a session transcript": (
        "MDaemon at mail.example.vn <MDaemon@mail.example.vn>",
        "Permanent Delivery Failure",
        "The attached message had PERMANENT fatal delivery errors!\n\n RCPT To:<cu@binhan.example.vn>\n"
        " 550 5.1.1 Recipient unknown <cu@binhan.example.vn>\n",
        "5.1.1",
        True,
    ),
    "an address not in the directory": (
        "Postmaster@mail.example.vn",
        "DELIVERY FAILURE: User cu (cu@binhan.example.vn) not listed in Domino Directory",
        "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  cu@binhan.example.vn\n\nbecause:\n\n  not listed",
        None,
        True,
    ),
    "a list of recipients": (
        "System Administrator <postmaster@x.example.vn>",
        "Undeliverable: Nhắc",
        "Your message\n\n  To:      cu@binhan.example.vn\n  Subject: x\n\ndid not reach the following recipient(s):\n\n"
        "cu@binhan.example.vn on Thu, 29 Apr 2010 18:14:35 +0000\n    The recipient name is not recognized",
        None,
        True,
    ),
    "no sender at all": (
        "<>",
        "Nhắc",
        "Your message could not be delivered to <cu@binhan.example.vn>: 451 4.3.0 try again later",
        "4.3.0",
        False,
    ),
}

FAILED: dict[str, bytes] = {
    "Postfix": bounce(),
    "Exchange, Vietnamese": _raw(
        "From: postmaster@mail.example.vn\nTo: snv@binhthuan.example.vn\nSubject: Không thể gửi: Nhắc thời hạn\n"
        "Return-Path: <>\n",
        "Không thể gửi đến người nhận:\n\ncu@binhan.example.vn\n\n550 5.1.1 không tìm thấy\n",
    ),
}
