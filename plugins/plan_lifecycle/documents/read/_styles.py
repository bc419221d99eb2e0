"""What a paragraph inherits from its style: alignment, weight, list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from plan_lifecycle.documents.read._names import attribute, child, children, switched_on, value

_CENTRED = frozenset({"center"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, the styles below it included; None where none of them says it."""

    centred: bool | None = None
    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None


PLAIN = Style()


def alignment(properties: etree._Element | None) -> bool | None:
    """Whether paragraph properties centre the text; None where they do not say."""
    stated = value(properties, "jc")
    return stated in _CENTRED if stated is not None else None


class Styles:
    """The styles of one document, parsed when the first is asked for and resolved one by one.

    A paragraph that names no style is plain: most plans set everything by hand, and their styles need no reading.
    """

    def __init__(self, load: Callable[[], etree._Element | None]) -> None:
        self._load = load
        self._elements: dict[str, etree._Element] | None = None
        self._resolved: dict[str, Style] = {}

    def _all(self) -> dict[str, etree._Element]:
        if self._elements is None:
            self._elements = {}
            for style in children(self._load(), "style"):
                self._elements.setdefault(attribute(style, "styleId") or "", style)
        return self._elements

    def get(self, key: str | None) -> Style:
        """The style; plain where none is named, and where it is unknown or goes in a ring."""
        if key is None:
            return PLAIN
        if key in self._resolved:
            return self._resolved[key]
        element = self._all().get(key)
        if element is None:
            return PLAIN
        self._resolved[key] = PLAIN  # what a ring of basedOn finds
        below = value(element, "basedOn")
        self._resolved[key] = style = self._merge(key, element, self.get(below) if below else PLAIN)
        return style

    def list_of(self, key: str) -> str | None:
        """The list that a numbering style stands for."""
        return self.get(key).list_id

    def _merge(self, key: str, element: etree._Element, base: Style) -> Style:
        properties = child(element, "pPr")
        own_list = value(properties, "numPr", "numId")
        level = value(properties, "numPr", "ilvl")
        centred = alignment(properties)
        bold = switched_on(element, "rPr", "b")
        struck = switched_on(element, "rPr", "strike")
        struck = switched_on(element, "rPr", "dstrike") if struck is None else struck
        hidden = switched_on(element, "rPr", "vanish")
        return Style(
            centred=base.centred if centred is None else centred,
            bold=base.bold if bold is None else bold,
            struck=base.struck if struck is None else struck,
            hidden=base.hidden if hidden is None else hidden,
            list_id=own_list if own_list is not None else base.list_id,
            list_level=int(level) if level is not None and level.isdigit() else base.list_level,
            list_style=key if own_list is not None else base.list_style,
        )
