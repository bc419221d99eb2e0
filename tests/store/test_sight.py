"""What belongs to units that somebody may see: their own things, and none that may be another's too."""

from __future__ import annotations

from tests.factories import BINH_AN, HOA_THANG, PHUOC_THE, arrival, day, fill, letter, owe

from plan_lifecycle.domain.sight import EVERYTHING, NOTHING, Sight
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import guesses, letters, reminders
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.guesses import Guess
from plan_lifecycle.store.sight import seen_arrivals, seen_obligations

BAC_BINH = Sight(frozenset({"bb", BINH_AN.id, HOA_THANG.id}))


def came(store: Store, key: str, claimed: Unit | None, *may_be: Unit) -> int:
    """A file that waits for a person."""
    with store.write() as connection:
        arrival_rows.record(connection, arrival(b"x", claimed, key=key), "0" * 64)
        number = arrival_rows.id_of(connection, "fake", key)
        arrival_rows.settle(connection, number, ArrivalState.UNMATCHED, "chưa rõ", "nothing_owed")
        guesses.note(connection, number, [Guess(unit.id) for unit in may_be])
    return number


def test_an_arrival_is_seen_that_can_be_only_of_units_that_may_be_seen(store: Store) -> None:
    fill(store)
    claimed, guessed = came(store, "1", BINH_AN), came(store, "2", None, BINH_AN, HOA_THANG)
    hidden = [
        came(store, "3", None),
        came(store, "4", PHUOC_THE),
        came(store, "5", None, BINH_AN, PHUOC_THE),
        came(store, "6", BINH_AN, PHUOC_THE),
    ]
    ids = [claimed, guessed, *hidden, 99]
    with store.read() as connection:
        assert seen_arrivals(connection, ids, BAC_BINH) == {claimed, guessed}
        assert seen_arrivals(connection, ids, NOTHING) == set()
        assert seen_arrivals(connection, ids, EVERYTHING) == set(ids) - {99}


def test_a_letter_is_seen_that_names_no_other_units_duties(store: Store) -> None:
    fill(store)
    own = owe(store, BINH_AN)
    other = owe(store, PHUOC_THE, plan_id=own.plan_id)
    with store.write() as connection:
        keys = letters.queue(
            connection, [letter(1), letter(2), letter(3, unit_id=PHUOC_THE.id), letter(4, unit_id=None)]
        )
        first, both = keys["letter:1"], keys["letter:2"]
        about = enumerate([(own.id, first), (own.id, both), (other.id, both)])
        carried = {"recipient": "a@example.vn", "on_day": day("2023-02-20").date()}
        rows = [carried | {"obligation_id": owed, "letter_id": which, "rung": f"T-{at}"} for at, (owed, which) in about]
        reminders.save_reminders(connection, rows)
        found = [one.id for one in letters.newest(connection, 9, sight=BAC_BINH)]
        assert found == [first]
        assert letters.get(connection, both, sight=BAC_BINH) is None
        assert len(letters.newest(connection, 9)) == 4
        assert seen_obligations(connection, [own.id, other.id], BAC_BINH) == {own.id}
