"""The zip around a document: members that never change are deflated once, the others at every filling.

The bytes depend on the members alone: every time stamp is the first day that a zip can express.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from isal import isal_zlib

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_FIRST_DAY = (1 << 5) | 1  # 1980-01-01
_UTF8, _DEFLATED = 0x800, 8
_NEEDS = 20  # version needed to extract: deflate
_RAW = -15  # no zlib header around the stream
_LIMIT = 64 * 1024 * 1024


class _Packed(NamedTuple):
    data: bytes
    crc: int
    size: int


class Archive:
    """The members of a template in their order; ``write`` puts new content into some of them."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._packed = {name: _Packed(_deflate(data, 9), zlib.crc32(data), len(data)) for name, data in members.items()}
        self._names = {name: name.encode() for name in members}

    @property
    def draws(self) -> bool:
        """Whether there are charts in it."""
        return any("/charts/" in name for name in self._names)

    def member(self, name: str) -> bytes | None:
        """A member as it was given; None where there is none of this name."""
        return zlib.decompress(self._packed[name].data, _RAW) if name in self._packed else None

    def write(self, changed: Mapping[str, bytes | None]) -> bytes:
        """The zip with the content of ``changed`` in place of what the template had, or beside it; None goes."""
        chunks: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        added = {name: name.encode() for name in changed if name not in self._names}
        gone = {name for name, data in changed.items() if data is None}
        names = {name: encoded for name, encoded in (self._names | added).items() if name not in gone}
        for name, encoded in names.items():
            packed = self._packed[name] if (data := changed.get(name)) is None else _pack(data)
            common = (_UTF8, _DEFLATED, 0, _FIRST_DAY, packed.crc, len(packed.data), packed.size, len(encoded), 0)
            chunks += (_LOCAL.pack(b"PK\x03\x04", _NEEDS, *common), encoded, packed.data)
            directory += (_CENTRAL.pack(b"PK\x01\x02", _NEEDS, _NEEDS, *common, 0, 0, 0, 0, offset), encoded)
            offset += _LOCAL.size + len(encoded) + len(packed.data)
        listing = b"".join(directory)
        count = len(names)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
        return b"".join((*chunks, listing, end))


def read_members(content: bytes) -> dict[str, bytes]:
    """Every member of a .docx by name.

    Raises ValueError where it is no zip, is damaged, unpacks beyond 64 MB, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LIMIT:
                raise ValueError("it unpacks to more than 64 MB")
            members = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"it is not a Word file: {error}") from error
    if any(b"<!DOCTYPE" in data for name, data in members.items() if name.endswith((".xml", ".rels"))):
        raise ValueError("it declares entities, which no Word file needs")
    return members


def _pack(data: bytes) -> _Packed:
    return _Packed(isal_zlib.compress(data, 1, _RAW), isal_zlib.crc32(data), len(data))


def _deflate(data: bytes, level: int) -> bytes:
    return zlib.compress(data, level, _RAW)
