"""Units of measure that are another's thousandfold: "nghìn đồng" in a form where "triệu đồng" is asked.

The unit writes what its own bookkeeping has; 1.250.500.000 đồng are 1.250,5 triệu đồng. What is counted ("tin", "lượt",
"người") is never turned into anything else: only the words for thousands and millions before it matter.
"""

from __future__ import annotations

import re
from decimal import Decimal

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

SCALES = {"trăm": 10**2, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}
"""What the words before a unit multiply it by."""
_SCALE = (
    r"(?:(?P<digits>1(?:[.,]?000){1,3})\s*|(?P<words>(?:trăm|nghìn|ngàn|triệu|tỷ)(?:\s+(?:nghìn|ngàn|triệu|tỷ))?)\b\s*|"
    r"(?P<short>tr|k)\b\.?\s*|(?P<glued>tr)(?=đ))?"
)
_DONG = r"(?P<dong>đồng|đ|vnđ|vnd|vn đồng|đồng việt nam)"
_MONEY = regex(rf"{_SCALE}{_DONG}")
_PREFIX = regex(r"(?P<words>nghìn|ngàn|triệu|tỷ)\s+\S.*|(?P<digits>1[.,]?000)\s+\S.*")
_WITHIN = regex(r"\(([^()]*)\)|(?:đvt|đơn vị tính|đơn vị)\b\s*:?\s*([^()]*)")
_LABEL = regex(r"(?:đvt|đơn vị tính|đơn vị|tính bằng)\s*:?\s*")


def money_scale(unit: str) -> int | None:
    """How many đồng one of a unit is: 1 for "đồng", 1.000.000 for "triệu đồng", "trđ"; None where it is no money."""
    text = normalise(unit).strip(" ().:")
    if text in SCALES:
        return SCALES[text]
    match = _MONEY.fullmatch(text)
    return _scale(match) if match else None


def count_scale(unit: str) -> int:
    """How many are counted as one: 1.000 for "nghìn lượt", 1 for "lượt"."""
    match = _PREFIX.fullmatch(normalise(unit).strip(" ().:"))
    if match is None:
        return 1
    return SCALES[match["words"]] if match["words"] else 1000


def money_named(text: str) -> str | None:
    """The unit of money that a line names, "ĐVT: nghìn đồng" or "Số liệu (đồng)"; None where it names none or two."""
    found = {_LABEL.sub("", part).strip() for match in _WITHIN.findall(normalise(text)) for part in match}
    units = [unit for unit in found if unit and money_scale(unit) is not None]
    return units[0] if len(units) == 1 else None


def rescaled(number: Decimal, factor: Decimal) -> int | float:
    """A number in another unit: whole where it is."""
    made = number * factor
    return int(made) if made == made.to_integral_value() else float(made)


def _scale(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"].replace(".", "").replace(",", ""))
    if match["short"] or match["glued"]:
        return 1000 if match["short"] == "k" else 10**6
    scale = 1
    for word in (match["words"] or "").split():
        scale *= SCALES[word]
    return scale
