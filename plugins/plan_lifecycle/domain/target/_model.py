"""The target itself; ``plan_lifecycle.domain.target`` says what each field holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach. ``value`` of a percentage is 30, not 0.3; ``unit`` is as written."""

    comparison: str
    value: float
    upper: float | None = None
    is_ratio: bool = False
    unit: str | None = None
    per: str | None = None
    by: date | None = None
    others: tuple[Target, ...] = ()
