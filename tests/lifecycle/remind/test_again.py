"""Gửi lại thư: once a day to the people of today, whoever may not be written to is named with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
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
from tests.lifecycle.remind.reminded import text_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.pausing import Suspension
from plan_lifecycle.lifecycle.remind import explain, remind_again, suspend
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store

HOA = Decider("Trần Thị Hoa", "Đơn vị báo chưa nhận được thư")
NOW = day("2023-03-07")


@pytest.fixture(autouse=True)
def _owed(store: Store) -> None:
    """Three communes are late; xã Bình An owes a second thing that is due soon."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, plan_id=plan_id)
    owe(store, BINH_AN, Item.REPORT, "2023-Q1", "2023-03-14", plan_id=plan_id)


def test_one_letter_an_address_once_a_day_in_the_ledger_and_in_the_trail(store: Store) -> None:
    office, mailer = make_office(store), FakeMailer()
    ids = [
        obligation_of(store, BINH_AN).id,
        obligation_of(store, BINH_AN, Item.REPORT, "2023-Q1").id,
        obligation_of(store, HOA_THANG).id,
    ]
    first = remind_again(office, [*ids, ids[0]], HOA, NOW)
    assert [(one.obligation, one.done, one.to) for one in first] == [
        (ids[0], True, (address(BINH_AN),)), (ids[1], True, (address(BINH_AN),)), (ids[2], True, (address(HOA_THANG),)),
    ]  # fmt: skip
    again = remind_again(office, ids, HOA, NOW)
    assert [one.why for one in again] == ["thư đã được gửi lại trong ngày 07/3/2023"] * 3
    send_outbox(office, mailer.connect, now=NOW, wall=WALL, worker="a")
    assert sorted(to for to, _ in mailer.sent) == sorted([address(BINH_AN), address(HOA_THANG)])
    text = next(text_of(message) for to, message in mailer.sent if to == address(BINH_AN))
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I năm 2023" in text
    assert "Kế hoạch" in text
    with store.read() as connection:
        acts = audit.newest(connection, 9)
    assert [(act.act, act.subject_id, act.by, act.reason) for act in reversed(acts)] == [
        (ActKind.RESEND, key, HOA.by, HOA.reason) for key in ids
    ]
    rungs = explain(office, HOA_THANG.id, NOW).obligations[0].rungs
    assert ("gửi lại theo đề nghị của cán bộ đầu mối", address(HOA_THANG)) in [
        (one.rule, one.recipient) for one in rungs
    ]
    assert len(remind_again(office, ids[:1], HOA, day("2023-03-08"))) == 1, "another day it may be asked for again"


def test_who_may_not_be_written_to_is_named_and_the_others_are_written_to(store: Store) -> None:
    office = make_office(store)
    suspend(office, Suspension(NOW.date(), None, "Hoa", "Khắc phục mưa lũ", unit_id=HOA_THANG.id), NOW)
    set_state(store, obligation_of(store, CHO_LAU), ObligationState.RECEIVED)
    units = (HOA_THANG, CHO_LAU, BINH_AN)
    outcomes = remind_again(office, [obligation_of(store, unit).id for unit in units], HOA, NOW)
    assert [one.why for one in outcomes] == [
        "tạm dừng gửi thư: Khắc phục mưa lũ", "đã nhận, hoặc không còn phải gửi", None,
    ]  # fmt: skip
    assert [one.unit for one in outcomes] == [unit.agency for unit in units]
    with pytest.raises(InputError, match="existing obligations"):
        remind_again(office, [999], HOA, NOW)


def test_a_letter_of_which_all_came_in_before_it_left_does_not_leave(store: Store) -> None:
    office, mailer = make_office(store), FakeMailer()
    owed = obligation_of(store, HOA_THANG)
    remind_again(office, [owed.id], replace(HOA, reason=None), NOW)
    set_state(store, owed, ObligationState.RECEIVED)
    assert send_outbox(office, mailer.connect, now=NOW, wall=WALL, worker="a").superseded == 1
    assert mailer.sent == []
