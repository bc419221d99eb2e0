"""Names of WordprocessingML, whichever of its two namespaces (Transitional or Strict) a file was saved in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def name_of(element: etree._Element) -> str:
    """The local name of an element; empty for comments and processing instructions."""
    tag = element.tag
    return local(tag) if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute of the w: namespace, or None."""
    for namespace in _NAMESPACES:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return str(value)
    return None


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The direct children of that local name."""
    if element is not None:
        yield from (child for child in element if name_of(child) == name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        element = next(children(element, name), None)
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
