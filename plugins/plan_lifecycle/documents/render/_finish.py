"""From filled markup to a finished part: line breaks and tabs in values, grids, drawing ids.

docxtpl does these with passes over the whole document; here each looks only where something is to be done, and asks
docxtpl's own functions about exactly that piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from docxtpl import DocxTemplate
from lxml import etree

from plan_lifecycle.documents.render._shape import Shape
from plan_lifecycle.documents.render._tables import settle_grids

_SIGNS = "\n\t\a\f"
_ANY_SIGN = re.compile(f"[{_SIGNS}]")
_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*')
_PARAGRAPH_END = "</w:p>"
_FIRST_DRAWING_ID = 1001
_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def finisher(shape: Shape, *, body: bool, namespaces: str) -> Callable[[str], str]:
    """The steps that the filled markup of a part needs, given what is known of its template.

    Headers and footers (``body`` False) keep their grids and drawing ids, as with docxtpl. ``namespaces`` are the
    declarations under which the part's root stands.
    """

    def finish(xml: str) -> str:
        xml = break_lines(_restore_braces(xml))
        if body and not shape.whole:
            return _mend(xml, namespaces)
        if body and not shape.settled:
            xml = settle_grids(xml)
        return _number_drawings(xml) if body and shape.drawings else xml

    return finish


def break_lines(xml: str) -> str:
    """Give the signs in values their form: new line, tab, new paragraph (``\\a``), new page (``\\f``).

    docxtpl's pattern reaches from the start of a paragraph to its first end, so a piece between two ends can be
    handed to it alone.
    """
    if not any(sign in xml for sign in _SIGNS):  # a search for one sign costs a hundredth of the pattern
        return xml
    pieces: list[str] = []
    done = 0
    while sign := _ANY_SIGN.search(xml, done):
        start = xml.rfind(_PARAGRAPH_END, done, sign.start())
        start = done if start < 0 else start + len(_PARAGRAPH_END)
        end = xml.find(_PARAGRAPH_END, sign.start())
        if end < 0:
            break
        end += len(_PARAGRAPH_END)
        pieces += (xml[done:start], _RESOLVE(xml[start:end]))
        done = end
    return "".join((*pieces, xml[done:]))


def _restore_braces(xml: str) -> str:
    """``{_{`` in a text stands for braces that are meant as such."""
    if "{" in xml or "}" in xml:
        for written, meant in _BRACES:
            xml = xml.replace(written, meant)
    return xml


def _number_drawings(xml: str) -> str:
    """Drawings that were looped over share an id, which Word takes for damage: number them all."""
    ids = count(_FIRST_DRAWING_ID)
    return _DRAWING_ID.sub(lambda match: f"{match[1]}{next(ids)}", xml)


def _mend(xml: str, namespaces: str) -> str:
    """docxtpl's own repair, for templates whose branches hold half elements."""
    helper = DocxTemplate(None)
    helper.docx_ids_index = _FIRST_DRAWING_ID - 1
    tree = helper.fix_tables(xml.replace("<w:body>", f"<w:body{namespaces}>", 1))
    helper.fix_docpr_ids(tree)
    return str(etree.tostring(tree, encoding="unicode"))


_RESOLVE: Callable[[str], str] = DocxTemplate(None).resolve_listing
