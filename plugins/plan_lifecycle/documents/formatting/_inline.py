"""The inside of one paragraph: its text as displayed, its fields, the lines drawn in it and its text boxes.

Deleted text, hidden text and field codes are not displayed; inserted text is. A drawing stands in the file twice (for
new and for old Word): only the first is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

from plan_lifecycle.documents.formatting._looks import Line, Run, RunLook
from plan_lifecycle.documents.formatting._measures import W, child, points

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMU = 12_700.0
_FLAT = 6.0
_VML_LINES = frozenset({"#_x0000_t20", "#_x0000_t32", "_x0000_t20", "_x0000_t32"})
_WRAPPERS = frozenset(
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "•", "ptab": "\t"}
_PIECES = {W + name: sign for name, sign in _SIGNS.items()}
_PICTURES = frozenset({W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"})
_STYLE_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+(?:pt|in|mm|cm|pc)?)")


@dataclass(slots=True)
class Inline:
    """What one paragraph holds, gathered in reading order."""

    look_of: Callable[[_Element | None], RunLook]
    runs: list[Run] = field(default_factory=list)
    rules: list[float | None] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    page_break: bool = False
    _fields: list[_Field] = field(default_factory=list)

    def read(self, parent: _Element) -> None:
        """Gather everything under a ``w:p`` or one of its wrappers."""
        for part in parent:
            tag = part.tag
            if tag == W + "r":
                self._run(part)
            elif tag in _WRAPPERS:
                self.read(part)
            elif tag == W + "sdt":
                content = child(part, "sdtContent")
                if content is not None:
                    self.read(content)
            elif tag == W + "fldSimple":
                self._simple_field(part)
            elif tag == _MC + "AlternateContent":
                self._picture(part)

    def _simple_field(self, part: _Element) -> None:
        frame = _Field(part.get(W + "instr", ""), in_code=False)
        self._fields.append(frame)
        self.read(part)
        self._end_field()

    def _run(self, run: _Element) -> None:
        look: RunLook | None = None
        for part in run:
            tag = part.tag
            if tag == W + "rPr":
                continue
            if tag in _PICTURES:
                self._picture(part)
                continue
            look = look or self.look_of(child(run, "rPr"))
            if tag == W + "t":
                self._show(part.text or "", look)
            elif tag in _PIECES:
                if tag == W + "br" and part.get(W + "type") == "page":
                    self.page_break = True
                self._show(_PIECES[tag], look)
            elif tag == W + "lastRenderedPageBreak":
                continue
            elif tag == W + "fldChar":
                self._field_mark(part.get(W + "fldCharType", ""), look)
            elif tag == W + "instrText" and self._fields:
                self._fields[-1].code += part.text or ""

    def _field_mark(self, kind: str, look: RunLook) -> None:
        if kind == "begin":
            self._fields.append(_Field("", in_code=True, look=look))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            self._end_field()

    def _end_field(self) -> None:
        frame = self._fields.pop()
        if frame.name == "PAGE" and not frame.shown:
            look = frame.look or self.look_of(None)
            self.runs.append(Run("1", look, "PAGE"))

    def _show(self, text: str, look: RunLook) -> None:
        if not text or look.hidden or any(frame.in_code for frame in self._fields):
            return
        for frame in self._fields:
            frame.shown = True
        name = self._fields[-1].name if self._fields else ""
        self.runs.append(Run(text.upper() if look.caps else text, look, name))

    def _picture(self, part: _Element) -> None:
        if part.tag == _MC + "AlternateContent":
            chosen = part.find(_MC + "Choice")
            chosen = part.find(_MC + "Fallback") if chosen is None or not len(chosen) else chosen
            for inner in chosen if chosen is not None else ():
                self._picture(inner)
            return
        self.rules.extend(_drawn_lines(part))
        self.boxes.extend(element for element in part.iter(W + "txbxContent") if _first_of_its_kind(element, part))


@dataclass(slots=True)
class _Field:
    """A field that has begun: its code, whether the code is still being read, whether a result was shown."""

    code: str
    in_code: bool
    look: RunLook | None = None
    shown: bool = False

    @property
    def name(self) -> str:
        words = self.code.split(None, 1)
        return words[0].upper() if words else ""


def lines_of(runs: list[Run]) -> tuple[Line, ...]:
    """Break the runs of a paragraph at its line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        if first:
            lines[-1].append(Run(first, run.look, run.field))
        for text in rest:
            lines.append([Run(text, run.look, run.field)] if text else [])
    return tuple(Line(tuple(line)) for line in lines)


def _first_of_its_kind(box: _Element, drawing: _Element) -> bool:
    """Leave out boxes within boxes (they are met with the outer one) and the copy for old Word."""
    parent = box.getparent()
    while parent is not None and parent is not drawing:
        if parent.tag == W + "txbxContent" or parent.tag == _MC + "Fallback":
            return False
        parent = parent.getparent()
    return True


def _drawn_lines(drawing: _Element) -> list[float | None]:
    if drawing.tag == W + "drawing":
        return _modern_lines(drawing)
    found: list[float | None] = []
    for shape in drawing.iter(_V + "line", _V + "shape", _V + "rect"):
        if shape.get("stroked", "t") in ("f", "false"):
            continue
        if shape.tag == _V + "line":
            found.append(_vml_span(shape.get("from", ""), shape.get("to", "")))
            continue
        lengths = {match[1]: points(match[2], 1.0) for match in _STYLE_LENGTH.finditer(shape.get("style", ""))}
        if shape.get("type", "") in _VML_LINES or (lengths.get("height") or _FLAT) < 2:
            found.append(lengths.get("width"))
    return found


def _modern_lines(drawing: _Element) -> list[float | None]:
    found: list[float | None] = []
    for geometry in drawing.iter(_A + "prstGeom"):
        properties = geometry.getparent()
        size = properties.find(f"{_A}xfrm/{_A}ext") if properties is not None else None
        if size is None:
            size = drawing.find(f".//{_WP}extent")
        width = points(size.get("cx"), _EMU) if size is not None else None
        height = points(size.get("cy"), _EMU) if size is not None else None
        tallest = {"line": _FLAT, "straightConnector1": _FLAT, "rect": 2.0}.get(geometry.get("prst", ""), -1.0)
        if (height or 0.0) <= tallest:
            found.append(width)
    return found


def _vml_span(start: str, end: str) -> float | None:
    ends = [points(at.split(",")[0].strip(), 1.0) for at in (start, end)]
    return None if ends[0] is None or ends[1] is None else abs(ends[1] - ends[0])
