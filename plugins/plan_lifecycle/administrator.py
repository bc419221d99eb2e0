"""A letter to whoever sees to the server (``PLAN_LIFECYCLE_ADMIN_MAIL``), past the outbox: the store may be what is
wrong, or nobody may be there to send what is queued."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import NamedTuple

from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.office_wiring import mail_server
from plan_lifecycle.settings import Settings

FIELD = "PLAN_LIFECYCLE_ADMIN_MAIL"
PATIENCE = 30.0
"""Seconds that the mail server has for the letter."""
LONGEST_REASON = 200


class NotToldError(PlanLifecycleError):
    """The administrator could not be written to."""


class Administrator(NamedTuple):
    """Who is written to, over which server."""

    people: tuple[str, ...]
    server: MailServer

    def write(self, subject: str, parts: Sequence[str], now: datetime, *, about: str = "") -> None:
        """Send a letter of these paragraphs. ``about`` gives letters of one thing one Message-ID, by which a mailbox
        knows the second one. Raises NotToldError where the server does not take it."""
        sender = self.server.sender.email
        domain = sender.rpartition("@")[2]
        letter = EmailMessage(policy.SMTP)
        letter["Subject"], letter["Date"] = subject, format_datetime(now)
        letter["Auto-Submitted"] = "auto-generated"
        letter["From"], letter["To"] = sender, ", ".join(self.people)
        named = f"<{hashlib.sha256(about.encode()).hexdigest()[:32]}.admin@{domain}>"
        letter["Message-ID"] = named if about else make_msgid(domain=domain)
        letter.set_content("\n\n".join(parts) + "\n")
        with Transport(replace(self.server, timeout=PATIENCE), attempts=1) as transport:
            outcome = transport.send(letter.as_bytes(), sender, list(self.people))
        if not outcome.accepted:
            reason = " ".join((outcome.reason or "").split())[:LONGEST_REASON]
            vi = "Chưa gửi được thư cho người quản trị."
            raise NotToldError(f"the administrator's letter was not taken: {reason}", vi=vi)


def administrator_of(settings: Settings) -> Administrator:
    """Whom the settings name. Raises InputError without an address or a mail server."""
    people = tuple(one.strip() for one in settings.admin_mail.replace(";", ",").split(",") if one.strip())
    if not people:
        vi = f"Chưa đặt địa chỉ của người quản trị ({FIELD})."
        raise InputError("an address to write to", field=FIELD, vi=vi)
    server = mail_server(settings)
    if server is None:
        vi = "Chưa đặt máy chủ gửi thư trong môi trường."
        raise InputError("a mail server", field="PLAN_LIFECYCLE_SMTP_HOST", vi=vi)
    return Administrator(people, server)
