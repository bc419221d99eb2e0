"""Styles: which formatting is in force once defaults, ``basedOn`` chains, numbering and direct formatting meet.

The order is that of ISO/IEC 29500-1 §17.7.2: document defaults, table style, numbering, paragraph style, character
style, direct formatting; bold, italic, capitals and hidden cancel each other out between styles (§17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from plan_lifecycle.documents.formatting._looks import ParagraphLook, RunLook
from plan_lifecycle.documents.formatting._measures import W, child, switch, value
from plan_lifecycle.documents.formatting._numbering import Numbering
from plan_lifecycle.documents.formatting._properties import (
    TOGGLES,
    Properties,
    paragraph_properties,
    run_properties,
)

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TOGGLED = tuple(TOGGLES.values())


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    run: Properties
    paragraph: Properties
    name: str


@dataclass(frozen=True, slots=True)
class _Chain:
    """A style merged with all that it is based on."""

    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)
    numbering: tuple[int, int] | None = None


_NOTHING = _Chain()


def theme_fonts(theme: _Element | None) -> dict[str, str]:
    """The Latin fonts of a theme under the names that ``w:asciiTheme`` and ``w:hAnsiTheme`` use."""
    fonts = {}
    for kind in ("major", "minor") if theme is not None else ():
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin")  # type: ignore[union-attr]
        name = "" if latin is None else latin.get("typeface", "")
        if name:
            fonts[f"{kind}Ascii"] = fonts[f"{kind}HAnsi"] = name
    return fonts


class StyleSheet:
    """The styles of one document; every distinct combination is worked out once."""

    def __init__(self, styles: _Element | None, theme: _Element | None, numbering: Numbering) -> None:
        self.theme = theme_fonts(theme)
        self._numbering = numbering
        defaults = child(styles, "docDefaults")
        self._run_defaults = run_properties(child(child(defaults, "rPrDefault"), "rPr"), self.theme)
        self._paragraph_defaults = paragraph_properties(child(child(defaults, "pPrDefault"), "pPr"))
        self._styles: dict[str, _Style] = {}
        self._normal: dict[str, str] = {}
        for style in styles.iterchildren(W + "style") if styles is not None else ():
            self._add(style)
        self._chains: dict[str, _Chain] = {}
        self._looks: dict[tuple[object, ...], RunLook] = {}

    def _add(self, style: _Element) -> None:
        key, kind = style.get(W + "styleId", ""), style.get(W + "type", "paragraph")
        if style.get(W + "default") in ("1", "true", "on"):
            self._normal.setdefault(kind, key)
        self._styles[key] = _Style(
            value(style, "basedOn"),
            run_properties(child(style, "rPr"), self.theme),
            paragraph_properties(child(style, "pPr")),
            value(style, "name") or "",
        )

    def _chain(self, key: str | None) -> _Chain:
        if key is None or key not in self._styles:
            return _NOTHING
        if key not in self._chains:
            self._chains[key] = self._merge(key)
        return self._chains[key]

    def _merge(self, key: str) -> _Chain:
        line: dict[str, _Style] = {}
        base: str | None = key
        while base is not None and base in self._styles and base not in line:
            line[base] = self._styles[base]
            base = line[base].based_on
        run: Properties = {}
        paragraph: Properties = {}
        numbering: tuple[int, int] | None = None
        for style in reversed(line.values()):
            run.update(style.run)
            numbering = self._layer(paragraph, style.paragraph, numbering)
        return _Chain(run, paragraph, numbering)

    def _layer(self, below: Properties, level: Properties, numbering: tuple[int, int] | None) -> tuple[int, int] | None:
        """Lay one level over those below it; a list's own indents come in just below the level that names the list."""
        if "numbering" in level:
            number, depth = level["numbering"]
            number = (numbering[0] if numbering else 0) if number is None else number
            numbering = (number, min(max(depth or 0, 0), 8)) if number else None
            below.update({"left": 0.0, "first_line": 0.0} if numbering is None else self._numbering.indents(*numbering))
        below.update(level)
        return numbering

    def style_name(self, key: str) -> str:
        """The style's name as Word shows it, lower case; empty if there is none."""
        found = self._styles.get(key)
        return found.name.lower() if found else ""

    def paragraph_style(self, ppr: _Element | None) -> str:
        """The id of the paragraph's style; the default one where it names none or one that does not exist."""
        key = value(ppr, "pStyle")
        return key if key in self._styles and key is not None else self._normal.get("paragraph", "")

    def paragraph(
        self, ppr: _Element | None, style: str, table_style: str | None = None
    ) -> tuple[ParagraphLook, tuple[int, int] | None]:
        """The look of a paragraph, and the list and level it belongs to."""
        merged = dict(self._paragraph_defaults)
        merged.update(self._chain(table_style or self._normal.get("table")).paragraph if table_style else {})
        chain = self._chain(style)
        merged.update(chain.paragraph)
        numbering = self._layer(merged, paragraph_properties(ppr), chain.numbering)
        merged.pop("numbering", None)
        return ParagraphLook(**merged), numbering

    def run(self, rpr: _Element | None, paragraph_style: str, table_style: str | None = None) -> RunLook:
        """The look of a run in a paragraph of that style."""
        direct = run_properties(rpr, self.theme)
        character = value(rpr, "rStyle") if rpr is not None else None
        key = (paragraph_style, character, table_style, *sorted(direct.items()))
        if key not in self._looks:
            self._looks[key] = self._run_look(direct, paragraph_style, character, table_style)
        return self._looks[key]

    def _run_look(
        self, direct: Properties, paragraph_style: str, character: str | None, table_style: str | None
    ) -> RunLook:
        levels = [self._chain(key).run for key in (table_style, paragraph_style, character)]
        merged = dict(self._run_defaults)
        for level in levels:
            merged.update(level)
        for name in _TOGGLED:
            odd = sum(level.get(name, False) for level in levels) % 2 == 1
            merged[name] = bool(self._run_defaults.get(name)) or odd
        merged.update(direct)
        return RunLook(**merged)


def is_on(settings: _Element | None, name: str) -> bool:
    """Whether the document's settings switch something on."""
    return bool(switch(child(settings, name)))
