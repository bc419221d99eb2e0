"""What a version keeps of its figures: the summary in the store, as JSON, and the values read out of it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.roll_up import Total


def summary_of(whole: Consolidated) -> dict[str, Any]:
    """Counts, totals by code and whose signed papers are still awaited (ids of units)."""
    standing = whole.standing
    return {
        "expected": standing.expected,
        "received": standing.received,
        "on_time": standing.on_time,
        "late": standing.late,
        "missing": list(standing.missing),
        "unsigned": [one.obligation_id for one in whole.contributions if one.unsigned],
        "totals": {total.indicator: plain(total) for total in whole.totals},
        "last_year": {code: plain(total) for code, total in whole.last_year.totals.items()},
    }


def plain(total: Total) -> Any:
    """A total's value as JSON keeps it: a day as text, several values as a list."""
    value = total.value
    return [_json(one) for one in value] if isinstance(value, tuple) else _json(value)


def value_of(kept: Any, indicator: Indicator) -> Value | tuple[Value, ...] | None:
    """The value that ``plain`` kept."""
    if isinstance(kept, list):
        return tuple(value for one in kept if isinstance(value := value_of(one, indicator), str | int | float | date))
    if isinstance(kept, str) and indicator.type is IndicatorType.DATE:
        return date.fromisoformat(kept)
    return kept if isinstance(kept, str | int | float) else None


def _json(value: Value | None) -> Any:
    return value.isoformat() if isinstance(value, date) else value
