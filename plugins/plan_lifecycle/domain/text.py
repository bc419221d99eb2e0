"""One spelling for text that officials type in many: what is matched is compared in normal form, never as typed.

Within one plan stand Ủy and Uỷ, hằng năm and hàng năm, hyphens and long dashes, decomposed accents from one keyboard
and composed ones from another. ``nfc`` is for text that is kept and shown; ``normalise`` is for text that is matched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plan_lifecycle.domain.regex import regex

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_ON_FIRST = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
_ON_SECOND = {first: second for second, first in _ON_FIRST.items()}
# An open syllable carries its tone on the first vowel (hòa, ủy), a closed one on the second (hoàn).
# "qu" is one consonant.
# What stands before is looked at last: a pattern that begins with its letters is searched for several times faster.
_OPEN = regex(rf"(?:{'|'.join(_ON_FIRST)})(?<!q..)(?!\w)")
_CLOSED = regex(
    "|".join([*(f"{each}(?<=q..)" for each in _ON_SECOND if each[1] == "y"),
              *(rf"{each}(?=[^\W\d_])" for each in _ON_SECOND)])
)  # fmt: skip
_I_FOR_Y = regex(r"(?<!\w)(k|l|m|t|qu)([iìíỉĩị])(?!\w)")
_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_EVERY = regex(r"hàng(?<!\w....)(?=\s+(?:ngày|tuần|tháng|quý|năm)\b)")

_CHARACTERS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {"ð": "đ", "ɖ": "đ", "（": "(", "）": ")", "，": ",", "；": ";", "：": ":", "⁄": "/", "∕": "/", "／": "/"}
)
_ODD = regex(f"[{re.escape(''.join(map(chr, _CHARACTERS)))}]")
_SHORT = 200
"""Characters up to which a text is remembered in its normal form: headings and cells come again and again."""

_DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
_WORD = "|".join([*_DIGITS, "mười", "mươi", "trăm", "linh", "lẻ"])
_WORDS = rf"(?:{_WORD})(?:\s+(?:{_WORD})){{0,9}}"
_DIGITS_THEN_WORDS = regex(rf"(?<![\w/.,-])(\d+)\s*\(\s*({_WORDS})\s*\)")
_WORDS_THEN_DIGITS = regex(rf"(?<!\w)({_WORDS})\s*\(\s*(\d+)\s*\)")


def nfc(text: str) -> str:
    """Compose accents (Unicode NFC) and change nothing else."""
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """The form in which people search: normal, and without accents ("bac binh" finds Bắc Bình)."""
    return without_accents(normalise(text))


def normalise(text: str) -> str:
    """The form in which texts are compared: total, and never shown to anyone.

    Lower case; NFC; tones as in ``hòa, thủy, ủy, hoàn``; ``quý, kỳ, lý, tỷ, mỹ`` for ``quí, kì, lí, tỉ, mĩ``;
    ``hằng`` for ``hàng`` before ngày, tuần, tháng, quý, năm; plain hyphens and brackets; single spaces and none at
    the ends; a number once where it stands twice: ``15 (mười lăm)`` and ``mười lăm (15)`` are ``15``.
    """
    return _remembered(text) if len(text) <= _SHORT else _normal(text)


@lru_cache(maxsize=8192)
def _remembered(text: str) -> str:
    return _normal(text)


def _normal(text: str) -> str:
    text = nfc(nfc(text).lower())
    if _ODD.search(text):
        text = text.translate(_CHARACTERS)
    text = " ".join(text.split())
    text = _I_FOR_Y.sub(lambda match: match[1] + _Y[match[2]], text)
    text = _OPEN.sub(lambda match: _ON_FIRST[match[0]], text)
    text = _CLOSED.sub(lambda match: _ON_SECOND[match[0]], text)
    text = _EVERY.sub("hằng", text)
    return _numbers_once(text) if "(" in text else text


def without_accents(text: str) -> str:
    """``text`` with plain letters only ("Đặc khu Phú Quý" gives "Dac khu Phu Quy"), for ids and forgiving searches."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))


def number_in_words(words: str) -> int | None:
    """The value of a Vietnamese numeral below 1,000 ("hai mươi mốt" is 21), in normal form; None where it is none."""
    total = pending = 0
    for word in words.split():
        if word in _DIGITS:
            pending = _DIGITS[word]
        elif word == "mười":
            total, pending = total + 10, 0
        elif word in ("mươi", "trăm"):
            total, pending = total + pending * (10 if word == "mươi" else 100), 0
        elif word not in ("linh", "lẻ"):
            return None
    return total + pending if words.strip() else None


def _numbers_once(text: str) -> str:
    text = _DIGITS_THEN_WORDS.sub(lambda match: _agreed(match, match[1], match[2]), text)
    return _WORDS_THEN_DIGITS.sub(lambda match: _agreed(match, match[2], match[1]), text)


def _agreed(match: re.Match[str], digits: str, words: str) -> str:
    """The digits where both say the same; two numbers that differ are left for a person to see."""
    return digits if len(digits) < 5 and number_in_words(words) == int(digits) else match[0]
