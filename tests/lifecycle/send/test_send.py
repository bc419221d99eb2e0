"""Sending: each letter once, with its reason where it does not go; most of it over a real mail server on loopback."""

from __future__ import annotations

import base64
import email
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, WALL, address, fill, letter, set_state
from tests.fakes import FakeClock, FakeMailer
from tests.lifecycle.send.outbox import PLAN, REPORT, T7, reminded, rows, send
from tests.mail.faulty_server import FaultyMailServer, ServerFault, Stage
from tests.patience import PATIENCE
from tests.reliability.sending import STEPS, WINDOW, Delivery, delivered, queue_letters, send_all, start

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.send._outbox import RENEW_AFTER, Sent
from plan_lifecycle.mail.transport import MailServerDownError, Outcome
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import STALE_AFTER, claim, queue
from plan_lifecycle.store.tables import letter as letter_table
from plan_lifecycle.store.units import load_contacts, save_units

pytestmark = pytest.mark.enable_socket


def test_letters_are_sent_once(store: Store, tmp_path: Path) -> None:
    queue_letters(store, 5)
    with FaultyMailServer(tmp_path / "mail") as server:
        assert send_all(store, server.port) == Sent(sent=5)
        assert send_all(store, server.port) == Sent()
        assert delivered(server, 5) == Delivery(due=5, delivered=5, repeated=0, same_message_id=True)
    assert rows(store) == [("sent", None, 1)] * 5


def test_more_than_a_batch_goes_over_one_connection(store: Store) -> None:
    queue_letters(store, 120)
    mailer = FakeMailer()
    assert send(store, mailer) == Sent(sent=120)
    assert mailer.connections == 1


def test_nothing_to_send_opens_no_connection(store: Store) -> None:
    mailer = FakeMailer(down=True)
    assert send(store, mailer) == Sent()


def test_a_server_that_is_down_leaves_everything_queued_for_the_next_run(store: Store) -> None:
    queue_letters(store, 3)
    done = send(store, FakeMailer(down=True))
    assert (done.sent, done.queued, done.stopped) == (0, 3, "mail server 127.0.0.1:25: Connection refused")
    assert rows(store) == [("queued", done.stopped, 0)] * 3
    assert send(store, FakeMailer()) == Sent(sent=3)
    assert rows(store) == [("sent", None, 1)] * 3


def test_a_server_that_goes_down_amid_a_batch_keeps_the_rest(store: Store) -> None:
    queue_letters(store, 4)
    done = send(store, FakeMailer({"xa2@example.vn": MailServerDownError("gone")}))
    assert (done.sent, done.queued, done.stopped) == (2, 2, "gone")
    assert send(store, FakeMailer()).sent == 2


def test_a_passing_refusal_is_queued_again_and_tried_once_a_run(store: Store, tmp_path: Path) -> None:
    queue_letters(store, 3)
    greylisting = ServerFault(Stage.RCPT, reply="451 4.7.1 try later", about="xa1@", times=1)
    with FaultyMailServer(tmp_path / "mail", faults=[greylisting]) as server:
        assert send_all(store, server.port) == Sent(sent=2, later=1, queued=1)
        assert "451" in str(rows(store)[1][1])
        assert send_all(store, server.port, minutes=4) == Sent(queued=1)
        assert send_all(store, server.port, minutes=6) == Sent(sent=1)
        assert delivered(server, 3).repeated == 0


def test_a_refusal_for_good_fails_once_and_marks_the_address(store: Store, tmp_path: Path) -> None:
    fill(store)
    with store.write() as connection:
        blob = store.blobs.put(b"From: a@example.vn\r\nSubject: x\r\n\r\nx\r\n")
        queue(connection, [letter(1, blob=blob), letter(2, recipient=address(HOA_THANG), blob=blob)])
    unknown = ServerFault(Stage.RCPT, reply="550 5.1.1 no such user", about=address(BINH_AN), times=None)
    with FaultyMailServer(tmp_path / "mail", faults=[unknown]) as server:
        done = send_all(store, server.port)
        assert (done.sent, list(done.failed)) == (1, [address(BINH_AN)])
        assert "550" in done.failed[address(BINH_AN)]
        assert send_all(store, server.port) == Sent()
    with store.read() as connection:
        reachable = load_contacts(connection, T7.date())
    assert BINH_AN.id not in reachable
    assert HOA_THANG.id in reachable


def test_a_text_that_is_refused_does_not_kill_the_address(store: Store, tmp_path: Path) -> None:
    fill(store)
    with store.write() as connection:
        queue(connection, [letter(1, blob=store.blobs.put(b"From: a@example.vn\r\n\r\nx\r\n"))])
    with FaultyMailServer(tmp_path / "mail", faults=[ServerFault(Stage.DOT, reply="554 5.7.1 spam")]) as server:
        assert list(send_all(store, server.port).failed) == [address(BINH_AN)]
    with store.read() as connection:
        assert BINH_AN.id in load_contacts(connection, T7.date())


def test_a_letter_whose_obligations_are_all_met_is_not_sent(store: Store) -> None:
    (obligation,) = reminded(store, PLAN)
    set_state(store, obligation, ObligationState.MET)  # type: ignore[arg-type]
    mailer = FakeMailer()
    assert send(store, mailer) == Sent(superseded=1)
    assert mailer.sent == []
    assert rows(store) == [("superseded", WhyUnsent.ALL_MET.words, 0)]


def test_a_letter_of_which_some_is_met_goes_without_it_under_the_same_message_id(store: Store) -> None:
    plan, _ = reminded(store, PLAN, REPORT)
    with store.read() as connection:
        before = connection.execute(select(letter_table.c.message_id)).scalar_one()
    set_state(store, plan, ObligationState.RECEIVED)  # type: ignore[arg-type]
    mailer = FakeMailer()
    assert send(store, mailer) == Sent(sent=1)
    message = email.message_from_bytes(mailer.sent[0][1])
    plain = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    text = base64.b64decode(str(plain.get_payload())).decode()
    assert message["Message-ID"] == before
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I" in text
    assert "Kế hoạch thông tin, tuyên truyền CCHC năm 2023" not in text


def test_a_unit_that_has_ended_in_the_meantime_is_not_written_to(store: Store) -> None:
    plan, _ = reminded(store, PLAN, REPORT)
    set_state(store, plan, ObligationState.MET)  # type: ignore[arg-type]
    with store.write() as connection:
        save_units(connection, [replace(BINH_AN, valid_to=date(2023, 2, 20))])
    assert send(store, FakeMailer()) == Sent(superseded=1)


def test_a_stale_claim_is_taken_again(store: Store) -> None:
    queue_letters(store, 2)
    with store.write() as connection:
        claim(connection, "a process that died", WALL, 50)
    assert send(store, FakeMailer()) == Sent()
    assert send(store, FakeMailer(), minutes=16) == Sent(sent=2)


def test_a_slow_server_does_not_make_claims_look_stale(store: Store) -> None:
    queue_letters(store, 30)
    clock, others = FakeClock(), FakeMailer()

    def slow(_: str) -> None:
        clock.seconds += RENEW_AFTER
        send(store, others, worker="another", minutes=int(clock.seconds // 60))

    assert clock.seconds < STALE_AFTER.total_seconds()
    assert send(store, FakeMailer(before=slow), clock=clock) == Sent(sent=30)
    assert others.sent == []


def test_a_later_batch_is_claimed_at_its_own_time(store: Store) -> None:
    queue_letters(store, 60)
    clock = FakeClock()
    taken: list[int] = []

    def slow(recipient: str) -> None:
        clock.seconds += 20
        if int(recipient[2:].partition("@")[0]) >= 50:  # by now the run is older than a claim may be
            with store.write() as connection:
                taken.extend(each.id for each in claim(connection, "b", WALL + timedelta(seconds=clock.seconds), 50))

    assert send(store, FakeMailer(before=slow), clock=clock).sent == 60
    assert taken == []


def test_what_another_took_over_is_not_sent_by_the_first(store: Store) -> None:
    queue_letters(store, 3)
    clock, mailer = FakeClock(), FakeMailer()

    def stands_still(recipient: str) -> None:
        if recipient == "xa0@example.vn":
            clock.seconds += STALE_AFTER.total_seconds() + 1
            send(store, mailer, worker="another", minutes=16)

    first = FakeMailer(before=stands_still)
    send(store, first, clock=clock)
    assert [recipient for recipient, _ in mailer.sent] == [f"xa{number}@example.vn" for number in range(3)]
    assert [recipient for recipient, _ in first.sent] == ["xa0@example.vn"]  # it was at this one when it stood still
    assert {state for state, _, _ in rows(store)} == {"sent"}


def test_senders_at_once_send_each_letter_once(store: Store, tmp_path: Path) -> None:
    queue_letters(store, 90)
    gate = threading.Barrier(3)
    with FaultyMailServer(tmp_path / "mail") as server:

        def run(worker: int) -> Sent:
            gate.wait()
            return send_all(store, server.port, worker=f"w{worker}")

        with ThreadPoolExecutor(3) as pool:
            assert sum(each.sent for each in pool.map(run, range(3))) == 90
        assert delivered(server, 90) == Delivery(due=90, delivered=90, repeated=0, same_message_id=True)


def test_a_letter_whose_bytes_are_gone_waits_and_the_others_go(store: Store) -> None:
    queue_letters(store, 3)
    with store.read() as connection:
        blob = connection.execute(select(letter_table.c.blob).order_by(letter_table.c.id)).scalars().first()
    path = store.blobs.path(str(blob))
    data = path.read_bytes()
    path.unlink()
    done = send(store, FakeMailer())
    assert (done.sent, done.queued, list(done.failed)) == (2, 1, ["xa0@example.vn"])
    path.write_bytes(data)
    assert send(store, FakeMailer()) == Sent(sent=1)


def _interrupt(_: str) -> None:
    raise KeyboardInterrupt


def _break(_: str) -> None:
    raise RuntimeError("a defect")


@pytest.mark.parametrize(("how", "error"), [(_interrupt, KeyboardInterrupt), (_break, RuntimeError)])
def test_an_interrupted_run_gives_its_letters_back_at_once(
    store: Store, how: Callable[[str], None], error: type[BaseException]
) -> None:
    queue_letters(store, 3)
    with pytest.raises(error):
        send(store, FakeMailer(before=how))
    assert [state for state, _, _ in rows(store)] == ["queued"] * 3


def test_a_letter_without_reminders_goes_as_it_is(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        queue(connection, [letter(1, recipient=address(CHO_LAU), blob=store.blobs.put(b"bytes"))])
    mailer = FakeMailer()
    assert send(store, mailer) == Sent(sent=1)
    assert mailer.sent == [(address(CHO_LAU), b"bytes")]


def test_an_address_that_cannot_be_mailed_fails_for_good(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        blob = store.blobs.put(b"x")
        queue(connection, [letter(1, recipient="chợ@example.vn", blob=blob, unit_id=None)])
    with FaultyMailServer(tmp_path / "mail") as server:
        assert list(send_all(store, server.port).failed) == ["chợ@example.vn"]


def test_refused_for_now_by_a_fake_counts_as_tried(store: Store) -> None:
    queue_letters(store, 1)
    send(store, FakeMailer({"xa0@example.vn": Outcome.later("452 mailbox full")}))
    assert rows(store) == [("queued", "452 mailbox full", 1)]


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_sender_loses_nothing_and_repeats_only_in_the_window(url: str, tmp_path: Path, step: str) -> None:
    """The full loop, over more letters and on random moments, is tests/reliability/lifecycle_faults.py."""
    from plan_lifecycle.store.engine import open_store

    store = open_store(url, tmp_path / "blobs", durable=False)
    queue_letters(store, 4)
    with FaultyMailServer(tmp_path / "mail") as server:
        process = start(url, tmp_path / "blobs", server, step, 2)
        assert process.wait(PATIENCE) == -9
        assert send_all(store, server.port, minutes=1).sent == 0
        send_all(store, server.port, minutes=16)
        found = delivered(server, 4)
    assert found.delivered == 4
    assert found.repeated == (1 if step in WINDOW else 0)
    assert found.same_message_id
    assert {state for state, _, _ in rows(store)} == {"sent"}
    store.close()
