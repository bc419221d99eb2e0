"""A part of the country that is small enough to be played in a test."""

from __future__ import annotations

import pytest
from tests.databases import migrated_copy

from plan_lifecycle.settings import Settings
from plan_lifecycle.simulation import country
from plan_lifecycle.simulation.country_run import CountryOutcome, simulate_country


def played_country(
    factory: pytest.TempPathFactory, year: int, *, provinces: int, communes: int, departments: int
) -> CountryOutcome:
    """A year of so many provinces with so many communes and departments each, on a database of its own."""
    folder = factory.mktemp("country")
    migrated_copy(folder / "plan_lifecycle.db")
    changed = {"var": folder, "inbox": folder / "inbox", "store_url": "", "durable": False}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(country, "DEPARTMENTS", country.DEPARTMENTS[:departments])
        return simulate_country(Settings().model_copy(update=changed), year, provinces=provinces, communes=communes)
