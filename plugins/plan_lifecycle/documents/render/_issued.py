"""A report that was drafted and is now issued: number, day and signer take the places that the draft left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from plan_lifecycle.documents.markup import parse_xml
from plan_lifecycle.documents.render._archive import Archive, read_members

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_DRAFT_MARK = "DraftMark"
"""The style of the line that says *DỰ THẢO*."""


class FilledIn(NamedTuple):
    """The file, and which of the open places were not in it: a coordinator may have changed the template."""

    data: bytes
    missing: tuple[str, ...]


def fill_in_issue(word: bytes, places: Mapping[str, str], office: str, signer: str) -> FilledIn:
    """Write into a rendered .docx what stood open: each text of ``places`` becomes the one that it leads to.

    The signer's name goes under the last paragraph that reads ``office``, the last line above a signature, at the end
    of its cell. The line that says *DỰ THẢO* goes. Raises ValueError where it is no Word file.
    """
    members = read_members(word)
    if _BODY not in members:
        raise ValueError(f"it has no {_BODY}")
    tree = parse_xml(members[_BODY])
    _take_out_draft_marks(tree)
    paragraphs = [*tree.iter(f"{_W}p")]
    found = {place for paragraph in paragraphs for place in places if _replaced(paragraph, place, places[place])}
    signed = [paragraph for paragraph in paragraphs if _text(paragraph).strip() == office]
    if signed and _signed(signed[-1], signer):
        found.add(office)
    data = Archive(members).write(
        {_BODY: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)}
    )
    return FilledIn(data, tuple(place for place in (*places, office) if place not in found))


def _take_out_draft_marks(tree: etree._Element) -> None:
    """Take out the lines in the style of a draft's mark; one that is alone in its cell is only emptied."""
    styles = [style for style in tree.iter(f"{_W}pStyle") if style.get(f"{_W}val") == _DRAFT_MARK]
    for paragraph in [next(style.iterancestors(f"{_W}p")) for style in styles]:
        around = paragraph.getparent()
        if around is None or (around.tag == f"{_W}tc" and len([*around.iterchildren(f"{_W}p")]) == 1):
            for piece in paragraph.iter(f"{_W}t"):
                piece.text = ""
        else:
            around.remove(paragraph)


def _replaced(paragraph: etree._Element, place: str, text: str) -> bool:
    """Whether the paragraph held the place; runs that share it become one."""
    pieces = [*paragraph.iter(f"{_W}t")]
    whole = "".join(piece.text or "" for piece in pieces)
    if place not in whole:
        return False
    own = next((piece for piece in pieces if place in (piece.text or "")), None)
    if own is not None:
        own.text = (own.text or "").replace(place, text)
        return True
    pieces[0].text = whole.replace(place, text)
    for piece in pieces[1:]:
        piece.text = ""
    return True


def _signed(office: etree._Element, signer: str) -> bool:
    """Put the name into the last paragraph beside the office, if it is open."""
    cell = office.getparent()
    last = [*cell.iterchildren(f"{_W}p")][-1] if cell is not None else office
    if last is office or _text(last).strip():
        return False
    piece = next(last.iter(f"{_W}t"), None)
    if piece is None:
        piece = etree.SubElement(etree.SubElement(last, f"{_W}r"), f"{_W}t")
    piece.text = signer
    return True


def _text(paragraph: etree._Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
