"""Arrivals in the store: none is kept twice, none is decided twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.factories import arrival, day

from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.store.arrivals import known_keys, latest, record, settle, states, waiting
from plan_lifecycle.store.engine import Store


def recorded(store: Store, key: str = "1", at: str = "2023-02-20", channel: str = "fake") -> bool:
    with store.write() as connection:
        return record(connection, arrival(b"abc", key=key, at=at, channel=channel), "0" * 64)


def test_an_arrival_is_known_by_channel_and_key(store: Store) -> None:
    assert recorded(store)
    assert not recorded(store)
    assert recorded(store, channel="http")
    with store.read() as connection:
        assert known_keys(connection, "fake") == {"1"}
        assert known_keys(connection, "folder") == set()


def test_it_comes_back_with_what_the_sender_claims(store: Store) -> None:
    recorded(store)
    with store.read() as connection:
        (found,) = waiting(connection)
    assert (found.unit_id, found.item, found.period) == ("bb-binh-an", "sub_plan", "2023")
    assert (found.size, found.blob, found.state, found.received_at) == (
        3, "0" * 64, ArrivalState.NEW, day("2023-02-20"),
    )  # fmt: skip


def test_waiting_ones_come_in_order_of_receipt(store: Store) -> None:
    recorded(store, "late", "2023-02-22")
    recorded(store, "early", "2023-02-20")
    with store.read() as connection:
        assert [each.key for each in waiting(connection)] == ["early", "late"]
        assert latest(connection, "fake") == day("2023-02-22")
        assert latest(connection, "http") is None


def test_an_arrival_is_settled_once(store: Store) -> None:
    recorded(store)
    with store.write() as connection:
        (found,) = waiting(connection)
        assert settle(connection, found.id, ArrivalState.REFUSED, "0 byte")
        assert not settle(connection, found.id, ArrivalState.FILED)
        assert waiting(connection) == []
        assert states(connection) == {"refused": 1}


def test_of_two_that_settle_at_once_one_does(store: Store) -> None:
    recorded(store)
    with store.read() as connection:
        (found,) = waiting(connection)
    gate = threading.Barrier(2)

    def decide(state: ArrivalState) -> bool:
        gate.wait()
        with store.write() as connection:
            return settle(connection, found.id, state)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, [ArrivalState.FILED, ArrivalState.DUPLICATE])) == [False, True]


def test_claims_of_any_length_are_kept(store: Store) -> None:
    with store.write() as connection:
        assert record(connection, arrival(b"", "đ" * 300, "x" * 300, "2023-H1-ban-sua-lan-2", key="k" * 1500), None)
        (found,) = waiting(connection)
    assert (found.period, found.blob) == ("2023-H1-ban-sua-lan-2", None)
