"""Obligations in the store: what is due, what was met, what is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories import (
    ABSTRACT,
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    PROVINCE,
    day,
    fill,
    obligation_of,
    owe,
    plan_row,
)

from plan_lifecycle.domain.obligation import OUTSTANDING, Item, ObligationState
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.obligations import (
    aggregators,
    counts,
    due_for_rung,
    get_obligations,
    lock,
    owed_by,
    owed_by_own_plan,
    owed_to,
    save_obligations,
    set_next_rung,
    set_state,
)

S = ObligationState


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def moved(store: Store, obligation_id: int, state: S, at: str = "2023-02-20") -> None:
    with store.write() as connection:
        set_state(connection, obligation_id, state, day(at))


def test_an_obligation_comes_back_as_it_went_in(store: Store) -> None:
    made = owe(store, opens_on=date(2023, 2, 1), due_at=None)
    with store.read() as connection:
        assert get_obligations(connection, [made.id]) == [made]
        assert lock(connection, made.id) == made if store.engine.dialect.name == "sqlite" else True


def test_it_is_unique_on_plan_unit_item_and_period(store: Store) -> None:
    made = owe(store)
    with store.write() as connection:
        assert save_obligations(connection, [made, made]) == 0


def test_it_can_be_held_while_it_is_changed(store: Store) -> None:
    made = owe(store)
    with store.write() as connection:
        assert lock(connection, made.id) == made


@pytest.mark.parametrize("state", S)
def test_only_what_is_outstanding_is_due(store: Store, state: S) -> None:
    made = owe(store)
    if state is not S.OPEN:
        moved(store, made.id, state)
    with store.read() as connection:
        assert bool(due_for_rung(connection, date(2023, 2, 21))) == (state in OUTSTANDING)


def test_a_rung_is_due_on_its_day_and_when_it_was_missed(store: Store) -> None:
    made = owe(store)
    assert made.next_rung_on == date(2023, 2, 21)
    with store.read() as connection:
        assert due_for_rung(connection, date(2023, 2, 20)) == []
        assert due_for_rung(connection, date(2023, 2, 21)) == [made]
        assert due_for_rung(connection, date(2023, 5, 1)) == [made]


def test_without_a_next_rung_nothing_is_due(store: Store) -> None:
    made = owe(store)
    with store.write() as connection:
        set_next_rung(connection, {made.id: None})
        set_next_rung(connection, {})
        assert due_for_rung(connection, date(2023, 12, 31)) == []


def test_due_obligations_come_by_unit(store: Store) -> None:
    plan_id = plan_row(store)
    for unit in (HOA_THANG, BINH_AN, CHO_LAU):
        owe(store, unit, plan_id=plan_id)
    with store.read() as connection:
        units = [each.unit_id for each in due_for_rung(connection, date(2023, 2, 21))]
    assert units == sorted(units)


def test_many_rungs_are_stored_in_one_statement(store: Store) -> None:
    plan_id = plan_row(store)
    made = [owe(store, unit, plan_id=plan_id) for unit in (BINH_AN, HOA_THANG)]
    with store.write() as connection:
        set_next_rung(connection, {made[0].id: date(2023, 3, 1), made[1].id: None})
        assert [each.next_rung_on for each in get_obligations(connection, [each.id for each in made])] == [
            date(2023, 3, 1),
            None,
        ]


def test_the_first_receipt_and_the_first_fulfilment_keep_their_moments(store: Store) -> None:
    made = owe(store)
    for state, at in ((S.RECEIVED, "20"), (S.RETURNED, "21"), (S.RECEIVED, "22"), (S.MET, "23"), (S.MET, "24")):
        moved(store, made.id, state, f"2023-02-{at}")
    now = obligation_of(store)
    assert (now.state, now.first_received_at, now.met_at) == (S.MET, day("2023-02-20"), day("2023-02-23"))


@pytest.mark.parametrize("settled", [S.MET, S.WAIVED, S.CLOSED])
@pytest.mark.parametrize("later", [S.RECEIVED, S.FIGURES_ONLY, S.RETURNED])
def test_what_is_settled_stays_so_when_more_comes_in_or_goes_back(store: Store, settled: S, later: S) -> None:
    made = owe(store)
    moved(store, made.id, settled)
    moved(store, made.id, later)
    assert obligation_of(store).state is settled


def test_what_is_owed_is_found_by_unit_item_and_period(store: Store) -> None:
    plan_id = plan_row(store)
    plan, report = owe(store, plan_id=plan_id), owe(store, item=Item.REPORT, period="2023-H1", plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    with store.read() as connection:
        assert owed_by(connection, ["bb-binh-an", "unknown"]) == {
            ("bb-binh-an", "sub_plan", "2023"): [plan],
            ("bb-binh-an", "report", "2023-H1"): [report],
        }
        assert owed_by(connection, []) == {}


def test_of_two_that_are_owed_the_newest_plan_comes_first_unless_it_was_released(store: Store) -> None:
    older = owe(store, plan_id=plan_row(store, number="15"))
    owe(store, plan_id=plan_row(store, number="16"))
    with store.read() as connection:
        newer, second = owed_by(connection, ["bb-binh-an"])["bb-binh-an", "sub_plan", "2023"]
    assert second == older
    moved(store, newer.id, S.WAIVED)
    with store.read() as connection:
        first, _ = owed_by(connection, ["bb-binh-an"])["bb-binh-an", "sub_plan", "2023"]
    assert first == older


def owed_by_three(store: Store) -> list[Any]:
    plan_id = plan_row(store)
    return [owe(store, unit, plan_id=plan_id) for unit in (BINH_AN, HOA_THANG, CHO_LAU)]


def test_counts_tell_how_many_came_in_of_how_many_are_owed(store: Store) -> None:
    first, second, _ = owed_by_three(store)
    moved(store, first.id, S.RECEIVED)
    moved(store, second.id, S.MET)
    known, unknown = first.gathering, ("tp", "sub_plan", "2023", first.abstract)
    with store.read() as connection:
        assert counts(connection, [known, unknown]) == {known: (2, 3), unknown: (0, 0)}
        assert counts(connection, []) == {}


def test_whoever_was_released_is_not_counted_nor_waited_for(store: Store) -> None:
    first, second, third = owed_by_three(store)
    moved(store, first.id, S.WAIVED)
    moved(store, second.id, S.CLOSED)
    with store.read() as connection:
        assert counts(connection, [first.gathering]) == {first.gathering: (0, 1)}
        assert [each.id for each in owed_to(connection, "bb", "sub_plan", "2023")] == [third.id]


def test_aggregators_have_the_latest_last_day_of_their_units(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    owe(store, HOA_THANG, Item.REPORT, "2023-H1", "2023-06-18", plan_id=plan_id)
    owe(store, CHO_LAU, Item.REPORT, "2023-H1", None, plan_id=plan_id)
    owe(store, PHUOC_THE, Item.REPORT, "2023-H1", "2023-06-10", plan_id=plan_id)
    with store.read() as connection:
        assert aggregators(connection, "report") == [
            ("tp", "2023-H1", ABSTRACT, date(2023, 6, 10)),
            ("bb", "2023-H1", ABSTRACT, date(2023, 6, 18)),
        ]
        assert aggregators(connection, "sub_plan") == []


def test_more_ids_than_a_statement_takes_are_asked_in_parts(store: Store) -> None:
    made = owe(store)
    with store.read() as connection:
        assert get_obligations(connection, [*range(100_000, 170_000), made.id]) == [made]


def test_what_a_unit_owes_by_its_own_plan_makes_nobody_above_an_aggregator(store: Store) -> None:
    own = owe(store, DISTRICT, Item.REPORT, "2023-H1", "2023-06-24", plan_id=plan_row(store))
    asked = owe(store, OTHER_DISTRICT, Item.REPORT, "2023", "2023-12-19", plan_id=plan_row(store, PROVINCE, "36"))
    with store.read() as connection:
        assert owed_by_own_plan(connection, [DISTRICT.id, OTHER_DISTRICT.id]) == [own]
        assert aggregators(connection, "report") == [("bt", "2023", ABSTRACT, asked.due_on)]
