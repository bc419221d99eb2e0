"""Numbers written out become digits where a date needs them: "tháng Ba", "quý hai", "trong vòng mười ngày"."""

from __future__ import annotations

import re
from functools import partial

from plan_lifecycle.domain.deadline._typing import WRAPPED, mistyped_words
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import number_in_words

_UNITS = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín"
_TENS = rf"mười (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|(?:hai|ba) mươi(?: (?:mốt|{_UNITS}))?"
_NUMERAL = rf"(?:{_TENS}|mười|{_UNITS})\b"
_AFTER_DATE = r"(?= ?(?:$|[,;.()-]|tháng|năm|đến|và|hằng|của|\d{4}))"
_YEAR = regex(rf"\bnăm hai (?:nghìn|ngàn)(?: không trăm)?(?: (?:linh|lẻ))? ({_NUMERAL})")
_IN_DATE = regex(rf"\b(ngày|mùng|mồng|(?<!ngày )tháng|quý(?! năm)) ({_NUMERAL}){_AFTER_DATE}")
_LEADS = "trong|vòng|thời hạn|sau|trước|quá|mỗi|định kỳ|cứ"
_LAPSE = regex(rf"\b({_LEADS}) ({_NUMERAL})(?= (?:ngày|tuần|tháng)\b(?! ?\d))")
_SLASH_MONTH = regex(r"(?<=\d)/(?=tháng \d)")
_ARROWS = regex(r" ?(?:÷|→|->|=>|~) ?")
_DOTTED_START = regex(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?= ?- ?\d{1,2}\.\d{1,2}\.\d{4})")
_NAMED_DAY = regex(r"\btrước ngày (?!\d)[^\d,;()]{3,40} \(?(?<!tháng )(?<!quý )(?<!số )(?=\d{1,2}/\d{1,2}(?!\d))")
_NOT_YET_OVER = regex(r"\btrước (?:khi )?(?:hết|kết thúc)(?= (?:ngày|tháng|quý|năm|tuần) ?[\div]|(?: năm)? \d{4})")
_WEEK_BEHIND = regex(
    r"\b(tháng \d{1,2}(?:(?:/| năm )\d{4})?),? ?\(((?:tuần (?:thứ )?\w+|thượng tuần|trung tuần|nửa (?:đầu|cuối)))"
    r"(?: tháng)?\)"
)
_ROMAN_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMANS = {roman: at for at, roman in enumerate(_ROMAN_NUMBERS, 1)}
_ROMAN_MONTH = regex(r"\btháng ([ivx]{1,4})(?=$|[ /,;.)-])")
_MONTHS_IN_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = {name: at for at, name in enumerate(_MONTHS_IN_ENGLISH, 1)}
_ENGLISH_MONTH = rf"({'|'.join(_ENGLISH)})[a-z]{{0,6}}"
_ENGLISH_DATES = (
    (regex(rf"\b{_ENGLISH_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b"), (2, 1, 3)),
    (regex(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -]{_ENGLISH_MONTH}\.?,?[ -](\d{{4}})\b"), (1, 2, 3)),
)
_PAIRED_MONTHS = regex(r"\b(tháng \d{1,2})/(\d{1,2})(?![\d/])")
_PAIRED_QUARTERS = regex(r"\b(quý (?:i{1,3}|iv|[1-4]))/(i{1,3}|iv|[1-4])\b")


def spelled(text: str) -> str:
    """``text`` (in normal form) with the numerals of dates as digits.

    What is only typed in another way is typed as the grammar has it: a fused or mistyped *trước ngày*, whose loss would
    move a date by a day, quotation marks around a date, an arrow in a window, a month by its English name.
    """
    if "/" in text:
        text = _SLASH_MONTH.sub(" ", text)
    if "*" in text or "_" in text:
        text = " ".join(text.replace("*", " ").replace("_", " ").split())
    text = _in_our_words(mistyped_words(text))
    text = _YEAR.sub(lambda match: f"năm {2000 + (number_in_words(match[1]) or 0)}", text)
    text = _IN_DATE.sub(_in_digits, text)
    return _LAPSE.sub(_in_digits, text)


def _in_our_words(text: str) -> str:
    """The same days in the words that the grammar knows."""
    text = _DOTTED_START.sub(r"\1/\2", text)
    text = WRAPPED.sub(r"\1 ", _ARROWS.sub(" - ", text))
    text = _NOT_YET_OVER.sub("hết", _NAMED_DAY.sub("trước ngày ", text))
    text = _WEEK_BEHIND.sub(r"\2 \1", text)
    text = _ROMAN_MONTH.sub(lambda match: f"tháng {_ROMANS.get(match[1], match[1])}", text)
    for pattern, order in _ENGLISH_DATES:
        text = pattern.sub(partial(_by_numbers, order=order), text)
    if "/" in text:
        text = _PAIRED_MONTHS.sub(_month_pair, text)
        text = _PAIRED_QUARTERS.sub(r"\1 hoặc \2", text)
    return text


def _by_numbers(match: re.Match[str], order: tuple[int, int, int]) -> str:
    day, month, year = (match[at] for at in order)
    return f"{day}/{_ENGLISH[month]}/{year}"


def _month_pair(match: re.Match[str]) -> str:
    """ "tháng 3/24" names a year; "tháng 3/4" names two months, and does not say whether both."""
    number = int(match[2])
    return f"{match[1]}/{2000 + number}" if number > 12 else f"{match[1]} hoặc {match[2]}"


def _in_digits(match: re.Match[str]) -> str:
    return f"{match[1]} {number_in_words(match[2])}"
