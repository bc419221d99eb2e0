"""From settings to the office that the verbs work in; the edges (command, DAGs, simulation, pages) share it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.retention import FILE as RETENTION
from plan_lifecycle.config.retention import Retention, read_retention
from plan_lifecycle.documents.bounded import Bounded
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.lifecycle.office import Links, Office, moment_now, rules_in, rules_to_mend
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store_wiring import store_of


@contextmanager
def open_office(
    settings: Settings, *, bounded: Bounded | None = None, mending: bool = False, looking: bool = False
) -> Iterator[Office]:
    """The office on the settings' store, closed at the end. Raises StoreError, InputError.

    Papers are read in processes of their own, unless another reader is given: a played year's papers are ours. With
    ``mending`` changes of the board that hold with the files no more are left out, so that they can be undone.
    ``looking``: most of what only looks words no letter, so templates are compiled when one is worded.
    """
    store, book = store_of(settings), rule_book(settings)
    readers, letters = ReaderPool(), _letter_templates(settings.path(settings.templates) / "mail")
    try:
        if not looking:
            letters.compile()
        yield Office(
            store=store,
            rules=rules_to_mend(store, book) if mending else rules_in(store, book),
            letters=letters,
            word_templates=settings.path(settings.templates) / "documents",
            mail_from=settings.mail_from,
            links=links(settings),
            replies=ReplyAddresses(settings.link_secret.get_secret_value()) if settings.link_secret else None,
            bounded=bounded or readers,
            book=book,
            board=settings.board,
            played=settings.simulation,
        )
    finally:
        readers.close()
        store.close()


def retention_of(settings: Settings) -> Retention:
    """How long the settings' office keeps what may go. Raises InputError."""
    return read_retention(settings.path(settings.config) / RETENTION)


def rule_book(settings: Settings) -> Adjustable:
    """Where the settings' rules are written."""
    return Adjustable(settings.path(settings.config), settings.reminders)


def clock_of(settings: Settings, store: Store) -> Callable[[], datetime]:
    """What pages and commands ask for their business moment: the wall clock, in a played year its newest day."""
    return lambda: moment_now(store, wall=datetime.now(UTC), played=settings.simulation)


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
    return LetterTemplates(folder, at_once=False)
