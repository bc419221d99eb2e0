"""What a compiled report's Word file carries that nobody reads: which version it is, and what should not be issued.

The name of the version is a property of the file, which Word and LibreOffice keep: a draft that comes back corrected
says itself of which report it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.package import Package, open_package
from plan_lifecycle.documents.render import with_members
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.text import normalise

_PROPERTY = "plan-lifecycle report"
_PART, _RELATIONSHIPS, _TYPES = "docProps/custom.xml", "_rels/.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES, _VALUE = f"{{{_OFFICE}/custom-properties}}", f"{{{_OFFICE}/docPropsVTypes}}"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIP, _TYPE = f"{{{_PACKAGE}/relationships}}", f"{{{_PACKAGE}/content-types}}"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OWN_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2  # of a custom property; 0 and 1 are not for use
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_DRAFT = "dự thảo"


class LeftOver(NamedTuple):
    """What stands in a Word file that an issued paper does not have: changes that nobody has accepted, comments, and
    whether a header, footer or watermark calls it a draft."""

    changes: int
    comments: int
    draft_around: bool


def origin_name(key: ReportKey, version: int) -> str:
    """How the Word file of a version names it: "bb:2023-H1:cchc:2"."""
    return ":".join((*key, str(version)))


def with_origin(word: bytes, origin: str) -> bytes:
    """The Word file with the name of its version ("bb:2023-H1:cchc:2") among its properties."""
    package = open_package(word)
    root = package.xml(_PART) if _PART in package else _empty()
    for old in [one for one in root if one.get("name") == _PROPERTY]:
        root.remove(old)
    number = max((int(one.get("pid", "1")) for one in root), default=1) + 1
    own = etree.SubElement(
        root, f"{_PROPERTIES}property", fmtid=_OWN_FORMAT, pid=str(max(number, _FIRST)), name=_PROPERTY
    )
    etree.SubElement(own, f"{_VALUE}lpwstr").text = origin
    members = {_PART: _bytes(root)}
    if _PART not in package:
        members |= _announced(package)
    return with_members(word, members)


def origin_of(word: bytes) -> str | None:
    """The name of the version that a Word file is of; None where it does not say. Raises BadDocument."""
    package = open_package(word)
    if _PART not in package:
        return None
    own = (one for one in package.xml(_PART) if one.get("name") == _PROPERTY)
    return next((text for one in own if (text := "".join(map(str, one.itertext())).strip())), None)


def left_over(word: bytes) -> LeftOver:
    """Look for what should not be issued. Raises BadDocument where the file is damaged or unsafe."""
    package = open_package(word)
    body = package.xml(package.main)
    around = [one.target for one in package.relationships(package.main) if one.type in ("header", "footer")]
    comments = [one.target for one in package.relationships(package.main) if one.type == "comments"]
    return LeftOver(
        sum(1 for _ in body.iter(*_CHANGES)),
        sum(1 for name in comments for _ in _parsed(package, name).iter(f"{_W}comment")),
        any(_DRAFT in normalise(text) for name in around for text in _texts(_parsed(package, name))),
    )


def _texts(part: etree._Element) -> Iterator[str]:
    for paragraph in part.iter(f"{_W}p"):
        yield "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
    for drawn in part.iter(_TEXT_PATH):
        yield drawn.get("string", "")


def _parsed(package: Package, name: str) -> etree._Element:
    """A part; an empty one where it is beyond reading, for Word opens such a file too."""
    try:
        return package.xml(name)
    except BadDocument:
        return etree.Element("nothing")


def _announced(package: Package) -> Mapping[str, bytes]:
    """The lists of the package, with the new part in them."""
    links, types = package.xml(_RELATIONSHIPS), package.xml(_TYPES)
    taken = {one.get("Id") for one in links}
    free = next(name for number in range(1, len(taken) + 2) if (name := f"rIdOrigin{number}") not in taken)
    etree.SubElement(
        links, f"{_RELATIONSHIP}Relationship", Id=free, Type=f"{_OFFICE}/relationships/custom-properties", Target=_PART
    )
    etree.SubElement(types, f"{_TYPE}Override", PartName=f"/{_PART}", ContentType=_KIND)
    return {_RELATIONSHIPS: _bytes(links), _TYPES: _bytes(types)}


def _empty() -> etree._Element:
    return etree.fromstring(f'<Properties xmlns="{_PROPERTIES[1:-1]}" xmlns:vt="{_VALUE[1:-1]}"/>')


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


__all__ = ["LeftOver", "left_over", "origin_name", "origin_of", "with_origin"]
