"""The body of a Word document in reading order, with every wrapping opened.

Content controls, smart tags, links and fields are opened; of tracked changes the text as accepted is read: what was
inserted stays, what was deleted or moved away goes. A drawing that stands twice (``AlternateContent``) is read once,
and a text box follows the paragraph that it is anchored to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from plan_lifecycle.documents.read._blocks import Block, Cell, Paragraph, Table
from plan_lifecycle.documents.read._names import attribute, child, children, name_of, switched_on, value
from plan_lifecycle.documents.read._numbering import Numbering
from plan_lifecycle.documents.read._pictures import Lost
from plan_lifecycle.documents.read._runs import Line, Look, chosen, read_runs
from plan_lifecycle.documents.read._styles import Styles, alignment
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import nfc

# Blanks typed to push text across the page, and dotted lines left for a pen, say no more than a few of them.
_RUNS = regex(r"\s{2,}|([.…_\-–*=])\1{5,}")
# A table wider than Word itself allows (63 columns) is damage, not content.
_MAX_COLUMNS = 256


def plain_text(text: str) -> str:
    """Give the text of a paragraph: NFC, one blank for several (a break, else a tab, else a space), short dotted lines.

    Whatever looks for words in it may so count on blanks not to go on.
    """
    return _RUNS.sub(_shortened, nfc(text).replace("\u00a0", " "))


def _shortened(match: re.Match[str]) -> str:
    if match[1]:
        return match[1] * 3
    return next((blank for blank in "\n\t" if blank in match[0]), " ")


class Body:
    """Reads the blocks of one document; the counts of its lists run through the whole of it."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def blocks(self, parent: etree._Element) -> list[Block]:
        """The blocks below an element, in order."""
        made: list[Block] = []
        carried = ""
        for element in _opened(parent):
            if name_of(element) == "tbl":
                made.append(self._table(element))
                continue
            if name_of(element) == "altChunk":
                made.append(Paragraph("", lost=Lost.CHUNK))
                continue
            paragraph, boxes = self._paragraph(element)
            paragraph.text, carried = carried + paragraph.text, ""
            if _runs_on(element):  # the mark is deleted: it runs on into the next
                carried = paragraph.text
            else:
                paragraph.text = paragraph.text.strip()
                made.append(paragraph)
            for box in boxes:
                made += self.blocks(box)
        if carried:
            made.append(Paragraph(carried.strip()))
        return made

    def _paragraph(self, element: etree._Element) -> tuple[Paragraph, list[etree._Element]]:
        properties = child(element, "pPr")
        name = None if properties is None else value(properties, "pStyle")
        style = self._styles.get(name)
        line = Line(Look.of(style), self._styles)
        read_runs(element, line, line.look)
        centred = None if properties is None else alignment(properties)
        text = plain_text("".join(line.pieces))
        label = self._label(properties, name)
        bold = line.letters > 0 and line.bold_letters * 10 >= line.letters * 9
        struck, hidden = nfc("".join(line.struck)), nfc("".join(line.hidden))
        centred = bool(style.centred if centred is None else centred)
        return Paragraph(text, label, centred, bold, line.lost, struck, hidden), line.boxes

    def _label(self, properties: etree._Element | None, style_name: str | None) -> str:
        style = self._styles.get(style_name)
        if properties is None and style.list_id is None:
            return ""
        own = value(properties, "numPr", "numId")
        list_id = own if own is not None else style.list_id
        if list_id is None or list_id == "0":
            return ""
        level = value(properties, "numPr", "ilvl")
        if level is not None and level.isdigit():
            return self._numbering.label(list_id, int(level))
        if own is None and style.list_level is None and style.list_style:
            return self._numbering.label(list_id, self._numbering.level_of_style(list_id, style.list_style))
        return self._numbering.label(list_id, style.list_level or 0)

    def _table(self, element: etree._Element) -> Table:
        rows: list[list[Cell]] = []
        for row in _opened(element, ("tr",)):
            properties = child(row, "trPr")
            if child(properties, "del") is None and not switched_on(properties, "hidden"):
                rows.append(self._row(row, rows[-1] if rows else []))
        width = max(map(len, rows), default=0)
        for cells in rows:
            cells += [Cell() for _ in range(width - len(cells))]
        return Table(rows)

    def _row(self, row: etree._Element, above: list[Cell]) -> list[Cell]:
        cells: list[Cell] = [Cell() for _ in range(_small(value(child(row, "trPr"), "gridBefore")))]
        for element in _opened(row, ("tc",)):
            properties = child(element, "tcPr")
            span, merge = 1, None
            if properties is not None:
                if child(properties, "cellDel") is not None:
                    continue
                span = max(1, _small(value(properties, "gridSpan")))
                merge = child(properties, "vMerge")
            continues = merge is not None and attribute(merge, "val") in (None, "continue")
            if continues and len(cells) < len(above):
                self.blocks(element)  # its list paragraphs count, though nothing of it is shown
                cell = above[len(cells)]
            else:
                cell = Cell(self.blocks(element), _shade(properties))
            cells += [cell] * min(span, _MAX_COLUMNS - len(cells))
        return cells


def _shade(properties: etree._Element | None) -> str:
    """The colour that fills a cell; empty for white and none."""
    shading = child(properties, "shd")
    fill = (attribute(shading, "fill") or "").upper() if shading is not None else ""
    return "" if fill in ("AUTO", "FFFFFF") else fill


def _runs_on(paragraph: etree._Element) -> bool:
    """Whether the paragraph's mark is deleted."""
    properties = child(paragraph, "pPr")
    return properties is not None and child(properties, "rPr", "del") is not None


def _small(text: str | None) -> int:
    return min(int(text), _MAX_COLUMNS) if text and text.isdigit() and len(text) < 6 else 0


def _opened(parent: etree._Element, wanted: tuple[str, ...] = ("p", "tbl", "altChunk")) -> Iterator[etree._Element]:
    """The wanted elements below a parent, through wrappings but not through one another."""
    for element in parent:
        name = name_of(element)
        if name in wanted:
            yield element
        elif name == "sdt":
            content = child(element, "sdtContent")
            if content is not None:
                yield from _opened(content, wanted)
        elif name in ("ins", "moveTo", "customXml", "smartTag"):
            yield from _opened(element, wanted)
        elif name == "AlternateContent":
            yield from _opened(chosen(element), wanted)


def children_of_body(root: etree._Element) -> etree._Element | None:
    """The ``w:body`` of a document part."""
    return next(children(root, "body"), None)
