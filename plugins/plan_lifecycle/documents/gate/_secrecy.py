"""The mark of secrecy in its place: a line that is nothing but MẬT, TỐI MẬT or TUYỆT MẬT.

The stamp stands under the number in the head of page 1 (Thông tư 24/2020/TT-BCA): a paragraph, a cell, a text box, a
page header or a watermark of its own. A sentence that speaks of "bí mật nhà nước" or "bảo mật" is not a mark, nor is
"Mật" in a column of a list: the stamp is in capitals. A mark that is only in a picture is not seen.
"""

from __future__ import annotations

import re

from plan_lifecycle.domain.text import nfc

_URGENCY = "(?:THƯỢNGKHẨN|KHẨN|HỎATỐC|HOẢTỐC)?"
_MARK = re.compile(rf"{_URGENCY}(?:ĐỘMẬT)?(TUYỆTMẬT|TỐIMẬT|MẬT){_URGENCY}")
_NAMED_MARK = re.compile("ĐỘMẬT(TUYỆTMẬT|TỐIMẬT|MẬT)")
_SPELT = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
# The same words in the fonts of before Unicode (TCVN3, whose capitals are a font of small letters, and VNI).
_OLD_FONTS = {
    "MËT": "MẬT", "mËt": "MẬT", "TèIMËT": "TỐI MẬT", "tèimËt": "TỐI MẬT", "TUYÖTMËT": "TUYỆT MẬT",
    "tuyÖtmËt": "TUYỆT MẬT", "MAÄT": "MẬT", "TOÁIMAÄT": "TỐI MẬT", "TUYEÄTMAÄT": "TUYỆT MẬT",
}  # fmt: skip
_LONGEST = 60
_GAP = re.compile(r"\s{3,}")
# No mark is without one of these letters or combining accents: most lines are done with here.
_MAYBE = re.compile("[ẬậËÄ\u0302\u0323]")


def secrecy_mark(line: str) -> str:
    """Find the mark that a line of text consists of, or "". Letter-spacing, brackets, dashes, urgency do not hide it.

    >>> secrecy_mark("- T Ố I  M Ậ T -"), secrecy_mark("Bảo vệ bí mật nhà nước"), secrecy_mark("Độ mật: Mật")
    ('TỐI MẬT', '', 'MẬT')
    """
    if not _MAYBE.search(line):
        return ""
    for part in (line, *_GAP.split(line)):
        if len(part) <= _LONGEST and (mark := _whole_mark(part)):
            return mark
    return ""


def _whole_mark(text: str) -> str:
    letters = "".join(filter(str.isalpha, nfc(text)))
    if match := _MARK.fullmatch(letters) or _NAMED_MARK.fullmatch(letters.upper()):
        return _SPELT[match[1]]
    return _OLD_FONTS.get(letters, "")
