"""Objects of a PDF by their numbers, and the first page among them: searched for within bounds, not parsed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

# A file of 50 MB has some 100,000 objects; the first page, its fonts and the tree above it come to a few dozen.
_MAX_OBJECTS = 200_000
_MAX_DEPTH_OF_TREE = 20
_MAX_REFERENCES = 50
_MAX_DICTIONARY = 64 << 10
_MAX_STREAM = 2 << 20
# One object stream holds at most a few hundred small objects; pictures and pages' texts are not among them.
_MAX_OBJECT_STREAM = 4 << 20
_MAX_OBJECT_STREAMS = 32 << 20
_MAX_STREAMS = 5_000
_OBJ = re.compile(rb"obj\b")  # also in "endobj", where no number stands before it
_NUMBER_OF_OBJECT = re.compile(rb"(\d{1,8})\s{1,9}\d{1,5}\s{1,9}\Z")
_STREAM = re.compile(rb"stream\r?\n")
_REFERENCE = re.compile(rb"(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R\b")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_PAIR_OF_NUMBERS = re.compile(rb"\s*(\d{1,8})\s+(\d{1,8})(?=\s)")


def object_streams(data: bytes, places: Iterable[int]) -> Iterator[bytes]:
    """The object streams whose dictionaries are at ``places``, inflated; each up to 4 MB, together up to 32 MB."""
    left = _MAX_OBJECT_STREAMS
    for place in islice(places, _MAX_STREAMS):
        begin = _STREAM.search(data, place, place + 1_000)
        if begin is None:
            continue
        inflated = _inflate(data, begin.end(), min(left, _MAX_OBJECT_STREAM))
        left -= len(inflated)
        yield inflated
        if left <= 0:
            return


class Objects:
    """What stands under a number: in the file itself, the last one written counting, or in an object stream."""

    def __init__(self, data: bytes, streams: list[bytes]) -> None:
        self.data = data
        self._places = dict(islice(_places(data), _MAX_OBJECTS))
        self._packed: dict[int, tuple[bytes, int]] = {}
        self._left = _MAX_OBJECTS
        for stream in streams:
            self._unpack(stream)

    def dictionary(self, number: int) -> bytes:
        """The text of an object up to its stream, at most 64 KB; b"" where there is none."""
        begin = self._places.get(number)
        if begin is None:
            stream, begin = self._packed.get(number, (b"", 0))
            return stream[begin : begin + _MAX_DICTIONARY]
        text = self.data[begin : begin + _MAX_DICTIONARY]
        ends = [at for at in (text.find(b"endobj"), text.find(b"stream")) if at >= 0]
        return text[: min(ends)] if ends else text

    def stream(self, number: int) -> bytes:
        """The stream of an object, inflated, at most 2 MB; b"" where there is none or it is packed otherwise."""
        begin = self._places.get(number)
        match = _STREAM.search(self.data, begin, begin + _MAX_DICTIONARY) if begin is not None else None
        if match is None:
            return b""
        if b"/Filter" in self.dictionary(number):
            return _inflate(self.data, match.end(), _MAX_STREAM)
        end = self.data.find(b"endstream", match.end(), match.end() + _MAX_STREAM)
        return self.data[match.end() : max(end, match.end())]

    def _unpack(self, stream: bytes) -> None:
        """An object stream begins with pairs of number and offset; the first object follows the last pair."""
        pairs: list[tuple[int, int]] = []
        at = 0
        while self._left > 0 and (match := _PAIR_OF_NUMBERS.match(stream, at)):
            self._left -= 1
            pairs.append((int(match[1]), int(match[2])))
            at = match.end()
        for number, begin in pairs:
            self._packed[number] = stream, at + begin


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """Each object's number, and where its text begins."""
    for match in islice(_OBJ.finditer(data), 2 * _MAX_OBJECTS):
        at = match.start()
        if number := _NUMBER_OF_OBJECT.search(data[max(at - 24, 0) : at]):
            yield int(number[1]), match.end()


def references(text: bytes, name: bytes) -> list[int]:
    """The object numbers after a name, from one reference or an array; at most 50."""
    match = re.search(re.escape(name) + rb"\s*(\[[^\]\[]{0,20000}\]|\d{1,8}\s+\d{1,5}\s+R\b)", text)
    return [int(number) for number in islice(_REFERENCE.findall(match[1]), _MAX_REFERENCES)] if match else []


def first_page(objects: Objects) -> tuple[bytes, bytes]:
    """The first page's dictionary, and its resources, which may stand in a node above it; b"" where not found."""
    root = references(objects.data[max(objects.data.rfind(b"/Root"), 0) :][:100], b"/Root")
    nodes = references(objects.dictionary(root[0]), b"/Pages") if root else []
    page = resources = b""
    for _ in range(_MAX_DEPTH_OF_TREE):
        if not nodes:
            break
        page = objects.dictionary(nodes[0])
        if (at := page.find(b"/Resources")) >= 0:
            elsewhere = references(page[at : at + 40], b"/Resources")
            resources = objects.dictionary(elsewhere[0]) if elsewhere else page[at:]
        nodes = references(page, b"/Kids")
    return page, resources


def unescape(literal: bytes) -> bytes:
    """What stands between the parentheses of a string, with its backslashes resolved."""
    return _ESCAPE.sub(_resolve, literal)


def _resolve(match: re.Match[bytes]) -> bytes:
    if match[1].isdigit():
        return bytes([int(match[1], 8) & 0xFF]) if match[1] < b"8" else match[1]
    return _ESCAPED.get(match[1], match[1])


def unhex(digits: bytes) -> bytes:
    """The bytes of hexadecimal digits; white space is passed over, an odd end is filled with 0."""
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _inflate(data: bytes, begin: int, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(memoryview(data)[begin : begin + limit + 1_000], max(limit, 1))
    except zlib.error:
        return b""
