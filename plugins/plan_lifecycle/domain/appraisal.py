"""From what a unit says of itself to its score: self-score, what the ledger proposes, and what the board appraises.

Xã Bình An gives itself 3 of 4 points; the ledger, which knows when its reports came, proposes 2; the appraiser decides
2 and says why. Only what was appraised counts. A criterion that does not apply lowers the unit's maximum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from plan_lifecycle.domain.criteria import Criterion, Scheme
from plan_lifecycle.domain.score import Score
from plan_lifecycle.domain.text import normalise

MOST_DECIMALS = 4
NOT_APPLICABLE = "không áp dụng"
"""What people write instead of points."""


class Side(StrEnum):
    """Who speaks: the unit of itself, whoever appraises, or the appraiser who asks the unit to explain."""

    SELF = "self"
    APPRAISED = "appraised"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one side says about one criterion: points, or that it does not apply (``points`` None then).

    ``asked`` and ``done`` are how much the unit was to do and did, where the criterion counts that. ``place`` is where
    it stands in ``file``, whose bytes are ``blob``.
    """

    points: Decimal | None
    applies: bool = True
    evidence: str = ""
    reason: str = ""
    asked: int | None = None
    done: int | None = None
    by: str = ""
    at: datetime | None = None
    file: str = ""
    place: str = ""
    blob: str | None = None
    version: int = 1

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, without who said it, when and where."""
        return (self.points, self.applies, self.evidence, self.reason, self.asked, self.done)

    def agrees(self, other: Entry) -> bool:
        """Whether both give the same points, or both say that it does not apply."""
        return (self.points, self.applies) == (other.points, other.applies)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Points that a rule comes to, and from what, as people read it."""

    points: Decimal
    why: str


class Amiss(StrEnum):
    """Why an entry cannot be taken."""

    BEYOND = "beyond"
    NEGATIVE = "negative"
    NO_POINTS = "no_points"
    BOTH = "both"
    NO_REASON = "no_reason"
    NO_DIFFERENCE = "no_difference"
    DONE_BEYOND = "done_beyond"
    NOT_COUNTED = "not_counted"


AMISS_WORDS = {
    Amiss.BEYOND: "điểm vượt điểm tối đa",
    Amiss.NEGATIVE: "điểm nhỏ hơn 0",
    Amiss.NO_POINTS: "chưa ghi điểm",
    Amiss.BOTH: "vừa ghi điểm vừa ghi không áp dụng",
    Amiss.NO_REASON: "không áp dụng thì ghi rõ lý do",
    Amiss.NO_DIFFERENCE: "điểm khác điểm tự chấm thì ghi rõ lý do",
    Amiss.DONE_BEYOND: "số hoàn thành lớn hơn số được giao",
    Amiss.NOT_COUNTED: "chưa ghi số được giao, số hoàn thành",
}
"""The same for people."""
OWED_REASON = frozenset({Amiss.NO_REASON, Amiss.NO_DIFFERENCE})


@dataclass(frozen=True)
class ScoreSheet:
    """All that is known of one unit's score: what both sides say, and what rules propose, by criterion."""

    scheme: Scheme
    unit_id: str
    claims: Mapping[str, Entry] = field(default_factory=dict)
    rulings: Mapping[str, Entry] = field(default_factory=dict)
    questions: Mapping[str, Entry] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)

    def unclaimed(self) -> list[Criterion]:
        """The criteria about which the unit says nothing."""
        return [criterion for criterion in self.scheme.criteria() if criterion.code not in self.claims]

    def unappraised(self) -> list[Criterion]:
        """The criteria that nobody has appraised."""
        return [criterion for criterion in self.scheme.criteria() if criterion.code not in self.rulings]

    def overtaken(self) -> list[Criterion]:
        """The criteria that the unit scored again, otherwise, after they were appraised."""
        return [
            criterion
            for criterion in self.scheme.criteria()
            if (claim := self.claims.get(criterion.code))
            and (ruling := self.rulings.get(criterion.code))
            and _after(claim, ruling)
            and not claim.agrees(ruling)
        ]

    def unanswered(self) -> list[Criterion]:
        """The criteria that the unit was asked to explain and has said nothing new about, and that are not settled."""
        return [
            criterion
            for criterion in self.scheme.criteria()
            if (question := self.questions.get(criterion.code))
            and not _after(self.claims.get(criterion.code), question)
            and not _after(self.rulings.get(criterion.code), question)
        ]

    def maximum(self, side: Side) -> Decimal:
        """The points that the unit can reach by what this side says; what nobody says applies, does."""
        entries = self._entries(side)
        return sum(
            (one.maximum for one in self.scheme.criteria() if one.code not in entries or entries[one.code].applies),
            Decimal(0),
        )

    def points(self, side: Side) -> Decimal | None:
        """The points by this side; None where it says nothing, or (appraised) not everything."""
        entries = self._entries(side)
        if not entries or (side is Side.APPRAISED and self.unappraised()):
            return None
        return sum((entry.points for entry in entries.values() if entry.points is not None), Decimal(0))

    def score(self, group: str, unit: str, *, ranked: bool) -> Score:
        """The appraised score for the ranking; without maximum and points while a criterion is not appraised."""
        points = self.points(Side.APPRAISED)
        maximum = None if points is None else self.maximum(Side.APPRAISED)
        return Score(group, unit, maximum, points, ranked)

    def _entries(self, side: Side) -> Mapping[str, Entry]:
        return self.claims if side is Side.SELF else self.rulings


def _after(entry: Entry | None, other: Entry) -> bool:
    return entry is not None and entry.at is not None and other.at is not None and entry.at > other.at


def proposal_of(criterion: Criterion, claim: Entry | None) -> Proposal | None:
    """The points that the scale comes to from what the unit was to do and did; None where it does not say both."""
    if criterion.scale is None or criterion.fact or claim is None or not claim.asked or claim.done is None:
        return None
    points = criterion.scale.points(criterion.maximum, claim.done, claim.asked)
    return Proposal(points, f"Hoàn thành {claim.done}/{claim.asked} nhiệm vụ; {criterion.scale.words}")


def amiss(criterion: Criterion, entry: Entry, side: Side, claim: Entry | None = None) -> Iterator[Amiss]:
    """Why an entry cannot be taken; ``claim`` is what the unit says where the entry is an appraisal."""
    if entry.applies and entry.points is None:
        yield Amiss.NO_POINTS
    if not entry.applies and entry.points is not None:
        yield Amiss.BOTH
    if entry.points is not None and entry.points < 0:
        yield Amiss.NEGATIVE
    if entry.points is not None and entry.points > criterion.maximum:
        yield Amiss.BEYOND
    if entry.done is not None and entry.asked is not None and entry.done > entry.asked:
        yield Amiss.DONE_BEYOND
    if side is Side.SELF and criterion.counted and entry.applies and (not entry.asked or entry.done is None):
        yield Amiss.NOT_COUNTED
    if entry.reason:
        return
    if side is Side.APPRAISED and claim is not None and not entry.agrees(claim):
        yield Amiss.NO_DIFFERENCE
    elif not entry.applies and (side is Side.SELF or claim is None):
        yield Amiss.NO_REASON


def applies_not(text: str) -> bool:
    """Whether somebody wrote that a criterion does not apply."""
    return normalise(text) == normalise(NOT_APPLICABLE)


def read_points(text: str) -> Decimal:
    """A number of points with a decimal comma or point, nothing between its thousands, at most four decimals.

    Raises ValueError.
    """
    plain = text.strip().replace(",", ".", 1)
    if not plain.isascii() or not plain.lstrip("-").replace(".", "", 1).isdigit() or len(plain) > 16:
        raise ValueError(text)
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        raise ValueError(text)
    return number
