"""What comes out of messages as mail clients write them; nothing raises, nothing takes for ever."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.answering import answer, with_headers
from tests.growth import LINEAR, TIMES, growth, steps
from tests.mail import replies

from plan_lifecycle.channels import read_message
from plan_lifecycle.channels._header_text import header_text, safe_name
from plan_lifecycle.channels._tnef import tnef_files

REPORT = "Báo cáo 6 tháng đầu năm.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PERCENT = "B%C3%A1o%20c%C3%A1o%206%20th%C3%A1ng%20%C4%91%E1%BA%A7u%20n%C4%83m.docx"
B64 = base64.b64encode(REPORT.encode()).decode()
QP = "B=C3=A1o_c=C3=A1o_6_th=C3=A1ng_=C4=91=E1=BA=A7u_n=C4=83m.docx"
IN_1258 = "B\u00e1o c\u00e1o 6 th\u00e1ng \u0111\u00e2\u0300u n\u0103m.docx".encode("windows-1258")
RAW_1258 = IN_1258.decode("ascii", "surrogateescape")
PERCENT_1258 = "".join(f"%{byte:02X}" for byte in IN_1258)


@pytest.mark.parametrize(
    "disposition",
    [
        f'attachment; filename="{REPORT}"',
        f"attachment; filename={REPORT}",
        f'attachment; filename="{RAW_1258}"',
        f'attachment; filename="=?UTF-8?B?{B64}?="',
        f"attachment; filename==?utf-8?B?{B64}?=",
        f'attachment; filename="=?utf-8?Q?{QP}?="',
        f'attachment; filename="=?utf-8?Q?{QP[:31]}?= =?utf-8?Q?{QP[31:]}?="',
        f'attachment; filename="=?utf-8?B?{B64[:14]}?=\r\n =?utf-8?B?{B64[14:]}?="',
        f'attachment; filename="=?utf-8*vi?B?{B64}?="',
        f"attachment; filename*=UTF-8''{PERCENT}",
        f"attachment; filename*=utf-8'vi'{PERCENT}; filename=baocao.docx",
        f"attachment;\r\n filename*0*=utf-8''{PERCENT[:4]};\r\n filename*1*={PERCENT[4:]}",
        f"attachment; filename*=windows-1258''{PERCENT_1258}",
        f"attachment; filename*=x-khong-co''{PERCENT}",
        f'attachment; filename="{PERCENT}"',
        f'attachment; filename="C:\\Users\\xa\\{REPORT}"',
        f'attachment; filename="../../{REPORT}"',
        f'attachment; filename="{REPORT}\u202e"',
        f'ATTACHMENT; FILENAME="{REPORT}"',
        f'attachment; name="{REPORT}"',
        f'inline; filename="{REPORT}"',
    ],
)
def test_a_file_keeps_its_name_however_it_is_written(disposition: str):
    message = read_message(with_headers(f"Content-Type: {WORD}\r\nContent-Disposition: {disposition}"))
    assert [file.name for file in message.files] == [REPORT]
    assert message.problems == ()


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Content-Type: application/pdf", "tep-2.pdf"),
        ("Content-Type: application/octet-stream", "tep-2.bin"),
        ('Content-Type: image/jpeg; name="anh.jpg"\r\nContent-Disposition: attachment', "anh.jpg"),
        ("Content-Type: text/plain; name=ghi-chu.txt", "ghi-chu.txt"),
        ('Content-Type: application/zip; name="a.zip"\r\nContent-Transfer-Encoding: x-la', "a.zip"),
        ("Content-Type: vô nghĩa; name=a.doc", "a.doc"),
    ],
)
def test_a_file_has_a_name_in_any_case(headers: str, name: str):
    assert [file.name for file in read_message(with_headers(headers)).files] == [name]


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: application/pkcs7-signature; name=smime.p7s",
        "Content-Type: application/octet-stream; name=smime.p7s",
        "Content-Type: text/calendar; name=thoi-han.ics",
        "Content-Type: text/vcard; name=can-bo.vcf",
        "Content-Type: image/png; name=logo.png\r\nContent-ID: <logo>",
        "Content-Type: image/png",
        "Content-Type: text/html",
    ],
)
def test_signatures_pictures_in_the_text_and_calendars_are_no_files(headers: str):
    assert read_message(with_headers(headers)).files == ()


def test_an_empty_file_is_none():
    assert read_message(with_headers("Content-Type: application/pdf; name=a.pdf", b"")).files == ()


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_line_ends_do_not_matter(end: bytes):
    data = answer([("kh.docx", b"PK\x03\x04" + bytes(range(256)))], message_id="<1@xa>").replace(b"\r\n", b"\n")
    message = read_message(data.replace(b"\n", end))
    assert [(file.name, file.data) for file in message.files] == [("kh.docx", b"PK\x03\x04" + bytes(range(256)))]
    assert message.identity == read_message(data).identity


def test_a_message_is_the_same_whatever_way_it_took():
    data = answer([("kh.docx", b"PK")])
    other = b"Return-Path: <xa@example.vn>\r\nReceived: from a by b\r\nX-Spam: no\r\n" + data
    assert read_message(other).identity == read_message(data).identity
    assert read_message(data + b"\r\nmore").identity != read_message(data).identity


def test_files_in_a_forwarded_message_come_out_with_where_they_were():
    inner = answer([("kh.docx", b"PK")], message_id="<trong@xa>")
    outer = (
        b"From: xa@example.vn\r\nMessage-ID: <ngoai@xa>\r\nContent-Type: multipart/mixed; boundary=f\r\n\r\n--f\r\n"
        b"Content-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--f--\r\n"
    )
    assert [(file.name, file.within) for file in read_message(outer).files] == [("kh.docx", ("<trong@xa>",))]


def _attribute(level: int, attribute: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, attribute, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def winmail(name: str, data: bytes, *, long_name: str | None = None) -> bytes:
    """Outlook's envelope around one file."""
    made = struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x00069007, struct.pack("<II", 1258, 0))
    made += _attribute(2, 0x00069002, b"\0" * 14) + _attribute(2, 0x00018010, name.encode("windows-1258") + b"\0")
    made += _attribute(2, 0x0006800F, data)
    if long_name is not None:
        wide = long_name.encode("utf-16-le") + b"\0\0"
        text = struct.pack("<II", 1, len(wide)) + wide + b"\0" * (-len(wide) % 4)
        named = struct.pack("<HH", 0x0003, 0x8005) + b"G" * 16 + struct.pack("<II", 0, 7) + struct.pack("<I", 1)
        properties = struct.pack("<I", 3) + struct.pack("<HHI", 0x0003, 0x0E20, 5) + named
        made += _attribute(2, 0x00069005, properties + struct.pack("<HH", 0x001F, 0x3707) + text)
    return made


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/octet-stream"])
def test_the_files_in_winmail_dat_come_out(kind: str):
    data = base64.encodebytes(winmail("BAOCAO~1.DOC", b"PK-data", long_name=REPORT))
    headers = f"Content-Type: {kind}; name=winmail.dat\r\nContent-Transfer-Encoding: base64"
    files = read_message(with_headers(headers, data)).files
    assert [(file.name, file.data) for file in files] == [(REPORT, b"PK-data")]


def test_a_file_in_winmail_dat_has_its_short_name_where_it_has_no_other():
    assert tnef_files(winmail("Kê hoach.doc", b"D0CF")) == [("Kê hoach.doc", b"D0CF")]


@given(st.binary(max_size=400), st.integers(0, 300))
def test_a_broken_winmail_dat_raises_nothing(noise: bytes, cut: int):
    whole = winmail("a.doc", b"x" * 20, long_name="b.docx")
    tnef_files(whole[:cut] + noise)
    tnef_files(whole[:cut] + noise + whole[cut:])


@given(st.binary(max_size=2000))
def test_no_bytes_raise(data: bytes):
    read_message(data)


def test_a_part_whose_charset_no_python_knows_or_takes_is_read_nevertheless():
    """Python's reader asks for a codec of this name when a leaf is merely looked at: one with a NUL in it raises."""
    for charset in (b"a\0b", b"no-such-charset", b"\0"):
        whole = (
            b'From: a@b.vn\nSubject: s\nContent-Type: text/plain; charset="' + charset + b'"\n\nCh\xc3\xa0o \xff\xe1\n'
        )
        message = read_message(whole)
        assert (message.subject, message.files, message.problems) == ("s", (), ())


@settings(max_examples=300)
@given(st.sampled_from(sorted(replies.GOOD)), st.data())
def test_no_damaged_message_raises(name: str, data: st.DataObject):
    whole = replies.GOOD[name]
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 40))
    message = read_message(whole[:at] + data.draw(st.binary(max_size=40)) + whole[at + length :])
    text = "".join([message.subject, *message.senders, *(file.name for file in message.files)])
    assert "\0" not in text
    text.encode()


@given(st.text(max_size=300))
def test_a_name_is_always_safe(name: str):
    safe = safe_name(name)
    assert not {"/", "\\", "\0", "\n", "\r", "\u202e"} & set(safe)
    assert len(safe) <= 200
    assert safe_name(safe) == safe


@given(st.binary(max_size=300))
def test_a_header_is_always_text_that_can_be_kept(data: bytes):
    text = header_text(data.decode("ascii", "surrogateescape"))
    text.encode()
    assert "\0" not in text


MULTIPART = b"Content-Type: multipart/mixed; boundary=a\n\n"
HOSTILE: dict[str, tuple[Callable[[int], bytes], int]] = {
    "delimiters": (lambda n: MULTIPART + b"--a\n" * n, 5_000_000),
    "parts": (lambda n: MULTIPART + b"--a\n" * n, 19_000),
    "levels": (
        lambda n: b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (at, at) for at in range(n)),
        5_000,
    ),
    "messages in messages": (lambda n: b"Content-Type: message/rfc822\n\n" * n, 20_000),
    "headers": (lambda n: b"a:b\n" * n, 500_000),
    "a long address": (lambda n: b"From: " + b"<" * n + b"\n\n", 100_000),
    "comments in comments": (lambda n: b"From: " + b"(" * n + b"\n\n", 50_000),
    "half words": (lambda n: b"Subject: " + b"=?utf-8?q?" * n + b"\n\n", 50_000),
    "a folded header": (lambda n: b"Subject: " + b"a\n " * n + b"\n\n", 500_000),
    "sections of a name": (
        lambda n: b"Content-Type: application/pdf;" + b"".join(b" name*%d*=a;" % at for at in range(n)) + b"\n\nx",
        20_000,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_message_takes_no_more_than_in_proportion_to_its_size(name: str):
    build, count = HOSTILE[name]
    assert growth(read_message, build(count // TIMES), build(count)) < LINEAR


@pytest.mark.parametrize("name", ["levels", "delimiters"])
def test_a_broken_structure_is_told(name: str):
    build, count = HOSTILE[name]
    assert read_message(build(count)).problems


def test_an_envelope_of_a_hundred_thousand_attributes_takes_in_proportion_to_them():
    def attributes(count: int) -> bytes:
        return struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x00060000, b"x") * count

    assert growth(tnef_files, attributes(100_000 // TIMES), attributes(100_000)) < LINEAR


@pytest.mark.parametrize("claimed", [1, 0xFFFFFFFF])
def test_an_envelope_is_believed_no_number_of_properties_that_it_does_not_hold(claimed: int):
    properties = _attribute(2, 0x00069005, struct.pack("<I", claimed))
    data = winmail("a.doc", b"D0CF") + properties
    assert tnef_files(data) == [("a.doc", b"D0CF")]
    assert steps(lambda: tnef_files(data)) < 200


def test_no_real_bounce_raises(samples: Path):
    for path in sorted((samples / "mail" / "bounces").glob("*.eml")):
        message = read_message(path.read_bytes())
        assert message.problems == (), path.name
