"""Lines of the head and the foot of a document, each with the side of the page on which it stands.

Offices lay out head and foot in a table without borders, with tabs, or with paragraphs pushed to the right; a spot
hides the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plan_lifecycle.documents.formatting import Block, Line, Paragraph, Run, Table, every_paragraph
from plan_lifecycle.domain.text import nfc, without_accents

LEFT, RIGHT, FULL = "left", "right", "full"
_SPACES = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None) | {"\u00a0": " ", "‑": "-"})
# The right half of an A4 page between its margins begins some 230 points from the left one.
_RIGHT_HALF = 130.0
_RULE = re.compile(r"^[_\-‐‑–—―─━=¯*\s.…]{3,}$")
_RIGHT_ELEMENT = re.compile(r"(?<!\s)\s{4,}(?=C[ỘO]NG H|[ĐD][ộo]c l[ậa]p|[^\s][^,]{1,40}, ngày )")


@dataclass(frozen=True)
class Spot:
    """One non-empty line, or one side of it; ``block`` is the index of its top-level block, ``row`` of its row."""

    line: Line
    paragraph: Paragraph
    side: str
    block: int
    row: int = 0
    column: int = 0

    @cached_property
    def text(self) -> str:
        """Its words, tidied."""
        return tidy(self.line.text)

    @cached_property
    def folded(self) -> str:
        """Its words as they are compared: without case and accents."""
        return fold(self.line.text)

    @property
    def alignment(self) -> str:
        """How its paragraph is set: left, center, right, both."""
        return self.paragraph.look.alignment


def tidy(text: str) -> str:
    """Composed accents, single spaces, none at the ends."""
    return " ".join(nfc(text).translate(_SPACES).split())


def fold(text: str) -> str:
    """Tidy, lower case, without accents: the form in which elements are recognised."""
    return without_accents(tidy(text)).lower()


def is_rule(text: str) -> bool:
    """Whether a line of text is a drawn line: underscores, or hyphens in the place of one."""
    return bool(_RULE.match(text)) and any(sign in "_-‐‑–—―─━=¯" for sign in text)


def spots_of(block: Block, index: int) -> Iterator[Spot]:
    """The non-empty lines of one top-level block, the left side of a table row before the right."""
    if isinstance(block, Paragraph):
        for paragraph in every_paragraph((block,)):
            yield from _of_paragraph(paragraph, index)
        return
    sides = _sides(block)
    for number, row in enumerate(block.rows):
        for cell in row:
            lines = ((line, paragraph) for paragraph in cell.paragraphs for line in _labelled(paragraph))
            for line, paragraph in lines:
                if line.text.strip():
                    yield Spot(line, paragraph, sides[cell.column], index, number, cell.column)


def _sides(table: Table) -> dict[int, str]:
    """The side of each column: the first that holds text is the left one; a table of one column has no sides."""
    columns = {cell.column for cell in table.cells}
    inked = {cell.column for cell in table.cells if any(p.text.strip() for p in cell.paragraphs)}
    if len(columns) < 2:
        return dict.fromkeys(columns, FULL)
    first = min(inked, default=0) if len(inked) > 1 else 0
    return {column: LEFT if column <= first else RIGHT for column in columns}


def _labelled(paragraph: Paragraph) -> Iterator[Line]:
    for number, line in enumerate(paragraph.lines):
        if number == 0 and paragraph.label and line.visible:
            yield Line((Run(f"{paragraph.label} ", line.visible[0].look), *line.runs))
        else:
            yield line


def _of_paragraph(paragraph: Paragraph, index: int) -> Iterator[Spot]:
    for line in _labelled(paragraph):
        pieces = _pieces(line)
        inked = [number for number, piece in enumerate(pieces) if piece.text.strip()]
        for number in inked:
            if len(inked) > 1:
                side = LEFT if number == inked[0] else RIGHT
            else:
                side = RIGHT if number > 0 or _pushed_right(paragraph) else FULL
            yield Spot(pieces[number], paragraph, side, index)


def _pushed_right(paragraph: Paragraph) -> bool:
    look = paragraph.look
    return look.alignment == "right" or look.left + max(look.first_line, 0.0) >= _RIGHT_HALF


def _pieces(line: Line) -> list[Line]:
    """Split a line at its tabs, and at the spaces before an element that belongs to the right side."""
    text = line.text
    cuts = [(match.start(), match.end()) for match in re.finditer(r"\t", text)]
    if not cuts:
        cuts = [match.span() for match in _RIGHT_ELEMENT.finditer(text)]
    pieces, begin = [], 0
    for start, end in cuts:
        pieces.append(_slice(line, begin, start))
        begin = end
    return [*pieces, _slice(line, begin, len(text))]


def _slice(line: Line, begin: int, end: int) -> Line:
    runs, at = [], 0
    for run in line.runs:
        text = run.text[max(begin - at, 0) : max(end - at, 0)]
        if text:
            runs.append(Run(text, run.look, run.field))
        at += len(run.text)
    return Line(tuple(runs))
