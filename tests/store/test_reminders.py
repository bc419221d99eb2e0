"""The ledger of reminders: one row for an obligation, a rung and an address, with the letter or the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories import WALL, fill, letter, owe

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import claim, mark, queue
from plan_lifecycle.store.reminders import (
    last_recorded,
    ledger_of,
    put_back,
    reminded_of,
    reminders_of,
    rungs_recorded,
    save_reminders,
    take_out,
    times_told,
)


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def queued(store: Store, count: int = 1) -> dict[str, int]:
    with store.write() as connection:
        return queue(connection, [letter(number) for number in range(1, count + 1)])


def row(obligation_id: int, letter_id: int | None, rung: str, day: int) -> dict[str, Any]:
    return {
        "obligation_id": obligation_id,
        "rung": rung,
        "recipient": "a@example.vn",
        "on_day": date(2023, 2, day),
        "letter_id": letter_id,
        "reason": None,
    }


def test_reminders_are_unique_on_obligation_rung_and_address(store: Store) -> None:
    obligation, ids = owe(store), queued(store)
    row = {
        "obligation_id": obligation.id,
        "rung": "T-7",
        "recipient": "a@example.vn",
        "on_day": date(2023, 2, 21),
        "letter_id": ids["letter:1"],
        "reason": None,
    }
    with store.write() as connection:
        assert save_reminders(connection, [row, row, row | {"recipient": "b@example.vn"}]) == 2
        assert save_reminders(connection, [row, row | {"rung": "T-1", "letter_id": None, "reason": "x"}]) == 1
        assert save_reminders(connection, []) == 0
        assert reminders_of(connection, list(ids.values())) == {
            ids["letter:1"]: [(obligation.id, "T-7"), (obligation.id, "T-7")]
        }
        assert rungs_recorded(connection, [obligation.id, 999]) == {obligation.id: {"T-7", "T-1"}}
        assert rungs_recorded(connection, []) == {}


def test_only_what_left_counts_as_told_and_the_newest_day_is_known(store: Store) -> None:
    obligation, ids = owe(store), queued(store, 2)
    first, second = ids["letter:1"], ids["letter:2"]
    with store.write() as connection:
        save_reminders(connection, [row(obligation.id, first, "T-7", 21), row(obligation.id, second, "T-1", 27)])
        assert (reminded_of(connection, [obligation.id]), times_told(connection, [obligation.id])) == (set(), {})
        claim(connection, "a", WALL, 1)
        mark(connection, first, "a", LetterState.SENT, sent_at=WALL)
        assert reminded_of(connection, [obligation.id]) == {obligation.id}
        assert times_told(connection, [obligation.id]) == {obligation.id: (1, date(2023, 2, 21))}
        assert last_recorded(connection, [obligation.id]) == {obligation.id: date(2023, 2, 27)}


def test_what_is_taken_out_keeps_its_rung_and_reason_and_what_is_put_back_comes_again(store: Store) -> None:
    obligation, ids = owe(store), queued(store)
    mine = ids["letter:1"]
    with store.write() as connection:
        save_reminders(connection, [row(obligation.id, mine, "T-7", 21), row(obligation.id, mine, "T-1", 27)])
        take_out(connection, mine, obligation.id, "T-7", WhyUnsent.ALL_MET, "đã gửi")
        put_back(connection, mine, obligation.id, "T-1")
        assert reminders_of(connection, [mine]) == {}
        assert rungs_recorded(connection, [obligation.id]) == {obligation.id: {"T-7"}}
        (kept,) = ledger_of(connection, [obligation.id])[obligation.id]
    assert (kept["why"], kept["reason"], kept["state"]) == (WhyUnsent.ALL_MET, "đã gửi", None)
