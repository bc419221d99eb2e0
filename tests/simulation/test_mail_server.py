"""The local mail server runs by itself, and keeps what it takes as a Maildir."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.factories import ROOT
from tests.mail.faulty_server import read_maildir
from tests.patience import PATIENCE

from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.simulation.mail_server import LocalMailServer

pytestmark = pytest.mark.enable_socket
LETTER = b"From: snv@binhthuan.example.vn\r\nSubject: x\r\n\r\nx\r\n"


def send(port: int, *recipients: str) -> None:
    server = MailServer(
        "127.0.0.1", port, Address("snv@binhthuan.example.vn"), security=Security.NONE, timeout=PATIENCE
    )
    with Transport(server) as transport:
        assert transport.send(LETTER, "snv@binhthuan.example.vn", recipients).accepted


def test_what_it_takes_is_a_maildir_with_envelopes(tmp_path: Path):
    with LocalMailServer(tmp_path) as server:
        send(server.port, "a@example.vn", "b@example.vn")
    (lying,) = (tmp_path / "new").iterdir()
    envelope = (
        b"Return-Path: <snv@binhthuan.example.vn>\r\nDelivered-To: a@example.vn\r\nDelivered-To: b@example.vn\r\n"
    )
    assert lying.read_bytes() == envelope + LETTER
    assert list(read_maildir(tmp_path)) == [("snv@binhthuan.example.vn", ("a@example.vn", "b@example.vn"), LETTER)]


def test_the_one_for_benches_runs_as_a_program_of_its_own():
    command = [sys.executable, "-m", "tests.mail.faulty_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            send(int(process.stdout.readline()), "a@example.vn", "b@example.vn")
        finally:
            process.terminate()


def test_letters_keep_their_order(tmp_path: Path):
    with LocalMailServer(tmp_path) as server:
        for number in range(12):
            send(server.port, f"xa{number}@example.vn")
        assert [letter.recipients[0] for letter in read_maildir(tmp_path)] == [
            f"xa{number}@example.vn" for number in range(12)
        ]


def test_a_port_that_is_taken_is_said(tmp_path: Path):
    with LocalMailServer(tmp_path) as first, pytest.raises(OSError, match="in use"):
        LocalMailServer(tmp_path, port=first.port).start()
