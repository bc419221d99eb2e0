"""How much of a sub-plan is a sibling's wording, beyond what the superior plan and our own draft gave to both.

Runs of six words are compared: what stands in the superior plan or in the draft that the unit was sent is nobody's
own, a name of place that was changed breaks only the runs across it. A run is known by a number, so that the wording
of a whole plan is a few thousand bytes that may be kept: a plan is compared with a hundred neighbours' at once.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from plan_lifecycle.domain.plan import Plan, Section
from plan_lifecycle.domain.plan_check._model import Copied
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

RUN = 6
# Fewer own runs than these are a sentence or two that everybody writes.
LEAST = 40
_WORD = regex(r"[\wđ]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """All runs of words of a text in order, in normal form, each as a number of 32 bits: four bytes of ``packed``."""

    packed: bytes = b""

    @classmethod
    def of(cls, text: str) -> Wording:
        """The wording of a text."""
        words = _WORD.findall(normalise(text))
        runs = zip(*(words[start:] for start in range(RUN)), strict=False)
        return cls(_little_endian(array("I", [crc32(" ".join(run).encode()) for run in runs])).tobytes())

    @property
    def runs(self) -> array[int]:
        """The numbers of its runs."""
        return _little_endian(array("I", self.packed))

    def without(self, other: Wording) -> Wording:
        """What of this wording is not the ``other``'s."""
        theirs = set(other.runs)
        return Wording(_little_endian(array("I", [run for run in self.runs if run not in theirs])).tobytes())

    def beyond(self, other: Wording) -> float:
        """How much of this wording is not the ``other``'s: 0 to 1, and 1 where there is none."""
        mine, theirs = self.runs, set(other.runs)
        return sum(run not in theirs for run in mine) / len(mine) if mine else 1.0


def _little_endian(numbers: array[int]) -> array[int]:
    """Turn numbers from this machine's order of bytes to that of what is kept, and back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def copied(own: Wording, given: Iterable[Wording], siblings: Iterable[tuple[str, Wording]]) -> Iterator[Copied]:
    """For each sibling (name, wording), the share of the plan's own runs that are the sibling's too.

    The siblings are asked for only where the plan has wording of its own.
    """
    common = {run for other in given for run in other.runs}
    times = Counter(run for run in own.runs if run not in common)
    total, mine = times.total(), frozenset(times)
    if total < LEAST:
        return
    for name, other in siblings:
        shared = sum(map(times.__getitem__, mine.intersection(other.runs)))
        if shared:
            yield Copied(name, round(shared / total, 3), total)


def text_of(plan: Plan) -> str:
    """The wording of a plan: headings, paragraphs, tasks."""
    lines = [line for section in plan.sections for line in _lines(section)]
    for row in plan.activities:
        lines += [row.content, row.product]
    return "\n".join(lines)


def _lines(section: Section) -> Iterator[str]:
    yield section.title
    yield from section.text
    for part in section.sections:
        yield from _lines(part)
