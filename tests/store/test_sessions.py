"""Which sessions of the portal were ended: a seat has a number, whoever ends one there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select
from tests.factories import day

from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.sessions import end, ended
from plan_lifecycle.store.tables import ended_session

NOW = day("2023-02-20")
LONG_AGO = NOW - timedelta(hours=12)


def ended_at(store: Store, seat: str) -> int:
    with store.read() as connection:
        return ended(connection, seat)


def test_each_end_moves_the_number_on_at_its_own_seat(store: Store) -> None:
    with store.write() as connection:
        assert [end(connection, "a", NOW, forget_before=LONG_AGO) for _ in range(3)] == [1, 2, 3]
    assert (ended_at(store, "a"), ended_at(store, "b")) == (3, 0)


def test_two_at_once_get_two_numbers(store: Store) -> None:
    def one(_: int) -> int:
        with store.write() as connection:
            return end(connection, "a", NOW, forget_before=LONG_AGO)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(8))) == list(range(1, 9))


def test_what_is_over_by_itself_is_dropped_with_the_next_end(store: Store) -> None:
    with store.write() as connection:
        end(connection, "old", NOW, forget_before=LONG_AGO)
        end(connection, "young", NOW + timedelta(hours=1), forget_before=LONG_AGO)
        end(connection, "new", NOW + timedelta(hours=13), forget_before=NOW + timedelta(hours=1))
    with store.read() as connection:
        assert set(connection.execute(select(ended_session.c.seat)).scalars()) == {"young", "new"}
