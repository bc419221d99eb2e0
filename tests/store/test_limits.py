"""Rate limits in the store: exact, whoever takes a turn, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.limits import Rate, forget_whole, is_full, take
from plan_lifecycle.store.tables import allowance

RATE = Rate(3, 600)
NOW = 1_676_854_800_000
PART = 200_000


def turns(store: Store, count: int, now: int, key: str = "guess:10.0.0.1") -> list[bool]:
    found = []
    for _ in range(count):
        with store.write() as connection:
            found.append(take(connection, key, RATE, now))
    return found


def full(store: Store, now: int, key: str = "guess:10.0.0.1") -> bool:
    with store.read() as connection:
        return is_full(connection, key, RATE, now)


def test_an_allowance_is_used_up_and_grows_again(store: Store) -> None:
    assert not full(store, NOW)
    assert turns(store, 5, NOW) == [True] * 3 + [False] * 2
    assert full(store, NOW + PART - 1)
    assert not full(store, NOW + PART)
    assert turns(store, 2, NOW + PART) == [True, False]
    assert turns(store, 4, NOW + 10 * PART) == [True] * 3 + [False]


def test_keys_do_not_share_an_allowance(store: Store) -> None:
    turns(store, 3, NOW)
    assert turns(store, 1, NOW, "guess:10.0.0.2") == [True]


def test_looking_takes_no_turn(store: Store) -> None:
    assert not any(full(store, NOW) for _ in range(9))
    assert turns(store, 3, NOW) == [True] * 3


def test_many_at_once_get_no_more_than_there_is(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda _: turns(store, 2, NOW), range(6)))
    assert sum(each for two in taken for each in two) == RATE.times


def test_rows_that_say_nothing_are_dropped(store: Store) -> None:
    turns(store, 1, NOW)
    turns(store, 3, NOW, "guess:10.0.0.2")
    with store.write() as connection:
        forget_whole(connection, NOW + PART)
        left = connection.execute(select(func.count()).select_from(allowance)).scalar_one()
    assert left == 1
    assert full(store, NOW, "guess:10.0.0.2")
