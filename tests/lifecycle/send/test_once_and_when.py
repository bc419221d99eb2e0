"""A letter that may have left: no Message-ID goes out with two texts, an answer to either is known; when it left."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from tests.factories import BINH_AN, WALL, address, day, fill, letter, make_office, owe, plan_row, set_state
from tests.fakes import FakeClock, FakeMailer

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox, sent_today
from plan_lifecycle.lifecycle.send._outbox import Sent
from plan_lifecycle.mail.transport import MailServerDownError, Outcome
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import messages
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter as letter_table
from plan_lifecycle.store.tables import letter_before

T7 = day("2023-02-21")
STALE = 16
"""Minutes after which a sender that says nothing counts as dead."""


def reminded(store: Store) -> tuple[Obligation, Obligation]:
    """Two things that xã Bình An owes, in one letter of 21/02."""
    fill(store)
    plan_id = plan_row(store)
    plan = owe(store, BINH_AN, Item.SUB_PLAN, "2023", plan_id=plan_id)
    report = owe(store, BINH_AN, Item.REPORT, "2023-Q1", plan_id=plan_id)
    remind(make_office(store), T7)
    return plan, report


def send(store: Store, mailer: FakeMailer, *, minutes: int = 0, now: datetime = T7, played: bool = True) -> Sent:
    office, wall = replace(make_office(store), played=played), WALL + timedelta(minutes=minutes)
    return send_outbox(office, mailer.connect, now=now, wall=wall, worker=f"at {minutes}", clock=FakeClock())


def the_id(store: Store) -> str:
    with store.read() as connection:
        return str(connection.execute(select(letter_table.c.message_id)).scalar_one())


def text_of(mailer: FakeMailer) -> tuple[str, bytes]:
    (_, data) = mailer.sent[-1]
    return email.message_from_bytes(data)["Message-ID"], data


def test_what_may_have_left_and_says_something_else_now_goes_under_an_id_of_its_own(store: Store) -> None:
    """The sender died with the letter in its hands, and of two things one came in before the next had it."""
    plan, report = reminded(store)
    before = the_id(store)
    with store.write() as connection:
        (dead,) = letter_rows.claim(connection, "a process that died", WALL, 50)
    set_state(store, plan, ObligationState.RECEIVED)
    mailer = FakeMailer()
    assert send(store, mailer, minutes=STALE) == Sent(sent=1)
    now, _ = text_of(mailer)
    assert now == the_id(store) != before
    with store.read() as connection:
        kept = connection.execute(select(letter_before)).one()
        for named in (before, now):
            (found,) = messages.letters_with(connection, [named])
            assert {each.id for each in messages.obligations_of(connection, found)} == {plan.id, report.id}
    assert (kept.message_id, kept.blob) == (before, dead.blob)


def test_what_may_have_left_and_says_the_same_is_repeated_byte_by_byte(store: Store) -> None:
    reminded(store)
    with store.write() as connection:
        (dead,) = letter_rows.claim(connection, "a process that died", WALL, 50)
    mailer = FakeMailer()
    assert send(store, mailer, minutes=STALE) == Sent(sent=1)
    assert text_of(mailer) == (dead.message_id, store.blobs.get(dead.blob))


def test_a_server_that_fell_silent_amid_a_letter_may_have_taken_it(store: Store) -> None:
    """Next day its words count other days: another text, another Message-ID, and a third where that happens again."""
    reminded(store)
    ids = [the_id(store)]
    silent = FakeMailer(answers={address(BINH_AN): replace(Outcome.later("no answer"), unsure=True)})
    for number in (1, 2):
        assert send(store, silent, minutes=number * 1440, now=T7 + timedelta(days=number)).later == 1
        ids.append(the_id(store))
    mailer = FakeMailer()
    assert send(store, mailer, minutes=9000, now=T7 + timedelta(days=3)) == Sent(sent=1)
    ids.append(text_of(mailer)[0])
    assert ids[1] == ids[0], "nobody had it when it was first written again"
    assert len(set(ids[1:])) == 3
    with store.read() as connection:
        known = messages.letters_with(connection, list(dict.fromkeys(ids)))
    assert len({found.id for found in known}) == 1
    assert len(known) == 3


def test_what_never_left_keeps_its_id_however_often_it_is_written_again(store: Store) -> None:
    """The server was down, refused it for now, or broke off at the letter before it: this one nobody has."""
    reminded(store)
    before = the_id(store)
    assert send(store, FakeMailer(down=True)).stopped
    refused = FakeMailer(answers={address(BINH_AN): Outcome.later("451 later")})
    assert send(store, refused, now=T7 + timedelta(days=1), minutes=60).later == 1
    first = FakeMailer(answers={"truoc@example.vn": MailServerDownError("gone")})
    with store.write() as connection:
        blob = store.blobs.put(b"Message-ID: <1@x>\r\n\r\nx\r\n")
        letter_rows.queue(connection, [letter(1, recipient="truoc@example.vn", unit_id=None, blob=blob)])
    assert send(store, first, now=T7 + timedelta(days=2), minutes=3000).stopped
    mailer = FakeMailer()
    send(store, mailer, now=T7 + timedelta(days=3), minutes=6000)
    ids = {email.message_from_bytes(data)["Message-ID"] for to, data in mailer.sent if to == address(BINH_AN)}
    assert ids == {before}


def test_reminding_writes_what_may_have_left_under_an_id_of_its_own_too(store: Store) -> None:
    """The letter of 21/02 may be out when on 27/02 the next rung joins it."""
    reminded(store)
    before = the_id(store)
    silent = FakeMailer(answers={address(BINH_AN): replace(Outcome.later("no answer"), unsure=True)})
    send(store, silent)
    assert remind(make_office(store), day("2023-02-27")).letters == 1
    assert the_id(store) != before


def test_a_letter_is_stamped_with_the_true_time_whatever_day_a_run_works_on(store: Store) -> None:
    """A run of 21/02/2023 that is done again in 2026 has sent its letters in 2026."""
    reminded(store)
    assert send(store, FakeMailer(), minutes=5, played=False) == Sent(sent=1)
    with store.read() as connection:
        queued, sent = connection.execute(select(letter_table.c.queued_at, letter_table.c.sent_at)).one()
    assert (queued, sent) == (T7, WALL + timedelta(minutes=5))
    office = replace(make_office(store), played=False)
    assert (sent_today(office, T7, WALL), sent_today(office, WALL, T7)) == (1, 0)


def test_no_letter_leaves_before_it_was_queued(store: Store) -> None:
    """A run of eight o'clock, in a played year, takes what was queued at nine; what is of the day after waits."""
    fill(store)
    nine = T7 + timedelta(hours=1)
    tomorrow = datetime.combine(T7.date() + timedelta(days=1), T7.time(), LOCAL)
    blob = store.blobs.put(b"Message-ID: <1@x>\r\n\r\nx\r\n")
    with store.write() as connection:
        letter_rows.queue(
            connection, [letter(number, queued_at=at, blob=blob) for number, at in ((1, nine), (2, tomorrow))]
        )
    assert send(store, FakeMailer()) == Sent(sent=1, queued=1)
    with store.read() as connection:
        rows = connection.execute(select(letter_table.c.queued_at, letter_table.c.sent_at)).all()
    assert {(row.queued_at, row.sent_at) for row in rows} == {(nine, nine), (tomorrow, None)}
