"""The library's reader of PDF, held to small pieces: it sees only what ``_pdf_objects`` found, up to a total.

Given the whole of a hostile file it takes minutes or gigabytes, as every such library does (docs/adr/0012). Import this
module only where a PDF is at hand: the library takes a tenth of a second and 20 MB to load.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable
from itertools import islice

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    read_object,
)

from plan_lifecycle.documents.gate._pdf_objects import Objects

BROKEN = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError,
    NotImplementedError,
)  # fmt: skip
"""What the library raises over a file that is none."""
# The objects of a page come to some 20 KB of text, its content to 100 KB where each letter is placed by itself.
MOST_TEXT = 256 << 10
MOST_CONTENT = 256 << 10
_MOST_STREAMS = 768 << 10
_MAX_DEPTH_OF_TREE = 20
_MAX_CONTENTS = 50
_MAX_FONTS = 8
_ENCRYPTION = 4_000
# What pictures, drawings within a page and the programs of fonts have; a page's content and maps of letters do not.
_NOT_READ = {"/Subtype", "/Length1"}
_ROOT = re.compile(rb"/Root\s*(\d{1,8})\s+\d{1,5}\s+R\b")
_ENCRYPT = re.compile(rb"/Encrypt\s*(?:(\d{1,8})\s+\d{1,5}\s+R\b|(?=<<))")
_IDENTITY = re.compile(rb"/ID\s*(\[\s*(?:\((?:[^\\)]|\\.){0,400}\)|<[0-9A-Fa-f\s]{0,400}>))", re.DOTALL)
_BLANK = b"\0\t\n\f\r "
_EMPTY = b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1>>\nstartxref\n9\n%%EOF\n"

# What is odd in a stranger's file is the verdict's to tell, and a hostile one could fill a log with it.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class FoundObjects(PdfReader):
    """A reader whose objects are looked up in ``Objects``; raises LimitReachedError once they come to too much."""

    def __init__(self, objects: Objects) -> None:
        super().__init__(io.BytesIO(_EMPTY))
        self._objects = objects
        self._found: dict[int, PdfObject] = {}
        self._text_left = MOST_TEXT
        self._streams_left = _MOST_STREAMS

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """Return the object of a number; a null where there is none."""
        number = indirect_reference if isinstance(indirect_reference, int) else indirect_reference.idnum
        if number not in self._found:
            self._found[number] = self._read(number)
        return self._found[number]

    def first_page(self) -> PageObject | None:
        """Return the first page; None where it is not found."""
        root = _ROOT.match(self._objects.data, max(self._objects.data.rfind(b"/Root"), 0))
        node = _entry(self.get_object(int(root[1])), "/Pages") if root else None
        for _ in range(_MAX_DEPTH_OF_TREE):
            kids = _entry(node, "/Kids")
            if kids is None:
                break
            node = kids[0].get_object() if isinstance(kids, ArrayObject) and kids else None
        if not isinstance(node, DictionaryObject):
            return None
        page = PageObject(self)
        page.update(node)
        return page

    def content(self, page: PageObject) -> ContentStream:
        """Return what the page shows: at most 256 KB, up to the end of a block of text or of a line."""
        contents = _entry(page, "/Contents")
        shown = b""
        for part in islice(contents if isinstance(contents, ArrayObject) else [contents], _MAX_CONTENTS):
            stream = part.get_object() if part is not None else None
            if isinstance(stream, DecodedStreamObject) and len(shown) <= MOST_CONTENT:
                shown += stream.get_data() + b"\n"
        if len(shown) > MOST_CONTENT:
            shown = shown[: max(shown.rfind(b"ET", 0, MOST_CONTENT) + 2, shown.rfind(b"\n", 0, MOST_CONTENT) + 1)]
        whole = DecodedStreamObject()
        whole.set_data(shown)
        return ContentStream(whole, self, "bytes")

    def fonts(self, page: PageObject, names: Iterable[str]) -> DictionaryObject:
        """Return the first eight of these fonts that the page has, or a node above it."""
        fonts = _entry(page.get_inherited("/Resources"), "/Font")
        if not isinstance(fonts, DictionaryObject):
            return DictionaryObject()
        known = islice((name for name in dict.fromkeys(names) if name in fonts), _MAX_FONTS)
        return DictionaryObject({NameObject(name): _font(fonts[name]) for name in known})

    def _read(self, number: int) -> PdfObject:
        text = self._objects.text(number).strip(_BLANK)
        self._text_left -= len(text)
        if self._text_left < 0:
            raise LimitReachedError(f"The objects of one page come to more than {MOST_TEXT} bytes.")
        found = read_object(io.BytesIO(text + b"\n"), self) if text else None
        if not isinstance(found, DictionaryObject) or not found.keys().isdisjoint(_NOT_READ):
            return found if found is not None else NullObject()
        data = self._objects.stream(number, min(self._streams_left, MOST_CONTENT + 1))
        return found if data is None else self._stream(found, data)

    def _stream(self, dictionary: DictionaryObject, data: bytes) -> DecodedStreamObject:
        self._streams_left -= len(data)
        stream = DecodedStreamObject()
        stream.update({name: value for name, value in dictionary.items() if name not in ("/Filter", "/DecodeParms")})
        stream.set_data(data)
        return stream


def opens_without_password(objects: Objects) -> bool:
    """Tell whether the empty password is right; yes also where the library does not know the kind of encryption.

    Of the file it sees the dictionary of the encryption and the first part of the ID, in a file of their own.
    """
    data = objects.data
    entry = _ENCRYPT.match(data, max(data.rfind(b"/Encrypt"), 0))
    if entry is None:
        return True
    text = objects.text(int(entry[1])) if entry[1] else data[entry.end() :][:_ENCRYPTION]
    identity = _IDENTITY.search(data)
    alone = _file_of(text[:_ENCRYPTION], identity[1] + b"<>]" if identity else b"[<><>]")
    try:
        return PdfReader(io.BytesIO(alone)).decrypt("") != PasswordType.NOT_DECRYPTED
    except BROKEN:
        return True


def _file_of(encryption: bytes, identity: bytes) -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n" + encryption + b"\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    trailer = b"trailer\n<</Size 2 /Encrypt 1 0 R /ID %s>>\nstartxref\n%d\n%%%%EOF\n" % (identity, len(body))
    return body + table + trailer


def _font(font: PdfObject) -> PdfObject:
    """Read a font that says nothing of its letters as Windows does: so were the fonts of before Unicode made."""
    if not isinstance(font, DictionaryObject) or not font.keys().isdisjoint({"/Encoding", "/ToUnicode"}):
        return font
    return DictionaryObject({**font, NameObject("/Encoding"): NameObject("/WinAnsiEncoding")})


def _entry(holder: object, name: str) -> PdfObject | None:
    value = holder.get(NameObject(name)) if isinstance(holder, DictionaryObject) else None
    return value.get_object() if value is not None else None
