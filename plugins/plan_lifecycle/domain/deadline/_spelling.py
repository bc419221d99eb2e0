"""Numbers written out become digits where a date needs them: "tháng Ba", "quý hai", "trong vòng mười ngày"."""

from __future__ import annotations

import re

from plan_lifecycle.domain.text import number_in_words

_UNITS = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín"
_TENS = rf"mười (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|(?:hai|ba) mươi(?: (?:mốt|{_UNITS}))?"
_NUMERAL = rf"(?:{_TENS}|mười|{_UNITS})\b"
_AFTER_DATE = r"(?= ?(?:$|[,;.()-]|tháng|năm|đến|và|hằng|của|\d{4}))"
_YEAR = re.compile(rf"\bnăm hai (?:nghìn|ngàn)(?: không trăm)?(?: (?:linh|lẻ))? ({_NUMERAL})")
_IN_DATE = re.compile(rf"\b(ngày|mùng|mồng|(?<!ngày )tháng|quý(?! năm)) ({_NUMERAL}){_AFTER_DATE}")
_LEADS = "trong|vòng|thời hạn|sau|trước|quá|mỗi|định kỳ|cứ"
_LAPSE = re.compile(rf"\b({_LEADS}) ({_NUMERAL})(?= (?:ngày|tuần|tháng)\b(?! ?\d))")
_MISTYPED = re.compile(r"\btr(?:ươc|uớc|ưóc|ứơc|ướt)\b")
_SLASHES = re.compile(r" ?/ ?")


def spelled(text: str) -> str:
    """``text`` (in normal form) with the numerals of dates as digits, and no spaces around slashes.

    The one word whose loss would move a date by a day, *trước*, is mended where a tone or horn is missing.
    """
    if "/" in text:
        text = _SLASHES.sub("/", text)
    if "*" in text or "_" in text:
        text = " ".join(text.replace("*", " ").replace("_", " ").split())
    text = _MISTYPED.sub("trước", text)
    text = _YEAR.sub(lambda match: f"năm {2000 + (number_in_words(match[1]) or 0)}", text)
    text = _IN_DATE.sub(_in_digits, text)
    return _LAPSE.sub(_in_digits, text)


def _in_digits(match: re.Match[str]) -> str:
    return f"{match[1]} {number_in_words(match[2])}"
