"""How much of a sub-plan is a sibling's wording, beyond what the superior plan and our own draft gave to both.

Runs of six words are compared: what stands in the superior plan or in the draft that the unit was sent is nobody's
own, a name of place that was changed breaks only the runs across it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plan_lifecycle.domain.plan import Plan, Section
from plan_lifecycle.domain.plan_check._model import Copied
from plan_lifecycle.domain.text import normalise

RUN = 6
# Fewer own runs than these are a sentence or two that everybody writes.
LEAST = 40
_WORD = re.compile(r"[\wđ]+")


def copied(text: str, given: Iterable[str], siblings: Iterable[tuple[str, str]]) -> Iterator[Copied]:
    """For each sibling (name, text), the share of the plan's own runs that are the sibling's too.

    The siblings are asked for only where the plan has wording of its own.
    """
    common = {run for other in given for run in runs(other)}
    own = [run for run in runs(text) if run not in common]
    if len(own) < LEAST:
        return
    for name, other in siblings:
        theirs = set(runs(other))
        shared = sum(run in theirs for run in own)
        if shared:
            yield Copied(name, round(shared / len(own), 3), len(own))


def runs(text: str) -> list[tuple[str, ...]]:
    """All runs of words of a text, in normal form."""
    words = _WORD.findall(normalise(text))
    return list(zip(*(words[start:] for start in range(RUN)), strict=False))


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
