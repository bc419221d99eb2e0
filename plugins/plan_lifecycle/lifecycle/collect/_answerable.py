"""Whom the software answers by itself: never a machine, a list, ourselves, or one address over and over.

Two machines must not talk to each other, and nobody may have us write to whom they like: a sender that failed
authentication is not answered, a stranger's words are not repeated, and all strangers together get a few letters a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from plan_lifecycle.channels import IncomingMessage
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store.database import Connection

ANSWERS_A_DAY = 2
"""How often one address is told the same within a day."""
STRANGERS_A_DAY = 20
"""How many letters all addresses together get within a day that are nobody's we know."""
_UNANSWERED = ("list-id", "list-unsubscribe", "x-auto-response-suppress", "x-autoreply", "x-loop", "feedback-id")
_MACHINE = re.compile(r"(?i)^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[-+._=].*)?@")


def is_a_persons(office: Office, message: IncomingMessage, sender: str) -> bool:
    """Whether a person may be behind a message, who can be answered."""
    return not (_is_machine(message.headers) or _MACHINE.match(sender) or _is_ours(office, sender))


def may_hear(connection: Connection, sender: str, kind: str, now: datetime, *, known: bool) -> bool:
    """Whether an address may get one more letter of a kind today; one of nobody's we know counts with the others."""
    since = now - timedelta(days=1)
    if message_rows.answered_since(connection, sender, kind, since) >= ANSWERS_A_DAY:
        return False
    return known or message_rows.strangers_answered_since(connection, kind, since) < STRANGERS_A_DAY


def _is_machine(headers: Mapping[str, str]) -> bool:
    automatic = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    bulk = headers.get("precedence", "").strip().lower() in ("bulk", "list", "junk", "auto_reply")
    returned = headers.get("return-path", "").replace(" ", "") == "<>"
    return automatic not in ("", "no") or bulk or returned or any(name in headers for name in _UNANSWERED)


def _is_ours(office: Office, sender: str) -> bool:
    """Know our own address, with or without a token: answering it would be talking to ourselves."""
    local, _, domain = sender.partition("@")
    return f"{local.partition('+')[0]}@{domain}" == office.mail_from.lower()
