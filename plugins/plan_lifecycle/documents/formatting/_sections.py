"""Sections: paper, margins, and the headers and footers in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml.etree import _Element

from plan_lifecycle.documents.formatting._looks import Block, Section
from plan_lifecycle.documents.formatting._measures import MM, W, child, points, switch, whole

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What Word takes where a section says nothing: Letter paper, margins of one inch.
_LETTER = (612.0, 792.0)
_INCH = 72.0

MarginReader = Callable[[str, str], tuple[Block, ...]]


def read_sections(
    ends: Iterable[_Element | None], margin_blocks: MarginReader, *, gutter_at_top: bool
) -> tuple[Section, ...]:
    """One Section for each ``w:sectPr`` in order; the gutter is counted into the margin it widens."""
    sections: list[Section] = []
    headers: dict[str, tuple[Block, ...]] = {}
    footers: dict[str, tuple[Block, ...]] = {}
    for end in ends:
        headers = headers | _parts(end, "headerReference", "phần lề trên", margin_blocks)
        footers = footers | _parts(end, "footerReference", "phần lề dưới", margin_blocks)
        sections.append(_section(end, headers, footers, gutter_at_top))
    return tuple(sections)


def text_widths(body: _Element | None) -> tuple[float, ...]:
    """The width between the margins of each section, in points."""
    sections = () if body is None else tuple(_section(end, {}, {}, True) for end in body.iter(W + "sectPr"))
    return tuple((section.width - section.left - section.right) / MM for section in sections)


def _parts(end: _Element | None, name: str, part: str, margin_blocks: MarginReader) -> dict[str, tuple[Block, ...]]:
    references = end.iterchildren(W + name) if end is not None else ()
    return {
        element.get(W + "type", "default"): margin_blocks(element.get(_RELATION, ""), part) for element in references
    }


def _section(
    end: _Element | None,
    headers: dict[str, tuple[Block, ...]],
    footers: dict[str, tuple[Block, ...]],
    gutter_at_top: bool,
) -> Section:
    paper, margins, numbers = (child(end, name) for name in ("pgSz", "pgMar", "pgNumType"))
    gutter = abs(_length(margins, "gutter", 0.0))
    return Section(
        width=_length(paper, "w", _LETTER[0]) * MM,
        height=_length(paper, "h", _LETTER[1]) * MM,
        # A negative margin keeps its size and lets a tall header overlap the text.
        top=(abs(_length(margins, "top", _INCH)) + gutter * gutter_at_top) * MM,
        bottom=abs(_length(margins, "bottom", _INCH)) * MM,
        left=(_length(margins, "left", _INCH) + gutter * (not gutter_at_top)) * MM,
        right=_length(margins, "right", _INCH) * MM,
        title_page=bool(switch(child(end, "titlePg"))),
        number_format="decimal" if numbers is None else numbers.get(W + "fmt", "decimal"),
        number_start=None if numbers is None else whole(numbers.get(W + "start")),
        headers=headers,
        footers=footers,
    )


def _length(element: _Element | None, name: str, otherwise: float) -> float:
    found = None if element is None else points(element.get(W + name))
    return otherwise if found is None else found
