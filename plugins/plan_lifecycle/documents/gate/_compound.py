"""The older Office container (OLE compound file): the names in its directory are read, its text only searched."""

from __future__ import annotations

import re
import struct
from itertools import islice

from plan_lifecycle.documents.gate._secrecy import secrecy_mark

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# 4,096 entries of 128 bytes; a .doc has a dozen, a macro project a hundred.
_MAX_DIRECTORY = 4_096 * 128
_KIND_BY_STREAM = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "__properties_version1.0": "msg",
}
# Word 97 keeps its text as UTF-16, ends paragraphs with \r and cells with \x07.
_WORD_OF_MARK = re.compile("MẬT".encode("utf-16-le"))
_ENDS = re.compile("[\0\r\x07\x0b\x0c\t]")
_LINE = 60
_WORD_TEXT = 0xA5EC
_ENCRYPTED_TEXT = 0x0100
_PASSWORD_RECORD = 0x002F
_MAX_WORDS = 100
_RUNS = re.compile(
    rb"\.(?:exe|com|scr|pif|bat|cmd|jse?|vb[se]|wsf|hta|lnk|ps1|msi|jar|dll|cpl|reg|url|chm|iso|docm|xlsm)\x00", re.I
)


def stream_names(data: bytes) -> frozenset[str]:
    """The names of streams and storages; empty where the directory cannot be followed."""
    if len(data) < 512 or not data.startswith(SIGNATURE):
        return frozenset()
    directory = _directory(data)
    return frozenset(filter(None, (_name(directory[at : at + 128]) for at in range(0, len(directory) - 127, 128))))


def compound_kind(names: frozenset[str]) -> str:
    """The kind of document by its streams: ``encrypted`` (a docx with a password), ``doc``, ``xls``, … or ``ole``."""
    return next((kind for stream, kind in _KIND_BY_STREAM.items() if stream in names), "ole")


def has_macro_project(names: frozenset[str]) -> bool:
    """Whether a VBA project is in there."""
    return bool(names & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"})


def carries_program(data: bytes, names: frozenset[str]) -> bool:
    """Whether an object made by "insert file" carries a file that Windows would run."""
    return "\x01Ole10Native" in names and _RUNS.search(data) is not None


def asks_for_password(data: bytes) -> bool:
    """Whether the text of a .doc, or the tables of a .xls, lie under a password (``fEncrypted``, ``FILEPASS``)."""
    if len(data) < 512 or not data.startswith(SIGNATURE):
        return False
    directory = _directory(data)
    for at in range(0, len(directory) - 127, 128):
        name, sector = _name(directory[at : at + 128]), struct.unpack_from("<I", directory, at + 116)[0]
        begin = (sector + 1) << struct.unpack_from("<H", data, 30)[0]
        if name == "WordDocument" and begin + 12 <= len(data):
            magic, flags = struct.unpack_from("<H8xH", data, begin)
            return magic == _WORD_TEXT and bool(flags & _ENCRYPTED_TEXT)
        if name in ("Workbook", "Book"):
            return _PASSWORD_RECORD in _first_records(data, begin)
    return False


def _first_records(data: bytes, at: int) -> set[int]:
    """The numbers of the first records of a workbook; the one of a password is among them."""
    found = set()
    for _ in range(4):
        if at + 4 > len(data):
            break
        number, length = struct.unpack_from("<HH", data, at)
        found.add(number)
        at += 4 + length
    return found


def marked_secret(data: bytes) -> str:
    """The mark of secrecy that stands as a line or cell of its own near the start of a .doc, or ""."""
    for match in islice(_WORD_OF_MARK.finditer(data), _MAX_WORDS):
        begin, end = max(match.start() - 2 * _LINE, 0), match.end() + 2 * _LINE
        around = data[begin + (match.start() - begin) % 2 : end].decode("utf-16-le", "replace")
        middle = (match.start() - begin) // 2
        before, after = _ENDS.split(around[:middle])[-1], _ENDS.split(around[middle:])[0]
        if mark := secrecy_mark(before + after):
            return mark
    return ""


def _directory(data: bytes) -> bytes:
    """The chain of directory sectors, as the allocation table links them; stops at a cycle or at the limit."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        return b""
    size = 1 << shift
    table = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < 0xFFFFFFFA]
    sector = struct.unpack_from("<I", data, 48)[0]
    out, seen = bytearray(), set[int]()
    while sector < 0xFFFFFFFA and sector not in seen and len(out) < _MAX_DIRECTORY:
        seen.add(sector)
        out += data[(sector + 1) * size : (sector + 2) * size]
        which, at = divmod(sector, size // 4)
        place = (table[which] + 1) * size + at * 4 if which < len(table) else len(data)
        sector = struct.unpack_from("<I", data, place)[0] if place + 4 <= len(data) else 0xFFFFFFFE
    return bytes(out)


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: length - 2].decode("utf-16-le", "replace") if 2 < length <= 64 and entry[66] in (1, 2, 5) else ""
