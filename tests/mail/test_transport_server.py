"""Servers that are away, busy, slow, sealed or strict; and the settings that name one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.mail.batches import BINH_AN, FROM, LETTER, Serve, batch, send_one
from tests.mail.faulty_server import ServerFault, Stage
from tests.mail.tls import certificate

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import MailServerDownError

pytestmark = pytest.mark.enable_socket


def test_a_server_that_is_not_there_keeps_the_letters(serve: Serve):
    server = serve()
    server.stop()
    with pytest.raises(MailServerDownError, match=f"127.0.0.1:{server.port}"):
        send_one(server)


def test_a_server_that_goes_amid_the_batch_keeps_the_rest(serve: Serve):
    server = serve()
    with batch(server) as transport:
        assert transport.send(LETTER, FROM, [BINH_AN]).accepted
        server.stop()
        with pytest.raises(MailServerDownError):
            transport.send(LETTER, FROM, [BINH_AN])


@pytest.mark.parametrize(
    ("fault", "connections"),
    [({"reply": "421 4.3.2 busy"}, 3), ({"drop": True}, 3), ({"reply": "554 5.3.2 not you"}, 1)],
)
def test_connecting_is_tried_again_where_it_may_help(serve: Serve, fault: dict[str, object], connections: int):
    server = serve(ServerFault(Stage.CONNECT, times=None, **fault))  # type: ignore[arg-type]
    with pytest.raises(MailServerDownError):
        send_one(server)
    assert server.connections == connections


def test_a_busy_greeting_passes(serve: Serve):
    assert send_one(serve(ServerFault(Stage.CONNECT, reply="421 busy", times=2))).accepted


def test_starttls_and_login(serve: Serve, tmp_path: Path):
    context, authority = certificate(tmp_path)
    server = serve(starttls=context, login=("cchc", "m4t-khau"))
    outcome = send_one(
        server, host="localhost", security=Security.STARTTLS, user="cchc", password="m4t-khau", ca_file=authority
    )
    assert outcome.accepted


def test_implicit_tls(serve: Serve, tmp_path: Path):
    context, authority = certificate(tmp_path)
    server = serve(implicit_tls=context)
    assert send_one(server, host="localhost", security=Security.SSL, ca_file=authority).accepted


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.SSL])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(serve: Serve, tmp_path: Path, security: Security):
    context, _ = certificate(tmp_path)
    server = serve(**{"starttls" if security is Security.STARTTLS else "implicit_tls": context})
    with pytest.raises(MailServerDownError, match="certificate"):
        send_one(server, host="localhost", security=security)
    assert server.connections <= 1


def test_without_starttls_on_offer_nothing_goes_in_the_clear(serve: Serve):
    server = serve()
    with pytest.raises(MailServerDownError, match="STARTTLS"):
        send_one(server, security=Security.STARTTLS)
    assert server.count == 0


def test_a_wrong_password_keeps_the_letters_and_is_not_tried_again(serve: Serve, tmp_path: Path):
    context, authority = certificate(tmp_path)
    server = serve(starttls=context, login=("cchc", "right"))
    with pytest.raises(MailServerDownError, match="535") as raised:
        send_one(server, host="localhost", security=Security.STARTTLS, user="cchc", password="wrong", ca_file=authority)
    assert "wrong" not in str(raised.value)
    assert server.connections == 1


def test_a_server_that_wants_a_login_blames_no_letter(serve: Serve):
    server = serve(ServerFault(Stage.MAIL, reply="530 5.7.0 Authentication required"))
    with pytest.raises(MailServerDownError, match="530"):
        send_one(server)


def test_the_password_is_never_shown():
    assert "bi-mat" not in repr(MailServer("mail.example.vn", 587, Address(FROM), user="cchc", password="bi-mat"))


def test_settings_come_from_the_environment():
    server = MailServer.from_environment(
        {
            "PLAN_LIFECYCLE_SMTP_HOST": "mail.binhthuan.example.vn",
            "PLAN_LIFECYCLE_SMTP_SENDER": FROM,
            "PLAN_LIFECYCLE_SMTP_SENDER_NAME": "Sở Nội vụ",
            "PLAN_LIFECYCLE_SMTP_SECURITY": "SSL",
            "PLAN_LIFECYCLE_SMTP_PER_DAY": "500",
            "PLAN_LIFECYCLE_SMTP_USER": "",
            "HOME": "/root",
        }
    )
    assert (server.port, server.security, server.per_day, server.user) == (465, Security.SSL, 500, None)
    assert server.sender == Address(FROM, "Sở Nội vụ")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": ""}, "host"),
        ({"sender": "x"}, "email"),
        ({"security": "tls13"}, "security"),
        ({"port": "smtp"}, "port"),
        ({"port": "70000"}, "port"),
        ({"user": "cchc"}, "password"),
        ({"user": "cchc", "password": "mật khẩu"}, "password"),
        ({"per_minute": "-1"}, "per_minute"),
    ],
)
def test_a_wrong_setting_is_named(change: dict[str, str], field: str):
    with pytest.raises(InputError) as raised:
        MailServer.from_settings({"host": "mail.example.vn", "sender": FROM} | change)
    assert raised.value.field == field
