"""How much of a sub-plan is a sibling's wording, beyond what the superior plan and our own draft gave to both.

Runs of six words are compared: what stands in the superior plan or in the draft that the unit was sent is nobody's
own, a name of place that was changed breaks only the runs across it. A run is known by a number, so that the wording
of a whole plan is a few thousand bytes that may be kept: a plan is compared with a hundred neighbours' at once.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from plan_lifecycle.domain.plan import Plan, Section
from plan_lifecycle.domain.plan_check._model import Copied
from plan_lifecycle.domain.text import normalise

RUN = 6
# Fewer own runs than these are a sentence or two that everybody writes.
LEAST = 40
_WORD = re.compile(r"[\wđ]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """All runs of words of a text in order, in normal form, each as a number of 32 bits."""

    runs: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> Wording:
        """The wording of a text."""
        words = _WORD.findall(normalise(text))
        runs = zip(*(words[start:] for start in range(RUN)), strict=False)
        return cls(tuple(crc32(" ".join(run).encode()) for run in runs))

    @classmethod
    def from_bytes(cls, kept: bytes) -> Wording:
        """What ``to_bytes`` gave."""
        return cls(struct.unpack(f"<{len(kept) // 4}I", kept))

    def beyond(self, other: Wording) -> float:
        """How much of this wording is not the ``other``'s: 0 to 1, and 1 where there is none."""
        theirs = set(other.runs)
        return sum(run not in theirs for run in self.runs) / len(self.runs) if self.runs else 1.0

    def to_bytes(self) -> bytes:
        """Four bytes a run."""
        return struct.pack(f"<{len(self.runs)}I", *self.runs)


def copied(own: Wording, given: Iterable[Wording], siblings: Iterable[tuple[str, Wording]]) -> Iterator[Copied]:
    """For each sibling (name, wording), the share of the plan's own runs that are the sibling's too.

    The siblings are asked for only where the plan has wording of its own.
    """
    common = {run for other in given for run in other.runs}
    times = Counter(run for run in own.runs if run not in common)
    if times.total() < LEAST:
        return
    for name, other in siblings:
        shared = sum(times[run] for run in set(times).intersection(other.runs))
        if shared:
            yield Copied(name, round(shared / times.total(), 3), times.total())


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
