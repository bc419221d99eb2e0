"""The one way in: a phrase and its context become a Deadline."""

from __future__ import annotations

from datetime import date

from plan_lifecycle.domain.deadline._model import Deadline, DeadlineKind


def read_deadline(
    phrase: str,
    *,
    year: int,
    issued: date | None = None,
    received: date | None = None,
    plan_from: date | None = None,
    plan_to: date | None = None,
) -> Deadline:
    """Read what ``phrase`` means in the context ``year``."""
    return Deadline(phrase, DeadlineKind.UNKNOWN, needs_decision=True)
