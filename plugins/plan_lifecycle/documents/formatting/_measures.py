"""Lengths, switches and attributes as WordprocessingML writes them, read without ever raising.

A file that passed the gate may still carry ``w:left="abc"``: such a value counts as not given.
"""

from __future__ import annotations

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
TWIPS, HALF_POINTS = 20.0, 2.0
MM = 25.4 / 72

_POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_LONGEST = 32_000.0
_OFF = frozenset({"0", "false", "off"})


def points(value: str | None, per_point: float = TWIPS) -> float | None:
    """A length in points: a bare number counts in ``1/per_point`` points, or it carries its unit (``2.5cm``)."""
    if not value:
        return None
    unit = _POINTS.get(value[-2:])
    try:
        length = float(value[:-2]) * unit if unit else float(value) / per_point
    except ValueError:
        return None
    return length if abs(length) <= _LONGEST else None


def whole(value: str | None) -> int | None:
    """A whole number of at most nine digits."""
    text = (value or "").strip()
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 11 else None


def switch(element: _Element | None) -> bool | None:
    """An on/off property: present without a value means on, absent means not given."""
    return None if element is None else element.get(VAL, "1") not in _OFF


def child(parent: _Element | None, name: str) -> _Element | None:
    """The first child ``w:name``."""
    return None if parent is None else parent.find(W + name)


def value(parent: _Element | None, name: str) -> str | None:
    """The ``w:val`` of the first child ``w:name``."""
    found = child(parent, name)
    return None if found is None else found.get(VAL)
