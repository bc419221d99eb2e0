"""Figures of an earlier period as those of a unit of today: its own, its forebears' together, or said why not.

Xã Bình An, formed from three communes, finds 45 beside its field, the sum of all three. Where one of them did not
report, or a figure cannot be added, there is no number but who reported what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plan_lifecycle.domain.indicator import NUMERIC, Indicator, RollUp, Value
from plan_lifecycle.domain.lineage import Origin
from plan_lifecycle.domain.writing import write_value


@dataclass(frozen=True, slots=True)
class Earlier:
    """Figures by indicator; ``label`` is the period in words, empty where there are none. ``notes`` say whose a figure
    is, or why there is none, where it is not simply the unit's own."""

    label: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.notes)

    def told(self, indicator: Indicator) -> str:
        """Figure and note in one phrase: "45 (cộng của xã Bình An, xã Hòa Thắng)"."""
        value, note = self.values.get(indicator.code), self.notes.get(indicator.code, "")
        if value is None:
            return note
        text = write_value(value, indicator)
        return f"{text} ({note})" if note else text


def earlier_figures(
    label: str,
    unit_id: str,
    indicators: Iterable[Indicator],
    origins: Sequence[Origin],
    figures: Mapping[str, Mapping[str, Value]],
) -> Earlier:
    """What ``origins`` reported, by unit and indicator, as the figures of ``unit_id``."""
    values: dict[str, Value] = {}
    notes: dict[str, str] = {}
    for indicator in indicators:
        known = {origin.unit.id: figures.get(origin.unit.id, {}).get(indicator.code) for origin in origins}
        if all(value is None for value in known.values()):
            continue
        value = _together(indicator, origins, known)
        if value is not None:
            values[indicator.code] = value
        if note := _note(indicator, unit_id, origins, known, value):
            notes[indicator.code] = note
    return Earlier(label, values, notes) if values or notes else Earlier()


def _together(indicator: Indicator, origins: Sequence[Origin], known: Mapping[str, Value | None]) -> Value | None:
    if not all(origin.whole for origin in origins):
        return None
    if len(origins) == 1:
        return known[origins[0].unit.id]
    numbers = [each for each in known.values() if isinstance(each, int | float) and not isinstance(each, bool)]
    additive = indicator.type in NUMERIC and indicator.roll_up is RollUp.SUM
    return sum(numbers) if additive and len(numbers) == len(origins) else None


def _note(
    indicator: Indicator,
    unit_id: str,
    origins: Sequence[Origin],
    known: Mapping[str, Value | None],
    value: Value | None,
) -> str:
    if [origin.unit.id for origin in origins] == [unit_id]:
        return ""
    if value is not None:
        return f"{'cộng ' if len(origins) > 1 else ''}của {', '.join(origin.unit.name for origin in origins)}"
    parts = []
    for origin in origins:
        own = known[origin.unit.id]
        shown = "chưa có" if own is None else write_value(own, indicator)
        parts.append(f"{origin.unit.name}{'' if origin.whole else ' (nhập một phần)'}: {shown}")
    return f"chưa cộng được; {'; '.join(parts)}"
