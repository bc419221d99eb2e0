"""Objects of a PDF by their numbers: searched for within bounds, whatever its tables of contents say.

The library that reads them is handed what was found here, one small piece at a time (``_pdf_reader``).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

# A file of 50 MB has some 100,000 objects; the first page, its fonts and the tree above it come to a few dozen.
_MAX_OBJECTS = 200_000
_MAX_DICTIONARY = 64 << 10
# One object stream holds at most a few hundred small objects; pictures and pages' texts are not among them.
_MAX_OBJECT_STREAM = 4 << 20
_MAX_OBJECT_STREAMS = 32 << 20
_MAX_STREAMS = 5_000
_OBJ = re.compile(rb"obj\b")  # also in "endobj", where no number stands before it
_NUMBER_OF_OBJECT = re.compile(rb"(\d{1,8})\s{1,9}\d{1,5}\s{1,9}\Z")
_STREAM = re.compile(rb"stream\r?\n")
_PAIR_OF_NUMBERS = re.compile(rb"\s*(\d{1,8})\s+(\d{1,8})(?=\s)")


def object_streams(data: bytes, places: Iterable[int]) -> Iterator[bytes]:
    """Yield the object streams with dictionaries at ``places``, inflated; up to 4 MB each, 32 MB together."""
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
        self._packed: dict[int, tuple[bytes, int, int]] = {}
        self._left = _MAX_OBJECTS
        for stream in streams:
            self._unpack(stream)

    def text(self, number: int) -> bytes:
        """Return the text of an object up to its stream, at most 64 KB; b"" where there is none."""
        begin = self._places.get(number)
        if begin is None:
            stream, begin, end = self._packed.get(number, (b"", 0, 0))
            return stream[begin : min(end, begin + _MAX_DICTIONARY)]
        text = self.data[begin : begin + _MAX_DICTIONARY]
        ends = [at for at in (text.find(b"endobj"), text.find(b"stream")) if at >= 0]
        return text[: min(ends)] if ends else text

    def stream(self, number: int, most: int) -> bytes | None:
        """Return the first ``most`` bytes of an object's stream, inflated; None if there is none."""
        begin = self._places.get(number)
        match = _STREAM.search(self.data, begin, begin + _MAX_DICTIONARY) if begin is not None else None
        if begin is None or match is None or match.start() > begin + len(self.text(number)):
            return None
        if b"/Filter" in self.text(number):
            return _inflate(self.data, match.end(), most)
        end = self.data.find(b"endstream", match.end(), match.end() + most)
        return self.data[match.end() : end if end >= 0 else match.end() + most]

    def _unpack(self, stream: bytes) -> None:
        """An object stream begins with pairs of number and offset; the first object follows the last pair."""
        pairs: list[tuple[int, int]] = []
        at = 0
        while self._left > 0 and (match := _PAIR_OF_NUMBERS.match(stream, at)):
            self._left -= 1
            pairs.append((int(match[1]), int(match[2])))
            at = match.end()
        end = len(stream)
        for number, begin in sorted(pairs, key=lambda pair: pair[1], reverse=True):
            self._packed[number] = stream, at + begin, end
            end = at + begin


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each object's number, and where its text begins."""
    for match in islice(_OBJ.finditer(data), 2 * _MAX_OBJECTS):
        at = match.start()
        if number := _NUMBER_OF_OBJECT.search(data[max(at - 24, 0) : at]):
            yield int(number[1]), match.end()


def _inflate(data: bytes, begin: int, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(memoryview(data)[begin : begin + limit + 1_000], max(limit, 1))
    except zlib.error:
        return b""
