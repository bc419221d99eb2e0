"""A letter as its final bytes: RFC 5322 with CRLF, the same bytes every time for the same letter.

The outbox keeps these bytes, so what is sent tomorrow, or again after a crash, is what was recorded today. Parts are
written here and not through ``email.message``, which costs twice the time of the whole sending; texts are base64
of UTF-8, so a boundary can never occur inside a part.
"""

from __future__ import annotations

import hashlib
import re
from binascii import b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.mail._headers import Address, encode_text, header_line, parameter, refuse_control

__all__ = ["Address", "Attachment", "build_message", "stable_message_id"]

_CONTENT_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(; ?[a-z-]+=[A-Za-z0-9._-]+)*", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.\[\]:-]+>")
_LINE = 76


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter; ``name`` is what the recipient sees and may be Vietnamese."""

    name: str
    content_type: str
    data: bytes


def stable_message_id(*parts: object, domain: str) -> str:
    """A Message-ID that the same parts always give: "<3f0c…@binhthuan.example.vn>".

    Give it what makes a letter unique (obligation, rung, recipient), so a letter sent twice is recognisable.
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]
    return f"<{digest}@{domain}>"


def build_message(
    *,
    sender: Address,
    recipients: Sequence[Address],
    subject: str,
    text: str,
    html: str,
    message_id: str,
    date: datetime,
    in_thread: str | None = None,
    reply_to: Address | None = None,
    attachments: Sequence[Attachment] = (),
    auto_submitted: bool = True,
    calendar: bytes | None = None,
) -> bytes:
    """The whole letter as bytes. ``date`` is aware; ``in_thread`` is the Message-ID of the thread's first letter.

    Raises InputError for a line break or control character in a header, an address that cannot be mailed, a malformed
    Message-ID, or a letter without recipients.
    """
    headers = _headers(sender, recipients, subject, message_id, date)
    if reply_to is not None:
        headers.append(header_line("Reply-To", str(reply_to)))
    if in_thread is not None:
        headers.append(f"In-Reply-To: {_checked_id(in_thread)}\r\nReferences: {in_thread}")
    if auto_submitted:
        headers.append("Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply")
    files = list(attachments)
    if calendar is not None:
        files.append(Attachment("thoi-han.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar))
    head = ("\r\n".join(headers) + "\r\nMIME-Version: 1.0\r\n").encode("ascii")
    boundary = "=_" + hashlib.sha256(message_id.encode()).hexdigest()[:24]
    return head + _body(text, html, files, boundary)


def _headers(
    sender: Address, recipients: Sequence[Address], subject: str, message_id: str, date: datetime
) -> list[str]:
    if not recipients:
        raise InputError("at least one recipient", field="recipients")
    if date.tzinfo is None:
        raise InputError("a date with its time zone", field="date", found=date.isoformat())
    return [
        header_line("From", str(sender)),
        header_line("To", ",\r\n ".join(map(str, recipients))),
        header_line("Subject", encode_text(refuse_control(subject, "subject"))),
        f"Date: {format_datetime(date)}",
        f"Message-ID: {_checked_id(message_id)}",
    ]


def _body(text: str, html: str, files: Sequence[Attachment], boundary: str) -> bytes:
    inner = boundary + "a"
    alternative = _multipart("alternative", inner, [_text_part("plain", text), _text_part("html", html)])
    if not files:
        return alternative
    return _multipart("mixed", boundary + "m", [alternative, *map(_file_part, files)])


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    delimiter = f"--{boundary}".encode()
    opening = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'.encode()
    pieces = [opening]
    for part in parts:
        pieces += (delimiter, part)
    return b"\r\n".join([*pieces, delimiter + b"--\r\n"])


def _text_part(subtype: str, text: str) -> bytes:
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("ascii") + _base64("\r\n".join(text.splitlines()).encode() + b"\r\n")


def _file_part(file: Attachment) -> bytes:
    name = refuse_control(file.name, "attachment name")
    if not _CONTENT_TYPE.fullmatch(file.content_type):
        raise InputError("a content type such as application/pdf", field="content_type", found=file.content_type)
    head = (
        f'Content-Type: {file.content_type};\r\n name="{encode_text(name, in_quotes=True)}"\r\n'
        f"Content-Disposition: attachment;\r\n {parameter('filename', name)}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + _base64(file.data)


def _base64(data: bytes) -> bytes:
    flat = b2a_base64(data, newline=False)
    return b"\r\n".join([flat[start : start + _LINE] for start in range(0, len(flat), _LINE)])


def _checked_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise InputError("a Message-ID such as <id@domain>", field="message_id", found=message_id)
    return message_id
