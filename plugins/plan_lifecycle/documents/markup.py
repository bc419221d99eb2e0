"""XML from outside: no DTD, no entities, no network, and a bound on what a tree may cost before one is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from lxml import etree

from plan_lifecycle.documents.errors import bad

# A node is an element or an attribute; libxml2 takes 100-250 bytes for each with its text, so this is at most some
# 250 MB as a tree and nothing while streaming. A task table of all 3,321 communes has about 700,000.
MAX_NODES = 1_000_000
# Tables nested ten deep inside text boxes reach 70; no office program writes 256.
MAX_DEPTH = 256
_TOO_DEEP = "Excessive depth"  # how the library tells of it: it has no code of its own for that
# libxml2 gathers a tag whole, at 250 bytes an attribute, before anyone is told of it. No element has a hundred.
MAX_ATTRIBUTES = 100_000
# In encodings other than these a "<" may be part of another letter, so such a part is bounded as a whole.
MAX_ODDLY_ENCODED = 4 << 20
_PLAIN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?!\x00)(?!\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859-|windows-12))",
    re.I,
)
_STEP = 1 << 16


class Enough(Exception):  # noqa: N818  a signal, not an error
    """Raised by a watcher that has seen all it wanted."""


class Watcher:
    """The target of a streaming parse: bounds nodes and depth, refuses a DTD, keeps nothing.

    A subclass says in ``wanted`` which tags (``{namespace}name``) it cares for and under which names; ``enter`` and
    ``leave`` are called for those only. It may add ``data``, which is called for all text.
    """

    wanted: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.nodes = 0
        self.depth = 0

    def doctype(self, name: str, _public_id: str | None, _system: str | None) -> None:
        """Refuse: a document type can declare entities, and no office program writes one."""
        raise bad("dtd", f"DOCTYPE {name}")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element that opens."""
        self.nodes += 1 + len(attributes)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise bad("too_deep", f"hơn {MAX_DEPTH} lớp")
        if self.nodes > MAX_NODES:
            raise too_complex()
        if tag in self.wanted:
            self.enter(self.wanted[tag], attributes)

    def end(self, tag: str) -> None:
        """Count an element that closes."""
        self.depth -= 1
        if tag in self.wanted:
            self.leave(self.wanted[tag])

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """See a wanted element open."""

    def leave(self, name: str) -> None:
        """See a wanted element close."""

    def close(self) -> None:
        """The document has ended."""


class _Prolog(Watcher):
    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        raise Enough


def too_complex() -> Exception:
    """The refusal of a document with more than MAX_NODES elements and attributes."""
    return bad("too_complex", f"hơn {MAX_NODES:,} thành phần".replace(",", "."))


def watch(pieces: Iterable[bytes], watcher: Watcher) -> None:
    """Stream XML past a watcher in constant memory.

    Raises BadDocument: ``dtd``, ``too_deep``, ``too_complex``, or ``malformed`` where the XML is not well-formed.
    """
    parser = etree.XMLParser(
        target=cast(Any, watcher), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for piece in _guarded(pieces):
            parser.feed(piece)
        parser.close()
    except Enough:
        return
    except etree.XMLSyntaxError as error:
        raise _unread(error) from error


def refuse_many_nodes(pieces: Iterable[bytes]) -> None:
    """Count nodes without parsing: each element has one ``<`` besides its ``</``, each attribute one ``="``.

    Raises BadDocument ``too_complex``. Text may hold ``="`` too, but not a million times.
    """
    nodes = 0
    for piece in pieces:
        nodes += piece.count(b"<") - piece.count(b"</") + piece.count(b'="') + piece.count(b"='")
        if nodes > MAX_NODES:
            raise too_complex()


def parse_xml(data: bytes) -> etree._Element:
    """Build the tree of an XML part, without comments and processing instructions.

    Raises BadDocument: ``dtd``, ``too_deep``, ``too_complex``, or ``malformed`` where the XML is not well-formed.
    """
    refuse_many_nodes([data])
    known = len(data) <= MAX_ODDLY_ENCODED or _PLAIN.match(data)
    watch(_pieces(data), _Prolog() if known else Watcher())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unread(error) from error


def _unread(error: etree.XMLSyntaxError) -> Exception:
    """Tell what is wrong with the XML from what is wrong here: memory that was refused is told as a fault of syntax."""
    if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    message = error.msg or ""
    if _TOO_DEEP in message:
        return bad("too_deep", f"hơn {MAX_DEPTH} lớp")
    line, column = error.position
    return bad("malformed", f"dòng {line}, cột {column}")


def _guarded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pass the pieces on; refuse a tag of endless attributes before the parser has gathered it."""
    size, equals, plain = 0, 0, None
    for piece in pieces:
        if plain is None:
            plain = _PLAIN.match(piece) is not None
        size += len(piece)
        first, last = piece.find(b"<"), piece.rfind(b"<")
        equals += piece.count(b"=", 0, first if first >= 0 else None)
        if equals > MAX_ATTRIBUTES or (size > MAX_ODDLY_ENCODED and not plain):
            raise too_complex()
        if last >= 0:
            equals = piece.count(b"=", last)
        yield piece


def _pieces(data: bytes) -> Iterable[bytes]:
    view = memoryview(data)
    return (bytes(view[at : at + _STEP]) for at in range(0, len(view), _STEP))
