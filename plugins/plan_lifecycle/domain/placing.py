"""Where a coordinator puts a paragraph that units wrote: under another heading of the report, or out of it.

Xã Bình An wrote about its staff under a heading that is nobody's: the coordinator puts it under "Nhân sự". What is
decided holds for the statement, whoever makes it, and for every later version of the draft.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.gathering import ALIKE, Group, Likeness, Said, compared, gather
from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.domain.release import ReportKey

_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Placing:
    """A decision about a statement of a report: ``section`` is where units wrote it, ``target`` the heading under which
    it goes, None where it is left out. ``text`` is how one of them worded it."""

    key: ReportKey
    statement: str
    section: str
    text: str
    target: str | None
    reason: str
    decided_at: datetime
    decided_by: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph of a unit's accepted report. ``placing`` is what a coordinator decided about it, where she did: then
    ``passage`` stands under the heading that she chose."""

    contribution: Contribution
    passage: Passage
    placing: Placing | None = None

    @property
    def left_out(self) -> bool:
        """Whether the report goes without it."""
        return self.placing is not None and self.placing.target is None

    @property
    def section(self) -> str:
        """The heading that its unit wrote it under."""
        return self.placing.section if self.placing else self.passage.section


def statement_of(section: str, text: str, *names: str) -> str:
    """What a statement is known by: its heading, its words without the ``names`` of who makes it, and its numbers."""
    words, numbers = compared(text, *names)
    return hashlib.sha256(repr((section, words, numbers)).encode()).hexdigest()[:_LENGTH]


def statements(said: Iterable[Said], section: str, likeness: Likeness = ALIKE) -> list[tuple[str, Group]]:
    """What units wrote under one heading, the same statement together, each with what it is known by."""
    return [(statement_of(section, one.said[0].text, one.said[0].name), one) for one in gather(said, likeness)]


Placings = Mapping[str, Placing]
"""What was decided about a report, by statement."""


def placed(written: Sequence[Written], placings: Placings, likeness: Likeness = ALIKE) -> tuple[Written, ...]:
    """What units wrote with what was decided about it: under its new heading, or marked as left out.

    A decision about the wording of one unit holds for all that make the same statement.
    """
    made, said = list(written), defaultdict[str, list[Said]](list)
    decided = {one.section for one in placings.values()}
    for number, one in enumerate(written):
        if one.passage.section in decided:
            unit = one.contribution
            said[one.passage.section].append(Said(unit.unit_id, unit.unit_name, one.passage.text, number))
    for section, every in said.items():
        for group in gather(every, likeness):
            placing = placing_of(section, group, placings)
            for paragraph in group.said if placing else ():
                made[paragraph.source] = _put(written[paragraph.source], placing)
    return tuple(made)


def placing_of(section: str, group: Group, placings: Placings) -> Placing | None:
    """What was decided about a statement, by the wording of any unit that makes it."""
    known = (placings.get(statement_of(section, one.text, one.name)) for one in group.said)
    return next((one for one in known if one is not None), None)


def _put(written: Written, placing: Placing | None) -> Written:
    target = placing.target if placing else None
    passage = written.passage if target is None else replace(written.passage, section=target)
    return replace(written, passage=passage, placing=placing)
