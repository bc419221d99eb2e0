"""Ladders and calendars that are edited in mid-year: what was sent stays sent, the rest follows the new rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import HOA_THANG, day, fill, make_office, obligation_of, owe, plan_row
from tests.lifecycle.remind.reminded import ledger

from plan_lifecycle.domain.calendar import calendar_with
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.reminder import AFTER, BEFORE, Rung
from plan_lifecycle.lifecycle.house_rules import follow_changes
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.engine import Store

T7 = day("2023-02-21")


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def with_ladder(store: Store, *rungs: Rung) -> Office:
    return make_office(store, reminding=replace(make_office(store).rules.reminding, ladders={Item.SUB_PLAN: rungs}))


def test_the_next_rung_is_of_the_new_ladder(store: Store) -> None:
    owe(store)
    remind(make_office(store), T7)
    edited = with_ladder(store, Rung("T-4", -4, BEFORE), Rung("T+5", 5, AFTER))
    assert remind(edited, day("2023-02-24")).letters == 1
    assert [row[0] for row in ledger(store)] == ["T-7", "T-4"]
    assert obligation_of(store).next_rung_on == date(2023, 3, 6)  # 05/3 is a Sunday


def test_what_was_not_reminded_of_yet_never_steps_back(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id, due="2023-04-20")
    remind(make_office(store), T7)
    edited = with_ladder(store, Rung("T-60", -60, BEFORE), Rung("T-10", -10, BEFORE))
    with store.write() as connection:
        assert follow_changes(connection, edited.rules, T7.date()) == 2
    assert obligation_of(store).next_rung_on is None
    assert obligation_of(store, HOA_THANG).next_rung_on == date(2023, 4, 10)


def test_a_notice_of_swapped_days_moves_the_rungs_that_are_to_come(store: Store) -> None:
    owe(store)
    remind(make_office(store), T7)
    off = make_office(store, calendar=calendar_with([date(2023, 2, 27)]))
    assert remind(off, day("2023-02-24")).letters == 1
    assert [row[0] for row in ledger(store)] == ["T-7", "T-1"]


def test_the_same_rules_change_nothing(store: Store) -> None:
    owe(store)
    office = make_office(store)
    with store.write() as connection:
        assert follow_changes(connection, office.rules, T7.date()) == 0
        assert follow_changes(connection, office.rules, T7.date()) == 0
