"""Lists: the number or bullet that Word puts before a paragraph, and the indents that the list gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from plan_lifecycle.documents.formatting._measures import W, child, value, whole
from plan_lifecycle.documents.formatting._properties import Properties, paragraph_properties

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_COUNTED = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    indents: Properties


_PLAIN = _Level(1, "none", "", {})


def roman(number: int) -> str:
    """Roman capitals, up to 399."""
    if not 0 < number < 400:
        return str(number)
    hundreds, number = divmod(number, 100)
    nineties = [(90, "XC"), (50, "L"), (40, "XL"), *_ROMAN]
    text = "C" * hundreds
    for size, letters in nineties:
        count, number = divmod(number, size)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """Word's lettering knows the English alphabet only: a … z, aa, bb."""
    turn, letter = divmod(max(number, 1) - 1, 26)
    return chr(ord("a") + letter) * min(turn + 1, 9)


def _written(number: int, form: str) -> str:
    match form:
        case "upperRoman":
            return roman(number)
        case "lowerRoman":
            return roman(number).lower()
        case "upperLetter":
            return _letters(number).upper()
        case "lowerLetter":
            return _letters(number)
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)


def _level(element: _Element) -> _Level:
    indents = paragraph_properties(child(element, "pPr"))
    return _Level(
        start=whole(value(element, "start")) or 0,
        format=value(element, "numFmt") or "decimal",
        text=(value(element, "lvlText") or "")[:40],
        indents={name: indents[name] for name in ("left", "right", "first_line") if name in indents},
    )


def _levels(parent: _Element) -> dict[int, _Level]:
    return {whole(lvl.get(W + "ilvl")) or 0: _level(lvl) for lvl in parent.iterchildren(W + "lvl")}


class Numbering:
    """The lists of a document, and how far each has counted in reading order."""

    def __init__(self, numbering: _Element | None) -> None:
        self._lists: dict[int, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        self._restarts: dict[tuple[int, int], int] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: _Element) -> None:
        bases = {element.get(W + "abstractNumId", ""): element for element in numbering.iterchildren(W + "abstractNum")}
        linked = {value(element, "styleLink"): key for key, element in bases.items() if value(element, "styleLink")}
        for element in numbering.iterchildren(W + "num"):
            number, base = whole(element.get(W + "numId")), value(element, "abstractNumId") or ""
            if number is None or base not in bases:
                continue
            base = linked.get(value(bases[base], "numStyleLink"), base)
            levels = _levels(bases[base])
            for override in element.iterchildren(W + "lvlOverride"):
                depth = whole(override.get(W + "ilvl")) or 0
                restart = whole(value(override, "startOverride"))
                levels.update(_levels(override))
                if restart is not None:
                    self._restarts[number, depth] = restart
            self._lists[number] = (base, levels)

    def indents(self, number: int, depth: int) -> Properties:
        """The indents a list gives to its paragraphs at a level."""
        levels = self._lists.get(number, ("", {}))[1]
        return levels.get(depth, _PLAIN).indents

    def label(self, number: int, depth: int) -> str:
        """Count one paragraph and return what stands before it: ``I.``, ``a)``, ``-``; empty if nothing is shown."""
        if number not in self._lists:
            return ""
        base, levels = self._lists[number]
        counts = self._counts.setdefault(base, {})
        level = levels.get(depth, _PLAIN)
        restart = self._restarts.get((number, depth))
        if restart is not None and (number, depth) not in self._begun:
            counts[depth] = restart - 1
        self._begun.add((number, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if level.format == "bullet":
            return "•" if any("\ue000" <= sign <= "\uf8ff" for sign in level.text) else level.text
        return _COUNTED.sub(lambda match: self._count(counts, levels, int(match[1]) - 1), level.text)

    @staticmethod
    def _count(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> str:
        level = levels.get(depth, _PLAIN)
        return _written(counts.get(depth, level.start), level.format)
