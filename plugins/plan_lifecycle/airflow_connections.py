"""What lies outside, as Airflow's connections name it: the mail server, the mailbox, an object store's folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.mail.server import PREFIX, MailServer
from plan_lifecycle.settings import Settings

if TYPE_CHECKING:
    from plan_lifecycle.channels import ImapServer


class ConnectionUnreadError(PlanLifecycleError):
    """A connection in Airflow's database cannot be read."""


SMTP_CONNECTION = "plan_lifecycle_smtp"
IMAP_CONNECTION = "plan_lifecycle_imap"


def mail_server() -> MailServer:
    """The server of the Airflow connection ``plan_lifecycle_smtp``, else of the environment.

    The connection's extra may hold security, timeout, per_minute, per_day and ca_file.
    """
    given = _connection(SMTP_CONNECTION)
    if given is None:
        return MailServer.from_environment({f"{PREFIX}SENDER": Settings().mail_from} | dict(os.environ))
    return MailServer.from_settings({"sender": Settings().mail_from, **given})


def imap_server() -> ImapServer | None:
    """The mailbox of the Airflow connection ``plan_lifecycle_imap``, else of the environment; None without either.

    The connection's extra may hold security, folder, done, review, timeout and ca_file.
    """
    from plan_lifecycle.channels import ImapServer

    given = _connection(IMAP_CONNECTION)
    return ImapServer.from_environment(os.environ) if given is None else ImapServer.from_settings(given)


def object_store(address: str) -> Path | None:
    """An object store's folder, as ``s3://connection@bucket/inbox``; None where the settings name none."""
    if not address:
        return None
    from airflow.sdk import ObjectStoragePath

    return cast(Path, ObjectStoragePath(address))


def _connection(name: str) -> dict[str, str] | None:
    """What an Airflow connection says of a mail server, its extra last; None where there is no such connection."""
    try:
        found = Connection.get(name)
    except AirflowNotFoundException:
        return None
    return _said(found)


def stored_connection(name: str) -> dict[str, str] | None:
    """The same of the connection that was made in Airflow's pages, for a look from outside of any task; None: none was.

    Raises ConnectionUnreadError where Airflow's database or its key (``AIRFLOW__CORE__FERNET_KEY``) does not serve.
    """
    from airflow.models.connection import Connection as Stored
    from airflow.sdk.exceptions import AirflowException
    from airflow.utils.session import create_session
    from cryptography.fernet import InvalidToken
    from sqlalchemy import select
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with create_session() as session:
            found = session.scalar(select(Stored).where(Stored.conn_id == name))
            return None if found is None else _said(found)
    except (AirflowException, InvalidToken, SQLAlchemyError) as error:
        why = str(error).partition("\n")[0] or type(error).__name__
        vi = f"Không đọc được kết nối {name} trong cơ sở dữ liệu của Airflow."
        raise ConnectionUnreadError(f"cannot read the connection {name} of Airflow: {why}", vi=vi) from error


def _said(found: Any) -> dict[str, str]:
    extra = {key: str(value) for key, value in (found.extra_dejson or {}).items()}
    account = {"user": found.login or "", "password": found.password or ""}
    return {"host": found.host or "", "port": str(found.port or ""), **account, **extra}
