"""Registered plans and drafts in the store."""

from __future__ import annotations

import pytest
from tests.factories import DISTRICT, OTHER_DISTRICT, PROVINCE, day, fill, plan_row

from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.plans import (
    count_drafts,
    drafted_units,
    get_plan,
    get_plans,
    mark_cascaded,
    plans_to_cascade,
    register_plan,
    registered_files,
    registered_numbers,
    save_drafts,
)


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def values(store: Store, plan_id: int) -> dict[str, object]:
    with store.read() as connection:
        plan = get_plan(connection, plan_id)
    names = plan.__dataclass_fields__
    return {name: getattr(plan, name) for name in names if name not in ("id", "cascaded_at")}


def test_a_plan_comes_back_and_is_cited_by_its_number(store: Store) -> None:
    plan_id = plan_row(store)
    with store.read() as connection:
        plan = get_plan(connection, plan_id)
        assert [each.id for each in get_plans(connection, [plan_id, 999])] == [plan_id]
    assert (plan.reference, plan.issuer_id, plan.registered_at) == ("15/KH-UBND", "bb", day("2023-02-10"))


def test_a_plan_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(StoreRefusedError), store.read() as connection:
        get_plan(connection, 7)


def test_the_same_file_is_the_same_plan(store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        assert register_plan(connection, values(store, plan_id)) == (plan_id, False)


def test_the_same_number_in_another_file_is_the_same_plan(store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        assert register_plan(connection, values(store, plan_id) | {"blob": "f" * 64}) == (plan_id, False)
        assert registered_files(connection) == {("bb", "15".rjust(64, "0"))}
        assert registered_numbers(connection) == {("bb", 2023, "15/KH-UBND")}


def test_the_same_number_of_another_issuer_is_another_plan(store: Store) -> None:
    assert plan_row(store) != plan_row(store, OTHER_DISTRICT)


def test_upper_plans_are_cascaded_first_and_only_once(store: Store) -> None:
    upper = plan_row(store, PROVINCE, "36")
    lower = plan_row(store, DISTRICT, "15", parent_id=upper)
    other = plan_row(store, PROVINCE, "37")
    with store.write() as connection:
        assert [each.id for each in plans_to_cascade(connection)] == [upper, other, lower]
        mark_cascaded(connection, upper, day("2023-02-10"))
        mark_cascaded(connection, upper, day("2023-02-12"))
        assert [each.id for each in plans_to_cascade(connection)] == [other, lower]
        assert get_plan(connection, upper).cascaded_at == day("2023-02-10")


def test_drafts_are_unique_on_plan_and_unit(store: Store) -> None:
    plan_id = plan_row(store)
    rows = [
        {"plan_id": plan_id, "unit_id": unit_id, "blob": "0" * 64, "file_name": "a.docx"} for unit_id in ("bb", "tp")
    ]
    with store.write() as connection:
        assert save_drafts(connection, rows) == 2
        assert save_drafts(connection, rows) == 0
        assert drafted_units(connection, plan_id) == {"bb", "tp"}
        assert count_drafts(connection) == 2


def test_a_number_of_any_length_is_kept(store: Store) -> None:
    plan_id = plan_row(store, symbol="KH-" + "UBND" * 60)
    with store.read() as connection:
        assert len(get_plan(connection, plan_id).reference) > 240
