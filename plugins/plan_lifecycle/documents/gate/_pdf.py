"""PDF: whole or cut short, under password, and what it would run or carry. It is searched, never rendered.

Object streams are inflated within bounds, since modern writers keep actions there. Many offices restrict printing or
editing: such a file is encrypted yet opens without a password, so only one that asks for a password is refused.
"""

from __future__ import annotations

import re

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._pdf_objects import Objects, object_streams
from plan_lifecycle.documents.gate._secrecy import secrecy_mark

# A thousand pages have some 100,000 names outside their pictures, and 50 MB of pictures 200,000 slashes by chance.
_MAX_NAMES = 2_000_000


def _named(*names: str) -> bytes:
    """A pattern for PDF names, each letter as itself or as #xx: ``/J#61vaScript`` is ``/JavaScript``."""
    spelt = ("".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name) for name in names)
    return f"(?:{'|'.join(spelt)})".encode() + rb"(?![A-Za-z#])"


_ENCRYPTED = re.compile(rb"/Encrypt\s{0,99}(?:\d{1,9}\s{1,99}\d{1,9}\s{1,99}R|<<)")
# Everything looked for, in one pass: each begins with the slash of a name.
_SIGN = re.compile(
    rb"/(?:(?P<packed>Type\s{0,9}/ObjStm\b)"
    rb"|(?P<address>(?:URI|UF|F)\s{0,9}\([^()\\]{0,500}(?:\\.[^()\\]{0,500}){0,9})"
    rb"|(?P<script>" + _named("JavaScript", "JS") + rb"\s{0,9}[(<\d/>])"
    rb"|(?P<launch>" + _named("S") + rb"\s{0,9}/" + _named("Launch") + rb")"
    rb"|(?P<carries>" + _named("EmbeddedFile", "RichMedia") + rb"))",
    re.DOTALL,
)  # fmt: skip


def inspect_pdf(data: bytes, findings: Findings) -> None:
    """Fill the findings. Raises BadDocument ``damaged``, ``password`` or ``too_complex``."""
    last_object = data.rfind(b"endobj")
    if last_object < 0 or data.rfind(b"startxref") < last_object:
        raise bad("damaged", "PDF không có phần kết")
    packed = _note_signs(data, findings)
    streams = list(object_streams(data, packed))
    for stream in streams:
        _note_signs(stream, findings)
    from plan_lifecycle.documents.gate._pdf_reader import opens_without_password
    from plan_lifecycle.documents.gate._pdf_text import page_head

    objects = Objects(data, streams)
    if not _ENCRYPTED.search(data):
        head = page_head(objects)
        for line in head.lines:
            findings.mark(secrecy_mark(line))
        if not head.readable:
            findings.warn("Không đọc được chữ ở trang đầu của tệp PDF để kiểm tra.")
    elif opens_without_password(objects):
        findings.warn("Tệp PDF được hạn chế quyền nên không đọc được chữ để kiểm tra.")
    else:
        raise bad("password")


def first_page(data: bytes) -> list[str]:
    """The lines at the head of a PDF that the gate has let in; none of a scan, or where they cannot be read."""
    if _ENCRYPTED.search(data):
        return []
    from plan_lifecycle.documents.gate._pdf_text import page_head

    packed = [match.end() for match in _SIGN.finditer(data) if match.lastgroup == "packed"]
    return page_head(Objects(data, [*object_streams(data, packed)])).lines


def _note_signs(text: bytes, findings: Findings) -> list[int]:
    """Note what the text would run, carry or link to; returns where object streams begin."""
    if text.count(b"/") > _MAX_NAMES:
        raise bad("too_complex", f"hơn {_MAX_NAMES // 1_000_000} triệu tên trong PDF")
    packed = []
    for match in _SIGN.finditer(text):
        if match.lastgroup == "packed":
            packed.append(match.end())
        elif match.lastgroup == "address":
            address = match["address"].partition(b"(")[2].replace(b"\\", b"").decode("utf-8", "replace")
            findings.link(address if ":" in address else "")
        else:
            _note_sign(match.lastgroup or "", findings)
    return packed


def _note_sign(sign: str, findings: Findings) -> None:
    if sign == "launch":
        findings.refuse("dangerous_object", "lệnh mở chương trình trong PDF")
    elif sign == "carries":
        findings.warn("Tệp PDF mang tệp khác kèm theo.")
    else:
        findings.has_macros = True
        findings.warn("Tệp PDF chứa mã JavaScript; không được chạy.")
