"""Indicators that may measure a target, by the words that they share: offered to a person, never taken by themselves.

"100% văn bản có nội dung trái pháp luật được xử lý sau kiểm tra" shares "văn bản", "xử lý", "sau kiểm tra" with "Tỷ lệ
xử lý VBQPPL sau kiểm tra". Pairs of syllables are compared, for one syllable alone says little in Vietnamese; a pair
counts the less, the more indicators have it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from plan_lifecycle.domain.indicator import NUMERIC, Indicator
from plan_lifecycle.domain.plan_target import PlanTarget
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.short_forms import written_out
from plan_lifecycle.domain.text import normalise

MOST = 3
"""As many as are offered for one target."""
LEAST = 0.2
"""How alike, 0 to 1, words have to be. In the sample plans what measures a target is 0.22 to 0.73 like it; of what lies
below, hardly any does."""
_WORD = regex(r"\w+")

Pair = tuple[str, str]


class Suggestions:
    """The indicators of a kind of report, ready to be compared with many targets."""

    def __init__(self, indicators: Iterable[tuple[Indicator, bool]]) -> None:
        """Take each indicator with whether its total is a per cent."""
        every = {one.code: (one, share) for one, share in indicators if one.type in NUMERIC}
        self._shares = {code: share for code, (_, share) in every.items()}
        self._pairs = {code: frozenset(_pairs(one.name)) for code, (one, _) in every.items()}
        self._known = Counter(pair for pairs in self._pairs.values() for pair in pairs)

    def of(self, target: PlanTarget) -> tuple[str, ...]:
        """The codes of the indicators most like a target, the most like first; those that count as it does."""
        asked = frozenset(_pairs(target.text))
        alike = {
            code: self._likeness(asked, pairs)
            for code, pairs in self._pairs.items()
            if self._shares[code] is target.target.is_ratio
        }
        found = sorted((code for code, like in alike.items() if like >= LEAST), key=lambda code: -alike[code])
        return tuple(found[:MOST])

    def _likeness(self, one: frozenset[Pair], other: frozenset[Pair]) -> float:
        whole = math.sqrt(self._weight(one) * self._weight(other))
        return self._weight(one & other) / whole if whole else 0.0

    def _weight(self, pairs: Iterable[Pair]) -> float:
        return sum(math.log((len(self._pairs) + 1) / (self._known[pair] or 1)) for pair in pairs)


def _pairs(text: str) -> Iterator[Pair]:
    return pairwise(written_out(_WORD.findall(normalise(text))))
