"""What a version of a report is told by in letters: a few figures, and what to look at.

Kept with the version, so that the letter of the next morning says what that version says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.plan_target import VERDICT_WORDS, target_words
from plan_lifecycle.domain.report import Consolidated, Difference
from plan_lifecycle.domain.sentence import Asked, Slot
from plan_lifecycle.domain.writing import first_down
from plan_lifecycle.lifecycle.compile._changes import told_shortly
from plan_lifecycle.lifecycle.compile._material import Material
from plan_lifecycle.lifecycle.compile._numbers import Numbers, total_text

MOST_FIGURES = 5


def told_by(material: Material, changes: Sequence[Difference]) -> dict[str, Any]:
    """Figures (each with ``name`` and ``text``) and notes, what has changed first, as JSON."""
    return {"figures": list(_figures(material.whole)), "notes": [*told_shortly(changes), *material.notes]}


def _figures(whole: Consolidated) -> Iterator[dict[str, str]]:
    """Those that the profile names first, as far as they are known; then others that are counted."""
    numbers, left = Numbers(whole), MOST_FIGURES
    for indicator in _by_weight(whole):
        total = numbers.total(indicator.code)
        if left and total is not None and total.value is not None:
            left -= 1
            yield {"name": indicator.alone, "text": f"{_text(numbers, indicator)}{_aim(whole, indicator.code)}"}


def _aim(whole: Consolidated, code: str) -> str:
    """The plan's target of a figure, and whether it is met; nothing where it has none."""
    for plan in whole.plans:
        for one in plan.targets:
            for result in one.results:
                if result.indicator == code:
                    return f"; mục tiêu {target_words(one.target.target)}: {first_down(VERDICT_WORDS[result.verdict])}"
    return ""


def _by_weight(whole: Consolidated) -> Iterator[Indicator]:
    known = {one.code: one for one in whole.indicators}
    yield from (known[code] for code in whole.profile.headline if code in known)
    if not whole.profile.headline:
        yield from (one for one in whole.indicators if one.required)


def _text(numbers: Numbers, indicator: Indicator) -> str:
    total = numbers.total(indicator.code)
    written = total_text(total, indicator) if total else ""
    unit = indicator.unit_of_measure
    amount = written if not unit or written.endswith(unit) else f"{written}%" if unit == "%" else f"{written} {unit}"
    changed = numbers.slot(Slot(indicator.code, Asked.CHANGE))
    return f"{amount}, {changed}" if changed else amount
