"""The outbox in the store: a letter is queued once, claimed by one, and never lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from tests.factories import WALL, day, fill, letter

from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import (
    STALE_AFTER,
    claim,
    failed_between,
    mark,
    mark_returned,
    queue,
    release,
    renew,
    rewrite,
    sent_between,
    states,
)
from plan_lifecycle.store.messages import letters_with
from plan_lifecycle.store.tables import letter_before


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def queued(store: Store, count: int = 1) -> dict[str, int]:
    with store.write() as connection:
        return queue(connection, [letter(number) for number in range(1, count + 1)])


def claimed(store: Store, worker: str = "a", wall: timedelta = timedelta(0), limit: int = 50) -> list[Letter]:
    with store.write() as connection:
        return claim(connection, worker, WALL + wall, limit)


def test_a_letter_is_queued_once_by_its_key(store: Store) -> None:
    first = queued(store, 2)
    assert set(first) == {"letter:1", "letter:2"}
    with store.write() as connection:
        again = queue(connection, [letter(2), letter(3), letter(3, message_id="<x@example.vn>")])
        assert set(again) == {"letter:3"}
        assert queue(connection, []) == {}
        assert states(connection) == {"queued": 3}


def test_who_claims_while_another_still_does_gets_other_letters_and_does_not_wait(store: Store) -> None:
    """PostgreSQL passes over what is held; SQLite lets one writer in at a time."""
    queued(store, 2)
    if store.engine.dialect.name == "sqlite":
        assert [claimed(store, worker, limit=1)[0].key for worker in "ab"] == ["letter:1", "letter:2"]
        return
    with store.write() as first, store.write() as second:
        second.execute(text("SET LOCAL lock_timeout = '2s'"))
        keys = [claim(one, worker, WALL, 1)[0].key for one, worker in ((first, "a"), (second, "b"))]
    assert keys == ["letter:1", "letter:2"]


def test_thousands_of_letters_give_their_own_ids(store: Store) -> None:
    ids = queued(store, 2500)
    assert len(set(ids.values())) == 2500
    assert {each.key: each.id for each in claimed(store, limit=2500)} == ids


def test_two_that_queue_the_same_letters_at_once_share_them_out(store: Store) -> None:
    gate = threading.Barrier(2)

    def run(_: int) -> set[str]:
        gate.wait()
        return set(queued(store, 40))

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(run, range(2))
    assert one | other == {f"letter:{number}" for number in range(1, 41)}
    assert not one & other


def test_letters_are_claimed_in_order_and_up_to_the_limit(store: Store) -> None:
    with store.write() as connection:
        queue(connection, [letter(1, queued_at=day("2023-02-21")), letter(2), letter(3)])
    assert [each.key for each in claimed(store, limit=2)] == ["letter:2", "letter:3"]
    assert [each.key for each in claimed(store, "b")] == ["letter:1"]
    assert claimed(store, "c") == []


def test_letters_to_be_left_are_not_claimed(store: Store) -> None:
    ids = queued(store, 2)
    with store.write() as connection:
        found = claim(connection, "a", WALL, 50, leaving={ids["letter:1"]})
    assert [each.key for each in found] == ["letter:2"]


def test_claiming_at_once_gives_every_letter_to_one(store: Store) -> None:
    queued(store, 60)
    gate = threading.Barrier(4)

    def run(worker: int) -> list[int]:
        gate.wait()
        found: list[int] = []
        while some := claimed(store, f"w{worker}", limit=7):
            found += [each.id for each in some]
        return found

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(run, range(4)))
    assert len({letter_id for share in shares for letter_id in share}) == sum(map(len, shares)) == 60


def test_a_claim_is_stale_after_its_time_and_not_before(store: Store) -> None:
    queued(store)
    assert len(claimed(store, "a")) == 1
    assert claimed(store, "b", STALE_AFTER) == []
    assert len(claimed(store, "b", STALE_AFTER + timedelta(seconds=1))) == 1


def test_a_claim_that_is_renewed_is_not_stale(store: Store) -> None:
    ids = queued(store, 2)
    claimed(store, "a")
    with store.write() as connection:
        assert renew(connection, [ids["letter:1"]], "a", WALL + timedelta(minutes=10)) == {ids["letter:1"]}
    assert [each.key for each in claimed(store, "b", timedelta(minutes=20))] == ["letter:2"]
    with store.write() as connection:
        assert renew(connection, list(ids.values()), "a", WALL + timedelta(minutes=21)) == {ids["letter:1"]}


def test_marking_needs_the_claim(store: Store) -> None:
    ids = queued(store)
    with store.write() as connection:
        assert not mark(connection, ids["letter:1"], "a", LetterState.SENT)
    claimed(store, "a")
    with store.write() as connection:
        assert not mark(connection, ids["letter:1"], "b", LetterState.SENT)
        assert mark(connection, ids["letter:1"], "a", LetterState.SENT, sent_at=day("2023-02-21"))
        assert not mark(connection, ids["letter:1"], "a", LetterState.FAILED)
        assert states(connection) == {"sent": 1}


def test_what_is_given_back_waits_with_the_reason_and_counts_as_tried_where_it_was(store: Store) -> None:
    ids = queued(store, 2)
    claimed(store, "a")
    with store.write() as connection:
        release(connection, [ids["letter:1"]], "a", "451 thử lại sau", tried=True)
        release(connection, [ids["letter:2"]], "b", "không phải của b")
        release(connection, [ids["letter:2"]], "a", None)
    first, second = claimed(store, "b")
    assert (first.reason, first.attempts) == ("451 thử lại sau", 1)
    assert (second.reason, second.attempts) == (None, 0)


def test_no_reason_keeps_the_one_that_is_there(store: Store) -> None:
    ids = queued(store)
    for reason in ("máy chủ bận", None):
        claimed(store, "a")
        with store.write() as connection:
            release(connection, [ids["letter:1"]], "a", reason)
    assert claimed(store, "a")[0].reason == "máy chủ bận"


def test_a_letter_is_written_anew_only_by_whoever_claimed_it(store: Store) -> None:
    ids = queued(store)
    anew = letter(1, subject="Khác", blob="1" * 64, kind="reminder_last")
    with store.write() as connection:
        rewrite(connection, ids["letter:1"], "a", anew)
    (before,) = claimed(store, "a")
    with store.write() as connection:
        rewrite(connection, ids["letter:1"], "a", anew)
        release(connection, [ids["letter:1"]], "a", None)
    (after,) = claimed(store, "a")
    assert (before.subject, after.subject, after.blob, after.kind) == (
        "Đã nhận: Báo cáo", "Khác", "1" * 64, "reminder_last",
    )  # fmt: skip
    assert after.message_id == before.message_id


def test_a_letter_written_again_under_another_message_id_is_known_by_both(store: Store) -> None:
    """What it was before is kept: it may have left so."""
    ids = queued(store)
    (before,) = claimed(store, "a")
    other = letter(1, subject="Khác", blob="1" * 64, message_id="<other@example.vn>")
    with store.write() as connection:
        rewrite(connection, ids["letter:1"], "another", other)
        rewrite(connection, ids["letter:1"], "a", other)
        rewrite(connection, ids["letter:1"], "a", other)
        found = letters_with(connection, [before.message_id, "<other@example.vn>"])
        kept = connection.execute(select(letter_before)).all()
    assert [(each.id, each.message_id) for each in found] == [
        (ids["letter:1"], before.message_id), (ids["letter:1"], "<other@example.vn>"),
    ]  # fmt: skip
    assert kept == [(before.message_id, ids["letter:1"], before.subject, before.blob)]


def test_an_address_and_a_worker_of_any_lawful_length_fit(store: Store) -> None:
    long = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 58}.vn"
    with store.write() as connection:
        queue(connection, [letter(1, key=f"remind:2023-02-21:{long}", recipient=long)])
        assert len(claim(connection, "k" * 63 + ":4194304", WALL, 1)) == 1


def test_what_left_in_a_day_and_what_turned_out_not_to_arrive_are_counted(store: Store) -> None:
    queued(store, 3)
    morning, noon, next_day = day("2023-02-21"), day("2023-02-21") + timedelta(hours=5), day("2023-02-22")
    left, refused, bounced = claimed(store)
    with store.write() as connection:
        mark(connection, left.id, "a", LetterState.SENT, sent_at=morning)
        mark(connection, refused.id, "a", LetterState.FAILED, reason="550 5.1.1", returned_at=noon)
        mark(connection, bounced.id, "a", LetterState.SENT, sent_at=morning)
        mark_returned(connection, bounced.id, next_day, "5.2.2")
    with store.read() as connection:
        assert sent_between(connection, morning, next_day) == 2
        assert failed_between(connection, morning, next_day) == 1
        assert failed_between(connection, next_day, next_day + timedelta(days=1)) == 1
        assert failed_between(connection, morning, next_day, sight=Sight(frozenset())) == 0
