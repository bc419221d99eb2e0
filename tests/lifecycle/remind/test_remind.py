"""Reminding: one letter a day and address, each rung once, and everybody who was not written to on record."""

from __future__ import annotations

import email
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    UNITS,
    address,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    set_state,
)
from tests.lifecycle.remind.reminded import T1, T3, T7, letters, send

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole, Standing
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.remind._run import Reminded
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.obligations import set_next_rung
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import mark_unreachable, save_contacts, save_units


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def test_who_is_outside_the_chain_of_command_gets_one_courtesy_reminder(store: Store) -> None:
    with store.write() as connection:
        save_units(connection, [replace(BINH_AN, standing=Standing.REQUESTED)])
    owe(store)
    for moment in (T7, T1, T3, day("2023-03-10")):
        remind(make_office(store), moment)
        send(store, moment)
    assert [kind for kind, _, _ in letters(store)] == ["reminder_before"]


def test_a_rung_that_goes_to_the_superior_too_says_so_in_its_rule(store: Store) -> None:
    with store.write() as connection:
        save_contacts(connection, [Contact(DISTRICT.id, ContactRole.HEAD, "Lãnh đạo", "lanh-dao@example.vn")])
    rules = make_office(store).rules
    ladder = tuple(replace(rung, superior=True) for rung in rules.ladders[Item.SUB_PLAN])
    owe(store)
    office = make_office(store, reminding=replace(rules.reminding, ladders={Item.SUB_PLAN: ladder}))
    assert remind(office, T7).letters == 2
    assert sorted(recipient for _, recipient, _ in letters(store)) == [address(BINH_AN), "lanh-dao@example.vn"]


def test_the_letter_brings_the_day_for_the_calendar(store: Store) -> None:
    obligation = owe(store)
    remind(make_office(store), T7)
    with store.read() as connection:
        blob = connection.execute(select(letter.c.blob)).scalar_one()
    parts = email.message_from_bytes(store.blobs.get(blob)).walk()
    event = next(part for part in parts if part.get_content_type() == "text/calendar").get_payload(decode=True)
    assert b"DTSTART;VALUE=DATE:20230228" in bytes(event)  # type: ignore[arg-type]
    assert f"UID:obligation-{obligation.id}@".encode() in bytes(event)  # type: ignore[arg-type]


def test_a_rung_that_is_due_gives_one_letter(store: Store) -> None:
    owe(store)
    assert remind(make_office(store), T7) == Reminded(letters=1, reminders=1, skipped=0)
    ((kind, recipient, text),) = letters(store)
    assert (kind, recipient) == ("reminder_before", address(BINH_AN))
    assert "Kế hoạch số 15/KH-UBND ngày 10/02/2023" in text
    assert "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)" in text
    assert obligation_of(store).next_rung_on == T1.date()


def test_before_the_day_nothing_happens(store: Store) -> None:
    owe(store)
    assert remind(make_office(store), day("2023-02-20")) == Reminded(0, 0, 0)


def test_running_it_again_adds_nothing(store: Store) -> None:
    owe(store)
    office = make_office(store)
    remind(office, T7)
    assert remind(office, T7) == Reminded(0, 0, 0)
    assert len(letters(store)) == 1


def test_one_letter_lists_everything_that_is_owed_at_an_address(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-Q1", plan_id=plan_id)
    assert remind(make_office(store), T7) == Reminded(letters=1, reminders=2, skipped=0)
    ((_, _, text),) = letters(store)
    assert "Kế hoạch thông tin, tuyên truyền CCHC năm 2023" in text
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I năm 2023" in text


def test_units_that_share_a_mailbox_get_one_letter(store: Store) -> None:
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    with store.write() as connection:
        mark_unreachable(connection, address(HOA_THANG), T7)
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Chung", address(BINH_AN))])
    assert remind(make_office(store), T7).letters == 1
    ((_, _, text),) = letters(store)
    assert "UBND xã Bình An; UBND xã Hòa Thắng" in text


def test_each_unit_has_its_own_letter_and_no_other_is_named_in_it(store: Store) -> None:
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, plan_id=plan_id)
    assert remind(make_office(store), T7).letters == 3
    assert all("Hòa Thắng" not in text for _, recipient, text in letters(store) if recipient != address(HOA_THANG))


def test_the_ladder_is_climbed_rung_by_rung(store: Store) -> None:
    owe(store)
    for moment in (T7, T1, T3):
        assert remind(make_office(store), moment).letters == 1
        send(store, moment)
    assert [kind for kind, _, _ in letters(store)] == ["reminder_before", "reminder_last", "reminder_after"]
    assert obligation_of(store).next_rung_on is None
    assert remind(make_office(store), day("2023-05-01")) == Reminded(0, 0, 0)


def test_the_late_letter_counts_the_units_that_have_sent(store: Store) -> None:
    plan_id = plan_row(store)
    made = {unit.id: owe(store, unit, plan_id=plan_id) for unit in (BINH_AN, HOA_THANG, CHO_LAU)}
    set_state(store, made[HOA_THANG.id], ObligationState.MET)
    set_state(store, made[CHO_LAU.id], ObligationState.MET)
    remind(make_office(store), T3)
    ((_, _, text),) = letters(store)
    assert "02/03 đơn vị" in text


@pytest.mark.parametrize(
    "state", [ObligationState.MET, ObligationState.RECEIVED, ObligationState.WAIVED, ObligationState.CLOSED]
)
def test_who_has_sent_or_was_released_is_not_reminded(store: Store, state: ObligationState) -> None:
    set_state(store, owe(store), state)
    assert remind(make_office(store), T7) == Reminded(0, 0, 0)


def test_whose_paper_went_back_is_reminded_on(store: Store) -> None:
    set_state(store, owe(store), ObligationState.RETURNED)
    assert remind(make_office(store), T7).letters == 1


def test_the_coordinating_division_requests_and_never_orders(store: Store) -> None:
    owe(store)
    remind(make_office(store), T3)
    ((_, _, text),) = letters(store)
    assert "Phòng Nội vụ huyện Bắc Bình" in text
    assert "yêu cầu đơn vị" not in text.lower()


@pytest.mark.parametrize("workers", [2, 4])
def test_reminding_at_once_gives_no_letter_twice(store: Store, workers: int) -> None:
    plan_id = plan_row(store)
    units = [replace(BINH_AN, id=f"bb-x{number}", name=f"xã Số {number}") for number in range(12)]
    fill(store, (*UNITS, *units))
    for unit in units:
        owe(store, unit, plan_id=plan_id)
    office, gate = make_office(store), threading.Barrier(workers)

    def run(_: int) -> Reminded:
        gate.wait()
        return remind(office, T7)

    with ThreadPoolExecutor(workers) as pool:
        runs = list(pool.map(run, range(workers)))
    assert sum(each.letters for each in runs) == sum(each.reminders for each in runs) == 12
    assert sorted(recipient for _, recipient, _ in letters(store)) == sorted(address(unit) for unit in units)


def test_what_another_process_saw_first_is_not_lost_when_it_wrote_less(store: Store) -> None:
    """One obligation comes up between two runs of one morning: the second finds the letter written, and leaves it."""
    plan_id = plan_row(store)
    office = make_office(store)
    first = owe(store, plan_id=plan_id)
    second = owe(store, item=Item.REPORT, period="2023-Q1", plan_id=plan_id)
    with store.write() as connection:
        set_next_rung(connection, {second.id: None})
    remind(office, T7)
    with store.write() as connection:
        set_next_rung(connection, {first.id: T7.date(), second.id: T7.date()})
    assert remind(office, T7) == Reminded(0, 0, 0)
    assert remind(office, day("2023-02-22")).reminders == 1


def test_a_second_district_is_written_to_in_its_own_name(store: Store) -> None:
    owe(store, PHUOC_THE, plan_id=plan_row(store, OTHER_DISTRICT))
    remind(make_office(store), T7)
    ((_, recipient, text),) = letters(store)
    assert recipient == address(PHUOC_THE)
    assert "UBND huyện Tuy Phong" in text
