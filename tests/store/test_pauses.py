"""Pauses, absences, extensions and waivers are rows with who, when and why, and each is found while it lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import BINH_AN, HOA_THANG, address, day, fill, letter, obligation_of, owe, plan_row

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.pausing import Absence, Suspension
from plan_lifecycle.store import pauses
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import newest, queue

NOW = day("2023-03-01")
WHO = {"by": "Trần Thị B", "reason": "lũ lụt"}
FLOOD = Suspension(date(2023, 3, 1), date(2023, 3, 10), "Trần Thị B", "lũ lụt", unit_id=BINH_AN.id)
LEAVE = Absence(address(BINH_AN), date(2023, 3, 1), date(2023, 3, 10), None, "Trần Thị B", "nghỉ phép")


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def march(day_: int) -> date:
    return date(2023, 3, day_)


def test_a_pause_is_found_until_the_end_of_its_last_day(store: Store) -> None:
    with store.write() as connection:
        number = pauses.suspend(connection, FLOOD, NOW)
        assert pauses.suspensions(connection, march(10)) == [replace(FLOOD, id=number)]
        assert pauses.suspensions(connection, march(11)) == []


def test_one_without_an_end_lasts_until_it_is_lifted(store: Store) -> None:
    with store.write() as connection:
        number = pauses.suspend(connection, replace(FLOOD, until_on=None), NOW)
        assert [found.id for found in pauses.suspensions(connection, date(2030, 1, 1))] == [number]
        assert pauses.lift(connection, number, on=march(5), **WHO)
        assert [found.lifted_on for found in pauses.suspensions(connection, march(4))] == [march(5)]
        assert pauses.suspensions(connection, march(5)) == []


def test_it_is_lifted_once_and_no_other_with_it(store: Store) -> None:
    with store.write() as connection:
        first, second = (pauses.suspend(connection, FLOOD, NOW) for _ in range(2))
        assert pauses.lift(connection, first, on=march(5), **WHO)
        assert not pauses.lift(connection, first, on=march(6), **WHO)
        assert not pauses.lift(connection, second + 1, on=march(6), **WHO)
        assert [found.lifted_on for found in pauses.suspensions(connection, march(2))] == [march(5), None]


def test_an_absence_is_noted_once_and_found_through_its_last_day(store: Store) -> None:
    with store.write() as connection:
        assert pauses.note_absence(connection, LEAVE, NOW)
        assert not pauses.note_absence(connection, replace(LEAVE, reason="ốm"), NOW)
        longer = replace(LEAVE, until_on=march(20), substitute="em@example.vn")
        assert pauses.note_absence(connection, longer, NOW)
        assert pauses.absences(connection, march(10)) == [LEAVE, longer]
        assert pauses.absences(connection, march(11)) == [longer]


def test_an_extension_keeps_the_day_of_the_plan_however_often(store: Store) -> None:
    plan_id = plan_row(store)
    owed, other = owe(store, plan_id=plan_id), owe(store, HOA_THANG, plan_id=plan_id)
    with store.write() as connection:
        pauses.extend(connection, owed, march(10), march(3), at=NOW, **WHO)
    once = obligation_of(store)
    with store.write() as connection:
        pauses.extend(connection, once, march(20), None, at=NOW, **WHO)
    twice = obligation_of(store)
    assert (once.due_on, once.extended_from, once.next_rung_on) == (march(10), owed.due_on, march(3))
    assert (twice.due_on, twice.extended_from, twice.next_rung_on) == (march(20), owed.due_on, None)
    assert obligation_of(store, HOA_THANG) == other


def test_a_waiver_lets_one_unit_off_and_both_are_on_record(store: Store) -> None:
    plan_id = plan_row(store)
    owed, other = owe(store, plan_id=plan_id), owe(store, HOA_THANG, plan_id=plan_id)
    with store.write() as connection:
        pauses.extend(connection, owed, march(10), None, at=NOW, **WHO)
    with store.write() as connection:
        pauses.waive(connection, obligation_of(store), at=day("2023-03-09"), **WHO)
        rulings = pauses.rulings_of(connection, owed.id)
        assert pauses.rulings_of(connection, other.id) == []
    assert obligation_of(store).state is ObligationState.WAIVED
    assert obligation_of(store).next_rung_on is None
    assert obligation_of(store, HOA_THANG).state is ObligationState.OPEN
    assert [(made["kind"], made["due_before"], made["due_after"], made["decided_at"]) for made in rulings] == [
        ("extension", owed.due_on, march(10), NOW),
        ("waiver", march(10), march(10), day("2023-03-09")),
    ]
    assert {(made["decided_by"], made["reason"]) for made in rulings} == {("Trần Thị B", "lũ lụt")}


def test_a_pause_of_everything_is_told_from_one_of_a_unit_and_ends_by_itself(store: Store) -> None:
    with store.write() as connection:
        pauses.suspend(connection, FLOOD, NOW)
        assert pauses.of_everything(connection, march(5)) is None
        every = replace(FLOOD, unit_id=None)
        number = pauses.suspend(connection, every, NOW)
        assert pauses.of_everything(connection, march(10)) == replace(every, id=number)
        assert pauses.of_everything(connection, march(11)) is None
        assert pauses.lift(connection, number, on=march(5), **WHO)
        assert pauses.of_everything(connection, march(5)) is None


def test_what_waits_bears_the_reason_and_what_belongs_to_later_days_does_not(store: Store) -> None:
    later = replace(letter(2), queued_at=day("2023-03-09"))
    with store.write() as connection:
        queue(connection, [replace(letter(1), queued_at=NOW), later])
        assert pauses.hold_letters(connection, "tạm dừng", by=march(1), only=("digest",)) == 0
        assert pauses.hold_letters(connection, "tạm dừng", by=march(1)) == 1
        reasons = {each.queued_at: each.reason for each in newest(connection, 5)}
        assert reasons == {NOW: "tạm dừng", later.queued_at: None}
