"""A consolidated report on its way to whoever signs it: drafted, perhaps held, with the leader, issued.

Huyện Bắc Bình's report of 2023-H1 is compiled on 19/6 and lies before Phòng Nội vụ that morning. On 20/6 the leader has
it, unless she holds it; when number, date and signer are recorded it is a draft no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Receiver(StrEnum):
    """Who is given a version of a report."""

    COORDINATOR = "coordinator"
    LEADER = "leader"


class ReportState(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    HELD = "held"
    WITH_LEADER = "with_leader"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Hold:
    """The leader gets nothing of a unit's report of a period, to the end of ``until_on`` or until it is lifted."""

    unit_id: str
    period: str
    held_at: datetime
    held_by: str
    reason: str
    until_on: date | None = None
    id: int = 0

    def holds(self, today: date) -> bool:
        """Whether it is still in force on a day."""
        return self.until_on is None or today <= self.until_on


@dataclass(frozen=True, slots=True)
class Issue:
    """A version as it was signed: ``number`` without the symbol ("45"), ``word_blob`` bears all three.

    ``paper_blob`` is the signed file, where there is one; ``findings`` are sentences about it, for people.
    """

    report_id: int
    number: str
    issued_on: date
    signer: str
    word_blob: str
    recorded_at: datetime
    recorded_by: str
    paper_blob: str | None = None
    paper_name: str | None = None
    findings: tuple[str, ...] = ()
    id: int = 0
