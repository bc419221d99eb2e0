"""An Office package (docx, xlsx) opened with care: the directory is bounded before it is read, members while inflating.

Reader, checker and renderer take their parts from here, so none of them meets a bomb, a DTD or a member that lies
about its size. Part names are compared as Office does: without regard to case, ``\\`` as ``/``.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.markup import parse_xml

MEGABYTE = 1 << 20
# A mail server passes 25 MB; a scanned report with photographs reaches 40.
MAX_FILE = 50 * MEGABYTE
# Office itself stays under 500 members; a report of 1,000 photographs is still a report.
MAX_MEMBERS = 4_096
# 4,096 entries of 46 bytes, a name and zip64 fields: anything longer is built to fill memory with entries.
MAX_DIRECTORY = 1 * MEGABYTE
# The 3,321 communes in one Word table are 16 MB of XML; python-docx already takes 1 GB at 60 MB.
MAX_MEMBER = 32 * MEGABYTE
# Photographs do not shrink in a zip, so an honest package inflates to little more than its size plus its XML.
MAX_TOTAL = 128 * MEGABYTE
# A table of like rows reaches the very end of deflate, 1,032, so up to the size of a large table any ratio is honest;
# beyond it, real text (16 MB of it) does not repeat itself 200 times.
MAX_RATIO = 200
RATIO_FROM = 16 * MEGABYTE
_STEP = 1 << 16
_BAD_ZIP = (
    zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError, IndexError, EOFError, OSError
)  # fmt: skip
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Relationship(NamedTuple):
    """One line of a .rels part. ``type`` is the last word of the type's address, alike in transitional and strict.

    ``target`` is a part's name in the package, or the address as written where ``external``.
    """

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The members of one package, read on demand; make it with ``open_package``."""

    def __init__(self, data: bytes, members: dict[str, zipfile.ZipInfo]) -> None:
        self._data = data
        self._members = members
        self._by_lower = {name.lower(): name for name in members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, folders left out, in the order of the directory."""
        return tuple(self._members)

    @property
    def inflated_size(self) -> int:
        """Bytes of all members together, as the directory says; no member can inflate beyond its share."""
        return sum(member.file_size for member in self._members.values())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_lower

    def size(self, name: str) -> int:
        """Bytes of one member when inflated. Raises BadDocument ``missing_part``."""
        return self._member(name).file_size

    def read(self, name: str) -> bytes:
        """One member, whole. Raises BadDocument ``missing_part``, ``bomb`` or ``damaged``."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """One member in pieces of at most 64 KB; the checksum is compared at the end. Raises as ``read``."""
        member = self._member(name)
        made, checksum = 0, 0
        for piece in _inflate(self._data, member):
            made += len(piece)
            checksum = zlib.crc32(piece, checksum)
            _bound(member, made)
            yield piece
        if made != member.file_size or checksum != member.CRC:
            raise bad("damaged", member.filename)

    def xml(self, name: str) -> etree._Element:
        """One XML member as a tree. Raises as ``read`` and ``parse_xml``."""
        return parse_xml(self.read(name))

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        by_extension: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for element in self.xml("[Content_Types].xml"):
            content_type = element.get("ContentType", "")
            if element.tag == _TYPES + "Default":
                by_extension[element.get("Extension", "").lower()] = content_type
            elif element.tag == _TYPES + "Override":
                by_name[_plain_name(element.get("PartName", "")).lower()] = content_type
        return by_extension, by_name

    def content_type(self, name: str) -> str:
        """The media type that the package declares for a part; empty when it declares none."""
        by_extension, by_name = self._content_types
        name = name.lower()
        return by_name.get(name) or by_extension.get(name.rpartition(".")[2], "")

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """What a part (or, for "", the package) points to; none when it has no .rels. Raises as ``xml``."""
        name = relationships_part(part)
        if name not in self:
            return ()
        return tuple(
            relationship(part, {str(k): str(v) for k, v in element.items()})
            for element in self.xml(name)
            if element.tag == _RELATIONSHIPS
        )

    @cached_property
    def main(self) -> str:
        """The name of the main part (for Word usually ``word/document.xml``). Raises BadDocument ``missing_part``."""
        for one in self.relationships():
            if one.type == "officeDocument" and not one.external and one.target in self:
                return self._by_lower[one.target.lower()]
        raise bad("missing_part", "officeDocument")

    def _member(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._members[self._by_lower[name.lower()]]
        except KeyError:
            raise bad("missing_part", name) from None


def open_package(data: bytes) -> Package:
    """Open the bytes of a docx or xlsx; reads the directory only.

    Raises BadDocument: ``too_large``, ``damaged``, ``password``, ``too_many_members``, ``bomb``, ``duplicate_part``.
    """
    if len(data) > MAX_FILE:
        raise bad("too_large", f"{len(data) // MEGABYTE} MB")
    try:
        with zipfile.ZipFile(_BoundedFile(data)) as archive:
            entries = archive.infolist()
    except _BAD_ZIP as error:
        raise bad("damaged", "zip") from error
    if len(entries) > MAX_MEMBERS:
        raise bad("too_many_members", f"{len(entries)} thành phần")
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _plain_name(entry.filename)
        if name.endswith("/"):
            continue
        _accept(entry, members.get(name))
        members[name] = entry
    if (total := sum(entry.file_size for entry in members.values())) > MAX_TOTAL:
        raise bad("bomb", f"{total // MEGABYTE} MB sau khi giải nén")
    return Package(data, members)


def relationships_part(part: str) -> str:
    """The name of the .rels part that belongs to a part ("" is the package)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationship(part: str, attributes: dict[str, str]) -> Relationship:
    """Read the attributes of a Relationship element in the .rels of ``part``."""
    target = attributes.get("Target", "")
    external = attributes.get("TargetMode", "").lower() == "external"
    if not external:
        target = _plain_name(posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target))))
    return Relationship(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], target, external)


class _BoundedFile(io.BytesIO):
    """Bytes of which no more than a directory is read at once: zipfile reads the directory whole, whatever it says."""

    def read(self, size: int | None = -1) -> bytes:
        rest = len(self.getbuffer()) - self.tell()
        if min(rest, rest if size is None or size < 0 else size) > MAX_DIRECTORY:
            raise bad("too_many_members", f"danh mục hơn {MAX_DIRECTORY // MEGABYTE} MB")
        return super().read(size)


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _accept(entry: zipfile.ZipInfo, twin: zipfile.ZipInfo | None) -> None:
    if entry.flag_bits & 0x1:
        raise bad("password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise bad("damaged", f"cách nén {entry.compress_type}")
    if twin and (twin.CRC, twin.file_size) != (entry.CRC, entry.file_size):
        raise bad("duplicate_part", entry.filename)
    _bound(entry, entry.file_size)


def _bound(entry: zipfile.ZipInfo, made: int) -> None:
    if made > MAX_MEMBER:
        # A million formatted rows without a figure are no attack: someone formatted a sheet down to its end.
        code = "too_complex" if entry.filename.lower().startswith("xl/worksheets/") else "bomb"
        raise bad(code, f"{entry.filename}: {made // MEGABYTE} MB sau khi giải nén")
    if made > RATIO_FROM and made > MAX_RATIO * max(entry.compress_size, 1):
        raise bad("bomb", f"{entry.filename}: nén {made // max(entry.compress_size, 1)} lần")
    if made > entry.file_size:
        raise bad("bomb", f"{entry.filename}: lớn hơn kích thước ghi trong tệp")


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    view = memoryview(data)
    header = bytes(view[entry.header_offset : entry.header_offset + 30])
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise bad("damaged", entry.filename)
    begin = entry.header_offset + 30 + sum(struct.unpack("<HH", header[26:30]))
    body = view[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(body[at : at + _STEP]) for at in range(0, len(body), _STEP))
        return
    inflater = zlib.decompressobj(-15)
    try:
        for at in range(0, len(body), _STEP):
            rest: bytes | memoryview = body[at : at + _STEP]
            while True:
                piece = inflater.decompress(rest, _STEP)
                yield piece
                rest = inflater.unconsumed_tail
                if not rest and len(piece) < _STEP:
                    break
    except zlib.error as error:
        raise bad("damaged", entry.filename) from error
    if not inflater.eof:
        raise bad("damaged", entry.filename)


__all__ = [
    "MAX_DIRECTORY",
    "MAX_FILE",
    "MAX_MEMBER",
    "MAX_MEMBERS",
    "MAX_RATIO",
    "MAX_TOTAL",
    "BadDocument",
    "Package",
    "Relationship",
    "open_package",
    "parse_xml",
    "relationship",
    "relationships_part",
]
