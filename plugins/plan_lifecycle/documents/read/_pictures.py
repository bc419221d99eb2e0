"""What a document shows and no reader of text can read: a picture that may hold a table, an embedded object or file."""

from __future__ import annotations

from enum import StrEnum

from lxml import etree

from plan_lifecycle.documents.read._names import name_of
from plan_lifecycle.domain.regex import regex

_WIDE, _HIGH = 2_160_000, 1_440_000  # 6 × 4 cm in EMU: a logo, a stamp or a signature is smaller
_EMU_A_POINT = 12_700
_LENGTH = regex(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,5}(?:\.\d{1,4})?)(pt|in|cm|mm)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, None: 0.75}


class Lost(StrEnum):
    """What stands where text could not be read."""

    PICTURE = "picture"
    OBJECT = "object"
    CHUNK = "chunk"


def lost_in(element: etree._Element) -> Lost | None:
    """What a drawing, an old picture or an object holds that cannot be read; None where it is small, or no picture."""
    extent: tuple[float, float] = (0.0, 0.0)
    pictured = False
    for below in element.iter():
        name = name_of(below) if isinstance(below.tag, str) else ""
        if name == "OLEObject":
            return Lost.OBJECT
        if name in ("blip", "imagedata"):
            pictured = True
        elif name == "extent":
            extent = _number(below.get("cx")), _number(below.get("cy"))
        elif name in ("shape", "rect"):
            extent = _of_style(below.get("style") or "")
    return Lost.PICTURE if pictured and extent[0] >= _WIDE and extent[1] >= _HIGH else None


def _number(text: str | None) -> float:
    return float(text) if text and text.isdigit() and len(text) < 12 else 0.0


def _of_style(style: str) -> tuple[float, float]:
    found = {name: float(size) * _POINTS[unit or None] for name, size, unit in _LENGTH.findall(style)}
    return found.get("width", 0.0) * _EMU_A_POINT, found.get("height", 0.0) * _EMU_A_POINT
