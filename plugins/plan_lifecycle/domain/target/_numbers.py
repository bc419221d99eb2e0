"""Numbers as officials write them, single or as a range: 05, 1.000, 2,5%, 70-80%, từ 02 đến 03, hai, 18/20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import number_in_words

_N = r"(?:[1-9]\d{0,2}(?:\s\d{3}){1,3}(?![\d.,/]|\s*%)|\d++(?:[.,]\d++){0,6})"
_SHARE = r"\s*(?:%|phần\s+trăm)"
_WORDS = r"(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?:\s+(?:một|mốt|hai|ba|bốn|lăm|sáu|bảy|tám|chín|mươi)){0,4}"
_NUMBER = regex(
    rf"(?<![\w.,/])(?P<low>{_N})(?P<low_share>{_SHARE})?"
    rf"(?:(?:\s*-\s*|\s+(?:đến|tới)\s+(?:dưới\s+)?)(?P<high>{_N})(?P<high_share>{_SHARE})?(?![\w/.,]*\d)"
    rf"|\s*/\s*(?P<of>\d+)(?![\d/.])(?P<all>(?=\s+(?:tổng\s+)?số))?)?(?![^\W_])"
    rf"|(?P<worded>{_WORDS})\s+phần\s+trăm"
    # A number in words counts only where a comparison or a period leads to it: "ít nhất hai lớp", "mỗi quý một lần".
    rf"|(?:(?<=nhất\s)|(?<=thiểu\s)|(?<=quá\s)|(?<=đa\s)|(?<=dưới\s)|(?<=mỗi tháng\s)|(?<=mỗi quý\s)|(?<=mỗi năm\s)"
    rf"|(?<=ằng tháng\s)|(?<=ằng quý\s)|(?<=ằng năm\s)|(?<=một năm\s))(?P<words>{_WORDS})(?=\s+\w)"
    rf"|(?<=gấp\s)(?P<double>đôi|ba)\b"
)


class Number(NamedTuple):
    """A number in a text: where it stands, its value (30 for 30 %), and ``upper`` where it is a range."""

    start: int
    end: int
    value: float
    upper: float | None
    is_ratio: bool


def find_numbers(plain: str) -> Iterator[Number]:
    """Every number of a text in normal form, left to right. "18/20 xã" is 18, "1/3 tổng số" a share of 33.33."""
    for match in _NUMBER.finditer(plain):
        if match["words"]:
            value: float = number_in_words(match["words"]) or 1
            yield Number(match.start(), match.end(), value, None, False)
        elif match["worded"]:
            yield Number(match.start(), match.end(), number_in_words(match["worded"]) or 1, None, True)
        elif match["double"]:
            yield Number(match.start(), match.end(), 2 if match["double"] == "đôi" else 3, None, False)
        else:
            yield from _in_digits(match)


def _in_digits(match: re.Match[str]) -> Iterator[Number]:
    is_ratio = bool(match["low_share"] or match["high_share"])
    low = read_number(match["low"], is_ratio=is_ratio)
    if match["all"] is not None and int(match["of"]):
        yield Number(match.start(), match.end(), round(100 * low / int(match["of"]), 2), None, True)
        return
    high = read_number(match["high"], is_ratio=is_ratio) if match["high"] else None
    if high is not None and high <= low:
        yield Number(
            match.start(), match.end("low_share") if match["low_share"] else match.end("low"), low, None, is_ratio
        )
        yield Number(match.start("high"), match.end(), high, None, is_ratio)
        return
    yield Number(match.start(), match.end(), low, high, is_ratio)


def read_number(digits: str, *, is_ratio: bool = False) -> float:
    """The value of "05", "1.000", "10.500", "2,5", "1.250,5"; whole numbers as int.

    Three digits after a mark are thousands, save after a comma or a dot in a percentage that would exceed 1,000 %.
    """
    digits = "".join(digits.split())
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", digits) and not (is_ratio and digits.count(".") == 1):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits) and not is_ratio:
        digits = digits.replace(",", "")
    elif len(re.findall(r"[.,]", digits)) > 1:
        digits = re.sub(r"[.,]", "", digits)
    value = float(digits.replace(",", "."))
    return int(value) if value.is_integer() else value
