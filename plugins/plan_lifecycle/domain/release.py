"""A consolidated report on its way to whoever signs it: drafted, perhaps held, with the leader, issued.

Huyện Bắc Bình's report of 2023-H1 is compiled on 19/6 and lies before Phòng Nội vụ that morning. On 20/6 the leader has
it, unless she holds it; when number, date and signer are recorded it is a draft no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.domain.calendar import WorkingCalendar


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


REPORT_STATE_WORDS = {
    ReportState.DRAFT: "dự thảo",
    ReportState.HELD: "đang giữ lại",
    ReportState.WITH_LEADER: "đã trình lãnh đạo",
    ReportState.ISSUED: "đã ban hành",
}
"""The states as people read them."""


class ReportKey(NamedTuple):
    """Which report: whose, of which period, of which kind (the code of a profile).

    A province that asks for a reform report and a report on communication of the same year compiles two.
    """

    unit_id: str
    period: str
    profile: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The leader gets nothing of a unit's report of a period, to the end of ``until_on`` or until it is lifted."""

    unit_id: str
    period: str
    held_at: datetime
    held_by: str
    reason: str
    until_on: date | None = None
    profile: str = ""
    id: int = 0

    def holds(self, today: date) -> bool:
        """Whether it is still in force on a day."""
        return self.until_on is None or today <= self.until_on


@dataclass(frozen=True, slots=True)
class Issue:
    """A version as it was signed: ``number`` without the symbol ("45"), ``word_blob`` bears all three.

    ``paper_blob`` is the signed file, where there is one; ``findings`` are sentences about the Word file,
    ``paper_findings`` about the signed one, for people.
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
    paper_findings: tuple[str, ...] = ()
    id: int = 0


class ReleaseMode(StrEnum):
    """When a report goes on to the leader: by itself after the coordinator's morning, or when a person lets it go."""

    AUTOMATIC = "automatic"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a report: when it was compiled, who was given it and when, whether it was issued.

    ``full`` says that enough units are in it for a leader to be written to.
    """

    id: int
    number: int
    compiled_at: datetime
    given: Mapping[Receiver, datetime]
    issued: bool = False
    full: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """A unit's report of a period on its way: all its versions, oldest first, and the hold that nobody has lifted.

    ``about`` is what its plan is about, by the plan's own abstract.
    """

    unit_id: str
    period: str
    versions: tuple[Version, ...]
    hold: Hold | None = None
    profile: str = ""
    about: str = ""

    @property
    def key(self) -> ReportKey:
        """Which report it is."""
        return ReportKey(self.unit_id, self.period, self.profile)

    @property
    def newest(self) -> Version:
        """The version that goes on; of those before it no other does."""
        return self.versions[-1]

    def held(self, today: date) -> bool:
        """Whether a hold is in force on a day."""
        return self.hold is not None and self.hold.holds(today)

    def state(self, version: Version, today: date) -> ReportState:
        """How far a version has come."""
        if version.issued:
            return ReportState.ISSUED
        if Receiver.LEADER in version.given:
            return ReportState.WITH_LEADER
        return ReportState.HELD if version is self.newest and self.held(today) else ReportState.DRAFT

    def open_for(self, receiver: Receiver) -> bool:
        """Whether the newest version may still go to a receiver: once, and not after it was issued."""
        return not self.newest.issued and receiver not in self.newest.given

    def given(self, receiver: Receiver, at: datetime) -> Way:
        """The same way once its newest version has been given to a receiver."""
        newest = replace(self.newest, given={**self.newest.given, receiver: at})
        return replace(self, versions=(*self.versions[:-1], newest))

    def leader_on(self, calendar: WorkingCalendar) -> date:
        """The working morning after the one on which the coordinator had what the leader does not have yet.

        It is counted from the first version that the leader has not seen: papers that come in every day do not put the
        report off from day to day.
        """
        seen = [place for place, one in enumerate(self.versions, 1) if one.issued or Receiver.LEADER in one.given]
        unseen = self.versions[max(seen, default=0) :] or self.versions[-1:]
        begun = min(one.given.get(Receiver.COORDINATOR, one.compiled_at) for one in unseen)
        return calendar.shift(begun.date(), 1)
