"""A report that was drafted and is now issued: number, day and signer take the places that the draft left open."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from lxml import etree

from plan_lifecycle.documents.markup import parse_xml
from plan_lifecycle.documents.package import open_package
from plan_lifecycle.documents.render._archive import Archive, read_members
from plan_lifecycle.domain.correction import is_draft_mark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAFT_MARK = "DraftMark"
"""The style of the line that says *DỰ THẢO*."""
_HEAD = 40
"""Paragraphs among which a coordinator may have written it again in a style of her own."""


class FilledIn(NamedTuple):
    """The file, and which of the open places were not in it: a coordinator may have changed the template."""

    data: bytes
    missing: tuple[str, ...]


def with_members(word: bytes, members: Mapping[str, bytes]) -> bytes:
    """A Word file with these members in place of its own, or beside them. Raises ValueError where it is none."""
    return Archive(read_members(word)).write(members)


def fill_in_issue(word: bytes, places: Mapping[str, str], office: str, signer: str) -> FilledIn:
    """Write into a rendered .docx what stood open: each text of ``places`` becomes the one that it leads to.

    The signer's name goes under the last paragraph that reads ``office``, the last line above a signature, at the end
    of its cell, unless it stands there. The line that says *DỰ THẢO* goes. A file that was edited may have other spaces
    in the places. Raises ValueError where it is no Word file.
    """
    members, body = read_members(word), open_package(word).main
    tree = parse_xml(members[body])
    _take_out_draft_marks(tree)
    paragraphs = [*tree.iter(f"{_W}p")]
    found = {place for paragraph in paragraphs for place in places if _replaced(paragraph, place, places[place])}
    signed = [paragraph for paragraph in paragraphs if _text(paragraph).strip() == office]
    if signed and _signed(signed[-1], signer):
        found.add(office)
    data = Archive(members).write({body: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)})
    return FilledIn(data, tuple(place for place in (*places, office) if place not in found))


def _take_out_draft_marks(tree: etree._Element) -> None:
    """Take out the lines that say just that it is a draft: by their style, or near the head by their words. One that is
    alone in its cell is only emptied."""
    styled = [next(style.iterancestors(f"{_W}p")) for style in tree.iter(f"{_W}pStyle") if _is_mark(style)]
    first = islice(tree.iter(f"{_W}p"), _HEAD)
    worded = [paragraph for paragraph in first if paragraph not in styled and is_draft_mark(_text(paragraph))]
    for paragraph in (*styled, *worded):
        around = paragraph.getparent()
        if around is None or (around.tag == f"{_W}tc" and len([*around.iterchildren(f"{_W}p")]) == 1):
            for piece in paragraph.iter(f"{_W}t"):
                piece.text = ""
        else:
            around.remove(paragraph)


def _is_mark(style: etree._Element) -> bool:
    return style.get(f"{_W}val") == _DRAFT_MARK


def _replaced(paragraph: etree._Element, place: str, text: str) -> bool:
    """Whether the paragraph held the place; runs that share it become one."""
    pieces = [*paragraph.iter(f"{_W}t")]
    whole = "".join(piece.text or "" for piece in pieces)
    at = _where(whole, place)
    if at is None:
        return False
    own = next((piece for piece in pieces if whole[slice(*at)] in (piece.text or "")), None)
    if own is not None:
        own.text = (own.text or "").replace(whole[slice(*at)], text)
        return True
    pieces[0].text = whole[: at[0]] + text + whole[at[1] :]
    for piece in pieces[1:]:
        piece.text = ""
    return True


def _where(whole: str, place: str) -> tuple[int, int] | None:
    """From where to where the place stands in a text, whatever the width of the spaces in both."""
    wanted, letters = "".join(place.split()), [(at, sign) for at, sign in enumerate(whole) if not sign.isspace()]
    start = "".join(sign for _, sign in letters).find(wanted)
    return (letters[start][0], letters[start + len(wanted) - 1][0] + 1) if wanted and start >= 0 else None


def _signed(office: etree._Element, signer: str) -> bool:
    """Put the name into the last paragraph beside the office, if it is open."""
    cell = office.getparent()
    last = [*cell.iterchildren(f"{_W}p")][-1] if cell is not None else office
    if last is office or _text(last).strip():
        return _text(last).split() == signer.split()
    piece = next(last.iter(f"{_W}t"), None)
    if piece is None:
        piece = etree.SubElement(etree.SubElement(last, f"{_W}r"), f"{_W}t")
    piece.text = signer
    return True


def _text(paragraph: etree._Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
