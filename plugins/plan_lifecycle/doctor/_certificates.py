"""How long certificates last: of the pages, the mail server, the mailbox, and of authorities kept as files."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from imaplib import IMAP4
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from plan_lifecycle.config.sources import read_sources
from plan_lifecycle.doctor._check import Check, Name, Patient, State, shortened
from plan_lifecycle.doctor._servers import mail_servers, mailboxes
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.mail.server import Security
from plan_lifecycle.settings import Settings

PATIENCE = 10.0
"""Seconds that a server has for an answer."""
SOON = 21
"""Days before a certificate's end that it is told of."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A server, and what shows its certificate: the way of its protocol into TLS."""

    host: str
    port: int
    context: ssl.SSLContext
    shows: Callable[[_Place], ssl.SSLSocket]


def certificates(patient: Patient) -> Iterator[Check]:
    """One line for each server that is spoken to over TLS, and one for each file of an authority."""
    places, files = list(_places(patient.settings)), list(_authorities(patient.settings))
    if not places and not files:
        yield Check(Name.CERTIFICATES, State.UNSET, "Không có máy chủ nào dùng chứng thư.")
    for place in {(place.host, place.port): place for place in places}.values():
        about = f"{place.host}:{place.port}"
        try:
            days = _days(str(_peer(place)["notAfter"]), patient.now)
        except (OSError, IMAP4.error, smtplib.SMTPException, KeyError) as error:
            told = f"Không kiểm tra được chứng thư của {about}: {shortened(error)}"
            to_do = "Kiểm tra địa chỉ, mạng và chứng thư của máy chủ."
            yield Check(Name.CERTIFICATES, State.FAULT, told, to_do, about)
            continue
        yield _lasting(f"Chứng thư của {about}", days, about)
    for file in dict.fromkeys(files):
        yield _of_file(file, patient.now)


def _places(settings: Settings) -> Iterator[_Place]:
    for page in (settings.portal_url, settings.board):
        address = urlsplit(page or "")
        if address.scheme == "https" and address.hostname:
            yield _Place(address.hostname, address.port or 443, ssl.create_default_context(), _at_once)
    for server in mail_servers(settings).values():
        if server.security is not Security.NONE:
            shows = _at_once if server.security is Security.SSL else _by_smtp
            yield _Place(server.host, server.port, server.tls(), shows)
    for box in mailboxes().values():
        context = ssl.create_default_context(cafile=str(box.ca_file) if box.ca_file else None)
        yield _Place(box.host, box.port, context, _at_once if box.security == "ssl" else _by_imap)


def _authorities(settings: Settings) -> Iterator[Path]:
    given = [server.ca_file for server in mail_servers(settings).values()]
    given += [box.ca_file for box in mailboxes().values()]
    folder = settings.path(settings.config)
    of_sources = [endpoint.ca_file for endpoint in read_sources(settings.sources_file).endpoints]
    yield from (path for path in given if path is not None)
    yield from (folder / path for path in of_sources if path is not None)


def _peer(place: _Place) -> dict[str, object]:
    with place.shows(place) as sealed:
        return dict(sealed.getpeercert() or {})


def _at_once(place: _Place) -> ssl.SSLSocket:
    plain = socket.create_connection((place.host, place.port), timeout=PATIENCE)
    with _closed_on_failure(plain.close):
        return place.context.wrap_socket(plain, server_hostname=place.host)


def _by_smtp(place: _Place) -> ssl.SSLSocket:
    client = smtplib.SMTP(place.host, place.port, timeout=PATIENCE)
    with _closed_on_failure(client.close):
        client.starttls(context=place.context)
    return cast(ssl.SSLSocket, client.sock)  # starttls has put it there


def _by_imap(place: _Place) -> ssl.SSLSocket:
    client = IMAP4(place.host, place.port, timeout=PATIENCE)
    with _closed_on_failure(client.shutdown):
        client.starttls(place.context)
    return cast(ssl.SSLSocket, client.sock)


@contextmanager
def _closed_on_failure(close: Callable[[], object]) -> Iterator[None]:
    """Close the connection where it does not come to TLS; where it does, the sealed socket is the caller's to close."""
    with ExitStack() as opened:
        opened.callback(close)
        yield
        opened.pop_all()


def _of_file(file: Path, now: datetime) -> Check:
    """The first of the file's authorities to end."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cafile=file)
        days = min(_days(str(one["notAfter"]), now) for one in context.get_ca_certs())
    except (OSError, ValueError) as error:
        told = f"Tệp chứng thư gốc {file} không đọc được: {shortened(error)}"
        return Check(Name.CERTIFICATES, State.FAULT, told, "Đặt lại tệp chứng thư gốc (ca_file).", str(file))
    return _lasting(f"Chứng thư gốc trong tệp {file}", days, str(file))


def _lasting(what: str, days: int, about: str) -> Check:
    if days < 0:
        told = f"{what} đã hết hạn {count_text(-days)} ngày."
        return Check(Name.CERTIFICATES, State.FAULT, told, "Thay chứng thư.", about)
    told = f"{what} còn hạn {count_text(days)} ngày."
    if days < SOON:
        return Check(Name.CERTIFICATES, State.WARNING, told, "Gia hạn chứng thư.", about)
    return Check(Name.CERTIFICATES, State.GOOD, told, about=about)


def _days(ends: str, now: datetime) -> int:
    return (datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - now).days
