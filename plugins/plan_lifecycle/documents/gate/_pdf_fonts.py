"""Which letters the codes of a PDF font stand for: its ToUnicode map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from plan_lifecycle.documents.gate._pdf_objects import Objects, references, unhex

_MAX_FONTS = 50
_MAX_MAPS = 12
_MAX_BLOCKS = 2_000
# Two bytes name 65,536 glyphs, and a page shows some hundred letters.
_MAX_GLYPHS = 65_536
_FONT = re.compile(rb"/([^\s/<>\[\]()]{1,60})\s{1,9}(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R\b")
_HEX = rb"<([0-9A-Fa-f]{2,64})>"
_PAIR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]\[]*)\])")
_TEXT = re.compile(_HEX)

Letters = dict[bytes, str]


def fonts_of(objects: Objects, resources: bytes) -> dict[bytes, Letters]:
    """The letters of each font that the resources of a page name; a font without a map has none."""
    at = resources.find(b"/Font")
    if at < 0:
        return {}
    elsewhere = references(resources[at : at + 40], b"/Font")
    text = objects.dictionary(elsewhere[0]) if elsewhere else resources[at : resources.find(b">>", at)]
    fonts: dict[bytes, Letters] = {}
    maps: dict[int, Letters] = {}
    for name, font in islice(_FONT.findall(text), _MAX_FONTS):
        for number in references(objects.dictionary(int(font)), b"/ToUnicode")[:1]:
            if number not in maps:
                left = _MAX_GLYPHS - sum(map(len, maps.values()))
                maps[number] = read_letters(objects.stream(number), left) if len(maps) < _MAX_MAPS else {}
            fonts[name] = maps.get(number, {})
    return fonts


def read_letters(cmap: bytes, left: int) -> Letters:
    """Read a ToUnicode map: code as it stands in a string, to text; at most ``left`` of them."""
    letters: Letters = {}
    for block in cmap.split(b"beginbf", _MAX_BLOCKS)[1:]:
        body = block.partition(b"endbf")[0]
        pairs = _ranges(body) if body.startswith(b"range") else _pairs(body)
        for code, letter in islice(pairs, max(left, 0)):
            letters[code] = letter
            left -= 1
    return letters


def _pairs(body: bytes) -> Iterator[tuple[bytes, str]]:
    for match in _PAIR.finditer(body):
        yield unhex(match[1]), _text(match[2])


def _ranges(body: bytes) -> Iterator[tuple[bytes, str]]:
    """Codes from first to last stand for letters that follow a text, or for those of a list."""
    for match in _RANGE.finditer(body):
        width = len(unhex(match[1]))
        first, last = int(match[1], 16), int(match[2], 16)
        letters = _following(_text(match[3])) if match[3] else map(_text, _TEXT.findall(match[4]))
        for code, letter in zip(range(first, last + 1), letters, strict=False):
            yield (code % (1 << 8 * width)).to_bytes(width, "big"), letter


def _following(text: str) -> Iterator[str]:
    return (text[:-1] + chr(letter) for letter in range(ord(text[-1:] or "\0"), 0x110000))


def _text(digits: bytes) -> str:
    return unhex(digits).decode("utf-16-be", "replace")
