"""What a deadline phrase means: the last day allowed, never a guess (placeholder types; the reading follows)."""

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
    """The reading of a phrase. ``due`` holds the last day allowed of each occurrence, in order."""

    phrase: str
    kind: DeadlineKind
    due: tuple[date, ...] = ()
    opens: date | None = None
    due_at: time | None = None
    needs_decision: bool = False
    warnings: tuple[str, ...] = ()
    parts: tuple[Deadline, ...] = ()
