"""Messages that xã Bình An's officer might send to the office, as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from itertools import count

from tests.factories import BINH_AN, MAIL_FROM, address

_NUMBERS = count(1)
_KINDS = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": ("application", "pdf"),
}


def answer(
    files: Sequence[tuple[str, bytes]] = (),
    *,
    sender: str = "",
    to: str = MAIL_FROM,
    subject: str = "Re: Nhắc thời hạn gửi: Kế hoạch thông tin, tuyên truyền CCHC năm 2023",
    text: str = "Xã Bình An gửi kế hoạch như đính kèm.",
    answers: str | None = None,
    message_id: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A person's message; ``answers`` is the Message-ID that it replies to."""
    message = EmailMessage()
    message["From"] = f"Cán bộ xã <{sender or address(BINH_AN)}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Tue, 21 Feb 2023 09:00:00 +0700"
    message["Message-ID"] = message_id or f"<{next(_NUMBERS)}.xa@mail.binhan.example.vn>"
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    for name, data in files:
        main, sub = _KINDS.get(name.rpartition(".")[2], ("application", "octet-stream"))
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def with_headers(headers: str, body: bytes = b"%PDF-1.4 x", before: str = "") -> bytes:
    """A message whose one file has exactly these headers, written as no library would."""
    head = f"From: xa@example.vn\r\nMessage-ID: <1@xa>\r\nSubject: B\r\n{before}MIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/mixed; boundary="=b"\r\n\r\n--=b\r\nContent-Type: text/plain\r\n\r\nx\r\n--=b\r\n'
    return head.encode("utf-8", "surrogateescape") + headers.encode("utf-8", "surrogateescape") + (
        b"\r\n\r\n" + body + b"\r\n--=b--\r\n"
    )  # fmt: skip
