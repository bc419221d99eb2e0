"""What is to be looked at again in the words of a report: a heading left empty, a neighbour's words, last period's.

Xã Bình An sends the report of xã Hòa Thắng with its own name in it, or its own of last year: both are asked about.
Numbers and names are set apart, so that a copy shows in whichever of them was changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from plan_lifecycle.domain.gathering import Compared, Likeness, compared, sketch
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.profile import Numbered, Profile, Section
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_SHORTEST = 50
"""Signs of a paragraph from which it is compared: "Không phát sinh." is everybody's."""
_NO_COINCIDENCE = 150
"""Signs that two reports have to share, in one paragraph or several, before anybody is asked."""
_KEPT_RUNS = 4
"""Runs of words of a paragraph by which it is found again: one that is nearly the same shares most of them."""
_WORDS = regex(r"[^\W\d_]")
_PERIOD = regex(r"\b(?:\d{1,2}|sáu|chín) tháng(?: đầu| cuối)?(?: năm)?|\bquý (?:i{1,3}|iv|[1-4])\b|\b(?:19|20)\d\d\b")
"""What names a period: it differs where everything else was copied."""


class Paragraph(NamedTuple):
    """A paragraph long enough to be compared. ``runs`` are all by which another one can be found to be like it."""

    passage: Passage
    words: Compared
    runs: tuple[int, ...]

    @property
    def kept_runs(self) -> tuple[int, ...]:
        """The few runs by which it is found again in the store."""
        return self.runs[:_KEPT_RUNS]


def paragraphs(passages: Iterable[Passage], *names: str) -> tuple[Paragraph, ...]:
    """The paragraphs that are compared; ``names`` are the units whose names make no difference."""
    long_enough = ((one, compared(one.text, *names)) for one in passages if len(one.text) >= _SHORTEST)
    return tuple(Paragraph(one, words, tuple(sketch(words.words))) for one, words in long_enough)


def empty_sections(passages: Iterable[Passage], profile: Profile, kind: PeriodKind, level: int) -> tuple[Numbered, ...]:
    """The headings about which a unit of this level has to write, and wrote nothing.

    What stands below a heading, or directly under the one above it, is text of it.
    """
    told = {one.section for one in passages if _WORDS.search(one.text)}
    above = {one.path: one.section.code for one in profile.numbered(kind)}
    return tuple(
        one
        for one in profile.asked(kind, level)
        if level in one.section.required
        and not told & _codes(one.section)
        and not any(above.get(one.path[:depth]) in told for depth in range(1, len(one.path)))
    )


def _codes(section: Section) -> set[str]:
    return {section.code}.union(*(_codes(below) for below in section.sections))


def unplaced(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """What stands under a heading that is nobody's, or under none."""
    return tuple(one for one in passages if one.section == OTHER and _WORDS.search(one.text))


def copied_from(own: Sequence[Paragraph], other: Sequence[Paragraph], likeness: Likeness) -> tuple[Paragraph, ...]:
    """The paragraphs that are another unit's words; nothing where they are too short to be no coincidence.

    One is a copy from ``likeness.copied`` on whatever its numbers, from ``likeness.same`` on with the same numbers.
    """
    return _alike(
        own, other, likeness, lambda mine, theirs: mine.words.numbers == theirs.words.numbers, likeness.copied
    )


def repeated_from(own: Sequence[Paragraph], last: Sequence[Paragraph], likeness: Likeness) -> tuple[Paragraph, ...]:
    """The paragraphs that are the unit's own of an earlier period, with the same figures in them.

    The same sentence with new figures is a new statement; a period that alone was changed is none.
    """
    return _alike(own, last, likeness, lambda mine, theirs: _figures(mine) == _figures(theirs), None)


def _figures(paragraph: Paragraph) -> tuple[str, ...]:
    return compared(_PERIOD.sub(" ", normalise(paragraph.passage.text))).numbers


def _alike(
    own: Sequence[Paragraph],
    other: Sequence[Paragraph],
    likeness: Likeness,
    same_numbers: Callable[[Paragraph, Paragraph], bool],
    copied: float | None,
) -> tuple[Paragraph, ...]:
    """The paragraphs of which ``other`` has one like it; ``copied``: from how alike on numbers make no difference."""
    from rapidfuzz import fuzz

    by_run: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(other):
        for run in one.runs:
            by_run[run].append(place)

    def is_like(mine: Paragraph) -> bool:
        for place in {place for run in mine.runs for place in by_run[run]}:
            theirs = other[place]
            alike = fuzz.ratio(mine.words.words, theirs.words.words, score_cutoff=likeness.same)
            if (copied is not None and alike >= copied) or (alike and same_numbers(mine, theirs)):
                return True
        return False

    found = tuple(one for one in own if is_like(one))
    return found if sum(len(one.passage.text) for one in found) >= _NO_COINCIDENCE else ()
