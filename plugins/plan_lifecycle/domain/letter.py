"""A letter: what was sent or will be, with its final bytes and one stable Message-ID."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plan_lifecycle.domain.regex import regex


class LetterState(StrEnum):
    """``queued → claimed → sent | failed | superseded``; a stale claim goes back to queued."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"


_STATUS = regex(r"(?<![\d.])[245]\.(\d{1,3})\.\d{1,3}(?![\d.])")
_REFUSED = regex(r"5\d\d(?!\d)")
_WHY = {
    "1": "địa chỉ không có hoặc chưa đúng",
    "2": "hộp thư đầy hoặc đã bị khóa",
    "3": "máy chủ của người nhận không nhận thư",
    "4": "không liên lạc được với máy chủ của người nhận",
    "7": "máy chủ của người nhận từ chối",
}
"""By the second part of a status (RFC 3463)."""


def why_refused(reason: str) -> str:
    """Why an address gets nothing, in words, from what a server said: "550 5.1.1 no such user"; empty where neither
    status nor reply code tells."""
    status = _STATUS.search(reason)
    kind = status[1] if status else "7" if _REFUSED.match(reason) else ""
    return _WHY.get(kind, "")


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

    @property
    def why(self) -> str:
        """Why it was not sent or did not arrive, as people read it; empty where there is nothing to say."""
        if self.state is LetterState.SUPERSEDED:
            return self.reason or ""
        return why_refused(self.reason or "")
