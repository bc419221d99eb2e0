"""A Word document line by line, as two versions of it are held against each other: paragraphs, and rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plan_lifecycle.documents.read._blocks import Block, Cell, Paragraph, Table
from plan_lifecycle.documents.read._outline import outline, split_ordinal
from plan_lifecycle.domain.correction import Line

_LAYOUT = 2
"""Columns up to which a table only puts things beside each other: a letterhead, a signature."""
_CAPTION = 200


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """Every line with where it stands: "Mục II.1", or what is written above its table."""
    places = {entry.block: entry.where for entry in outline(blocks)}
    place, above = "Phần đầu", ""
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            place = places.get(number, place)
            if text := " ".join(block.full.split()):
                above = text
                yield Line(place, (text,))
        else:
            yield from _rows(block, _caption(above) or place)


def _caption(text: str) -> str:
    """What stands above a table, where it is a caption and not a paragraph."""
    return text if len(text) <= _CAPTION and not text.endswith((".", ";")) and split_ordinal(text)[2] else ""


def _rows(table: Table, place: str) -> Iterator[Line]:
    rows = [[" ".join(cell.text.split()) for cell in _once(row)] for row in table.rows]
    if max((len(row) for row in rows), default=0) <= _LAYOUT:
        yield from (Line(place, (line,)) for row in table.rows for cell in _once(row) for line in cell.text.split("\n"))
        return
    heads = tuple(rows[0])
    for row in rows:
        yield Line(place, tuple(row), heads)


def _once(row: Sequence[Cell]) -> list[Cell]:
    """The cells of a row, one that is merged over several places once."""
    return [cell for number, cell in enumerate(row) if not number or cell is not row[number - 1]]
