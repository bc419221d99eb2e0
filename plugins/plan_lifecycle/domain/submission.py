"""What came in, and what it became: an Arrival of any channel, a Submission once it is matched and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ArrivalState(StrEnum):
    """What became of an arrival; none is ever deleted."""

    NEW = "new"
    FILED = "filed"
    REFUSED = "refused"
    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that came in over any channel. ``key`` is what the channel knows it by: the same key, the same arrival.

    ``unit_id``, ``item`` and ``period`` are what the sender claims; they are checked later.
    """

    channel: str
    key: str
    received_at: datetime
    file_name: str
    data: bytes
    unit_id: str | None = None
    item: str | None = None
    period: str | None = None
    sender: str | None = None


class SubmissionState(StrEnum):
    """Where a submission stands in review."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, in words that the unit reads. ``blocks`` keeps it from being accepted by itself.

    ``doubt``: nothing is wrong for certain, but it should be looked at again (*cần xem lại*).
    """

    rule: str
    text: str
    blocks: bool = True
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """An arrival matched to an obligation. ``days_late`` is 0 when in time; ``version`` counts from 1.

    ``held``: it waits for a person, no rule accepts or returns it. ``after_report_id``: the report of its period had
    been compiled when it came, so it is for an addendum.
    """

    obligation_id: int
    arrival_id: int
    version: int
    received_at: datetime
    blob: str
    days_late: int
    issued_on: date | None = None
    reference: str | None = None
    state: SubmissionState = SubmissionState.RECEIVED
    findings: tuple[Finding, ...] = ()
    held: bool = False
    after_report_id: int | None = None
    id: int = 0


def clean(findings: Iterable[Finding]) -> bool:
    """Whether nothing stands in the way of acceptance."""
    return not any(finding.blocks for finding in findings)


def doubtful(findings: Iterable[Finding]) -> bool:
    """Whether something should be looked at again before it is believed."""
    return any(finding.doubt for finding in findings)
