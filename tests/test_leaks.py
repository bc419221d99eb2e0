"""Nothing secret is told: by the helper that looks through logs, and by our clients where what they speak to fails."""

from __future__ import annotations

import json
import logging
import socket
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from plan_lifecycle.channels import ImapServer, MailboxChannel
from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.store.engine import open_store
from tests.channels.web import HOST
from tests.leaks import leaks, secrets_in, spellings, told_in

NOW = opening_of(date(2026, 2, 20))
SECRET = 'mat"khau/rat+dai@2026'


def test_secrets_are_found_by_name_in_addresses_connections_and_files(tmp_path: Path) -> None:
    """Names of files are none, nor are times that tokens last."""
    kept = tmp_path / "link"
    kept.write_text("khoa-cua-lien-ket\n")
    environment = {
        "PLAN_LIFECYCLE_LINK_SECRET_FILE": str(kept),
        "PLAN_LIFECYCLE_TRAIL_SECRETS_BEFORE": "khoa-cu-1 khoa-cu-2",
        "PLAN_LIFECYCLE_STORE_URL": "postgresql://ke_hoach:m%40tkhau@may-chu/kho",
        "AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP": json.dumps({"conn_type": "smtp", "password": "mat-khau-thu"}),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": "/x/passwords.json",
        "AIRFLOW__API_AUTH__JWT_EXPIRATION_TIME_TOKEN_SECONDS": "3600000",
        "PLAN_LIFECYCLE_SMTP_PASSWORD": "",
    }
    assert set(secrets_in(environment).values()) == {
        "khoa-cua-lien-ket", "khoa-cu-1", "khoa-cu-2", "m@tkhau", "mat-khau-thu",
    }  # fmt: skip


def test_a_secret_is_found_however_it_is_spelt_and_never_repeated(tmp_path: Path) -> None:
    """Also what opens something by itself, though nobody configured it."""
    lines = [
        "nothing",
        *sorted(spellings(SECRET)),
        "GET /n/" + "a" * 40 + ".bC-d_e" * 4,
        "eyJ" + "a.eyJ".join("bcdefghijklmn" * 3),
    ]
    (tmp_path / "logs" / "run").mkdir(parents=True)
    (tmp_path / "logs" / "run" / "attempt=1.log").write_text("\n".join(lines), encoding="utf-8")
    found = leaks([tmp_path / "logs"], {"SMTP_PASSWORD": SECRET})
    assert sum("SMTP_PASSWORD" in each for each in found) == len(spellings(SECRET)) >= 4
    assert any("a letter's link" in each for each in found)
    assert not any(SECRET in each or "nothing" in each for each in found)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def smtp() -> None:
    server = MailServer(HOST, closed_port(), Address("a@x.example"), user="u", password=SECRET, timeout=2.0)
    with Transport(server) as transport:
        transport.send(b"Subject: a\r\n\r\nb", "a@x.example", ["b@x.example"])


def imap() -> None:
    mailbox = MailboxChannel(ImapServer(HOST, "u", SECRET, port=closed_port(), timeout=2))
    list(mailbox.messages(now=NOW, known=lambda keys: {}))


def endpoint() -> None:
    channel = HttpChannel(f"http://{HOST}:{closed_port()}/", token=SECRET, private=True)
    list(channel.arrivals(now=NOW, since=None, known=()))


def store() -> None:
    open_store(f"postgresql://u:{quote(SECRET, safe='')}@{HOST}:{closed_port()}/kho", Path("/nonexistent"))


@pytest.mark.enable_socket
@pytest.mark.parametrize("failing", [smtp, imap, endpoint, store], ids=lambda call: call.__name__)
def test_no_password_stands_in_the_trace_of_a_server_that_cannot_be_reached(
    failing: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in what was raised, with all that led to it, nor in anything that was logged at its most talkative."""
    with caplog.at_level(logging.DEBUG), pytest.raises(PlanLifecycleError) as raised:
        failing()
    told = caplog.text + "".join(traceback.format_exception(raised.value)) + repr(raised.value)
    assert told_in(told, {"password": SECRET}) == []
