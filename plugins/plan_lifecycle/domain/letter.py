"""A letter: what was sent or will be, with its final bytes and one stable Message-ID."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterState(StrEnum):
    """``queued → claimed → sent | failed | superseded``; a stale claim goes back to queued."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address. ``key`` says what it is for: queuing the same key again does nothing.

    ``blob`` names the final RFC 5322 bytes in the blob folder. ``id`` is 0 until the store has given one.
    ``unsure`` says of one that waits, or was claimed, that it may have left before: who sent it died, or the server
    fell silent, before anybody knew.
    """

    key: str
    message_id: str
    kind: str
    recipient: str
    subject: str
    blob: str
    queued_at: datetime
    unit_id: str | None = None
    state: LetterState = LetterState.QUEUED
    reason: str | None = None
    permanent: bool | None = None
    attempts: int = 0
    sent_at: datetime | None = None
    id: int = 0
    unsure: bool = False
