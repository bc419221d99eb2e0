"""How the cells of a workbook look: a number shown as a per cent, a date or not at all, letters struck out.

Parts are streamed, so that a million formatted cells cost no tree.
"""

from __future__ import annotations

from typing import NamedTuple

from plan_lifecycle.documents.markup import Watcher, watch
from plan_lifecycle.documents.package import Package
from plan_lifecycle.domain.regex import regex

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_BUILT_IN_PERCENTS = {9, 10}
_LITERAL = regex(r'"[^"]*"|\\.|\[[^\[\]]*\]|_.|\*.')
_OFF = ("0", "false")


class Look(NamedTuple):
    """How a cell looks."""

    is_date: bool = False
    is_percent: bool = False
    struck: bool = False
    invisible: bool = False


class Text(NamedTuple):
    """A cell's text without what is struck out; ``struck`` is that."""

    kept: str
    struck: str = ""


def tags(*names: str) -> dict[str, str]:
    """What a watcher of a workbook's part waits for, in both dialects of the standard."""
    return {f"{{{namespace}}}{name}": name for namespace in _NAMESPACES for name in names}


def is_on(attributes: dict[str, str], name: str = "val", *, otherwise: bool = True) -> bool:
    """Whether a switch is on; an element that says nothing has it as ``otherwise``."""
    return attributes[name].strip().lower() not in _OFF if name in attributes else otherwise


class TextWatcher(Watcher):
    """Gathers the text of runs between ``begin`` and ``taken``, without the reading aids of East Asian text."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[str] = []
        self._struck: list[str] = []
        self._in_text = self._in_aid = self._run_struck = False

    def begin(self) -> None:
        """Forget what was gathered."""
        self._kept, self._struck, self._run_struck = [], [], False

    def taken(self) -> Text:
        """What was gathered since."""
        return Text("".join(self._kept), "".join(self._struck))

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """See an element of text open."""
        if name == "r":
            self._run_struck = False
        elif name == "strike":
            self._run_struck = is_on(attributes)
        elif name == "rPh":
            self._in_aid = True
        elif name == "t":
            self._in_text = not self._in_aid

    def leave(self, name: str) -> None:
        """See an element of text close."""
        if name == "rPh":
            self._in_aid = False
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._run_struck = False

    def data(self, text: str) -> None:
        """See text."""
        if self._in_text:
            (self._struck if self._run_struck else self._kept).append(text)


TEXT_TAGS = ("r", "strike", "rPh", "t")


class _Strings(TextWatcher):
    wanted = tags("si", *TEXT_TAGS)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Text] = []

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.begin()
        super().enter(name, attributes)

    def leave(self, name: str) -> None:
        if name == "si":
            self.found.append(self.taken())
        super().leave(name)


class _Looks(Watcher):
    """Watches the styles: number formats, fonts, and the list of formats that cells name by number."""

    wanted = tags("numFmt", "fonts", "font", "strike", "color", "fills", "fill", "patternFill", "cellXfs", "xf", "dxfs")

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.struck: list[bool] = []
        self.white: list[bool] = []
        self.filled: list[bool] = []
        self.formats: list[tuple[str, str, str]] = []
        self._within = ""

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "fills", "cellXfs", "dxfs"):
            self._within = name
        elif name == "numFmt" and self._within != "dxfs":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and self._within == "fonts":
            self.struck.append(False)
            self.white.append(False)
        elif name == "strike" and self._within == "fonts" and self.struck:
            self.struck[-1] = is_on(attributes)
        elif name == "color" and self._within == "fonts" and self.white:
            self.white[-1] = attributes.get("rgb", "").upper() == "FFFFFFFF" or attributes.get("theme") == "0"
        elif name == "fill" and self._within == "fills":
            self.filled.append(False)
        elif name == "patternFill" and self._within == "fills" and self.filled:
            self.filled[-1] = attributes.get("patternType", "none") != "none"
        elif name == "xf" and self._within == "cellXfs":
            self.formats.append(
                (attributes.get("numFmtId", "0"), attributes.get("fontId", "0"), attributes.get("fillId", "0"))
            )

    def leave(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    @property
    def looks(self) -> list[Look]:
        """The looks in the order of their numbers."""
        return [self._look(*numbers) for numbers in self.formats]

    def _look(self, number: str, font: str, fill: str) -> Look:
        struck, unseen = _at(self.struck, font), _at(self.white, font) and not _at(self.filled, fill)
        if number in self.codes:
            code = _LITERAL.sub("", self.codes[number]).lower()
            unseen = unseen or self.codes[number].strip() == ";;;"
            return Look("d" in code or "yy" in code, "%" in code, struck, unseen)
        built_in = int(number) if number.isdecimal() else 0
        return Look(built_in in _BUILT_IN_DATES, built_in in _BUILT_IN_PERCENTS, struck, unseen)


def _at(known: list[bool], number: str) -> bool:
    return number.isdecimal() and int(number[:9]) < len(known) and known[int(number)]


def read_strings(package: Package, part: str | None) -> list[Text]:
    """The texts that cells name by number; none where the part is not there."""
    watcher = _Strings()
    if part and part in package:
        watch(package.pieces(part), watcher)
    return watcher.found


def read_looks(package: Package, part: str | None) -> list[Look]:
    """The looks that cells name by number; none where the part is not there."""
    watcher = _Looks()
    if part and part in package:
        watch(package.pieces(part), watcher)
    return watcher.looks
