"""How a Word document looks, not how it is written: the formatting in force on every run, paragraph and page.

A commune's plan may be set in Arial by its theme, in size 11 by the document defaults, or bold twice and therefore not
at all; ``read_layout`` works such things out once, so that the checker of form speaks about what the reader sees.
"""

from __future__ import annotations

from typing import Final

from lxml import etree
from lxml.etree import _Element

from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.formatting._body import BodyReader
from plan_lifecycle.documents.formatting._looks import (
    Block,
    Cell,
    Layout,
    Line,
    Paragraph,
    ParagraphLook,
    Place,
    Run,
    RunLook,
    Section,
    Table,
    every_paragraph,
)
from plan_lifecycle.documents.formatting._measures import W, child
from plan_lifecycle.documents.formatting._numbering import Numbering, roman
from plan_lifecycle.documents.formatting._sections import read_sections, text_widths
from plan_lifecycle.documents.formatting._styles import StyleSheet, is_on
from plan_lifecycle.documents.package import Package, parse_xml

_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def read_layout(package: Package) -> Layout:
    """Read the main part with its styles, theme, lists, headers and settings; Strict files are read alike.

    Raises BadDocument where this is no Word document, or a part that is needed is missing, damaged or hostile.
    """
    parts = {one.id: one for one in package.relationships(package.main) if not one.external}
    by_type = {one.type: one.target for one in reversed(parts.values())}
    document = _tree(package, package.main)
    settings, styles, theme, lists = (
        _tree(package, by_type[kind]) if by_type.get(kind, "") in package else None
        for kind in ("settings", "styles", "theme", "numbering")
    )
    numbering = Numbering(lists)
    sheet = StyleSheet(styles, theme, numbering)
    body = child(document, "body")
    if document.tag != W + "document" or body is None:
        raise bad("wrong_kind", "tệp không phải văn bản Word")
    reader = BodyReader(sheet, numbering, [], rooms=text_widths(body))
    blocks = reader.blocks(body)
    ends = [*reader.section_ends, child(body, "sectPr")]
    margins = {one.id: one.target for one in parts.values() if one.type in ("header", "footer")}

    def margin_blocks(relation: str, part: str) -> tuple[Block, ...]:
        target = margins.get(relation)
        if target is None or target not in package:
            return ()
        return BodyReader(sheet, Numbering(lists), [], part).blocks(_tree(package, target))

    return Layout(
        blocks,
        read_sections(ends, margin_blocks, gutter_at_top=is_on(settings, "gutterAtTop")),
        mirrored=is_on(settings, "mirrorMargins"),
        even_headers=is_on(settings, "evenAndOddHeaders"),
    )


def _tree(package: Package, name: str) -> _Element:
    root = package.xml(name)
    if "purl.oclc.org" not in str(root.tag) + str(root.nsmap):
        return root
    data = etree.tostring(root)
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    return parse_xml(data)


__all__ = [
    "Block",
    "Cell",
    "Layout",
    "Line",
    "Paragraph",
    "ParagraphLook",
    "Place",
    "Run",
    "RunLook",
    "Section",
    "Table",
    "every_paragraph",
    "read_layout",
    "roman",
]
