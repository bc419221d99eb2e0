"""A figure: what a unit reports of one indicator, the same from its form to the report compiled above it.

Xã Bình An writes "ước 12" and "Công văn số 5/UBND": that is 12, an estimate, with its evidence. For people the two
stand in one column, "ước thực hiện; Công văn số 5/UBND"; ``note_of`` writes that and ``read_note`` takes it apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.text import normalise

ESTIMATED = "ước thực hiện"
"""The words that our own forms and reports put beside an estimate."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A unit's value of an indicator; ``evidence`` is a link or a document's number.

    An ``estimate`` (*ước thực hiện*) is replaced by the final figure.
    """

    indicator: str
    value: Value
    evidence: str = ""
    estimate: bool = False

    @property
    def note(self) -> str:
        """What stands beside the value for people."""
        return note_of(self.evidence, estimate=self.estimate)


@dataclass(frozen=True, slots=True)
class NotKnown:
    """An indicator of which a unit has no figure yet, with why: it is no 0, and not left out either."""

    indicator: str
    note: str = ""


NOT_KNOWN = "chưa có số liệu"
"""The words that our own forms and reports write for it."""


def note_of(evidence: str, *, estimate: bool) -> str:
    """Evidence for people: an estimate is said to be one, unless the unit's own words say so already."""
    if not estimate or says_estimate(evidence):
        return evidence
    return f"{ESTIMATED}; {evidence}" if evidence else ESTIMATED


def read_note(note: str) -> tuple[str, bool]:
    """Evidence, and whether it is that of an estimate, out of what stands beside a figure.

    What ``note_of`` wrote comes apart again; a unit's own wording ("Ước, theo số 5") stays in the evidence.
    """
    evidence = "" if note == ESTIMATED else note.removeprefix(f"{ESTIMATED}; ")
    return (evidence, True) if note_of(evidence, estimate=True) == note else (note, says_estimate(note))


def says_estimate(text: str) -> bool:
    """Whether words beside a figure say that it may still change: they begin with "ước"."""
    return re.match(r"ước\b", normalise(text)) is not None
