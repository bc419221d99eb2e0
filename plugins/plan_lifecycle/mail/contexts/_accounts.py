"""Letters to coordinators and leaders: how things stand, the consolidated report, who is late for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from plan_lifecycle.mail.contexts._parts import Context


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A figure that tells most of a report: "Số tin, bài", "1.250 tin, bài, tăng 12 so với cùng kỳ năm trước"."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToLeader(Context):
    """The consolidated report, attached. ``missing`` names the units whose figures it lacks."""

    kind: ClassVar[str] = "report_to_leader"

    title: str
    division: str
    received: int
    expected: int
    figures: tuple[MainFigure, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToCoordinator(Context):
    """The draft of the consolidated report, attached, before the leader has it.

    ``leader_on`` is the day on which the leader gets it by itself; None where only a person lets it go. ``held`` is the
    reason of a hold that is in force, ``below`` the least per cent of units for a leader where fewer are in. ``page``
    is the address of the board's page of reports.
    """

    kind: ClassVar[str] = "report_to_coordinator"

    title: str
    received: int
    expected: int
    leader_on: date | None = None
    held: str | None = None
    below: int | None = None
    page: str | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingReported(Context):
    """No unit has reported, so no consolidated report was made: the coordinator hears who is missing.

    ``own`` are the coordinating agencies themselves, whose figures are their own to-do.
    """

    kind: ClassVar[str] = "nothing_reported"

    title: str
    expected: int
    missing: tuple[str, ...]
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationToLeader(Context):
    """Units are late for long: the division lays a draft *công văn đôn đốc* before the leader to sign."""

    kind: ClassVar[str] = "escalation_to_leader"

    what: str
    division: str
    last_day: date
    expected: int
    missing: tuple[str, ...]
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the digest: what it is about, how many, and where the board shows them."""

    label: str
    count: int
    detail: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Context):
    """The coordinator's morning: how things stand, what waits for a person, addresses that refuse mail.

    ``trail`` is the head of the trail of decisions: kept with the letter, it shows later whether rows were removed.
    """

    kind: ClassVar[str] = "digest"

    standing: tuple[DigestLine, ...] = ()
    waiting: tuple[DigestLine, ...] = ()
    dead_addresses: tuple[str, ...] = ()
    trail: str | None = None
