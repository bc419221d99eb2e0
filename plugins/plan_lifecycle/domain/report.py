"""A consolidated report: what each unit contributed, who is missing, who was late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.domain.indicator import Figure


@dataclass(frozen=True, slots=True)
class Contribution:
    """One unit's part: its accepted submission and figures, or none (``submission_id`` None).

    ``received_at`` without a submission means: something came, but nothing was accepted yet.
    """

    unit_id: str
    unit_name: str
    obligation_id: int
    due_on: date | None
    submission_id: int | None
    received_at: datetime | None
    days_late: int
    document: str | None
    figures: tuple[Figure, ...]

    @property
    def counts(self) -> bool:
        """Whether the unit's figures are in the report."""
        return self.submission_id is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete and how timely: counts of units; ``missing`` by name. ``on_time + late = received``."""

    expected: int
    received: int
    on_time: int
    late: int
    missing: tuple[str, ...]

    @property
    def completeness(self) -> float:
        """Per cent of the units whose report is in."""
        return 100 * self.received / self.expected if self.expected else 100.0

    @property
    def timeliness(self) -> float:
        """Per cent of the units whose report came in time."""
        return 100 * self.on_time / self.expected if self.expected else 100.0


def completeness(contributions: Sequence[Contribution]) -> Standing:
    """Count the contributions."""
    inside = [each for each in contributions if each.counts]
    late = sum(1 for each in inside if each.days_late)
    missing = tuple(each.unit_name for each in contributions if not each.counts)
    return Standing(len(contributions), len(inside), len(inside) - late, late, missing)
