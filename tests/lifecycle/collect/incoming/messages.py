"""Messages as programs of mail, calendars and telephones write them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from email import message_from_bytes, policy
from email.message import EmailMessage

from docx import Document
from tests.factories import MAIL_FROM
from tests.lifecycle.collect.incoming.case import Sender

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
