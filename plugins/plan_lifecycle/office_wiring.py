"""From settings to the office that the verbs work in; the edges (command, DAGs, simulation, pages) share it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr

from plan_lifecycle.channels import Channel, FolderChannel, HttpChannel, ImapServer, MailboxChannel
from plan_lifecycle.config.rules import Rules, read_rules
from plan_lifecycle.lifecycle.links import Links
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import open_store


@contextmanager
def open_office(settings: Settings) -> Iterator[Office]:
    """The office on the settings' store, closed at the end. Raises StoreError, InputError."""
    store = open_store(settings.database, settings.blobs, durable=settings.durable)
    try:
        yield Office(
            store=store,
            rules=_rules(settings.path(settings.config), settings.reminders),
            letters=_letter_templates(settings.path(settings.templates) / "mail"),
            word_templates=settings.path(settings.templates) / "documents",
            mail_from=settings.mail_from,
            links=links(settings),
            replies=ReplyAddresses(settings.link_secret.get_secret_value()) if settings.link_secret else None,
        )
    finally:
        store.close()


def channels(
    settings: Settings, mailbox: ImapServer | None = None, inbox: Path | None = None
) -> list[Channel | MailboxChannel]:
    """The ways in that the settings name: the inbox folder, an endpoint and a mailbox where they are given.

    Another ``inbox`` than the settings' folder is handed in from outside: any Path-like.
    """
    if inbox is None:
        inbox = settings.path(settings.inbox)
        inbox.mkdir(parents=True, exist_ok=True)
    ways: list[Channel | MailboxChannel] = [FolderChannel(inbox)]
    if settings.source_url:
        token = settings.source_token.get_secret_value() if settings.source_token else None
        ways.append(HttpChannel(settings.source_url, token=token))
    mailbox = mailbox or ImapServer.from_environment(os.environ)
    if mailbox is not None:
        ways.append(MailboxChannel(mailbox))
    return ways


def mail_server(settings: Settings) -> MailServer | None:
    """The server of ``PLAN_LIFECYCLE_SMTP_*``, else of Airflow's connection in the environment; None without either.

    For processes without Airflow. Raises InputError where either is wrong.
    """
    if os.environ.get("PLAN_LIFECYCLE_SMTP_HOST"):
        sender = {"PLAN_LIFECYCLE_SMTP_SENDER": settings.mail_from}
        return MailServer.from_environment(sender | dict(os.environ))
    connection = os.environ.get("AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP")
    return MailServer.from_connection(connection, settings.mail_from) if connection else None


def links(settings: Settings) -> Links | None:
    """What writes and reads the units' links; None without a portal. Raises InputError where its secret is missing."""
    if not settings.portal_url:
        return None
    return Links(settings.portal_url, settings.link_secret or SecretStr(""))


def worker_name() -> str:
    """This process, as the outbox records who claimed a letter."""
    return f"{os.uname().nodename}:{os.getpid()}"


@lru_cache(maxsize=8)
def _rules(folder: Path, reminders: str) -> Rules:
    return read_rules(folder, reminders)


@lru_cache(maxsize=8)
def _letter_templates(folder: Path) -> LetterTemplates:
    return LetterTemplates(folder)
