"""What was returned has a fresh last day, and is reminded of before and after it as of any other."""

from __future__ import annotations

import base64
import email
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    ROOT,
    WALL,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
)
from tests.fakes import FakeChannel, FakeMailer
from tests.lifecycle.remind.test_preview import throwaway

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Standing
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import explain, preview, remind
from plan_lifecycle.lifecycle.review import Subject, SubjectId, extend_this
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter, reminder
from plan_lifecycle.store.units import save_units

SHIPPED = read_rules(ROOT / "config")
MONDAY = "2023-02-20"
"""Returned then: awaited again before Thursday the 23rd, so until the end of the 22nd."""


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes its plan by 28/02; its first paper goes back on Monday the 20th."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    return make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)


def send_in(office: Office, on: str, *, right: bool, key: str = "1") -> None:
    """A paper comes in, and is accepted or goes back at once."""
    data = plan_file(number="07" if right else None, issued=on)
    collect(office, [FakeChannel([arrival(data, at=on, key=key)])], day(on))


def play(office: Office, begin: str, end: str) -> None:
    """Every morning from ``begin`` to ``end``."""
    today = date.fromisoformat(begin)
    while today <= date.fromisoformat(end):
        remind(office, opening_of(today))
        send_outbox(office, FakeMailer().connect, now=opening_of(today), wall=WALL, worker="a")
        today += timedelta(days=1)


def ledger(office: Office) -> list[tuple[str, str]]:
    """Day and rung of every reminder to xã Bình An that a letter carries."""
    owed = obligation_of(office.store)
    query = select(reminder.c.on_day, reminder.c.rung).where(
        reminder.c.obligation_id == owed.id, reminder.c.letter_id.is_not(None)
    )
    with office.store.read() as connection:
        return [(row[0].isoformat(), row[1]) for row in connection.execute(query.order_by(reminder.c.id))]


def texts(office: Office) -> list[tuple[str, str]]:
    """Subject and text of every reminder to xã Bình An."""
    query = select(letter.c.subject, letter.c.blob).where(letter.c.kind.like("reminder%"))
    with office.store.read() as connection:
        rows = connection.execute(query.where(letter.c.unit_id == BINH_AN.id).order_by(letter.c.id)).all()
    return [(row[0], _text(office.store.blobs.get(row[1]))) for row in rows]


def _text(message: bytes) -> str:
    plain = next(part for part in email.message_from_bytes(message).walk() if part.get_content_type() == "text/plain")
    return base64.b64decode(str(plain.get_payload())).decode()


def test_it_is_reminded_of_before_and_after_its_fresh_last_day(office: Office) -> None:
    send_in(office, MONDAY, right=False)
    owed = obligation_of(office.store)
    assert (owed.state, owed.resend_by) == (ObligationState.RETURNED, date(2023, 2, 22))
    play(office, MONDAY, "2023-03-31")
    assert ledger(office) == [
        ("2023-02-21", "T-1#22/2"),
        ("2023-02-27", "T+3#22/2"),  # the third day is a Saturday
        ("2023-03-06", "T+3.1#22/2"),
        ("2023-03-13", "T+3.2#22/2"),
        ("2023-03-20", "T+3.3#22/2"),
    ]
    (before, text), (after, urging), *_ = texts(office)
    what = "Bản hoàn thiện Kế hoạch thông tin, tuyên truyền CCHC năm 2023 – UBND xã Bình An"
    assert before == f"Còn 01 ngày đến hạn gửi: {what}"
    assert "trước ngày 23/02/2023 (chậm nhất hết ngày 22/02/2023)" in text
    assert after == f"Đôn đốc, chưa nhận được: {what}"
    assert "chưa nhận được Bản hoàn thiện Kế hoạch" in urging
    assert "đơn vị; chưa nhận được" not in urging  # how many others sent theirs is of no use here


def test_what_comes_again_in_time_is_not_asked_for(office: Office) -> None:
    send_in(office, MONDAY, right=False)
    send_in(office, "2023-02-21", right=True, key="2")
    play(office, "2023-02-21", "2023-03-31")
    assert ledger(office) == []


def test_what_goes_back_twice_has_two_last_days(office: Office) -> None:
    send_in(office, MONDAY, right=False)
    play(office, "2023-02-21", "2023-02-23")
    send_in(office, "2023-02-24", right=False, key="2")
    assert obligation_of(office.store).resend_by == date(2023, 2, 28)
    play(office, "2023-02-24", "2023-03-03")
    assert ledger(office) == [
        ("2023-02-21", "T-1#22/2"),
        ("2023-02-27", "T-1#28/2"),
        ("2023-03-03", "T+3#28/2"),
    ]


def test_who_was_given_more_time_than_that_is_reminded_by_it(office: Office) -> None:
    send_in(office, MONDAY, right=False)
    until = date(2023, 3, 10)
    which = SubjectId(Subject.OBLIGATION, obligation_of(office.store).id)
    extend_this(office, which, until, Decider("Hoa", "ngập lụt"), day("2023-02-20"))
    play(office, MONDAY, "2023-03-10")
    assert ledger(office) == [("2023-03-03", "T-7@10/3"), ("2023-03-09", "T-1@10/3")]


def test_a_letter_of_before_the_return_does_not_leave(office: Office) -> None:
    remind(office, day("2023-02-21"))
    send_in(office, "2023-02-21", right=False)
    done = send_outbox(office, FakeMailer().connect, now=day("2023-02-21"), wall=WALL, worker="a")
    assert done.superseded == 1
    with office.store.read() as connection:
        reasons = connection.execute(select(letter.c.reason).where(letter.c.state == "superseded")).scalars().all()
    assert reasons == [WhyUnsent.SENT_BACK.words]


def test_the_fresh_last_day_keeps_quiet_days(office: Office) -> None:
    """Returned before Tết 2023 (rest 20/01 to 26/01): nobody is written to in it, nor on the quiet days around it."""
    send_in(office, "2023-01-17", right=False)
    assert obligation_of(office.store).resend_by == date(2023, 1, 26)
    play(office, "2023-01-17", "2023-02-03")
    assert ledger(office) == [("2023-01-18", "T-1#26/1"), ("2023-01-30", "T+3#26/1")]


def test_who_is_only_requested_gets_one_courtesy_reminder(office: Office) -> None:
    with office.store.write() as connection:
        save_units(connection, [replace(BINH_AN, standing=Standing.REQUESTED)])
    send_in(office, MONDAY, right=False)
    play(office, MONDAY, "2023-03-31")
    assert ledger(office) == [("2023-02-21", "T-1#22/2")]


def test_the_preview_is_what_the_ledger_says_later(office: Office) -> None:
    send_in(office, MONDAY, right=False)
    found = preview(office, date(2023, 2, 20), date(2023, 3, 31), day(MONDAY), BINH_AN.id)
    shown = [(each.day.isoformat(), item.rung) for each in found.letters for item in each.reminders]
    rules = [item.rule for each in found.letters for item in each.reminders]
    play(office, MONDAY, "2023-03-31")
    assert shown == ledger(office)
    assert rules[0] == "T-1#22/2: 01 ngày trước ngày cuối của hạn gửi lại 22/02/2023"
    assert {item.due_on for each in found.letters for item in each.reminders} == {date(2023, 2, 22)}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(returned_on=st.dates(date(2023, 1, 3), date(2023, 3, 10)), twice_after=st.none() | st.integers(1, 12))
def test_preview_and_ledger_agree_whenever_it_was_returned(returned_on: date, twice_after: int | None) -> None:
    with throwaway() as store:
        fill(store)
        owe(store)
        office = make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)
        send_in(office, returned_on.isoformat(), right=False)
        begin = returned_on
        if twice_after is not None:
            begin = returned_on + timedelta(days=twice_after)
            play(office, returned_on.isoformat(), begin.isoformat())
            send_in(office, begin.isoformat(), right=False, key="2")
        found = preview(office, begin + timedelta(days=1), date(2023, 4, 28), opening_of(begin))
        shown = [(each.day.isoformat(), item.rung) for each in found.letters for item in each.reminders]
        before = len(ledger(office))
        play(office, (begin + timedelta(days=1)).isoformat(), "2023-04-28")
        assert ledger(office)[before:] == shown
        assert len(set(ledger(office))) == len(ledger(office))
        assert all(SHIPPED.calendar.sends_on(date.fromisoformat(on)) for on, _ in ledger(office))


def test_it_is_explained_rung_by_rung(office: Office) -> None:
    send_in(office, MONDAY, right=False)
    play(office, "2023-02-21", "2023-02-21")
    (owed,) = explain(office, BINH_AN.id, day("2023-02-22")).obligations
    assert [(each.rung, each.state.value) for each in owed.rungs] == [
        ("T-1#22/2", "sent"),
        ("T+3#22/2", "planned"),
        ("T+3.1#22/2", "planned"),
        ("T+3.2#22/2", "planned"),
        ("T+3.3#22/2", "planned"),
    ]


def test_without_such_a_ladder_the_first_last_day_is_reminded_of(store: Store) -> None:
    fill(store)
    owe(store)
    office = make_office(store)
    send_in(office, MONDAY, right=False)
    play(office, MONDAY, "2023-03-31")
    assert [rung for _, rung in ledger(office)] == ["T-7", "T-1", "T+3"]
