"""The year 2025: what was owed when three tiers ended is carried to the two tiers that took over, and nothing twice."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests.simulation.countries import played_country

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import UnitKind, UnitTree
from plan_lifecycle.simulation.case import Owed
from plan_lifecycle.simulation.country import MINISTRY
from plan_lifecycle.simulation.country_run import CountryOutcome
from plan_lifecycle.simulation.reorganisation import Carried, country_before, players_after
from plan_lifecycle.store.played import Row


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> CountryOutcome:
    return played_country(tmp_path_factory, 2025, provinces=1, communes=1, departments=1)


def test_the_whole_country_goes_over_by_every_link_of_the_list() -> None:
    stage, change = country_before()
    before = Counter(unit.kind for unit in stage.tree.units if unit != MINISTRY)
    after = Counter(unit.kind for unit in change.units)
    assert (before[UnitKind.PROVINCE], before[UnitKind.DISTRICT], before[UnitKind.COMMUNE]) == (63, 696, 10035)
    assert (after[UnitKind.PROVINCE], after[UnitKind.DISTRICT], after[UnitKind.COMMUNE]) == (34, 0, 3321)
    assert (before[UnitKind.DEPARTMENT], after[UnitKind.DEPARTMENT]) == (63 * 15, 34 * 15)
    assert len(change.links) == 10602 + 63 + 63 * 15
    ids = {unit.id for unit in (*stage.tree.units, *change.units)}
    assert all({link.predecessor, link.successor} <= ids for link in change.links)


def test_a_part_of_it_has_every_unit_above_the_communes_that_went_into_it() -> None:
    stage, change = country_before(2, 1)
    for unit in stage.tree.units:
        assert unit == MINISTRY or stage.tree.parent(unit) is not None
    assert {unit.kind for unit in change.units} == {UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE}
    assert {unit.kind for unit in stage.tree.units} == {
        UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE
    }  # fmt: skip


def test_who_took_over_from_several_reports_once_by_the_first_last_day() -> None:
    _, change = country_before(1, 1)
    top = next(unit for unit in change.units if unit.kind is UnitKind.PROVINCE)
    commune = next(unit for unit in change.units if unit.kind is UnitKind.COMMUNE)
    tree = UnitTree.on(date(2025, 7, 1), (MINISTRY, *change.units))
    rows = [
        Row(commune.id, top.id, Item.REPORT, "2025-Q3", date(2025, 9, day), "12/KH-BNV") for day in (14, 12)
    ]  # fmt: skip
    late = Row(commune.id, top.id, Item.REPORT, "2025-H1", date(2025, 6, 12), "12/KH-BNV")
    up = Row(top.id, MINISTRY.id, Item.REPORT, "2025-Q3", date(2025, 9, 24), "12/KH-BNV")
    first, second = players_after(Carried(4, 4, 0, 0, (*rows, late, up)), tree, 7)
    third = Owed(Item.REPORT, "2025-Q3")
    assert (first.unit, first.number, first.fed_until[third]) == (top, 7, date(2025, 9, 14))
    assert (second.unit, second.receiver_id, second.last_days) == (commune, top.id, {third: date(2025, 9, 12)})


@pytest.mark.enable_socket
def test_a_province_that_is_reorganised_in_the_middle_of_its_year_forgets_nothing(played: CountryOutcome) -> None:
    assert played.holds, (played.invariants, played.broken_on)
    assert {"every_link_is_kept", "nothing_owed_is_forgotten", "totals_kept"} <= played.invariants.keys()
    assert played.days == 361


@pytest.mark.enable_socket
def test_reports_are_made_before_it_and_after_it(played: CountryOutcome) -> None:
    """The ministry's of four periods, the old and the new province's of two each, and what districts made."""
    districts = sum(unit.kind is UnitKind.DISTRICT for unit in country_before(1, 1)[0].tree.units)
    assert 4 + 2 + 2 < played.reports <= 4 + 2 + 2 + 2 * districts
