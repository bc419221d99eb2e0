"""From settings to the office that the verbs work in; the edges (command, DAGs, simulation, pages) share it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr

from plan_lifecycle.channels import Channel, FolderChannel, HttpChannel, ImapServer, MailboxChannel
from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.sources import Endpoint, read_sources
from plan_lifecycle.documents.bounded import Bounded
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Links, Office, moment_now, rules_in, rules_to_mend
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.seal import FIELD, SealKeys


@contextmanager
def open_office(settings: Settings, *, bounded: Bounded | None = None, mending: bool = False) -> Iterator[Office]:
    """The office on the settings' store, closed at the end. Raises StoreError, InputError.

    Papers are read in processes of their own, unless another reader is given: a played year's papers are ours. With
    ``mending`` changes of the board that hold with the files no more are left out, so that they can be undone.
    """
    store, book = store_of(settings), rule_book(settings)
    readers = ReaderPool()
    try:
        yield Office(
            store=store,
            rules=rules_to_mend(store, book) if mending else rules_in(store, book),
            letters=_letter_templates(settings.path(settings.templates) / "mail"),
            word_templates=settings.path(settings.templates) / "documents",
            mail_from=settings.mail_from,
            links=links(settings),
            replies=ReplyAddresses(settings.link_secret.get_secret_value()) if settings.link_secret else None,
            bounded=bounded or readers,
            book=book,
            board=settings.board,
        )
    finally:
        readers.close()
        store.close()


def rule_book(settings: Settings) -> Adjustable:
    """Where the settings' rules are written."""
    return Adjustable(settings.path(settings.config), settings.reminders)


def store_of(settings: Settings) -> Store:
    """The settings' store, opened with the key of its trail. Raises StoreError, InputError."""
    return open_store(settings.database, settings.blobs, durable=settings.durable, seal=seal_keys(settings))


def clock_of(settings: Settings, store: Store) -> Callable[[], datetime]:
    """What pages and commands ask for their business moment: the wall clock, in a played year its newest day."""
    return lambda: moment_now(store, wall=datetime.now(UTC), played=settings.simulation)


def seal_keys(settings: Settings) -> SealKeys | None:
    """The keys of the trail, the one that seals first; None where the settings name none. Raises InputError."""
    if settings.trail_secret is None:
        return None
    newest, before = settings.trail_secret.get_secret_value(), settings.trail_secrets_before
    if settings.link_secret is not None and newest == settings.link_secret.get_secret_value():
        vi = f"Khóa niêm phong nhật ký ({FIELD}) phải khác khóa ký liên kết."
        raise InputError("a secret of its own, not that of the links", field=FIELD, vi=vi)
    return SealKeys([newest, *(before.get_secret_value().split() if before else ())])


def channels(
    settings: Settings, mailbox: ImapServer | None = None, inbox: Path | None = None
) -> list[Channel | MailboxChannel]:
    """All ways in: the inbox folder, the endpoints and a mailbox where they are given.

    Another ``inbox`` than the settings' folder is handed in from outside: any Path-like. Raises InputError.
    """
    mailbox = mailbox or ImapServer.from_environment(os.environ)
    endpoints = [endpoint.channel for endpoint in read_sources(settings.sources_file).endpoints]
    names = ["folder", *(["http"] if settings.source_url else []), *endpoints, *(["mailbox"] if mailbox else [])]
    return [channel(settings, name, mailbox, inbox) for name in names]


def channel(
    settings: Settings, name: str, mailbox: ImapServer | None = None, inbox: Path | None = None
) -> Channel | MailboxChannel:
    """One way in by its name; what is wrong with another does not matter to it. Raises InputError."""
    if name == "folder":
        if inbox is None:
            inbox = settings.path(settings.inbox)
            inbox.mkdir(parents=True, exist_ok=True)
        return FolderChannel(inbox)
    if name == "http" and settings.source_url:
        token = settings.source_token.get_secret_value() if settings.source_token else None
        return HttpChannel(settings.source_url, token=token)
    if name == "mailbox" and mailbox is not None:
        return MailboxChannel(mailbox)
    found = next(
        (endpoint for endpoint in read_sources(settings.sources_file).endpoints if endpoint.channel == name), None
    )
    if found is None:
        raise InputError("a way in that the settings name", field="channel", found=name)
    return _endpoint(found, settings.path(settings.config))


def _endpoint(endpoint: Endpoint, folder: Path) -> HttpChannel:
    token = os.environ.get(endpoint.token) if endpoint.token else None
    if endpoint.token and not token:
        raise InputError("the endpoint's access token in the environment", field=endpoint.token)
    return HttpChannel(
        endpoint.url,
        name=endpoint.channel,
        token=token,
        units=endpoint.units,
        private=endpoint.allow_private,
        ca_file=folder / endpoint.ca_file if endpoint.ca_file else None,
    )


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
def _letter_templates(folder: Path) -> LetterTemplates:
    return LetterTemplates(folder)
