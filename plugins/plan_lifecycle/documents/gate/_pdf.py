"""PDF: whole or cut short, under password, and what it would run or carry. It is searched, never rendered.

Object streams are inflated within bounds, since modern writers keep actions there. Many offices restrict printing or
editing: such a file is encrypted yet opens without a password, so only one that asks for a password is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate._findings import Findings

# One object stream holds at most a few hundred small objects; pictures and pages are not among them.
MAX_OBJECT_STREAM = 4 << 20
MAX_OBJECT_STREAMS = 32 << 20
# A workbook printed with all its links; the verdict keeps a hundred.
_MAX_ADDRESSES = 10_000
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")


def _named(*names: str) -> bytes:
    """A pattern for PDF names, each letter as itself or as #xx: ``/J#61vaScript`` is ``/JavaScript``."""
    spelt = ("".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name) for name in names)
    return f"/(?:{'|'.join(spelt)})".encode() + rb"(?![A-Za-z#])"


_ADDRESSES = 10_000
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED_NAME = re.compile(rb"/[A-Za-z#0-9]{0,30}#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,60}")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ADDRESS = re.compile(rb"/(?:URI|F|UF)\s*\(((?:[^()\\]|\\.){4,2000})\)", re.DOTALL)
_SCRIPT = re.compile(_named("JavaScript", "JS") + rb"\s*[(<\d/>]")
_LAUNCH = re.compile(_named("S") + rb"\s*" + _named("Launch"))
_CARRIES = re.compile(_named("EmbeddedFile", "RichMedia"))


def inspect_pdf(data: bytes, findings: Findings) -> None:
    """Fill the findings. Raises BadDocument ``damaged`` or ``password``."""
    last_object = data.rfind(b"endobj")
    if last_object < 0 or data.rfind(b"startxref") < last_object:
        raise bad("damaged", "PDF không có phần kết")
    if _ENCRYPTED.search(data):
        raise bad("password")
    for text in (data, *_object_streams(data)):
        _inspect_objects(text, findings)


def _object_streams(data: bytes) -> Iterator[bytes]:
    left = MAX_OBJECT_STREAMS
    for match in _OBJECT_STREAM.finditer(data):
        begin = _STREAM.search(data, match.end(), match.end() + 1_000)
        if begin is None:
            continue
        inflated = inflate(data, begin.end(), min(left, MAX_OBJECT_STREAM))
        left -= len(inflated)
        yield inflated
        if left <= 0:
            return


def inflate(data: bytes, begin: int, limit: int) -> bytes:
    """What a Flate stream that begins at ``begin`` gives, at most ``limit`` bytes; b"" where it is not one."""
    try:
        return zlib.decompressobj().decompress(memoryview(data)[begin : begin + limit + 1_000], max(limit, 1))
    except zlib.error:
        return b""


def _inspect_objects(text: bytes, findings: Findings) -> None:
    if _SCRIPT.search(text):
        findings.has_macros = True
        findings.warn("Tệp PDF chứa mã JavaScript; không được chạy.")
    if _CARRIES.search(text):
        findings.warn("Tệp PDF mang tệp khác kèm theo.")
    if _LAUNCH.search(text):
        findings.refuse("dangerous_object", "lệnh mở chương trình trong PDF")
    for match in islice(_ADDRESS.finditer(text), _MAX_ADDRESSES):
        address = match[1].replace(b"\\", b"").decode("utf-8", "replace")
        if ":" in address:
            findings.link(address)
