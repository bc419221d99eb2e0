"""Which parts of a Word file hold template tags, and their markup made ready for Jinja by docxtpl."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from docxtpl import DocxTemplate
from lxml import etree

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY = re.compile(r"<w:body[^>]*>")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RENDERED_PROPERTIES = frozenset({"creator", "description", "identifier", "language", "subject", "title"})


class PartSource(NamedTuple):
    """A part as text around its template: ``before`` + filled ``source`` + ``after`` is the member ``name``."""

    name: str
    before: str
    source: str
    after: str
    body: bool = False
    namespaces: str = ""


def part_sources(content: bytes) -> Iterator[PartSource]:
    """Every part that docxtpl fills: body, headers, footers, footnotes, core properties; only those with a tag.

    Raises KeyError, ValueError or lxml's XMLSyntaxError where the file is no Word document.
    """
    word = DocxTemplate(io.BytesIO(content))
    word.init_docx()
    yield _body(word)
    for part in _neighbours(word):
        source = word.patch_xml(_markup(part))
        if _has_tags(source):
            yield PartSource(_member(part), _DECLARATION, source, "")
    yield from _properties(word)


def _body(word: Any) -> PartSource:
    root = word.docx.element
    whole = etree.tostring(root, encoding="unicode")
    inner = etree.tostring(root.body, encoding="unicode")
    opening = _BODY.match(inner)
    assert opening is not None  # noqa: S101  python-docx has found the body, and under the prefix w
    namespaces = opening.group()[len("<w:body") : -1]
    before = whole[: whole.index("<w:body")]
    after = "".join(etree.tostring(other, encoding="unicode") for other in root.body.itersiblings())
    after += whole[whole.rindex("</") :]
    if root.nsmap == root.body.nsmap:
        inner = "<w:body>" + inner[opening.end() :]
    return PartSource(_member(word.docx.part), _DECLARATION + before, word.patch_xml(inner), after, True, namespaces)


def _neighbours(word: Any) -> list[Any]:
    kinds = (word.HEADER_URI, word.FOOTER_URI)
    linked = [rel.target_part for rel in word.docx.part.rels.values() if not rel.is_external and rel.reltype in kinds]
    notes = [part for part in word.docx.part.package.parts if part.content_type == _FOOTNOTES]
    return list({_member(part): part for part in linked + notes}.values())


def _markup(part: Any) -> str:
    return str(etree.tostring(etree.fromstring(part.blob, _PARSER), encoding="unicode"))


def _properties(word: Any) -> Iterator[PartSource]:
    """The core properties; braces in those that docxtpl leaves alone are left alone too."""
    part = next((part for part in word.docx.part.package.parts if str(part.partname) == "/docProps/core.xml"), None)
    if part is None:
        return
    root = etree.fromstring(part.blob, _PARSER)
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if element.text and _has_tags(element.text) and name not in _RENDERED_PROPERTIES:
            element.text = "{% raw %}" + element.text + "{% endraw %}"
    source = word.patch_xml(etree.tostring(root, encoding="unicode"))
    if _has_tags(source):
        yield PartSource(_member(part), _DECLARATION, source, "")


def _has_tags(source: str) -> bool:
    return any(opening in source for opening in ("{{", "{%", "{#", "{_", "_}"))


def _member(part: Any) -> str:
    return str(part.partname).lstrip("/")


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
