"""A phrase in the two forms that reading needs, character for character: as written, to show; in normal form, to match.

"UBND các xã, thị trấn" is recognised in normal form, and what it names is shown as the plan wrote it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import nfc, normalise, number_in_words

_DIGITS_THEN_WORDS = regex(r"(?<![\w/.,-])(\d+)\s*\(([^\W\d_]+(?:\s+[^\W\d_]+){0,4})\)")
_WORDS_THEN_DIGITS = regex(r"(?<!\w)([^\W\d_]+)\s*\(\s*(\d+)\s*\)")
_SHARE_AND_COUNT = regex(r"(?<=%)\s*\(\s*\d+\s*/\s*\d+\s*\)")
_SAME_LENGTH = str.maketrans("\u00a0\u202f\t％﹪℅٪～∼÷", "   %%%%---", "\u00ad\u200b\u200c\u200d\u2060\ufeff*")


class Text(NamedTuple):
    """A phrase twice, character for character: ``written`` keeps case and spelling, ``plain`` is in normal form."""

    written: str
    plain: str

    def part(self, start: int, end: int) -> Text:
        """The same stretch of both forms."""
        return Text(self.written[start:end], self.plain[start:end])


def any_of(words: str) -> str:
    """A pattern for any of the words or phrases that commas part, the longest first, each whole."""
    return rf"(?:{'|'.join(sorted(words.split(', '), key=len, reverse=True))})\b"


def read_text(phrase: str) -> Text:
    """Both forms of ``phrase``: single spaces, no invisible characters, a number once where it stands twice."""
    written = " ".join(nfc(phrase).translate(_SAME_LENGTH).split())
    if "(" in written:
        written = _DIGITS_THEN_WORDS.sub(lambda match: _once(match, match[1], match[2]), written)
        written = _SHARE_AND_COUNT.sub("", written)
        written = _WORDS_THEN_DIGITS.sub(lambda match: _once(match, match[2], match[1]), written)
    plain = normalise(written)
    return Text(written, plain if len(plain) == len(written) else written.lower())


def _once(match: re.Match[str], digits: str, words: str) -> str:
    return digits if number_in_words(normalise(words)) == int(digits) else match[0]
