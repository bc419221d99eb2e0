"""The periods that a quantity counts by, and how often something falls ("6 tháng một lần", "quý/lần")."""

from __future__ import annotations

import re

from plan_lifecycle.domain.regex import regex

_MONTHS = regex(
    r"(?<![\w.,·])(?<!ngày\s)(?<!mùng\s)(?:(?:0?3|0?6|12)(?= tháng\b(?! (?:đầu|cuối|\d+ năm|\d+/)))|"
    r"0?1(?= (?:tháng|quý|năm) \d+ [^\W\d_]+\b(?<!năm)))"
)
_SPELLED = {"1": "z", "3": "q", "6": "h", "12": "y"}

# Read after `spell_months`: "h tháng" is half a year. "năm 2025" and "tháng 6" are dates, not periods.
PERIOD = (
    r"(?:(?P<half>h tháng|nửa năm)|(?P<quarter>q tháng|quý)|(?P<year>y tháng|năm(?!\s*(?:·|\d{4})))|"
    r"(?P<month>tháng(?!\s*(?:·|\d+/))))"
)
_NAMES = {"half": "half_year", "quarter": "quarter", "year": "year", "month": "month"}


def spell_months(plain: str) -> str:
    """``plain`` with the number of "3, 6, 12 tháng" and "1 tháng 02 tin" as a letter: a period is no quantity."""
    return _MONTHS.sub(_spell, plain)


def _spell(match: re.Match[str]) -> str:
    return _SPELLED[match[0].lstrip("0")].rjust(len(match[0]))


def period_of(match: re.Match[str]) -> str | None:
    """The period that a match of ``PERIOD`` names."""
    return next((name for group, name in _NAMES.items() if match[group]), None)
