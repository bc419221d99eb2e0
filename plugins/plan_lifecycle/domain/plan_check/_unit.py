"""The unit that a name stands for, where no register of units is at hand."""

from __future__ import annotations

import re

from plan_lifecycle.domain.audience import read_audience
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.unit import Unit, UnitKind

_COMMITTEE = regex(r"^\s*(?:UBND|[ỦU][ỷỶyY]\s+ban\s+nhân\s+dân|Ủy ban nhân dân)\s+", re.I)
_LEVELS = {UnitKind.PROVINCE: 1, UnitKind.DEPARTMENT: 1, UnitKind.DISTRICT: 2, UnitKind.DIVISION: 2}


def unit_named(name: str) -> Unit | None:
    """A unit of the kind that its name tells: "UBND xã Bình An" is a commune. None where it tells none."""
    bare = _COMMITTEE.sub("", name).strip()
    for phrase in (name, f"UBND {bare}", bare):
        kinds = [kind for kind in read_audience(phrase).audiences if kind in set(UnitKind)]
        if bare and kinds:
            kind = UnitKind(kinds[0])
            return Unit(bare, bare, kind, _LEVELS.get(kind, 3))
    return None
