"""The ways in and out: mail server, mailbox, portal, inbox, sources, and how long their certificates last."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import make_msgid
from imaplib import IMAP4
from urllib.parse import urlsplit

import requests
from imap_tools.errors import ImapToolsError

from plan_lifecycle.channels import ImapServer
from plan_lifecycle.config.sources import read_sources
from plan_lifecycle.doctor._check import Check, Name, Patient, State, shortened
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.mail.server import Security
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.office_wiring import channels, mail_server

PATIENCE = 10.0
"""Seconds that a server has for an answer."""
SOON = 21
"""Days before a certificate's end that it is told of."""


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


def portal(patient: Patient) -> Iterator[Check]:
    """The units' page answers at the address that stands in their letters."""
    address = patient.settings.portal_url
    if address is None:
        yield Check(Name.PORTAL, State.UNSET, "Chưa đặt địa chỉ trang của đơn vị (PLAN_LIFECYCLE_PORTAL_URL).")
        return
    status = requests.get(f"{address.rstrip('/')}/song", timeout=PATIENCE, allow_redirects=False).status_code
    if status != 204:
        told = f"Trang của đơn vị tại {address} trả lời mã {status}."
        yield Check(Name.PORTAL, State.FAULT, told, "Kiểm tra trang (portal) và máy chủ chuyển tiếp (proxy).")
        return
    yield Check(Name.PORTAL, State.GOOD, f"Trang của đơn vị trả lời tại {address}.")


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


def certificates(patient: Patient) -> Iterator[Check]:
    """How long the certificates of portal, mail server and mailbox last."""
    places = list(_sealed_places(patient))
    if not places:
        yield Check(Name.CERTIFICATES, State.UNSET, "Không có địa chỉ nào dùng chứng thư ngay khi kết nối.")
    for host, port, context in places:
        try:
            days = _days_left(host, port, context, patient.now)
        except OSError as error:
            told = f"Không kiểm tra được chứng thư của {host}:{port}: {shortened(error)}"
            yield Check(Name.CERTIFICATES, State.FAULT, told, "Kiểm tra địa chỉ, mạng và chứng thư của máy chủ.")
            continue
        told = f"Chứng thư của {host}:{port} còn hạn {count_text(days)} ngày."
        if days < SOON:
            yield Check(Name.CERTIFICATES, State.WARNING, told, "Gia hạn chứng thư.")
        else:
            yield Check(Name.CERTIFICATES, State.GOOD, told)


def _sealed_places(patient: Patient) -> Iterator[tuple[str, int, ssl.SSLContext]]:
    address = urlsplit(patient.settings.portal_url or "")
    if address.scheme == "https" and address.hostname:
        yield address.hostname, address.port or 443, ssl.create_default_context()
    server = mail_server(patient.settings)
    if server is not None and server.security is Security.SSL:
        yield server.host, server.port, server.tls()
    box = ImapServer.from_environment(os.environ)
    if box is not None and box.security == "ssl":
        yield box.host, box.port, ssl.create_default_context(cafile=str(box.ca_file) if box.ca_file else None)


def _days_left(host: str, port: int, context: ssl.SSLContext, now: datetime) -> int:
    with (
        socket.create_connection((host, port), timeout=PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as sealed,
    ):
        ends = ssl.cert_time_to_seconds(str((sealed.getpeercert() or {})["notAfter"]))
    return (datetime.fromtimestamp(ends, UTC) - now).days


def _letter(sender: str, to: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, "Thư thử của hệ thống điều hành kế hoạch, báo cáo"
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    letter.set_content("Thư này chỉ để kiểm tra đường gửi thư; không cần trả lời.\n")
    return letter.as_bytes()
