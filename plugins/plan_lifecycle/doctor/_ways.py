"""The ways in and out: mail server, mailbox, inbox, sources, the watch that hears of each morning's run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.utils import make_msgid
from imaplib import IMAP4
from urllib.parse import urlsplit

from imap_tools.errors import ImapToolsError

from plan_lifecycle.channel_wiring import channels
from plan_lifecycle.channels import ImapServer
from plan_lifecycle.config.sources import read_sources
from plan_lifecycle.doctor._check import Check, Name, Patient, State, shortened
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.heartbeat import address_of
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.office_wiring import mail_server

PATIENCE = 10.0
"""Seconds that a server has for an answer."""


def mail(patient: Patient) -> Iterator[Check]:
    """The mail server takes the login; a test letter goes where somebody asked for one."""
    server = mail_server(patient.settings)
    if server is None:
        told = "Chưa đặt máy chủ gửi thư trong môi trường (có thể đặt trong kết nối của Airflow)."
        yield Check(Name.MAIL, State.UNSET, told)
        return
    with Transport(replace(server, timeout=PATIENCE), attempts=1) as transport:
        yield Check(Name.MAIL, State.GOOD, f"Máy chủ gửi thư {server.host}:{server.port} nhận đăng nhập.")
        if patient.test_letter is None:
            return
        letter = _letter(server.sender.email, patient.test_letter)
        outcome = transport.send(letter, server.sender.email, [patient.test_letter])
    if outcome.accepted:
        yield Check(Name.TEST_LETTER, State.GOOD, f"Máy chủ đã nhận thư thử gửi đến {patient.test_letter}.")
    else:
        told = f"Thư thử không gửi được đến {patient.test_letter}: {shortened(outcome.reason)}"
        yield Check(
            Name.TEST_LETTER, State.FAULT, told, "Kiểm tra địa chỉ gửi (PLAN_LIFECYCLE_MAIL_FROM) và quyền gửi."
        )


def mailbox(_patient: Patient) -> Iterator[Check]:
    """The mailbox opens."""
    server = ImapServer.from_environment(os.environ)
    if server is None:
        yield Check(Name.MAILBOX, State.UNSET, "Chưa đặt hộp thư nhận (có thể đặt trong kết nối của Airflow).")
        return
    try:
        with replace(server, timeout=PATIENCE).connect() as opened:
            number = opened.folder.status(server.folder, ["MESSAGES"])["MESSAGES"]
    except (IMAP4.error, ImapToolsError) as error:
        raise OSError(f"{server.host}:{server.port}: {shortened(error)}") from error
    yield Check(Name.MAILBOX, State.GOOD, f"Hộp thư {server.folder} mở được, còn {count_text(number)} thư chưa nhận.")


def inbox(patient: Patient) -> Iterator[Check]:
    """The inbox folder can be read."""
    folder = patient.settings.path(patient.settings.inbox)
    folder.mkdir(parents=True, exist_ok=True)
    with os.scandir(folder) as entries:
        number = sum(1 for _ in entries)
    yield Check(Name.INBOX, State.GOOD, f"Thư mục nhận {folder} đọc được ({count_text(number)} mục).")


def sources(patient: Patient) -> Iterator[Check]:
    """Every endpoint that the settings name is written right and has its token."""
    found = [way for way in channels(patient.settings) if way.name.startswith("http")]
    columns = sum(map(len, read_sources(patient.settings.sources_file).columns().values()))
    if not found and not columns:
        yield Check(Name.SOURCES, State.UNSET, "Chưa khai báo hệ thống văn bản và chuyên mục để theo dõi.")
        return
    told = f"Đã khai báo {count_text(len(found))} hệ thống văn bản, {count_text(columns)} chuyên mục."
    yield Check(Name.SOURCES, State.GOOD, told)


def heartbeat(patient: Patient) -> Iterator[Check]:
    """The watch that hears of each morning's run takes a connection; no sign is sent, for it would be believed."""
    address = address_of(patient.settings)
    if address is None:
        told = "Chưa đặt địa chỉ báo nhịp (PLAN_LIFECYCLE_HEARTBEAT_URL): hệ thống dừng thì không nơi nào biết."
        yield Check(Name.HEARTBEAT, State.UNSET, told)
        return
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with socket.create_connection((str(parts.hostname), port), timeout=PATIENCE):
        yield Check(Name.HEARTBEAT, State.GOOD, f"Nơi nhận báo nhịp {parts.hostname} kết nối được.")


def _letter(sender: str, to: str) -> bytes:
    letter = EmailMessage(policy.SMTP)  # servers refuse lines that end without CR
    letter["From"], letter["To"], letter["Subject"] = sender, to, "Thư thử của hệ thống điều hành kế hoạch, báo cáo"
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    letter.set_content("Thư này chỉ để kiểm tra đường gửi thư; không cần trả lời.\n")
    return letter.as_bytes()
