"""PNG and JPEG: signature, dimensions and end are read; pixels are never unpacked."""

from __future__ import annotations

import struct

from plan_lifecycle.documents.errors import bad

# The largest telephone camera makes 200 million pixels; ten times that is a bomb.
MAX_PIXELS = 300_000_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
# A photograph has some twenty segments before its frame, one with a long colour profile a few hundred.
_MAX_SEGMENTS = 10_000
_ALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def inspect_png(data: bytes) -> None:
    """Follow the chunks to IEND. Raises BadDocument ``damaged`` or ``bomb``."""
    if data[12:16] != b"IHDR" or len(data) < 33:
        raise bad("damaged", "PNG")
    _bound(*struct.unpack_from(">II", data, 16))
    at = len(PNG)
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"IEND":
            return
        at += 12 + length
    raise bad("damaged", "PNG")


def inspect_jpeg(data: bytes) -> None:
    """Follow the segments to the frame header, then look for the end. Raises BadDocument ``damaged`` or ``bomb``."""
    at = 2
    for _ in range(_MAX_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = struct.unpack_from(">H", data, at + 2)[0]
        if marker in _FRAMES:
            if at + 9 > len(data):
                break
            _bound(*struct.unpack_from(">HH", data, at + 5))
            if data.rfind(b"\xff\xd9", at) < 0:
                break
            return
        at += 2 + max(length, 2)
    raise bad("damaged", "JPEG")


def _bound(one: int, other: int) -> None:
    if one * other > MAX_PIXELS:
        raise bad("bomb", f"ảnh {one} × {other} điểm")
