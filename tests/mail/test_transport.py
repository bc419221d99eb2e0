"""The way out, against a real SMTP server on loopback: every trap of yagmail, and every fault of a server."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import yagmail
from tests.mail.batches import BINH_AN, FROM, HAI_NINH, LETTER, Serve, batch, send_one
from tests.mail.factories import letter_bytes
from tests.mail.faulty_server import ServerFault, Stage
from tests.patience import PATIENCE

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.mail.transport import Outcome, Transport

pytestmark = pytest.mark.enable_socket


def test_a_letter_arrives_byte_for_byte(serve: Serve):
    server = serve()
    assert send_one(server) == Outcome((BINH_AN,))
    assert server.letters() == [(FROM, (BINH_AN,), LETTER)]


def test_lines_that_begin_with_a_dot_arrive_whole(serve: Serve):
    server = serve()
    letter = LETTER + b".\r\n..x\r\n.y\r\n"
    with batch(server) as transport:
        transport.send(letter, FROM, [BINH_AN])
    assert server.letters()[0].data == letter


def test_one_connection_carries_the_batch_and_says_quit(serve: Serve):
    server = serve()
    with batch(server) as transport:
        for i in range(20):
            assert transport.send(LETTER, FROM, [f"xa{i}@example.vn"]).accepted
    assert (server.connections, server.quits, server.count) == (1, 1, 20)


def test_yagmail_itself_would_log_in_for_each_letter_and_never_quit(serve: Serve):
    server = serve()
    client = yagmail.SMTP(
        FROM,
        host="127.0.0.1",
        port=server.port,
        smtp_ssl=False,
        smtp_starttls=False,
        smtp_skip_login=True,
        timeout=PATIENCE,
    )
    for _ in range(3):
        client.send(BINH_AN, "x", "y", prettify_html=False)
    assert server.connections == 3


def test_every_letter_leaves_through_a_yagmail_connection(serve: Serve):
    with batch(serve()) as transport:
        assert isinstance(transport._client, yagmail.SMTP)
        assert transport._client.smtp is transport._connected()


def test_only_the_transport_and_the_look_at_certificates_know_smtplib():
    package = Path(__file__).parents[2] / "plugins" / "plan_lifecycle"
    texts = {path.name: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    known = {name for name, text in texts.items() if "import smtplib" in text}
    assert known == {"_certificates.py", "_conversation.py", "transport.py"}


def test_a_text_that_names_a_file_stays_a_text(serve: Serve, tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mật", encoding="utf-8")
    server = serve()
    with batch(server) as transport:
        transport.send(letter_bytes(text=str(secret), html=str(secret), subject=str(secret)), FROM, [BINH_AN])
    assert b"bcOhdA" not in server.letters()[0].data
    assert "mật".encode() not in server.letters()[0].data


def test_without_recipients_nobody_gets_it_least_of_all_the_sender(serve: Serve):
    server = serve()
    with batch(server) as transport:
        outcome = transport.send(LETTER, FROM, [])
    assert (outcome.accepted, outcome.permanent, outcome.retry, server.count) == ((), True, False, 0)


def test_an_address_that_is_not_ascii_is_refused_and_the_others_get_theirs(serve: Serve):
    server = serve()
    outcome = send_one(server, "văn.thư@example.vn", BINH_AN)
    assert outcome.accepted == (BINH_AN,)
    assert outcome.refused["văn.thư@example.vn"][0] == 553
    assert outcome.permanent
    assert not outcome.retry


def test_a_sender_that_cannot_be_mailed_blames_no_letter(serve: Serve):
    with batch(serve()) as transport:
        outcome = transport.send(LETTER, "sở.nội.vụ@example.vn", [BINH_AN])
    assert (outcome.accepted, outcome.permanent, outcome.retry) == ((), None, True)


def test_no_address_can_smuggle_a_command(serve: Serve):
    server = serve()
    outcome = send_one(server, "a@example.vn>\r\nRCPT TO:<b@example.vn")
    assert (outcome.accepted, server.count) == ((), 0)


def test_nobody_gets_a_letter_twice_for_being_named_twice(serve: Serve):
    server = serve()
    send_one(server, BINH_AN, BINH_AN)
    assert server.letters()[0].recipients == (BINH_AN,)


def test_two_reminders_keep_their_own_message_ids(serve: Serve):
    server = serve()
    with batch(server) as transport:
        for message_id in ("<a@x.vn>", "<b@x.vn>"):
            transport.send(letter_bytes(message_id=message_id), FROM, [BINH_AN])
    assert [b"<a@x.vn>" in letter.data for letter in server.letters()] == [True, False]


@pytest.mark.parametrize(
    ("stage", "reply", "permanent", "blames_the_address"),
    [
        (Stage.RCPT, "450 4.2.0 greylisted", False, True),
        (Stage.RCPT, "452 4.2.2 mailbox full", False, True),
        (Stage.RCPT, "550 5.1.1 no such user", True, True),
        (Stage.RCPT, "552 5.2.2 over quota", True, True),
        (Stage.MAIL, "451 4.7.1 try later", False, False),
        (Stage.MAIL, "550 5.7.1 sender not allowed", True, False),
        (Stage.MAIL, "552 5.3.4 too big", True, False),
        (Stage.DATA, "451 4.3.0 busy", False, False),
        (Stage.DATA, "554 5.7.1 no", True, False),
        (Stage.DOT, "450 4.7.0 later", False, False),
        (Stage.DOT, "550 5.7.1 looks like spam", True, False),
        (Stage.DOT, "552 5.3.4 too big", True, False),
    ],
)
def test_a_refusal_is_told_apart_and_the_batch_goes_on(
    serve: Serve, stage: Stage, reply: str, permanent: bool, blames_the_address: bool
):
    server = serve(ServerFault(stage, reply=reply))
    with batch(server) as transport:
        outcome = transport.send(LETTER, FROM, [BINH_AN])
        assert transport.send(LETTER, FROM, [BINH_AN]).accepted
    assert outcome.accepted == ()
    assert (outcome.permanent, outcome.retry) == (permanent, not permanent)
    assert reply in outcome.reason
    assert (BINH_AN in outcome.refused) is blames_the_address
    assert server.connections == 1


def test_a_partial_refusal_names_who_was_refused(serve: Serve):
    server = serve(ServerFault(Stage.RCPT, reply="550 5.1.1 unknown", about="haininh", times=None))
    outcome = send_one(server, BINH_AN, HAI_NINH)
    assert outcome.accepted == (BINH_AN,)
    assert outcome.refused == {HAI_NINH: (550, "5.1.1 unknown")}
    assert (outcome.permanent, outcome.retry) == (True, False)
    assert server.letters()[0].recipients == (BINH_AN,)


def test_of_two_refusals_the_passing_one_asks_for_a_retry(serve: Serve):
    server = serve(
        ServerFault(Stage.RCPT, reply="550 unknown", about="haininh"),
        ServerFault(Stage.RCPT, reply="450 later", about="binhan"),
    )
    outcome = send_one(server, BINH_AN, HAI_NINH)
    assert (outcome.accepted, outcome.permanent, outcome.retry) == ((), False, True)


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.BODY, Stage.DOT])
@pytest.mark.parametrize("fault", [{"drop": True}, {"reply": "421 4.3.2 closing"}])
def test_a_broken_connection_is_made_anew_and_the_letter_arrives_once(
    serve: Serve, stage: Stage, fault: dict[str, object]
):
    server = serve(ServerFault(stage, **fault))  # type: ignore[arg-type]
    assert send_one(server).accepted == (BINH_AN,)
    assert (server.count, server.connections) == (1, 2)


def test_a_drop_after_the_server_took_the_letter_repeats_it_with_the_same_message_id(serve: Serve):
    server = serve(ServerFault(Stage.STORED, drop=True))
    assert send_one(server).accepted
    first, second = server.letters()
    assert first == second


def test_a_connection_that_keeps_breaking_leaves_the_letter_for_later(serve: Serve):
    server = serve(ServerFault(Stage.BODY, drop=True, times=2))
    with batch(server) as transport:
        outcome = transport.send(LETTER, FROM, [BINH_AN])
        assert (outcome.accepted, outcome.permanent, outcome.retry) == ((), False, True)
        assert transport.send(LETTER, FROM, [BINH_AN]).accepted


def test_a_refusal_is_not_forgotten_when_the_server_hangs_up_after_it(serve: Serve):
    server = serve(ServerFault(Stage.RCPT, reply="550 5.1.1 unknown", drop=True))
    outcome = send_one(server)
    assert outcome.refused == {BINH_AN: (550, "5.1.1 unknown")}
    assert outcome.permanent


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT])
def test_a_slow_server_costs_one_letter_its_time_and_no_more(serve: Serve, stage: Stage):
    server = serve(ServerFault(stage, delay=6.0))
    with batch(server, timeout=1.5) as transport:
        outcome = transport.send(LETTER, FROM, [BINH_AN])
        assert (outcome.permanent, outcome.retry) == (False, True)
        assert "1.5 seconds" in outcome.reason
        assert transport.send(LETTER, FROM, [BINH_AN]).accepted


def test_the_time_is_of_the_whole_letter_and_not_of_each_step(serve: Serve):
    server = serve(*(ServerFault(stage, delay=0.3) for stage in (Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.DOT)))
    assert send_one(server, timeout=0.7).retry


def test_a_transport_stays_in_its_thread(serve: Serve):
    caught: list[Exception] = []

    def elsewhere(transport: Transport) -> None:
        try:
            transport.send(LETTER, FROM, [BINH_AN])
        except PlanLifecycleError as error:
            caught.append(error)

    server = serve()
    with batch(server) as transport:
        other = threading.Thread(target=elsewhere, args=(transport,))
        other.start()
        other.join()
    assert caught
    assert server.count == 0


def test_the_days_quota_holds_letters_back_without_blame(serve: Serve):
    server = serve()
    with batch(server, per_day=5, sent_today=3) as transport:
        outcomes = [transport.send(LETTER, FROM, [BINH_AN]) for _ in range(4)]
        assert transport.pace.left_today == 0
    assert [bool(outcome.accepted) for outcome in outcomes] == [True, True, False, False]
    assert (outcomes[3].permanent, outcomes[3].retry) == (None, True)
