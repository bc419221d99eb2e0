"""The reading itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class DeadlineKind(StrEnum):
    """How a phrase sets its date."""

    BEFORE = "before"
    BY = "by"
    WINDOW = "window"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    RELATIVE = "relative"
    EVENT = "event"
    UNKNOWN = "unknown"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The reading of a phrase. ``due`` holds the last day allowed of each occurrence, in order.

    ``opens`` is the first day of a window; ``due_at`` an hour on the last day itself, local time; ``warnings`` say
    in Vietnamese what a coordinator should see; ``needs_decision`` means that no reminder may go out before a person
    has decided. ``parts`` are the readings of a compound, whose ``due`` is their union.
    """

    phrase: str
    kind: DeadlineKind
    due: tuple[date, ...] = ()
    opens: date | None = None
    due_at: time | None = None
    needs_decision: bool = False
    warnings: tuple[str, ...] = ()
    parts: tuple[Deadline, ...] = ()
