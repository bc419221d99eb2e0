"""Text in a code from before Unicode: "KÕ ho¹ch" in .VnTime (TCVN3), "Keá hoaïch" in VNI-Times; right in Word only.

Its letters are those of Western Europe in the places of the Vietnamese ones, so it is told by what it has and lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plan_lifecycle.documents.read._blocks import Block, Paragraph

_OURS = frozenset("ăđơưĂĐƠƯ")  # and all of U+1EA0 to U+1EF9: no Vietnamese paragraph is without them
_TCVN3 = frozenset("µ¸¶·¹¨»¾¼½©®«¬ªÆÇËÎÏÑÖ×ØÜÞßäåæçëîïñö÷øûüþ")
_ONLY_TCVN3 = frozenset("µ¸¶·¹¨»¾¼½©®«¬ª")
_VNI = frozenset("ÏÛØÅÄËÖÜÑïûøåäëöüñ")
_SHORTEST = 12


def legacy_code(blocks: Iterable[Block]) -> str | None:
    """ "tcvn3" or "vni" where a third of the paragraphs are written in it; None where the text is Unicode."""
    found = {"tcvn3": 0, "vni": 0}
    paragraphs = 0
    for text in _texts(blocks):
        if sum(map(str.isalpha, text)) >= _SHORTEST:
            paragraphs += 1
            code = _code(text)
            if code:
                found[code] += 1
    if not paragraphs or sum(found.values()) * 3 < paragraphs:
        return None
    return "tcvn3" if found["tcvn3"] * 3 >= found["vni"] else "vni"


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (line for cell in block.cells() for line in cell.lines)


def _code(text: str) -> str | None:
    if any(letter in _OURS or "\u1ea0" <= letter <= "\u1ef9" for letter in text):
        return None
    letters = sum(map(str.isalpha, text))
    tcvn3, vni = sum(letter in _TCVN3 for letter in text), sum(letter in _VNI for letter in text)
    if max(tcvn3, vni) * 20 < letters:
        return None
    return "tcvn3" if any(letter in _ONLY_TCVN3 for letter in text) else "vni"
