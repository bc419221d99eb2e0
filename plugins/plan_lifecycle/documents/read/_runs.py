"""The runs of a paragraph: their letters, tabs and signs, without what is struck out, hidden or deleted.

A run looks as it says itself, else as its own style says, else as the paragraph's style does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from plan_lifecycle.documents.read._names import attribute, child, name_of, switched_on, value
from plan_lifecycle.documents.read._pictures import Lost, lost_in
from plan_lifecycle.documents.read._styles import Style, Styles
from plan_lifecycle.documents.read._symbols import sign, symbols_in

_GONE = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "rt"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


class Look(NamedTuple):
    """How letters look: bold, struck out, hidden."""

    bold: bool = False
    struck: bool = False
    hidden: bool = False

    @classmethod
    def of(cls, style: Style) -> Look:
        """As a paragraph's style has it."""
        return cls(bool(style.bold), bool(style.struck), bool(style.hidden))


@dataclass(slots=True)
class Line:
    """A paragraph in the making; ``struck`` and ``hidden`` are the letters that do not count."""

    look: Look
    styles: Styles
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    lost: Lost | None = None


def read_runs(parent: etree._Element, line: Line, look: Look) -> None:
    """Read the runs below an element into a line, wrappings opened."""
    for element in parent:
        name = name_of(element)
        if name == "r":
            _read_run(element, line, look)
        elif name == "AlternateContent":
            read_runs(chosen(element), line, look)
        elif name == "t":  # of a formula
            line.pieces.append(element.text or "")
        elif name and name not in _GONE and name != "txbxContent":
            read_runs(element, line, look)


def _read_run(run: etree._Element, line: Line, look: Look) -> None:
    properties = child(run, "rPr")
    font = None
    if properties is not None:
        look, font = _look(properties, line, look), _font(properties)
    if look.hidden or look.struck:
        gone = line.struck if look.struck else line.hidden
        gone += [element.text or "" for element in run if name_of(element) == "t"]
        return
    for element in run:
        name = name_of(element)
        if name == "t":
            text = symbols_in(element.text or "", font)
            line.pieces.append(text)
            shown = len(text.strip())
            line.letters += shown
            line.bold_letters += shown if look.bold else 0
        elif name in _SIGNS:
            line.pieces.append(_SIGNS[name])
        elif name == "sym":
            line.pieces.append(_sign(element))
        elif name == "AlternateContent":
            line.boxes += _boxes(chosen(element))
            line.lost = line.lost or lost_in(chosen(element))
        elif name in ("drawing", "pict", "object"):
            line.boxes += _boxes(element)
            line.lost = line.lost or lost_in(element)
        elif name in ("ruby", "rubyBase"):
            read_runs(element, line, look)


def _look(properties: etree._Element, line: Line, look: Look) -> Look:
    style = line.styles.get(value(properties, "rStyle"))
    struck, twice = switched_on(properties, "strike"), switched_on(properties, "dstrike")
    own = twice if struck is None else struck or bool(twice)
    return Look(
        _first(switched_on(properties, "b"), style.bold, look.bold),
        _first(own, style.struck, look.struck),
        _first(switched_on(properties, "vanish"), style.hidden, look.hidden),
    )


def _first(*stated: bool | None) -> bool:
    return next((bool(one) for one in stated if one is not None), False)


def _font(properties: etree._Element) -> str | None:
    fonts = child(properties, "rFonts")
    return None if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _sign(element: etree._Element) -> str:
    try:
        return sign(attribute(element, "font"), int(attribute(element, "char") or "", 16))
    except ValueError:
        return ""


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, the outermost only (an inner one is met when its box is read)."""
    for below in element:
        name = name_of(below)
        if name == "txbxContent":
            yield below
        elif name == "AlternateContent":
            yield from _boxes(chosen(below))
        elif name:
            yield from _boxes(below)


def chosen(element: etree._Element) -> etree._Element:
    """The one branch of an alternative that is read."""
    branches = [branch for branch in element if name_of(branch) in ("Choice", "Fallback") and len(branch)]
    return branches[0] if branches else element
