"""Blocks of a part in reading order: paragraphs and tables, sections told apart, tracked deletions left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element

from plan_lifecycle.documents.formatting._inline import Inline, lines_of
from plan_lifecycle.documents.formatting._looks import Block, Cell, Paragraph, ParagraphLook, Place, Table
from plan_lifecycle.documents.formatting._measures import W, child, points, value, whole
from plan_lifecycle.documents.formatting._numbering import Numbering
from plan_lifecycle.documents.formatting._styles import StyleSheet

# All 3,321 communes in one task table are some 25,000 paragraphs.
MAX_PARAGRAPHS = 100_000
_CELL_MARGINS = 10.8
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(W + name for name in ("customXml", "ins", "moveTo", "smartTag", "sdtContent"))


@dataclass(slots=True)
class BodyReader:
    """Reads one part; counts paragraphs, tables and sections as it goes.

    ``rooms`` are the widths of the text area, one a section.
    """

    styles: StyleSheet
    numbering: Numbering
    section_ends: list[_Element]
    part: str = ""
    rooms: tuple[float, ...] = ()
    tables: int = 0
    paragraphs: int = 0

    def blocks(self, parent: _Element) -> tuple[Block, ...]:
        """The blocks of a ``w:body``, ``w:hdr`` or ``w:ftr``."""
        return tuple(self._blocks(parent, Place(0, part=self.part), None, None))

    def _blocks(
        self, parent: _Element, place: Place, table_style: str | None, cell_room: float | None
    ) -> Iterator[Block]:
        number = 0
        for element in _unwrapped(parent, W + "p", W + "tbl"):
            if self.paragraphs >= MAX_PARAGRAPHS:
                return
            if element.tag == W + "tbl":
                yield self._table(element, place)
                continue
            number += 1
            yield self._paragraph(element, replace(place, paragraph=number), table_style, cell_room)

    def _paragraph(
        self, element: _Element, place: Place, table_style: str | None, cell_room: float | None
    ) -> Paragraph:
        self.paragraphs += 1
        ppr = child(element, "pPr")
        style = self.styles.paragraph_style(ppr)
        look, listed = self.styles.paragraph(ppr, style, table_style)
        inline = Inline(lambda rpr: self.styles.run(rpr, style, table_style))
        inline.read(element)
        section = len(self.section_ends)
        end = child(ppr, "sectPr")
        if end is not None and not place.table:
            self.section_ends.append(end)
        lines = lines_of(inline.runs)
        shown = any(run.text.strip() for run in inline.runs)
        return Paragraph(
            lines=lines,
            look=look,
            place=place,
            section=section,
            style=self.styles.style_name(style),
            label=self.numbering.label(*listed) if listed and shown else "",
            rules=(*inline.rules, *self._borders(look, shown, cell_room, None if place.table else section)),
            boxes=tuple(each for box in inline.boxes for each in self._blocks(box, place, None, None)),
            page_break=inline.page_break or look.break_before,
        )

    def _borders(
        self, look: ParagraphLook, shown: bool, cell_room: float | None, section: int | None
    ) -> tuple[float | None, ...]:
        """A paragraph's border is a line as long as the room between its indents.

        Under text without indents it is an office's shortest way to a line, and its length says nothing.
        """
        if not (look.rule_below or look.rule_above):
            return ()
        if shown and not (look.left or look.right):
            return (None,)
        room = cell_room if section is None or section >= len(self.rooms) else self.rooms[section]
        return (None if room is None else max(room - look.left - look.right, 0.0),)

    def _table(self, element: _Element, outer: Place) -> Table:
        if not outer.table:
            self.tables += 1
        number = outer.table or self.tables
        properties = child(element, "tblPr")
        style = value(properties, "tblStyle") if properties is not None else None
        rows = tuple(
            self._row(row, Place(0, number, index, 0, outer.part), style)
            for index, row in enumerate(_unwrapped(element, W + "tr"), start=1)
            if child(child(row, "trPr"), "del") is None
        )
        return Table(rows, number, len(self.section_ends))

    def _row(self, row: _Element, place: Place, style: str | None) -> tuple[Cell, ...]:
        cells = []
        column = whole(value(child(row, "trPr"), "gridBefore")) or 0
        for index, element in enumerate(_unwrapped(row, W + "tc"), start=1):
            properties = child(element, "tcPr")
            blocks = tuple(self._blocks(element, replace(place, cell=index), style, _cell_room(properties)))
            cells.append(Cell(column, blocks))
            column += min(max(whole(value(properties, "gridSpan")) or 1, 1), 63)
        return tuple(cells)


def _cell_room(properties: _Element | None) -> float | None:
    """The width of a cell within its usual margins, where it is given as a length."""
    width = child(properties, "tcW")
    given = None if width is None or width.get(W + "type") != "dxa" else points(width.get(W + "w"))
    return given - _CELL_MARGINS if given and given > _CELL_MARGINS else None


def _unwrapped(parent: _Element, *wanted: str) -> Iterator[_Element]:
    """The children of that kind, content controls and insertions opened, in order."""
    waiting = [iter(parent)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            waiting.append(iter(element))
        elif element.tag == W + "sdt":
            content = child(element, "sdtContent")
            waiting.extend([] if content is None else [iter(content)])
        elif element.tag == _MC + "AlternateContent":
            chosen = element.find(_MC + "Choice")
            waiting.extend([] if chosen is None else [iter(chosen)])
