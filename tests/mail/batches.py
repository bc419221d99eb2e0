"""A batch of letters to a mail server that has its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.mail.factories import letter_bytes
from tests.mail.faulty_server import FaultyMailServer

from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import Outcome, Transport

FROM = "snv@binhthuan.example.vn"
BINH_AN = "ubnd@binhan.example.vn"
HAI_NINH = "ubnd@haininh.example.vn"
LETTER = letter_bytes()
Serve = Callable[..., FaultyMailServer]


@contextmanager
def batch(server: FaultyMailServer, *, sent_today: int = 0, **settings: object) -> Iterator[Transport]:
    base = {
        "host": "127.0.0.1",
        "port": server.port,
        "sender": Address(FROM),
        "security": Security.NONE,
        "timeout": 5.0,
    }
    mail_server = MailServer(**base | settings)  # type: ignore[arg-type]
    with Transport(mail_server, sent_today=sent_today, sleep=lambda _: None) as transport:
        yield transport


def send_one(server: FaultyMailServer, *recipients: str, **settings: object) -> Outcome:
    with batch(server, **settings) as transport:
        return transport.send(LETTER, FROM, recipients or (BINH_AN,))
