"""The forebears of a unit are loaded as far back as they are known, with where else each of them went."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.lineage import kin_of, load_lineage
from plan_lifecycle.store.units import save_units

ENDED = date(2025, 6, 30)


def commune(name: str, *, until: date | None = None) -> Unit:
    return Unit(name, f"xã {name}", UnitKind.COMMUNE, 3, valid_to=until)


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    """A and B made C, C and D made E; D also went to F in part. G is somebody else's."""
    units = [commune(name, until=ENDED if name in "ABCD" else None) for name in "ABCDEFG"]
    links = [Succession("A", "C"), Succession("B", "C"), Succession("C", "E"), Succession("D", "E", whole=False)]
    with store.write() as connection:
        save_units(connection, units, [*links, Succession("D", "F", whole=False), Succession("G", "F")])


def test_all_forebears_come_with_the_unit_and_nobody_else(store: Store) -> None:
    with store.read() as connection:
        assert set(load_lineage(connection, ["E"]).units) == {"A", "B", "C", "D", "E"}
        assert set(load_lineage(connection, ["C"]).units) == {"A", "B", "C"}
        assert set(load_lineage(connection, ["A"]).units) == {"A"}
        assert load_lineage(connection, []).units == {}


def test_where_a_forebear_went_besides_is_seen(store: Store) -> None:
    with store.read() as connection:
        one, both = load_lineage(connection, ["E"]), load_lineage(connection, ["E", "F"])
    assert Succession("D", "F", whole=False) in one.links
    assert Succession("G", "F") not in one.links
    assert {found.unit.id: found.whole for found in one.origins(["E"], ENDED)} == {
        "E": True, "A": True, "B": True, "C": True, "D": False,
    }  # fmt: skip
    assert {found.unit.id: found.whole for found in both.origins(["E", "F"], ENDED)}["D"]


def test_what_goes_round_in_a_circle_ends(store: Store) -> None:
    with store.write() as connection:
        save_units(connection, [], [Succession("E", "A")])
        assert set(load_lineage(connection, ["E"]).units) == {"A", "B", "C", "D", "E"}


def test_direct_kin_is_told_both_ways_with_what_went_over_in_part(store: Store) -> None:
    with store.read() as connection:
        before, after = kin_of(connection, "D")
        assert before == []
        assert [(kin.unit.id, kin.whole) for kin in after] == [("E", False), ("F", False)]
        before, after = kin_of(connection, "C")
    assert [kin.unit.id for kin in before] == ["A", "B"]
    assert [(kin.unit.id, kin.whole) for kin in after] == [("E", True)]
