"""The grid of a table (``w:tblGrid``) must agree with its rows; cells that were looped over change their number.

How the widths are shared out again is docxtpl's rule: it is asked on a small table of the same measure, and once only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_TABLE = re.compile(r"<w:tbl[ >]")
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def has_settled_grids(source: str) -> bool:
    """Whether no data can unsettle a grid: all rows fill it exactly, the first always stands, no cell is looped over.

    ``source`` is the template's markup with its tags in it.
    """
    return all(_is_settled(table) for table in _tables(source))


def has_nested_tables(source: str) -> bool:
    """Whether a table stands within another: their rows count for both, which only a parser can follow."""
    return any(_TABLE.search(table, 1) for table in _tables(source))


def _is_settled(table: str) -> bool:
    grid, _, rows = table.partition("</w:tblGrid>")
    columns = grid.count("<w:gridCol")
    if "{%" in rows.partition("</w:tr>")[0].partition("<w:tc")[0]:
        return False
    for row in rows.split("</w:tr>")[:-1]:
        cells = row.split("</w:tc>")
        between = [cell.partition("<w:tc")[0] for cell in cells[1:]]
        if any("{%" in gap for gap in between) or '<w:gridSpan w:val="{{' in row:
            return False
        if _width(row) != columns:
            return False
    return columns > 0


def settle_grids(xml: str) -> str:
    """The filled markup with every grid that does not agree with its rows rebuilt."""
    pieces: list[str] = []
    done = 0
    for start, end in _spans(xml):
        grid_start = xml.index("<w:tblGrid>", start, end)
        grid_end = xml.index("</w:tblGrid>", start, end) + len("</w:tblGrid>")
        rows = xml[grid_end:end].split("</w:tr>")
        cells = max(row.count("</w:tc>") for row in rows)
        widest = max(map(_width, rows)) if xml.find("<w:gridSpan", grid_end, end) >= 0 else cells
        pieces += (xml[done:grid_start], _grid(xml[grid_start:grid_end], cells, widest))
        done = grid_end
    return "".join((*pieces, xml[done:]))


def _tables(xml: str) -> list[str]:
    return [xml[start:end] for start, end in _spans(xml)]


def _spans(xml: str) -> Iterator[tuple[int, int]]:
    """Where tables stand, in their order, each up to the next end of a table."""
    end = 0
    while match := _TABLE.search(xml, end):
        end = xml.find("</w:tbl>", match.start()) + len("</w:tbl>")
        if end < match.start():
            return
        yield match.start(), end


def _width(row: str) -> int:
    return row.count("</w:tc>") + sum(int(span) - 1 for span in _SPAN.findall(row))


@lru_cache(maxsize=256)
def _grid(grid: str, cells: int, widest: int) -> str:
    columns = grid.count("<w:gridCol")
    if cells <= columns <= widest:
        return grid
    from docxtpl import DocxTemplate
    from lxml import etree

    span = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{widest}"/></w:tcPr></w:tc></w:tr>'
    small = f'<w:tbl xmlns:w="{_W}">{grid}<w:tr>{"<w:tc/>" * cells}</w:tr>{span}</w:tbl>'
    mended = DocxTemplate(None).fix_tables(small)
    return str(etree.tostring(mended.find(f"{{{_W}}}tblGrid"), encoding="unicode")).replace(f' xmlns:w="{_W}"', "")
