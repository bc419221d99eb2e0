"""The preview: what it shows of the coming mornings is what the ledger says when they have passed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DIVISION,
    HOA_THANG,
    PHUOC_THE,
    ROOT,
    UNITS,
    WALL,
    address,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    set_state,
)
from tests.fakes import FakeMailer

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.pausing import Absence, Suspension
from plan_lifecycle.domain.unit import Contact, ContactRole, Standing
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import preview, remind, stand_in, suspend
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import letter, reminder
from plan_lifecycle.store.units import mark_unreachable, save_contacts, save_units

BEGIN, END = date(2023, 2, 15), date(2023, 3, 31)
SHIPPED = read_rules(ROOT / "config")
OWING = (BINH_AN, HOA_THANG, CHO_LAU, PHUOC_THE, DIVISION)


def office_of(store: Store) -> Office:
    return make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)


def in_ledger(store: Store) -> set[tuple[date, str, int, str]]:
    """Day, address, obligation, rung of every reminder that a letter carries."""
    columns = (reminder.c.on_day, letter.c.recipient, reminder.c.obligation_id, reminder.c.rung)
    with store.read() as connection:
        query = select(*columns).join(letter, letter.c.id == reminder.c.letter_id)
        return {(row[0], row[1], row[2], row[3]) for row in connection.execute(query)}


def shown(office: Office, now: date = BEGIN) -> set[tuple[date, str, int, str]]:
    found = preview(office, BEGIN, END, opening_of(now))
    return {(each.day, each.recipient, item.obligation, item.rung) for each in found.letters for item in each.reminders}


def play(office: Office, begin: date = BEGIN, end: date = END) -> None:
    today = begin
    while today <= end:
        remind(office, opening_of(today))
        send_outbox(office, FakeMailer().connect, now=opening_of(today), wall=WALL, worker="a")
        today += timedelta(days=1)


@contextmanager
def throwaway() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(migrated_copy(Path(folder) / "store.db"), Path(folder) / "blobs", durable=False)
        try:
            yield store
        finally:
            store.close()


DUE = st.dates(date(2023, 1, 15), date(2023, 4, 10)).map(date.isoformat)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    due=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["2023-Q1", "2023-H1", "2023"]), DUE), max_size=8),
    shared=st.booleans(),
    requested=st.booleans(),
    dead=st.booleans(),
    pause=st.none() | st.tuples(DUE, st.integers(0, 20)),
    leave=st.none() | st.tuples(DUE, st.integers(0, 20), st.booleans()),
)
def test_it_agrees_with_the_ledger_days_later(due, shared, requested, dead, pause, leave) -> None:  # type: ignore[no-untyped-def]
    with throwaway() as store:
        fill(store)
        office = office_of(store)
        with store.write() as connection:
            if requested:
                save_units(connection, [replace(HOA_THANG, standing=Standing.REQUESTED)])
            if shared:
                mark_unreachable(connection, address(CHO_LAU), WALL)
                save_contacts(connection, [Contact(CHO_LAU.id, ContactRole.OFFICER, "Chung", address(BINH_AN))])
            if dead:
                mark_unreachable(connection, address(PHUOC_THE), WALL)
        plan_id = plan_row(store)
        for number, period, last_day in due:
            owe(store, OWING[number], Item.REPORT, period, last_day, plan_id=plan_id)
        if pause:
            first = date.fromisoformat(pause[0])
            until = first + timedelta(days=pause[1])
            suspend(office, Suspension(first, until, "Hoa", "lũ", unit_id=BINH_AN.id), opening_of(BEGIN))
        if leave:
            first = date.fromisoformat(leave[0])
            until = first + timedelta(days=leave[1])
            substitute = "thay@example.vn" if leave[2] else None
            stand_in(office, Absence(address(HOA_THANG), first, until, substitute, "Hoa", "phép"), opening_of(BEGIN))
        expected = shown(office)
        play(office)
        assert in_ledger(store) == expected


def test_what_was_delivered_in_between_is_all_that_differs(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    office = office_of(store)
    delivered = owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    expected = shown(office)
    play(office, end=date(2023, 2, 24))
    set_state(store, delivered, ObligationState.MET)
    play(office, begin=date(2023, 2, 25))
    assert in_ledger(store) == {each for each in expected if each[2] != delivered.id or each[0] <= date(2023, 2, 24)}


def test_looking_ahead_takes_the_mornings_before_as_run(store: Store) -> None:
    fill(store)
    owe(store, due="2023-02-17")
    office = office_of(store)
    expected = shown(office, now=date(2023, 2, 1))
    play(office, begin=date(2023, 2, 1))
    assert {each for each in in_ledger(store) if each[0] >= BEGIN} == expected


def test_looking_twice_changes_nothing(store: Store) -> None:
    fill(store)
    owe(store)
    office = office_of(store)
    assert shown(office) == shown(office)
    assert in_ledger(store) == set()


def test_it_says_what_is_not_sent_and_why(store: Store) -> None:
    fill(store, without=(HOA_THANG,))
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    office = office_of(store)
    until = date(2023, 2, 22)
    suspend(office, Suspension(BEGIN, until, "Hoa", "lũ", unit_id=BINH_AN.id), day("2023-02-15"))
    found = preview(office, BEGIN, date(2023, 2, 22), day("2023-02-15"))
    assert found.letters == ()
    assert [(each.day.day, each.reminder.unit, each.reason) for each in found.not_sent] == [
        (21, "UBND xã Hòa Thắng", "đơn vị chưa có địa chỉ thư liên hệ"),
        (21, "UBND xã Bình An", "tạm dừng gửi thư đến hết ngày 22/02/2023: lũ"),
        (22, "UBND xã Bình An", "tạm dừng gửi thư đến hết ngày 22/02/2023: lũ"),
    ]


def test_it_can_be_asked_for_one_unit(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    for unit in UNITS[5:8]:
        owe(store, unit, plan_id=plan_id)
    found = preview(office_of(store), BEGIN, END, day("2023-02-15"), BINH_AN.id)
    assert {item.unit_id for each in found.letters for item in each.reminders} == {BINH_AN.id}
    assert [each.reminders[0].rung for each in found.letters] == ["T-7", "T-1", "T+3", "T+3.1", "T+3.2", "T+3.3"]


def test_the_rule_is_told_in_words(store: Store) -> None:
    fill(store)
    owe(store)
    found = preview(office_of(store), BEGIN, END, day("2023-02-15"))
    assert [each.reminders[0].rule for each in found.letters][::3] == [
        "T-7: 07 ngày trước ngày cuối của thời hạn 28/02/2023",
        "T+3.1: 03 ngày sau ngày cuối của thời hạn 28/02/2023, nhắc lại sau 05 ngày làm việc",
    ]


@pytest.mark.parametrize(("begin", "end"), [(END, BEGIN), (BEGIN, BEGIN + timedelta(days=400))])
def test_a_range_turned_round_or_too_long_is_refused(store: Store, begin: date, end: date) -> None:
    with pytest.raises(InputError):
        preview(office_of(store), begin, end, day("2023-02-15"))
