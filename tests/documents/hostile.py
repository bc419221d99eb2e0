"""Builders of files, sound and hostile, for the gate: each returns bytes, small on disk whatever it would become."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MEGABYTE = 1 << 20


def zipped(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def relationships(*lines: tuple[str, str, bool]) -> bytes:
    """Each line is type (its last word), target, external."""
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for number, (kind, target, external) in enumerate(lines, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'.encode()


def content_types(overrides: dict[str, str]) -> bytes:
    body = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{body}</Types>'.encode()


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_members(
    body: str | bytes = "",
    *,
    links: Iterable[tuple[str, str, bool]] = (),
    main_type: str = _WORD_TYPE + "document.main+xml",
    header: str = "",
    extra: Iterable[tuple[str, bytes]] = (),
    extra_types: dict[str, str] | None = None,
    namespace: str = W,
) -> list[tuple[str, bytes]]:
    """The members of a small docx; ``body`` as bytes is the whole of document.xml."""
    if isinstance(body, str):
        body = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'.encode()
    types = {"word/document.xml": main_type, "word/header1.xml": _WORD_TYPE + "header+xml"} | (extra_types or {})
    return [
        ("[Content_Types].xml", content_types(types)),
        ("_rels/.rels", relationships(("officeDocument", "word/document.xml", False))),
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", relationships(("header", "header1.xml", False), *links)),
        ("word/header1.xml", f'<w:hdr xmlns:w="{W}">{header}</w:hdr>'.encode()),
        *extra,
    ]


def word(body: str | bytes = "", **rest: object) -> bytes:
    return zipped(word_members(body or paragraph("KẾ HOẠCH"), **rest))  # type: ignore[arg-type]


def workbook(
    sheet: str, *, texts: Iterable[str] = (), extra: Iterable[tuple[str, bytes]] = (), main: str = "sheet.main+xml"
) -> bytes:
    """A small xlsx: ``sheet`` is what stands in the worksheet element."""
    types = {
        "xl/workbook.xml": main if main.startswith("application") else _EXCEL_TYPE + main,
        "xl/worksheets/sheet1.xml": _EXCEL_TYPE + "worksheet+xml",
        "xl/sharedStrings.xml": _EXCEL_TYPE + "sharedStrings+xml",
        "xl/externalLinks/externalLink1.xml": _EXCEL_TYPE + "externalLink+xml",
        "xl/connections.xml": _EXCEL_TYPE + "connections+xml",
    }
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    return zipped(
        [
            ("[Content_Types].xml", content_types(types)),
            ("_rels/.rels", relationships(("officeDocument", "xl/workbook.xml", False))),
            ("xl/workbook.xml", f'<workbook xmlns="{_S}" xmlns:r="{_OFFICE}">{sheets}</workbook>'.encode()),
            ("xl/_rels/workbook.xml.rels", relationships(("worksheet", "worksheets/sheet1.xml", False))),
            ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_S}">{sheet}</worksheet>'.encode()),
            ("xl/sharedStrings.xml", f'<sst xmlns="{_S}">{items}</sst>'.encode()),
            *extra,
        ]
    )


def flat_bomb(megabytes: int = 64) -> bytes:
    """A member of document.xml that is all spaces."""
    blanks = b"<r>" + b" " * (megabytes * MEGABYTE)
    return zipped([*word_members()[:2], ("word/document.xml", blanks)])


def lying_bomb(megabytes: int = 64) -> bytes:
    """The same, with a directory that says 1,000 bytes."""
    data = flat_bomb(megabytes)
    true_size = struct.pack("<I", megabytes * MEGABYTE + 3)
    return data.replace(true_size, struct.pack("<I", 1_000))


def many_parts_bomb(parts: int = 50) -> bytes:
    """Parts that each keep to the bounds, and together do not."""
    return zipped([*word_members(), *((f"word/media/{n}.bin", bytes(3 * MEGABYTE)) for n in range(parts))])


def overlapping_bomb(entries: int = 3_000) -> bytes:
    """Directory entries that all share one compressed member."""
    data = zipped([("a", bytes(MEGABYTE))])
    begin = data.rindex(b"PK\x01\x02")
    local, entry = data[:begin], bytearray(data[begin : data.rindex(b"PK\x05\x06")])
    directory = bytearray()
    for number in range(entries):
        entry[46:47] = bytes([97 + number % 26])
        directory += entry[:28] + struct.pack("<H", 5) + entry[30:46] + b"%05d" % number
    return local + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), begin, 0)


def nested_bomb(levels: int = 10) -> bytes:
    data = word()
    for _ in range(levels):
        data = word(extra=[("word/embeddings/inner.docx", data)])
    return data


def full_directory(entries: int = 60_000) -> bytes:
    """Nothing but a directory of empty members."""
    header = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0)
    directory = b"".join(header + b"%05d" % number for number in range(entries))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 5, 0) + b"00000"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), len(local), 0)
    return local + directory + end


def with_doctype(subset: str, reference: str = "", encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [{subset}]>'
        f'<w:document xmlns:w="{W}"><w:body>{paragraph(reference)}</w:body></w:document>'
    )
    return word(text.encode(encoding))


def billion_laughs() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return with_doctype('<!ENTITY a0 "lol">' + lines, "&a9;")


def wide_table(columns: int = 10_000, rows: int = 3) -> bytes:
    row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * columns}</w:tr>"
    return word(f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>{row * rows}</w:tbl>")


def deep(levels: int = 100_000, tag: str = "w:p") -> bytes:
    return word(f"<{tag}>" * levels + f"</{tag}>" * levels)


def picture(width: int, height: int) -> bytes:
    """A PNG of one chunk of nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def photograph(width: int, height: int) -> bytes:
    """The segments of a JPEG without its pixels."""
    frame = struct.pack(">2sHBHHB", b"\xff\xc0", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + frame + b"\xff\xda\x00\x02data\xff\xd9"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R", before: bytes = b"") -> bytes:
    """A PDF of the given objects, numbered from 1; its table counts from the first byte of what stands ``before``."""
    body = before + b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
        + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(body))
    )  # fmt: skip


def stream(dictionary: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (dictionary, len(packed), packed)


def compound(*names: str, payload: bytes = b"") -> bytes:
    """An OLE compound file whose directory has these streams, and ``payload`` in a sector of its own."""
    entries = [("Root Entry", 5), *((name, 2) for name in names)]
    directory = b""
    for name, kind in entries:
        encoded = name.encode("utf-16-le") + b"\0\0"
        directory += encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), kind) + bytes(61)
    sectors = -(-len(directory) // 512)
    directory = directory.ljust(sectors * 512, b"\0")
    table = struct.pack("<I", 0xFFFFFFFD)
    table += b"".join(struct.pack("<I", n + 1 if n < sectors else 0xFFFFFFFE) for n in range(1, sectors + 1))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<6I", 1, 1, 0, 4096, 0xFFFFFFFE, 0) + struct.pack("<2I", 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    return header + table.ljust(512, b"\xff") + directory + payload


_MEASURED = """
import sys
from plan_lifecycle.cli import main
try:
    main(sys.argv[1:])
finally:
    status = open("/proc/self/status").read()
    sys.stderr.write(status.split("VmHWM:")[1].split()[0])
"""


def judged_by_the_command(paths: Iterable[Path]) -> tuple[list[dict[str, Any]], int]:
    """What the command says of the files, all in one process, and that process's peak of memory in KB."""
    arguments = ["document", "inspect", "--json", *map(str, paths)]
    run = subprocess.run([sys.executable, "-c", _MEASURED, *arguments], capture_output=True, check=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()], int(run.stderr.split()[-1])
