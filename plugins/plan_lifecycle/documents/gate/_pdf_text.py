"""Lines of the upper part of a PDF's first page, as far as a mark of secrecy needs them.

Fragments at one height make a line, and so do those of its left and of its right half: beside the mark, or on its
height, stands the date. A scanned page is a picture and has no lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf.generic import DictionaryObject, NameObject

from plan_lifecycle.documents.gate._pdf_objects import Objects
from plan_lifecycle.documents.gate._pdf_reader import BROKEN, FoundObjects

_MAX_OPERATORS = 60_000
# Points; fragments of one line differ by less, lines by more.
_SAME_HEIGHT = 4
_HEAD_OF_PAGE = 0.55
_FARTHEST = 1e6
_MOVES = (b"Tm", b"Td", b"TD", b"T*", b"'", b'"')

Fragment = tuple[float, float, str]


class PageHead(NamedTuple):
    """The lines of the upper part of page 1. ``readable``: no part of the page was beyond the library."""

    lines: list[str]
    readable: bool


class _EnoughError(Exception):
    """The page shows more than is looked at."""


def page_head(objects: Objects) -> PageHead:
    """Read the upper part of page 1; a file without a page has no lines."""
    fragments: list[Fragment] = []
    width, height = 595.0, 842.0
    readable = False
    with suppress(*BROKEN):
        reader = FoundObjects(objects)
        if page := reader.first_page():
            with suppress(*BROKEN):
                width, height = float(page.mediabox.width), float(page.mediabox.height)
            _gather(_prepared(reader, page), fragments)
        readable = True
    return PageHead(list(_lines(fragments, width, height)), readable)


def _prepared(reader: FoundObjects, page: PageObject) -> PageObject:
    """Put onto the page what is looked at: its fonts as far as they are chosen, and content that tells text apart."""
    content = reader.content(page)
    chosen = [operands[0] for operands, operator in content.operations if operator == b"Tf" and operands]
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): reader.fonts(page, chosen)})
    content.operations = _told_apart(content.operations)
    page[NameObject("/Contents")] = content
    return page


def _told_apart(operations: Iterable[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    """Choose the font once more before each move: the library tells what stands where whenever a font is chosen."""
    told: list[tuple[Any, bytes]] = []
    font: Any = None
    for operands, operator in operations:
        if operator in _MOVES and font is not None:
            told.append((font, b"Tf"))
        elif operator == b"Tf":
            font = operands
        told.append((operands, operator))
    return told


def _gather(page: PageObject, fragments: list[Fragment]) -> None:
    left = _MAX_OPERATORS

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _EnoughError

    def note(text: str, drawn: list[float], line: list[float], _font: object, _size: float) -> None:
        if text.strip():
            x, y = line[4], line[5]
            fragments.append((x * drawn[0] + y * drawn[2] + drawn[4], x * drawn[1] + y * drawn[3] + drawn[5], text))

    with suppress(_EnoughError):
        page.extract_text(visitor_operand_before=count, visitor_text=note)


def _lines(fragments: Iterable[Fragment], width: float, height: float) -> Iterator[str]:
    """Yield each line of the upper part, and its left and right half; not what follows a line that ends with BÍ."""
    rows: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    for x, y, text in fragments:
        if height * (1 - _HEAD_OF_PAGE) < y < _FARTHEST:
            rows[round(y / _SAME_HEIGHT)].append((x, text))
    before = ""
    for _, row in sorted(rows.items(), reverse=True):
        line = "".join(text for _, text in row)
        if not before.rstrip().endswith("BÍ"):
            yield line
            yield "".join(text for x, text in row if x < width / 2)
            yield "".join(text for x, text in row if x >= width / 2)
        before = line
