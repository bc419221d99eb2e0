"""Elements of WordprocessingML by their bare names.

A file saved as Strict OOXML uses another address for the same namespace; its parts are parsed under the usual one, so
that lxml's own look-ups, which are many times faster than ours, serve both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from plan_lifecycle.documents.markup import parse_xml

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def parse_part(data: bytes) -> etree._Element:
    """The tree of a part of a document, Strict or not. Raises BadDocument as ``parse_xml``."""
    return parse_xml(data.replace(_STRICT, _NAMESPACE.encode()) if _STRICT in data else data)


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


@lru_cache(maxsize=256)
def _qualified(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return _local(element.tag)


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute of the w: namespace, or None."""
    return element.get(_qualified(name))


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The direct children of that name."""
    return iter(()) if element is None else element.iterchildren(_qualified(name))


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(_qualified(name)), None)
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The w:val at the end of a path; None where there is no such element or value."""
    found = child(element, *path)
    return attribute(found, "val") if found is not None else None


def switched_on(element: etree._Element | None, *path: str) -> bool | None:
    """An on/off property: None where it is not stated, so that a style may state it."""
    found = child(element, *path)
    if found is None:
        return None
    return (attribute(found, "val") or "true").lower() not in ("0", "false", "off", "none")
