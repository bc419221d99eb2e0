"""What came in, and what it became: an Arrival of any channel, a Submission once it is matched and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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


class Rule(StrEnum):
    """What a finding is. The store and the answers hold the values: a new wording changes none of them."""

    COPY_UNREADABLE = "copy.unreadable"
    PAPER_BROKEN = "paper.broken"
    PAPER_CONVERTED = "paper.converted"
    PAPER_ISSUER = "paper.issuer"
    PAPER_KIND = "paper.kind"
    PAPER_NUMBER = "paper.number"
    PAPER_PLACED = "paper.placed"
    PAPER_SAME = "paper.same"
    PAPER_SCAN = "paper.scan"
    PAPER_SIGNATURE = "paper.signature"
    PAPER_UNCHECKED = "paper.unchecked"
    PLAN_ACTIVITIES = "plan.activities"
    PLAN_BUDGET = "plan.budget"
    PLAN_CITATION = "plan.citation"
    PLAN_CITATION_DATE = "plan.citation.date"
    PLAN_CITATION_MISSING = "plan.citation.missing"
    PLAN_CITATION_NUMBER = "plan.citation.number"
    PLAN_COPIED = "plan.copied"
    PLAN_DATE = "plan.date"
    PLAN_DEADLINE = "plan.deadline"
    PLAN_LATER = "plan.later"
    PLAN_LEAD = "plan.lead"
    PLAN_LOWER = "plan.lower"
    PLAN_MISSING = "plan.missing"
    PLAN_NUMBER = "plan.number"
    PLAN_PRODUCT = "plan.product"
    PLAN_SOURCE = "plan.source"
    PLAN_UNREADABLE = "plan.unreadable"
    PLAN_YEAR = "plan.year"
    QUOTA_LINKS = "quota.links"
    QUOTA_UNREADABLE = "quota.unreadable"
    REPORT_AT_MOST = "report.at_most"
    REPORT_COLUMN = "report.column"
    REPORT_CUMULATIVE = "report.cumulative"
    REPORT_EVIDENCE = "report.evidence"
    REPORT_FIGURES = "report.figures"
    REPORT_FORMULA = "report.formula"
    REPORT_HIDDEN = "report.hidden"
    REPORT_JUMP = "report.jump"
    REPORT_MEASURE = "report.measure"
    REPORT_MERGED = "report.merged"
    REPORT_NOT_KNOWN = "report.not_known"
    REPORT_PARTS = "report.parts"
    REPORT_PERCENT = "report.percent"
    REPORT_PERIOD = "report.period"
    REPORT_REFUSED = "report.refused"
    REPORT_REQUIRED = "report.required"
    REPORT_ROW = "report.row"
    REPORT_SHARE_OF = "report.share_of"
    REPORT_SHEET = "report.sheet"
    REPORT_STRUCK = "report.struck"
    REPORT_TASK = "report.task"
    REPORT_TEXT_COPIED = "report.text.copied"
    REPORT_TEXT_EMPTY = "report.text.empty"
    REPORT_TEXT_OTHER = "report.text.other"
    REPORT_TEXT_REPEATED = "report.text.repeated"
    REPORT_TWICE = "report.twice"
    REPORT_UNIT = "report.unit"
    REPORT_UNREADABLE = "report.unreadable"
    REPORT_VALUE = "report.value"
    REPORT_WITHIN = "report.within"


AWAITED = frozenset({Rule.REPORT_FIGURES, Rule.PLAN_SOURCE})
"""What another file of the same submission mends."""
OF_READING = frozenset(
    {
        Rule.REPORT_COLUMN,
        Rule.REPORT_HIDDEN,
        Rule.REPORT_MEASURE,
        Rule.REPORT_ROW,
        Rule.REPORT_SHEET,
        Rule.REPORT_STRUCK,
        Rule.REPORT_WITHIN,
    }
)
"""Doubts about whether a figure was read as it was meant: a leap may be believed by rule, a hidden sheet may not."""
NOT_ITS_OWN = frozenset({Rule.PAPER_ISSUER, Rule.PAPER_NUMBER, Rule.PAPER_SAME, Rule.REPORT_UNIT, Rule.REPORT_PERIOD})
"""What says that a paper is another unit's, or of another period: a person looks at it, no rule decides."""
NOT_AWAITED = NOT_ITS_OWN | {Rule.PAPER_KIND}
"""What says that a paper is not the one that is awaited: it is called by its file's name alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, in words that the unit reads. ``blocks`` keeps it from being accepted by itself.

    Two are the same that are of one ``rule`` and ``about`` one thing (an indicator, a signature, a place), however
    they are worded. ``doubt``: nothing is wrong for certain, but it should be looked at again (*cần xem lại*).
    ``aside`` is what only coordinators read beside it: other units are never named in a unit's mail.
    """

    rule: Rule
    text: str = field(compare=False)
    blocks: bool = field(default=True, compare=False)
    doubt: bool = field(default=False, compare=False)
    about: str = ""
    aside: str = field(default="", compare=False)

    @property
    def whole(self) -> str:
        """The text as a coordinator reads it."""
        if not self.aside:
            return self.text
        ended = "." if self.text.endswith(".") else ""
        return f"{self.text.removesuffix('.')} ({self.aside}){ended}"


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


def not_its_own(findings: Iterable[Finding]) -> bool:
    """Whether the paper seems to be another's: a person decides whose it is, and its date does not count."""
    return any(finding.blocks and finding.rule in NOT_ITS_OWN for finding in findings)


def not_awaited(findings: Iterable[Finding]) -> bool:
    """Whether the paper seems to be another than the one that is awaited."""
    return any(finding.blocks and finding.rule in NOT_AWAITED for finding in findings)


def doubtful(findings: Iterable[Finding]) -> bool:
    """Whether something should be looked at again before it is believed."""
    return any(finding.doubt for finding in findings)


def unsure(findings: Iterable[Finding]) -> bool:
    """Whether it is doubtful what was read: then a person decides, whatever the rules make of other doubts."""
    return any(finding.doubt and finding.rule in OF_READING for finding in findings)
