"""The ways in and out: mail server, mailbox, inbox, sources, the watch that hears of each morning's run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.utils import make_msgid
from functools import partial
from imaplib import IMAP4
from urllib.parse import urlsplit

from imap_tools.errors import ImapToolsError

from plan_lifecycle.channel_wiring import channels
from plan_lifecycle.channels import ImapServer
from plan_lifecycle.config.sources import read_sources
from plan_lifecycle.doctor._check import Check, Name, Patient, State, looked, shortened
from plan_lifecycle.doctor._servers import is_never_asked, mail_servers, mailboxes
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.heartbeat import address_of
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.mail.transport import Transport

PATIENCE = 10.0
"""Seconds that a server has for an answer."""


def mail(patient: Patient) -> Iterator[Check]:
    """Each mail server takes the login; a test letter goes where somebody asked for one."""
    found = mail_servers(patient.settings)
    if not found:
        told = "Chưa đặt máy chủ gửi thư (PLAN_LIFECYCLE_SMTP_HOST, hoặc kết nối plan_lifecycle_smtp của Airflow)."
        yield Check(Name.MAIL, State.UNSET, told)
    for connection, server in found.items():
        look = partial(_mail, connection=connection, server=server)
        yield from looked(Name.MAIL, look, patient, "Kiểm tra địa chỉ, cổng, tài khoản, chứng thư của máy chủ gửi thư.")


def _mail(patient: Patient, connection: str, server: MailServer) -> Iterator[Check]:
    with Transport(replace(server, timeout=PATIENCE), attempts=1) as transport:
        told = f"Máy chủ gửi thư {server.host}:{server.port} nhận đăng nhập{_where(connection)}."
        yield Check(Name.MAIL, State.GOOD, told, about=connection)
        if patient.test_letter is None:
            return
        letter = _letter(server.sender.email, patient.test_letter)
        outcome = transport.send(letter, server.sender.email, [patient.test_letter])
    if outcome.accepted:
        told = f"Máy chủ đã nhận thư thử gửi đến {patient.test_letter}{_where(connection)}."
        yield Check(Name.TEST_LETTER, State.GOOD, told, about=connection)
    else:
        told = f"Thư thử không gửi được đến {patient.test_letter}{_where(connection)}: {shortened(outcome.reason)}"
        to_do = "Kiểm tra địa chỉ gửi (PLAN_LIFECYCLE_MAIL_FROM) và quyền gửi."
        yield Check(Name.TEST_LETTER, State.FAULT, told, to_do, connection)


def mailbox(patient: Patient) -> Iterator[Check]:
    """Each mailbox opens, and is one that a run asks."""
    found = mailboxes()
    if not found:
        told = "Chưa đặt hộp thư nhận (PLAN_LIFECYCLE_IMAP_HOST, hoặc kết nối plan_lifecycle_imap của Airflow)."
        yield Check(Name.MAILBOX, State.UNSET, told)
    for connection, server in found.items():
        if is_never_asked(connection):
            told = f"Kết nối {connection} lập trong Airflow chưa được dùng: không lượt chạy nào hỏi hộp thư."
            to_do = "Đặt PLAN_LIFECYCLE_IMAP_HOST trong .env và khởi động lại các phần của Airflow."
            yield Check(Name.MAILBOX, State.WARNING, told, to_do, f"{connection} unused")
        look = partial(_mailbox, connection=connection, server=server)
        yield from looked(Name.MAILBOX, look, patient, "Kiểm tra địa chỉ, tài khoản, chứng thư của hộp thư nhận.")


def _mailbox(_patient: Patient, connection: str, server: ImapServer) -> Iterator[Check]:
    try:
        with replace(server, timeout=PATIENCE).connect() as opened:
            number = opened.folder.status(server.folder, ["MESSAGES"])["MESSAGES"]
    except (IMAP4.error, ImapToolsError) as error:
        raise OSError(f"{server.host}:{server.port}: {shortened(error)}") from error
    told = f"Hộp thư {server.folder} mở được{_where(connection)}, còn {count_text(number)} thư chưa nhận."
    yield Check(Name.MAILBOX, State.GOOD, told, about=connection)


def _where(connection: str) -> str:
    return f" (kết nối {connection} của Airflow)" if connection else ""


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
