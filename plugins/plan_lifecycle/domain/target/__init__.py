"""What a quantitative target asks for, so that a commune's own plan can be held against it.

A target is read from a phrase ("ít nhất 05 tin, bài/tháng") or found in a sentence of a plan. What is not a target
stays unread: dates, document numbers, articles and ordinals, hours and ages, telephone numbers, slogans ("05 T").

- ``comparison``: see ``_comparisons``; "phấn đấu" and "đạt" make a bare number a floor, "trên" is strict.
- ``value``: 30 for "30%"; ``upper`` only for "range" ("70 - 80%").
- ``unit``: what is counted, as written; of a percentage, what it is a share of. A rate that ``per`` cannot hold stays
  in it ("bài/tuần").
- ``per``: month, quarter, half_year, year, or unit ("mỗi đơn vị"); where both stand, the period.
- ``by``: the last day allowed; only where the phrase itself names a year.
- A rank ("trong nhóm 10") is "<=".
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from plan_lifecycle.domain.phrase import Text, read_text
from plan_lifecycle.domain.target._model import Target
from plan_lifecycle.domain.target._reading import read_sentence

__all__ = ["Target", "find_targets", "read_target"]

_SENTENCE_END = re.compile(r"(?<=[\w%)”\"])[.!?]\s+(?=[^\W\d_a-zà-ỹđ]|[-+“\"])")


def read_target(phrase: str) -> Target | None:
    """The first target of ``phrase``, with any further ones in ``others``; None where it has none. Total."""
    targets = _read(phrase, strict=False)
    return replace(targets[0], others=tuple(targets[1:])) if targets else None


@lru_cache(maxsize=4096)
def find_targets(text: str) -> tuple[Target, ...]:
    """Every target that a passage of a plan sets, in order, each without ``others``.

    Stricter than ``read_target``: a bare count without a comparison, an aim, a period or a verb that leads to it
    only describes ("gồm 16 mục tiêu") and is left out. A superior plan's sentences come back in every plan below it:
    the same passage is read once.
    """
    return tuple(_read(text, strict=True))


def _read(phrase: str, *, strict: bool) -> list[Target]:
    text = read_text(phrase)
    found: list[Target] = []
    start = 0
    for stop in [*(match.end() for match in _SENTENCE_END.finditer(text.written)), len(text.written)]:
        found += read_sentence(Text(text.written[start:stop], text.plain[start:stop]), strict=strict)
        start = stop
    return found
