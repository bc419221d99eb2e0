"""A coordinator's morning: what is due, what came in, what did not arrive, whom nobody can reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DEPARTMENT,
    HOA_THANG,
    PHUOC_THE,
    address,
    day,
    fill,
    letter,
    owe,
    plan_row,
    set_state,
)

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.store import overview
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import queue
from plan_lifecycle.store.overview import DeadAddress, FailedLetter
from plan_lifecycle.store.units import mark_unreachable, save_contacts

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def test_what_is_due_until_a_day_includes_that_day_and_all_before(store: Store) -> None:
    plan_id = plan_row(store)
    for unit, due in ((CHO_LAU, "2023-03-01"), (BINH_AN, "2023-02-28"), (HOA_THANG, "2023-01-10"), (PHUOC_THE, None)):
        owe(store, unit, due=due, plan_id=plan_id)
    with store.read() as connection:
        found = overview.outstanding_by(connection, date(2023, 2, 28))
        assert [owed.unit_id for owed in found] == [BINH_AN.id, HOA_THANG.id]
        assert overview.outstanding_by(connection, date(2023, 1, 9)) == []


def test_it_comes_by_receiver_item_period_and_unit(store: Store) -> None:
    plan_id = plan_row(store)
    report = {"item": Item.REPORT, "period": "2023", "plan_id": plan_id}
    owe(store, PHUOC_THE, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    owe(store, BINH_AN, plan_id=plan_id)
    owe(store, CHO_LAU, **report)
    with store.read() as connection:
        found = overview.outstanding_by(connection, date(2023, 12, 31))
    assert [(owed.receiver_id, owed.item, owed.unit_id) for owed in found] == [
        ("bb", "report", CHO_LAU.id),
        ("bb", "sub_plan", BINH_AN.id),
        ("bb", "sub_plan", HOA_THANG.id),
        ("tp", "sub_plan", PHUOC_THE.id),
    ]


@pytest.mark.parametrize("state", ObligationState)
def test_only_what_is_outstanding_is_due(store: Store, state: ObligationState) -> None:
    set_state(store, owe(store), state)
    with store.read() as connection:
        assert bool(overview.outstanding_by(connection, date(2023, 12, 31))) is (state in OUTSTANDING)


def test_what_came_in_since_a_moment_is_counted_by_receiver_and_news_is_not(store: Store) -> None:
    plan_id = plan_row(store)
    came = day("2023-02-20")
    for unit in (BINH_AN, HOA_THANG, PHUOC_THE):
        owe(store, unit, plan_id=plan_id, first_received_at=came)
    owe(store, CHO_LAU, plan_id=plan_id, first_received_at=came - SECOND)
    owe(store, BINH_AN, Item.QUOTA, "2023-M02", plan_id=plan_id, first_received_at=came)
    owe(store, BINH_AN, Item.REPORT, plan_id=plan_id)
    with store.read() as connection:
        assert overview.received_since(connection, came) == {"bb": 2, "tp": 1}


def test_who_something_is_owed_to_and_by_whom(store: Store) -> None:
    plan_id = plan_row(store)
    for unit, item in ((BINH_AN, Item.SUB_PLAN), (BINH_AN, Item.REPORT), (PHUOC_THE, Item.REPORT)):
        owe(store, unit, item, plan_id=plan_id)
    with store.read() as connection:
        assert overview.receivers(connection) == ["bb", "tp"]
        assert overview.owing_to(connection, "bb") == {BINH_AN.id}
        assert overview.owing_to(connection, "bt") == set()


def test_letters_that_failed_since_a_moment_are_told_with_their_reason(store: Store) -> None:
    since = day("2023-02-20")
    failed = {"state": LetterState.FAILED, "reason": "550 no such user"}
    with store.write() as connection:
        queue(
            connection,
            [
                letter(1, queued_at=since - SECOND, **failed),
                letter(2, queued_at=since, subject="Nhắc lần 2", **failed),
                letter(3, queued_at=since + SECOND, unit_id=None, **failed),
                letter(4, queued_at=since),
            ],
        )
        found = list(overview.failed_since(connection, since))
    assert found == [
        FailedLetter(BINH_AN.id, address(BINH_AN), "Nhắc lần 2", "550 no such user"),
        FailedLetter(None, address(BINH_AN), "Đã nhận: Báo cáo", "550 no such user"),
    ]


@pytest.mark.parametrize(("last", "told"), [(None, True), ("2023-02-20", True), ("2023-02-19", False)])
def test_a_dead_address_is_told_while_its_contact_is_in_office(store: Store, last: str | None, told: bool) -> None:
    until = date.fromisoformat(last) if last else None
    dead = Contact(DEPARTMENT.id, ContactRole.HEAD, "Giám đốc", "gd@example.vn", valid_to=until)
    with store.write() as connection:
        save_contacts(connection, [dead])
        mark_unreachable(connection, dead.email, day("2023-02-01"))
        found = overview.dead_addresses(connection, date(2023, 2, 20))
    assert found == ([DeadAddress(DEPARTMENT.id, dead.email)] if told else [])


def test_dead_addresses_come_by_unit_whenever_each_failed(store: Store) -> None:
    second = Contact(BINH_AN.id, ContactRole.HEAD, "Chủ tịch", "ct@example.vn")
    with store.write() as connection:
        save_contacts(connection, [second])
        for email in (address(HOA_THANG), second.email, address(BINH_AN)):
            mark_unreachable(connection, email, day("2023-02-01"))
        found = overview.dead_addresses(connection, date(2023, 2, 20))
    assert [dead.email for dead in found] == [address(BINH_AN), second.email, address(HOA_THANG)]
