"""One spelling within one text: Ủy or Uỷ, hằng năm or hàng năm. Offices mix them; that is said, and may stand."""

from __future__ import annotations

import re
from collections import defaultdict

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report
from plan_lifecycle.documents.formatting import every_paragraph
from plan_lifecycle.domain.text import nfc, normalise

# Open syllables in oa, oe and uy carry the tone on the first vowel or on the second; the u of "qu" is no vowel.
_VOWELS = "|".join(
    nfc(form)
    for first, second in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for form in (first + tone + second, first + second + tone)
)
_SYLLABLE = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{0,3}}?(?<!q)(?:{_VOWELS})(?![^\W\d_])")
_EVERY = re.compile(r"\b(hàng|hằng) (ngày|tuần|tháng|quý|năm)\b")


def check_spelling(report: Report, elements: Elements) -> None:
    """Note each syllable that stands in both spellings, and hàng beside hằng."""
    syllables: dict[str, dict[str, str]] = defaultdict(dict)
    every: dict[str, str] = {}
    for paragraph in every_paragraph(elements.layout.blocks):
        text = nfc(paragraph.text).lower()
        for syllable in _SYLLABLE.findall(text):
            syllables[normalise(syllable)].setdefault(syllable, str(paragraph.place))
        for word, _ in _EVERY.findall(text):
            every.setdefault(word, str(paragraph.place))
    for plain, forms in syllables.items():
        _note(report, "spelling.tone", plain, forms)
    _note(report, "spelling.every", "hằng", every)


def _note(report: Report, rule: str, preferred: str, forms: dict[str, str]) -> None:
    if len(forms) > 1:
        found = " và ".join(f"“{form}”" for form in sorted(forms))
        report.note(
            rule,
            f"viết cả {found}",
            f"thống nhất một cách viết, như “{preferred}”",
            list(forms.values())[-1],
            warning=True,
        )
