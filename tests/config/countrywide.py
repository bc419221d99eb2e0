"""All units of the country at once, as no command asks for them."""

from __future__ import annotations

from datetime import date

from plan_lifecycle.config.country import _blocks, _state, _units
from plan_lifecycle.domain.unit import Unit


def load_country(as_of: date) -> list[Unit]:
    """Every unit of the country as of a day, province by province."""
    state = _state(as_of)
    return [unit for block in _blocks(state).values() for unit in _units(state, block)]
