"""``winmail.dat``: Outlook's own envelope (MS-OXTNEF), opened just far enough to take the files out.

Attributes follow one another: level, id, length, data, check sum. A file's name is its long name among the MAPI
properties where it has one. What is cut short gives the files that came before the cut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from plan_lifecycle.channels._header_text import decode_bytes, safe_name

_SIGNATURE = 0x223E9F78
_NEXT_FILE, _DATA, _TITLE, _PROPERTIES, _CODE_PAGE = 0x00069002, 0x0006800F, 0x00018010, 0x00069005, 0x00069007
_LONG_NAME, _SHORT_NAME = 0x3707, 0x3704
_TEXT, _WIDE_TEXT, _BINARY, _OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4}
_FIXED |= {0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_MOST_FILES = 100
_MOST_PROPERTIES = 2000


def is_tnef(data: bytes) -> bool:
    """Whether the bytes are such an envelope."""
    return len(data) >= 6 and int(struct.unpack_from("<I", data)[0]) == _SIGNATURE


def tnef_files(data: bytes) -> list[tuple[str, bytes]]:
    """The files within as (name, bytes); a nameless one is named by its place."""
    files: list[tuple[str, bytes]] = []
    code_page, title, long_name, content = "windows-1258", "", "", None
    for attribute, value in [*_attributes(data), (_NEXT_FILE, b"")]:
        if attribute == _NEXT_FILE:
            if content:
                files.append((safe_name(long_name or title) or f"tep-{len(files) + 1}", content))
            title, long_name, content = "", "", None
        elif attribute == _CODE_PAGE and len(value) >= 4:
            code_page = f"cp{int(struct.unpack_from('<I', value)[0])}"
        elif attribute == _TITLE:
            title = decode_bytes(value.rstrip(b"\0"), code_page)
        elif attribute == _DATA:
            content = value
        elif attribute == _PROPERTIES:
            long_name = _name_among(value, code_page) or long_name
    return files[:_MOST_FILES]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if not is_tnef(data):
        return
    at = 6
    while at + 9 <= len(data):
        _, attribute, length = struct.unpack_from("<BII", data, at)
        if at + 9 + length > len(data):
            return
        yield attribute, data[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _name_among(data: bytes, code_page: str) -> str:
    names: dict[int, str] = {}
    try:
        for tag, kind, value in _properties(data):
            if tag in (_LONG_NAME, _SHORT_NAME) and kind in (_TEXT, _WIDE_TEXT):
                charset = "utf-16-le" if kind == _WIDE_TEXT else code_page
                names[tag] = decode_bytes(value, charset).rstrip("\0")
    except struct.error:
        pass  # cut short: what was read stands
    return names.get(_LONG_NAME) or names.get(_SHORT_NAME) or ""


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(tag, type, bytes) of each property. Raises struct.error where the data end too soon."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        kind, tag = struct.unpack_from("<HH", data, at)
        at += 4
        if tag >= 0x8000:
            at = _past_name(data, at)
        several, kind = bool(kind & 0x1000), kind & 0x0FFF
        if kind in _FIXED and not several:
            yield tag, kind, data[at : at + _FIXED[kind]]
            at += _FIXED[kind]
            continue
        (values,) = struct.unpack_from("<I", data, at)
        at += 4
        for _ in range(min(values, _MOST_PROPERTIES)):
            if kind in _FIXED:
                at += _FIXED[kind]
                continue
            if kind not in (_TEXT, _WIDE_TEXT, _BINARY, _OBJECT):
                return
            (length,) = struct.unpack_from("<I", data, at)
            yield tag, kind, data[at + 4 : at + 4 + length]
            at += 4 + length + (-length % 4)


def _past_name(data: bytes, at: int) -> int:
    """Past the name of a named property: a GUID, then a number, or a text of its own length."""
    (by_name,) = struct.unpack_from("<I", data, at + 16)
    if not by_name:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + int(length) + (-int(length) % 4)
