"""A country's year, small enough to be played here: two provinces of a few units each."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests.simulation.countries import played_country

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import UnitKind
from plan_lifecycle.simulation.country import MINISTRY, country, last_days
from plan_lifecycle.simulation.country_run import CountryOutcome


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> CountryOutcome:
    return played_country(tmp_path_factory, 2026, provinces=2, communes=2, departments=2)


def test_the_country_has_all_its_units_and_each_owes_a_plan_and_four_reports() -> None:
    made = country(2026)
    kinds = Counter(unit.kind for unit in made.tree.units if unit != MINISTRY)
    players = list(made.case.players(made.tree))
    assert kinds == {UnitKind.PROVINCE: 34, UnitKind.DEPARTMENT: 510, UnitKind.COMMUNE: 3321}
    assert (len(players), sum(len(player.last_days) for player in players)) == (3865, 19325)
    assert len({unit.id for unit in made.tree.units}) == len(made.tree.units)


def test_the_ministry_asks_for_a_plan_and_a_report_of_every_quarter() -> None:
    plan = read_plan(country(2026, provinces=1, communes=1).case.papers[0].data)
    upper, below = last_days(2026)
    asked = [duty.deadline.due for duty in plan.reporting if duty.deadline]
    assert sorted(day for due in asked for day in due if day) == sorted(upper.values())
    assert all(below[owed] < upper[owed] for owed in upper if owed.period != "2026")


@pytest.mark.parametrize("part", [{"provinces": 0}, {"communes": 0}])
def test_a_country_of_nothing_is_told(part: dict[str, int]) -> None:
    with pytest.raises(InputError, match="at least 1"):
        country(2026, **part)


@pytest.mark.enable_socket
def test_two_provinces_below_a_ministry_hold_every_invariant_on_every_day(played: CountryOutcome) -> None:
    assert played.holds, played.invariants
    assert (played.units, played.drafts, played.obligations) == (10, 10, 50)
    assert played.broken_on == {}
    assert played.days == (date(2026, 12, 31) - date(2026, 1, 5)).days + 1


@pytest.mark.enable_socket
def test_what_the_country_took_is_told(played: CountryOutcome) -> None:
    assert played.seconds > 0
    assert played.cpu_seconds > 0
    assert played.peak_mb > 20
