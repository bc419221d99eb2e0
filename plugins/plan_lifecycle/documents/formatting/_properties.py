"""One level of formatting (a style, or the direct formatting of one run) as a flat dictionary of what it sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml.etree import _Element

from plan_lifecycle.documents.formatting._measures import HALF_POINTS, TWIPS, VAL, W, child, points, switch, whole

Properties = dict[str, Any]

TOGGLES = {W + "b": "bold", W + "i": "italic", W + "caps": "caps", W + "vanish": "hidden"}
_TEXT_COLOURS = frozenset({"text1", "dark1", "tx1", "dk1"})
_SIDES = {"start": "left", "end": "right", "justify": "both", "distribute": "both", "thaiDistribute": "both"}
# Word counts "automatic" HTML spacing as 14 points.
_AUTOMATIC = 14.0
_LINE = 12.0
_CHARACTER = 10.5


def run_properties(element: _Element | None, theme: Mapping[str, str]) -> Properties:
    """What a ``w:rPr`` sets; theme fonts are replaced by their names."""
    found: Properties = {}
    for part in element if element is not None else ():
        tag = part.tag
        if tag in TOGGLES:
            found[TOGGLES[tag]] = switch(part)
        elif tag == W + "rFonts":
            found.update(_fonts(part, theme))
        elif tag == W + "sz":
            size = points(part.get(VAL), HALF_POINTS)
            if size is not None and size > 0:
                found["size"] = size
        elif tag == W + "color":
            found["colour"] = _colour(part)
        elif tag == W + "u":
            found["underline"] = part.get(VAL, "single") != "none"
        elif tag == W + "vertAlign":
            found["scale"] = 0.65 if part.get(VAL) in ("superscript", "subscript") else 1.0
    return found


def _fonts(fonts: _Element, theme: Mapping[str, str]) -> Properties:
    found = {}
    for name, slot in (("ascii", "ascii"), ("other", "hAnsi")):
        themed = theme.get(fonts.get(f"{W}{slot}Theme", ""))
        font = themed or fonts.get(W + slot)
        if font:
            found[name] = font.strip()
    return found


def _colour(colour: _Element) -> str:
    if colour.get(W + "themeColor") in _TEXT_COLOURS and not colour.get(W + "themeTint"):
        return ""
    shade = colour.get(VAL, "auto").upper()
    return "" if shade in ("AUTO", "000000") else shade


def paragraph_properties(element: _Element | None) -> Properties:
    """What a ``w:pPr`` sets; ``numbering`` is ``(numId, level)`` with None for what is not said."""
    found: Properties = {}
    for part in element if element is not None else ():
        tag = part.tag
        if tag == W + "jc":
            given = part.get(VAL, "left")
            found["alignment"] = _SIDES.get(given, given)
        elif tag == W + "ind":
            found.update(_indents(part))
        elif tag == W + "spacing":
            found.update(_spacing(part))
        elif tag == W + "numPr":
            level = child(part, "ilvl")
            number = child(part, "numId")
            found["numbering"] = (
                None if number is None else whole(number.get(VAL)),
                None if level is None else whole(level.get(VAL)),
            )
        elif tag == W + "pBdr":
            found["rule_below"] = _drawn(child(part, "bottom"))
            found["rule_above"] = _drawn(child(part, "top"))
        elif tag == W + "framePr":
            found["frame"] = part.get(W + "xAlign") or "page"
        elif tag == W + "contextualSpacing":
            found["contextual"] = switch(part)
        elif tag == W + "pageBreakBefore":
            found["break_before"] = switch(part)
    return found


def _drawn(border: _Element | None) -> bool:
    return border is not None and border.get(VAL, "nil") not in ("nil", "none")


def _first_length(element: _Element, *names: tuple[str, float]) -> float | None:
    for name, per_point in names:
        length = points(element.get(W + name), per_point)
        if length is not None:
            return length
    return None


def _indents(indents: _Element) -> Properties:
    found: Properties = {}
    characters = 100 / _CHARACTER
    left = _first_length(indents, ("left", TWIPS), ("start", TWIPS), ("leftChars", characters))
    right = _first_length(indents, ("right", TWIPS), ("end", TWIPS))
    hanging = _first_length(indents, ("hanging", TWIPS))
    first = _first_length(indents, ("firstLine", TWIPS), ("firstLineChars", characters))
    if left is not None:
        found["left"] = left
    if right is not None:
        found["right"] = right
    if hanging:
        found["first_line"] = -hanging
    elif first is not None or hanging is not None:
        found["first_line"] = first or 0.0
    return found


def _spacing(spacing: _Element) -> Properties:
    found: Properties = {}
    for name in ("before", "after"):
        given = _first_length(spacing, (name, TWIPS), (name + "Lines", 100 / _LINE))
        automatic = spacing.get(f"{W}{name}Autospacing")
        if automatic not in (None, "0", "false", "off"):
            given = _AUTOMATIC
        if given is not None:
            found[name] = given
    line = spacing.get(W + "line")
    if line is not None:
        rule = spacing.get(W + "lineRule", "auto")
        height = points(line, 240.0 if rule == "auto" and line[-1:].isdigit() else TWIPS)
        if height:
            found["line"], found["line_rule"] = height, rule
    return found
