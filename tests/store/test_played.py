"""What a played year came to: who was in time, who was written to twice a day, who after all was handed in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, address, arrival, day, fill, letter, owe, plan_row

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.store import arrivals, letters, played, reminders, submissions
from plan_lifecycle.store.engine import Store

SENT = day("2023-02-21")


@pytest.fixture
def plan_id(store: Store) -> int:
    fill(store)
    return plan_row(store)


def handed_in(store: Store, owed: Obligation, version: int, days_late: int) -> None:
    key = f"{owed.id}/{version}"
    with store.write() as connection:
        arrivals.record(connection, arrival(b"", key=key), None)
        arrival_id = next(found.id for found in arrivals.waiting(connection) if found.key == key)
        submissions.add(connection, Submission(owed.id, arrival_id, version, SENT, key.rjust(64, "0"), days_late), ())


def test_the_first_version_tells_who_was_in_time(store: Store, plan_id: int) -> None:
    in_time = owe(store, plan_id=plan_id, first_received_at=SENT)
    late = owe(store, HOA_THANG, plan_id=plan_id, first_received_at=SENT)
    owe(store, CHO_LAU, plan_id=plan_id)
    owe(store, CHO_LAU, Item.REPORT, plan_id=plan_id)
    handed_in(store, in_time, 1, 0)
    handed_in(store, in_time, 2, 5)
    handed_in(store, late, 1, 1)
    handed_in(store, late, 2, 9)
    with store.read() as connection:
        assert played.timeliness(connection) == (3, 4, 1, 1, 2)


def test_two_reminders_of_one_day_to_one_address_are_one_too_many(store: Store, plan_id: int) -> None:
    sent = {"kind": "reminder_before", "state": LetterState.SENT}
    with store.write() as connection:
        letters.queue(
            connection,
            [
                letter(1, sent_at=SENT, **sent),
                letter(2, sent_at=SENT + timedelta(days=1), **sent),
                letter(3, sent_at=SENT, **sent | {"recipient": address(HOA_THANG)}),
                letter(4, sent_at=SENT, state=LetterState.SENT),
            ],
        )
        assert played.reminded_twice(connection) == 0
        letters.queue(connection, [letter(5, sent_at=SENT + timedelta(hours=3), **sent | {"kind": "reminder_last"})])
        assert played.reminded_twice(connection) == 1


@pytest.mark.parametrize(("met", "after"), [(None, 0), (1, 0), (0, 0), (-1, 1)])
def test_a_reminder_counts_as_too_late_when_its_obligation_was_met_before(
    store: Store, plan_id: int, met: int | None, after: int
) -> None:
    owed = owe(store, plan_id=plan_id, met_at=None if met is None else SENT + timedelta(seconds=met))
    made = letter(1, kind="reminder_before", state=LetterState.SENT, sent_at=SENT)
    with store.write() as connection:
        ids = letters.queue(connection, [made])
        row = {"obligation_id": owed.id, "rung": "T-7", "recipient": address(BINH_AN), "on_day": date(2023, 2, 21)}
        reminders.save_reminders(connection, [row | {"letter_id": ids[made.key]}])
        assert played.letters_after_all_met(connection) == after


def test_all_that_is_owed_is_told_with_its_last_day(store: Store, plan_id: int) -> None:
    owed = owe(store, plan_id=plan_id)
    below = owe(store, plan_id=plan_row(store, number="16", parent_id=plan_id))
    with store.read() as connection:
        rows = played.owed(connection)
    assert rows == [
        (one.unit_id, one.receiver_id, one.item.value, one.period, one.due_on, "15/KH-UBND") for one in (owed, below)
    ]
