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

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from plan_lifecycle.domain.phrase import Text, read_text
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target._model import Target
from plan_lifecycle.domain.target._reading import read_sentence

__all__ = ["Target", "find_targets", "read_target", "target_clauses"]

_SENTENCE_END = regex(r"(?<=[\w%)”\"])[.!?]\s+(?=[^\W\d_a-zà-ỹđ]|[-+“\"])")
_CLAUSE_END = regex(r";|(?<=[\w%)])\.\s+(?=\d)")


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


def target_clauses(text: str) -> Iterator[tuple[str, tuple[Target, ...]]]:
    """Each sentence of a passage that sets targets, with those; its parts ("…; …", "…. 100% …") where each has its own
    targets."""
    for sentence in _sentences(read_text(text)):
        found = tuple(read_sentence(sentence, strict=True))
        if not found:
            continue
        parts = [part.strip() for part in _CLAUSE_END.split(sentence.written)]
        apart = [(part, find_targets(part)) for part in parts]
        if len(parts) > 1 and tuple(target for _, some in apart for target in some) == found:
            yield from ((part, some) for part, some in apart if some)
        else:
            yield sentence.written.strip(), found


def _read(phrase: str, *, strict: bool) -> list[Target]:
    return [target for part in _sentences(read_text(phrase)) for target in read_sentence(part, strict=strict)]


def _sentences(text: Text) -> Iterator[Text]:
    start = 0
    for stop in [*(match.end() for match in _SENTENCE_END.finditer(text.written)), len(text.written)]:
        yield Text(text.written[start:stop], text.plain[start:stop])
        start = stop
