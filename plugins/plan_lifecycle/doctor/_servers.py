"""The mail servers and mailboxes that are set, in the environment and in Airflow's pages: both may be in use.

Tasks take the connection that was made in Airflow's pages, portal and command know the environment alone. A connection
in the environment (``AIRFLOW_CONN_…``) hides the one in the pages.
"""

from __future__ import annotations

import os

from plan_lifecycle.channels import ImapServer
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.office_wiring import mail_server
from plan_lifecycle.settings import Settings

SMTP, IMAP = "plan_lifecycle_smtp", "plan_lifecycle_imap"
"""Airflow's connections of ours."""


def has_airflow() -> bool:
    """Whether Airflow is set up here."""
    return "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" in os.environ or "AIRFLOW_HOME" in os.environ


def mail_servers(settings: Settings) -> dict[str, MailServer]:
    """The servers that letters leave by, each by the connection that names it, the environment's by "".

    Raises InputError where one is written wrong, ConnectionUnreadError.
    """
    of_environment, stored = mail_server(settings), _of_the_pages(SMTP)
    found = {"": of_environment} if of_environment is not None else {}
    return found | ({SMTP: MailServer.from_settings({"sender": settings.mail_from, **stored})} if stored else {})


def mailboxes() -> dict[str, ImapServer]:
    """The mailboxes that answers come to, in the same way."""
    of_environment, stored = ImapServer.from_environment(os.environ), _of_the_pages(IMAP)
    found = {"": of_environment} if of_environment is not None else {}
    return found | ({IMAP: ImapServer.from_settings(stored)} if stored else {})


def is_never_asked(connection: str) -> bool:
    """Whether a mailbox that only Airflow's pages name is asked by no run: a DAG is drawn without looking there."""
    return connection == IMAP and not os.environ.get("PLAN_LIFECYCLE_IMAP_HOST")


def _of_the_pages(connection: str) -> dict[str, str] | None:
    if not has_airflow() or os.environ.get(f"AIRFLOW_CONN_{connection.upper()}"):
        return None
    from plan_lifecycle.airflow_connections import stored_connection

    return stored_connection(connection)
