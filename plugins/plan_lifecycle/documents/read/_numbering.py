"""The labels that Word computes for its lists, so that an ordinal reads as on the page.

A paragraph names a list (``numId``) and a level, itself or through its style; the list points to an abstract list
whose levels say how to count and how to write. Lists of one abstract list go on counting together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from plan_lifecycle.documents.read._names import attribute, child, children, switched_on, value
from plan_lifecycle.domain.regex import regex

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_VIETNAMESE = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PLACE = regex(r"%([1-9])")
_LEVELS = 9


def roman(number: int) -> str:
    """Upper-case Roman numerals; zero and beyond 3,999 in digits."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def letter(number: int) -> str:
    """a … z, aa, bb …, as Word counts (it knows no đ)."""
    if not 0 < number < 1000:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedParen": lambda number: f"({number})",
    "vietnameseCounting": lambda number: _VIETNAMESE[number] if 0 < number <= 10 else str(number),
    "none": lambda _: "",
}


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    restart_after: int | None = None
    paragraph_style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    overrides: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {_number(attribute(level, "ilvl"), 0): _level(level) for level in children(parent, "lvl")}


def _level(level: etree._Element) -> _Level:
    restart = value(level, "lvlRestart")
    return _Level(
        start=_number(value(level, "start"), 1),
        style=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText") or "",
        legal=bool(switched_on(level, "isLgl")),
        restart_after=_number(restart, 0) if restart is not None else None,
        paragraph_style=value(level, "pStyle"),
    )


class Numbering:
    """The lists of one document; ``label`` counts on with each call, so call it once a paragraph, in order."""

    def __init__(self, root: etree._Element | None, list_of_style: Callable[[str], str | None]) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._list_of_style = list_of_style
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in children(root, "abstractNum"):
            key = attribute(abstract, "abstractNumId") or ""
            self._abstract[key] = _levels(abstract)
            link = value(abstract, "numStyleLink")
            if link:
                self._linked[key] = link
        for entry in children(root, "num"):
            made = _List(value(entry, "abstractNumId") or "")
            for override in children(entry, "lvlOverride"):
                at = _number(attribute(override, "ilvl"), 0)
                if (start := value(override, "startOverride")) is not None:
                    made.starts[at] = _number(start, 1)
                if (level := child(override, "lvl")) is not None:
                    made.overrides[at] = _level(level)
            self._lists[attribute(entry, "numId") or ""] = made

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a paragraph style is tied to in a list; 0 where it is tied to none."""
        levels = self._abstract.get(self._abstract_of(list_id), {})
        return next((at for at, level in levels.items() if level.paragraph_style == style), 0)

    def label(self, list_id: str, at: int) -> str:
        """Count the paragraph and return its label; empty where the list is unknown or writes nothing."""
        entry = self._lists.get(list_id)
        abstract = self._abstract_of(list_id)
        if entry is None or abstract not in self._abstract or not 0 <= at < _LEVELS:
            return ""
        levels = self._abstract[abstract] | entry.overrides
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._count(list_id, entry, levels, counts, at)
        return self._write(levels, counts, at)

    def _abstract_of(self, list_id: str) -> str:
        entry = self._lists.get(list_id)
        key = entry.abstract if entry else ""
        if key in self._linked:
            target = self._lists.get(self._list_of_style(self._linked[key]) or "")
            key = target.abstract if target else key
        return key

    def _count(self, list_id: str, entry: _List, levels: dict[int, _Level], counts: list[int | None], at: int) -> None:
        first = (list_id, at) not in self._begun
        self._begun.add((list_id, at))
        current = counts[at]
        if first and at in entry.starts:
            counts[at] = entry.starts[at]
        else:
            counts[at] = levels.get(at, _Level()).start if current is None else current + 1
        for above in range(at):
            if counts[above] is None:
                counts[above] = levels.get(above, _Level()).start
        for below in range(at + 1, _LEVELS):
            after = levels.get(below, _Level()).restart_after
            if after is None or (after and at < after):
                counts[below] = None

    def _write(self, levels: dict[int, _Level], counts: list[int | None], at: int) -> str:
        level = levels.get(at, _Level())
        if level.style == "bullet":
            return level.text if level.text in ("+", "*") else "-"

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = levels.get(index, _Level())
            style = "decimal" if level.legal and index != at else other.style
            return _FORMATS.get(style, str)(counts[index] or 0)

        return _PLACE.sub(place, level.text).strip()
