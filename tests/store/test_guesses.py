"""What waiting files may be: found in one query, only while they wait, and never a quota that nobody named."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, HOA_THANG, arrival, fill, owe, set_state

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import guesses
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.guesses import Guess


def waits(store: Store, *may_be: Guess, key: str = "1", doubt: str = "nothing_owed") -> int:
    """A file that waits, with what it may be."""
    with store.write() as connection:
        arrival_rows.record(connection, arrival(b"x", key=key), "0" * 64)
        number = arrival_rows.id_of(connection, "fake", key)
        arrival_rows.settle(connection, number, ArrivalState.UNMATCHED, "chưa rõ", doubt)
        guesses.note(connection, number, may_be)
    return number


@pytest.mark.parametrize(
    ("guess", "items"),
    [
        (Guess(BINH_AN.id), {Item.SUB_PLAN, Item.REPORT}),
        (Guess(BINH_AN.id, "sub_plan"), {Item.SUB_PLAN}),
        (Guess(BINH_AN.id, "report", "2023-H1"), {Item.REPORT}),
        (Guess(BINH_AN.id, "report", "2023"), set()),
        (Guess(BINH_AN.id, "quota"), {Item.QUOTA}),
    ],
)
def test_a_file_may_be_what_its_guess_means(store: Store, guess: Guess, items: set[Item]) -> None:
    fill(store)
    owed = [
        owe(store),
        owe(store, item=Item.REPORT, period="2023-H1", plan_id=1),
        owe(store, item=Item.QUOTA, period="2023-M02", plan_id=1),
    ]
    owe(store, HOA_THANG, plan_id=1)
    waits(store, guess)
    with store.read() as connection:
        awaited = guesses.awaiting(connection)
    assert {obligation.item for obligation in owed if obligation.id in awaited} == items
    assert len(awaited) == len(items)


def test_only_what_is_open_is_awaited_and_only_while_the_file_waits(store: Store) -> None:
    fill(store)
    owed = owe(store)
    number = waits(store, Guess(BINH_AN.id))
    with store.read() as connection:
        assert guesses.awaiting(connection) == {owed.id}
        assert guesses.now_owed(connection, ["nothing_owed"]) == [number]
        assert guesses.now_owed(connection, ["several_items"]) == []
        assert [(file.arrival_id, file.unit_id) for file in guesses.waiting_files(connection)] == [(number, BINH_AN.id)]
    with store.write() as connection:
        assert arrival_rows.lay_aside(connection, number, "không phải")
        assert guesses.awaiting(connection) == frozenset()
        assert guesses.now_owed(connection, ["nothing_owed"]) == []
        assert guesses.waiting_files(connection) == []
        assert arrival_rows.reopen(connection, number)
    set_state(store, owed, ObligationState.MET)
    with store.read() as connection:
        assert guesses.awaiting(connection) == frozenset()


def test_a_guess_is_noted_once(store: Store) -> None:
    fill(store)
    number = waits(store, Guess(HOA_THANG.id), Guess(BINH_AN.id, "report"), Guess(BINH_AN.id, "report"))
    with store.write() as connection:
        guesses.note(connection, number, [Guess(HOA_THANG.id)])
        assert guesses.of(connection, number) == [Guess(BINH_AN.id, "report"), Guess(HOA_THANG.id)]
