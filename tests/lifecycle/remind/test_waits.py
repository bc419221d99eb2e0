"""What holds a letter back or words it anew: rest days, days away, addresses that cannot be written to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    PHUOC_THE,
    UNITS,
    address,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
)
from tests.lifecycle.remind.reminded import T1, T3, T7, ledger, letters, send

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.remind._run import Reminded
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import mark_unreachable, save_contacts, save_units


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def test_a_letter_that_could_not_leave_is_written_anew_with_what_has_come_up(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-Q1", due="2023-03-06", plan_id=plan_id)
    office = make_office(store)
    assert remind(office, T7).letters == 1
    assert remind(office, T1) == Reminded(letters=1, reminders=2, skipped=0)
    (text,) = send(store, T1)
    assert "Kế hoạch thông tin, tuyên truyền CCHC năm 2023" in text
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I năm 2023" in text


def test_a_letter_that_leaves_days_later_is_worded_for_that_day(store: Store) -> None:
    owe(store)
    remind(make_office(store), T1)
    (text,) = send(store, day("2023-03-02"))
    assert "chưa nhận được" in text


def test_on_a_rest_day_nobody_is_reminded_and_nothing_is_lost(store: Store) -> None:
    owe(store)
    assert remind(make_office(store), day("2023-02-25")) == Reminded(0, 0, 0)
    assert remind(make_office(store), day("2023-02-27")) == Reminded(letters=1, reminders=1, skipped=1)


def test_missed_days_are_caught_up_with_the_newest_rung_only(store: Store) -> None:
    owe(store)
    assert remind(make_office(store), day("2023-02-28")) == Reminded(letters=1, reminders=1, skipped=1)
    assert ledger(store) == [("T-1", address(BINH_AN), True, None), ("T-7", "", False, WhyUnsent.SKIPPED.words)]
    assert [kind for kind, _, _ in letters(store)] == ["reminder_last"]
    assert obligation_of(store).next_rung_on == T3.date()


def test_after_weeks_away_one_letter_goes_and_two_rungs_are_skipped(store: Store) -> None:
    owe(store)
    assert remind(make_office(store), day("2023-04-10")) == Reminded(letters=1, reminders=1, skipped=2)
    assert obligation_of(store).next_rung_on is None


def test_an_obligation_without_a_day_waits_for_a_person(store: Store) -> None:
    owe(store, due=None)
    assert remind(make_office(store), T7) == Reminded(0, 0, 0)


def test_what_comes_up_after_the_letter_of_the_day_waits_until_tomorrow(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    office = make_office(store)
    remind(office, T7)
    owe(store, item=Item.REPORT, period="2023-Q1", plan_id=plan_id)
    assert remind(office, T7) == Reminded(0, 0, 0)
    assert obligation_of(store, item=Item.REPORT, period="2023-Q1").next_rung_on == T7.date()
    assert remind(office, day("2023-02-22")) == Reminded(letters=1, reminders=1, skipped=0)


def test_a_unit_without_contact_is_on_record_and_named(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    with store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), T7)
    office = make_office(store)
    assert remind(office, T7) == Reminded(letters=1, reminders=2, skipped=0, without_contact=("UBND xã Bình An",))
    assert ("T-7", "", False, WhyUnsent.NO_CONTACT.words) in ledger(store)
    assert remind(office, T7) == Reminded(0, 0, 0)


def test_an_address_that_cannot_be_mailed_does_not_stop_the_others(store: Store) -> None:
    plan_id = plan_row(store)
    with store.write() as connection:
        save_contacts(connection, [Contact("bb-cho-lau", ContactRole.OFFICER, "A", "chợ.lầu@example.vn")])
        mark_unreachable(connection, address(CHO_LAU), T7)
    for unit in (CHO_LAU, BINH_AN):
        owe(store, unit, plan_id=plan_id)
    done = remind(make_office(store), T7)
    assert (done.letters, done.without_contact) == (1, ("UBND thị trấn Chợ Lầu",))
    assert [row[:3] for row in ledger(store) if row[3]] == [("T-7", "chợ.lầu@example.vn", False)]


@pytest.mark.parametrize("ended", [BINH_AN, DISTRICT])
def test_a_unit_that_is_no_more_gets_no_mail_and_its_obligations_wait_on_record(store: Store, ended: object) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, PHUOC_THE, plan_id=plan_id)
    with store.write() as connection:
        save_units(connection, [replace(unit, valid_to=date(2023, 2, 20)) for unit in UNITS if unit is ended])
    done = remind(make_office(store), T7)
    assert (done.letters, done.ended) == (1, ("UBND xã Bình An",))
    assert ("T-7", "", False, WhyUnsent.UNIT_ENDED.words) in ledger(store)
