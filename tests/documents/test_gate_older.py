"""What the gate sees in files of older programs and of LibreOffice before anything opens them."""

from __future__ import annotations

import struct

import pytest
from tests.documents import hostile
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.gate import Purpose, inspect, look

SECTOR = 512
TEXT, OFFICE = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def stream_of(name: str, content: bytes) -> bytes:
    """An OLE file in which a stream of this name begins with the content."""
    data = bytearray(hostile.compound(name, payload=content.ljust(SECTOR, b"\0")))
    entry = data.index(name.encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 116, len(data) // SECTOR - 2)
    return bytes(data)


def word_text(flags: int) -> bytes:
    return stream_of("WordDocument", struct.pack("<H8xH", 0xA5EC, flags))


def workbook_records(*records: int) -> bytes:
    return stream_of("Workbook", b"".join(struct.pack("<HH4x", number, 4) for number in records))


def open_document(*lines: str, manifest: str = "", kind: str = "text", **others: bytes) -> bytes:
    """A document of LibreOffice with these paragraphs."""
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return hostile.zipped(
        [
            ("mimetype", f"application/vnd.oasis.opendocument.{kind}".encode()),
            ("content.xml", f'<office:text xmlns:office="{OFFICE}" xmlns:text="{TEXT}">{body}</office:text>'.encode()),
            ("META-INF/manifest.xml", f'<m:manifest xmlns:m="{MANIFEST}">{manifest}</m:manifest>'.encode()),
            *others.items(),
        ]
    )


@pytest.mark.parametrize(
    ("data", "asks"),
    [
        (word_text(0x0100), True),
        (word_text(0x0200), False),
        (workbook_records(0x0809, 0x002F), True),
        (workbook_records(0x0809, 0x0042), False),
        (open_document(manifest='<m:file-entry><m:encryption-data m:checksum="x"/></m:file-entry>'), True),
        (open_document(), False),
    ],
    ids=["doc", "plain doc", "xls", "plain xls", "odt", "plain odt"],
)
def test_a_password_is_seen_without_opening(data: bytes, asks: bool) -> None:
    verdict = inspect(data, name="ke-hoach.doc", purpose=Purpose.PLAN)
    assert (verdict.code == "password") is asks
    assert not verdict.accepted


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}}\\pard\\u7888?I M\\u7852?T\\par UBND\\par}".replace(
            b"\\u7888?I ", b""
        ),
        b"{\\rtf1\\pard\\qc T\\u7888?I M\\u7852?T\\cell UBND\\cell\\row}",
        b"{\\rtf1\\pard {\\b M}{\\b\\u7852\\'41T}\\par}",
        open_document("UBND TỈNH", "MẬT"),
        open_document("UBND TỈNH", "<text:span>TUYỆT </text:span>MẬT", kind="spreadsheet"),
    ],
    ids=["rtf", "a cell", "other letters instead", "odt", "ods"],
)
def test_a_mark_of_secrecy_is_seen_without_opening(data: bytes) -> None:
    assert inspect(data, name="ke-hoach.rtf", purpose=Purpose.EVIDENCE).secret


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1\\pard B\\u7843?o v\\u7879? b\\u237? m\\u7853?t\\par}",
        open_document("Bảo vệ bí mật nhà nước"),
        b"{\\rtf1 MAT}",
    ],
)
def test_a_sentence_about_secrecy_is_no_mark(data: bytes) -> None:
    assert not look(data).secret


def test_macros_of_libreoffice_are_macros() -> None:
    assert look(open_document("x", **{"Basic/Standard/Module1.xml": b"<a/>"})).has_macros
    assert not look(open_document("x", **{"Basic/script-lc.xml": b"<a/>"})).has_macros


@pytest.mark.parametrize("part", ["\\'41", "\\u7852?", "\\par ", "abc ", "{", "\\a1 "])
def test_the_first_lines_of_rtf_cost_what_they_are_long(part: str) -> None:
    small, large = (b"{\\rtf1 " + part.encode() * (count * 2_000) for count in (1, TIMES))
    assert growth(look, small, large) < LINEAR
