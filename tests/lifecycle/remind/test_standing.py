"""Who is outside the chain of command is reminded once, out of courtesy, whichever way its next rung is worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    WALL,
    address,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    rules,
)
from tests.fakes import FakeMailer
from tests.lifecycle.remind.reminded import ledger, text_of

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole, Standing
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import Subject, SubjectId, reopen, waive_this
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import save_contacts, save_units

T7, T1, T3 = day("2023-02-21"), day("2023-02-27"), day("2023-03-03")
FRONT = replace(BINH_AN, standing=Standing.REQUESTED)


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store, without=(HOA_THANG,))
    with store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])


def is_the_front(store: Store) -> None:
    with store.write() as connection:
        save_units(connection, [FRONT])


def test_a_ladder_is_that_of_the_units_standing(store: Store) -> None:
    owed = owe(store)
    of_front, of_commune = (rules().rung_days(owed, unit) for unit in (FRONT, BINH_AN))
    assert [step.rung.name for step in of_front] == ["T-7"]
    assert [step.rung.name for step in of_commune] == ["T-7", "T-1", "T+3"]
    assert rules().rung_days(owed, None) == of_commune
    assert rules().next_rung_on(owed, FRONT, date(2023, 2, 20)) == T7.date()
    assert rules().next_rung_on(owed, FRONT, T7.date()) is None
    assert rules().next_rung_on(owed, BINH_AN, T7.date()) == T1.date()


def test_what_is_owed_again_after_the_courtesy_rung_brings_no_letter(store: Store) -> None:
    is_the_front(store)
    owed = owe(store)
    office = make_office(store)
    which = SubjectId(Subject.OBLIGATION, owed.id)
    waive_this(office, which, Decider("Trần Thị Hoa", "sáp nhập"), day("2023-02-20"))
    assert reopen(office, which, Decider("Trần Thị Hoa", "xem lại"), day("2023-02-22")).done
    assert obligation_of(store).state is ObligationState.OPEN
    assert obligation_of(store).next_rung_on is None
    for moment in (T1, T3, day("2023-03-10")):
        assert remind(office, moment).letters == 0


def test_a_letter_that_waits_does_not_leave_where_its_rung_is_for_ordered_units_only(store: Store) -> None:
    owe(store)
    office, mailer = make_office(store), FakeMailer()
    assert remind(office, T1).letters == 1
    is_the_front(store)
    done = send_outbox(office, mailer.connect, now=day("2023-02-28"), wall=WALL, worker="a")
    assert (done.superseded, mailer.sent) == (1, [])
    with store.read() as connection:
        assert list(connection.execute(select(letter.c.reason)).scalars()) == [WhyUnsent.ONLY_ONCE.words]


def test_a_courtesy_letter_that_waits_leaves(store: Store) -> None:
    owe(store)
    office, mailer = make_office(store), FakeMailer()
    assert remind(office, T7).letters == 1
    is_the_front(store)
    send_outbox(office, mailer.connect, now=day("2023-02-22"), wall=WALL, worker="a")
    assert len(mailer.sent) == 1


def test_of_a_shared_letter_only_the_ordered_units_item_leaves(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    office, mailer = make_office(store), FakeMailer()
    assert remind(office, T1).letters == 1
    is_the_front(store)
    send_outbox(office, mailer.connect, now=day("2023-02-28"), wall=WALL, worker="a")
    (text,) = (text_of(message) for _, message in mailer.sent)
    assert "UBND xã Hòa Thắng" in text
    assert "UBND xã Bình An" not in text


def test_a_letter_of_an_earlier_day_is_written_anew_without_the_rung_that_no_longer_stands(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id, due="2023-03-02")
    office, mailer = make_office(store), FakeMailer()
    assert remind(office, T1).reminders == 2
    assert {row[0] for row in ledger(store)} == {"T-1", "T-7"}
    is_the_front(store)
    assert remind(office, day("2023-03-01")).letters == 1
    send_outbox(office, mailer.connect, now=day("2023-03-01"), wall=WALL, worker="a")
    (text,) = (text_of(message) for _, message in mailer.sent)
    assert "UBND xã Hòa Thắng" in text
    assert "UBND xã Bình An" not in text
