"""Reminding: one letter a day and address, each rung once, and everybody who was not written to on record."""

from __future__ import annotations

import base64
import email
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

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
    WALL,
    address,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    set_state,
)
from tests.fakes import FakeMailer

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole, Standing
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.remind._run import Reminded
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.obligations import set_next_rung
from plan_lifecycle.store.tables import letter, reminder
from plan_lifecycle.store.units import mark_unreachable, save_contacts, save_units

T7, T1, T3 = day("2023-02-21"), day("2023-02-27"), day("2023-03-03")


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def ledger(store: Store) -> list[tuple[str, str, bool, str | None]]:
    """Rung, address, whether a letter carries it, and the reason where none does."""
    columns = (reminder.c.rung, reminder.c.recipient, reminder.c.letter_id, reminder.c.reason)
    with store.read() as connection:
        rows = connection.execute(select(*columns).order_by(reminder.c.id))
        return [(row.rung, row.recipient, row.letter_id is not None, row.reason) for row in rows]


def letters(store: Store) -> list[tuple[str, str, str]]:
    """Kind, recipient and text of every letter."""
    with store.read() as connection:
        rows = connection.execute(select(letter.c.kind, letter.c.recipient, letter.c.blob).order_by(letter.c.id)).all()
    return [(row.kind, row.recipient, text_of(store.blobs.get(row.blob))) for row in rows]


def text_of(message: bytes) -> str:
    plain = next(part for part in email.message_from_bytes(message).walk() if part.get_content_type() == "text/plain")
    return base64.b64decode(str(plain.get_payload())).decode()


def send(store: Store, moment: datetime) -> list[str]:
    """Everything that waits leaves; the texts."""
    mailer = FakeMailer()
    send_outbox(make_office(store), mailer.connect, now=moment, wall=WALL, worker="a")
    return [text_of(message) for _, message in mailer.sent]


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


@pytest.mark.parametrize(
    "state", [ObligationState.MET, ObligationState.RECEIVED, ObligationState.WAIVED, ObligationState.CLOSED]
)
def test_who_has_sent_or_was_released_is_not_reminded(store: Store, state: ObligationState) -> None:
    set_state(store, owe(store), state)
    assert remind(make_office(store), T7) == Reminded(0, 0, 0)


def test_whose_paper_went_back_is_reminded_on(store: Store) -> None:
    set_state(store, owe(store), ObligationState.RETURNED)
    assert remind(make_office(store), T7).letters == 1


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
