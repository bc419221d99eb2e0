"""The quantities of a sentence: numbers, ranks ("trong nhóm 10") and frequencies ("6 tháng một lần")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plan_lifecycle.domain.phrase import Text
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target._dates import When
from plan_lifecycle.domain.target._numbers import find_numbers
from plan_lifecycle.domain.target._periods import PERIOD, period_of, spell_months
from plan_lifecycle.domain.target._traps import FILL, blank_traps

_RANK = regex(
    r"\b(?:(?:top|tốp) (?:đầu )?|(?:trong|vào) (?:nhóm|tốp|top) (?:đầu )?|"
    r"(?:xếp|đứng|giữ|đạt) (?:(?:hạng|vị trí|vị thứ|thứ|thứ hạng|thuộc|nhóm|từ) ){1,4}|"
    r"(?:vị trí|thứ hạng|thứ bậc|xếp hạng) (?:từ )?(?:thứ )?)"
    r"(?P<rank>\d{1,3})(?!\d|\s*%|[.,]\d|\s*-\s*\d| (?:bậc|điểm))"
)
_SCANNED = regex(r"(?<![^\W\d_])(?<!\d)(?:[ol]?\d[\dol]{0,2}|[ol]{1,2}\d)(?=\s?%)")
_DIGITS = str.maketrans("ol", "01")
_OFTEN = regex(rf"(?P<n>\d{{1,2}} )?\b{PERIOD}\s*(?:/\s*(?:(?:0?1|một) )?|\s(?:một|0?1) )(?P<what>lần|kỳ|cuộc|đợt)\b")


class Quantity(NamedTuple):
    """A number with its place in the text. A form that says more than a number fills the last three."""

    start: int
    end: int
    value: float
    upper: float | None = None
    is_ratio: bool = False
    comparison: str | None = None
    unit: str | None = None
    per: str | None = None


def find_quantities(text: Text, dates: list[When]) -> tuple[list[Quantity], str]:
    """The quantities in order, and the text in normal form with all that is none filled over."""
    plain = _SCANNED.sub(lambda match: match[0].translate(_DIGITS), spell_months(text.plain))
    special = [*_ranks(plain), *_frequencies(plain, text.written)]
    for quantity in special:
        plain = plain[: quantity.start] + FILL * (quantity.end - quantity.start) + plain[quantity.end :]
    plain = blank_traps(plain, dates)
    numbers = [Quantity(*number) for number in find_numbers(plain)]
    return sorted(special + numbers), plain


def _ranks(plain: str) -> Iterator[Quantity]:
    for match in _RANK.finditer(plain):
        yield Quantity(match.start(), match.end(), int(match["rank"]), comparison="<=")


def _frequencies(plain: str, written: str) -> Iterator[Quantity]:
    for match in _OFTEN.finditer(plain):
        what = written[match.start("what") : match.end("what")]
        months = (match["n"] or "").strip()
        if not months or int(months) == 1:
            yield Quantity(match.start(), match.end(), 1, unit=what, per=period_of(match))
        elif match["month"]:
            yield Quantity(match.start(), match.end(), 1, unit=f"{what}/{months} tháng")
