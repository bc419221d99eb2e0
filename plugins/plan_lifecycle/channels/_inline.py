"""Pictures inside a message's text: the photograph of a signed page is a file, a logo or a counting pixel is none.

Xã Bình An's officer photographs the plan and pastes it into the answer: it is kept as if it were attached. What looks
like a page is: by the name that a camera or a person gave it, or by its size.
"""

from __future__ import annotations

import re
import struct

_NAMED_BY_A_CAMERA = re.compile(
    r"(?i)^(?:(?:19|20)\d{6}[-_ ]?\d{4,9}|(?:img|dsc[fn]?|pxl|photo|anh|hinh|scan|camscanner|zalo|screenshot|z\d{6,20})"
    r"(?=[-_ .\d]))"
)
_NAMED_FOR_WHAT_IT_IS = re.compile(
    r"(?i)(?:^|[\W_])(?:kh|bc|ke ?hoach|bao ?cao|kế hoạch|báo cáo|cong ?van|công văn|da ?ky|đã ký)(?=[\W_]|$)"
)
_DECORATION = re.compile(r"(?i)logo|icon|banner|signature|spacer|pixel|divider|facebook|twitter|linkedin|chuky|chữ ký")
_NO_FRAMES = (0xC4, 0xC8, 0xCC)
_MOST_SEGMENTS = 200
_SHORT_SIDE, _LONG_SIDE = 600, 800


def is_page(name: str, data: bytes, times: int) -> bool:
    """Whether a picture inside the text may be of a paper; ``times`` is how often the message shows it."""
    if times > 1 or _DECORATION.search(name):
        return False
    if _NAMED_BY_A_CAMERA.search(name) or _NAMED_FOR_WHAT_IT_IS.search(name):
        return True
    short, long = sorted(_size(data))
    return short >= _SHORT_SIDE and long >= _LONG_SIDE


def _size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; (0, 0) where they cannot be told."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return int(width), int(height)
    return _size_of_jpeg(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """As the frame's head says, which comes after segments that each tell their own length."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if at + 9 > len(data) or data[at] != 0xFF:
            break
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return int(width), int(height)
        at += 2 + length
    return 0, 0
